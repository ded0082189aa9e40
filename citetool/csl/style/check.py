"""Checks a style: every fault with its line and what to write instead.

`check_style` goes step by step, and each step needs what the one before has found sound. The XML must be well-formed
and within the limits of `parse`; elements, attributes and values are compared with the tables of the schema, and what
a table cannot say (`<text>` prints one thing, `<else>` comes last) is written out here; macros that are called must
exist and not lead back to themselves; the validator has the last word. Warnings tell what is allowed and yet does
nothing. Each check is a function from the style to (line, message, hint, severity); none of them renders anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citetool.problems import Problem, Where, suggest

from . import schema
from .nodes import StyleError
from .parse import parse_style, parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citetool.problems import Severity

    from .nodes import Node

# what a wrong value of this attribute is called
_WHAT = {"variable": "variable", "type": "item type", "locator": "locator type", "position": "position"}
_PRINTS_VARIABLES = ("text", "number", "date", "names", "label")
_NEEDS = {"style": ("info",), "info": ("title", "id", "updated"), "citation": ("layout",), "bibliography": ("layout",),
          "choose": ("if",), "sort": ("key",)}  # fmt: skip
_ONCE = {"style": ("info", "citation", "bibliography"), "citation": ("layout", "sort"),
         "bibliography": ("layout", "sort"), "info": ("title", "title-short", "id", "updated", "summary", "rights"),
         "names": ("name", "et-al", "label", "substitute"), "choose": ("if", "else"),
         "locale": ("info", "terms", "style-options")}  # fmt: skip
_LAST = {"names": "substitute", "citation": "layout", "bibliography": "layout"}
_NOT_EMPTY = ("macro", "layout", "group", "else", "substitute")
_ONE_OF = {"text": ("macro", "term", "value", "variable"), "key": ("macro", "variable")}
_CONDITIONS = ("disambiguate", "is-numeric", "is-uncertain-date", "locator", "position", "type", "variable")
_MOST_CHOICES = 12


class Fault(NamedTuple):
    """One fault: the line (from 1), what is wrong, what would be right, and how much it matters."""

    line: int
    message: str
    hint: str | None = None
    severity: Severity = "error"


def check_style(
    text: str | bytes, source: str = "style", *, origin: Callable[[int], Where] | None = None
) -> list[Problem]:
    """Return all faults of a style, in the order of its lines; an empty list for a sound one.

    `source` is what the places are called by, a path for example. Where the text was put together from several files,
    `origin` tells for each of its lines where that stands. Raises NotFoundError if the CSL schema is not installed.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")

    def place(line: int) -> Where:
        return origin(line) if origin is not None else Where(source, line)

    try:
        root = parse_xml(data, source)
        foreign = schema.foreign_elements(data)
    except StyleError as error:
        faults = [_unreadable(problem, data) for problem in error.problems]
    else:
        faults = list(dict.fromkeys(_faults(root, data, foreign, place)))
    ordered = sorted(faults, key=lambda fault: (fault.line, fault.message))
    return [Problem(f.message, place(f.line), f.hint, f.severity) for f in ordered]


def _unreadable(problem: Problem, data: bytes) -> Fault:
    """Why a text is no style that can be read; what is wrong with its XML in the words that tell most."""
    told = schema.not_well_formed(data) if problem.message.startswith("not well-formed") else None
    line, message = told or (problem.where.line or 1, problem.message)
    return Fault(line, message, problem.hint)


def _faults(root: Node, data: bytes, foreign: list[tuple[int, str]], place: Callable[[int], Where]) -> Iterator[Fault]:
    if root.name != "style" or (foreign and foreign[0][1] == root.name):
        hint = f'a style begins with <style xmlns="{schema.NAMESPACE}">'
        yield Fault(root.line, f"the root is <{root.name}> and not <style> of the CSL namespace", hint)
        return
    found = [Fault(line, f"<{name}> is not of the CSL namespace", "take it out") for line, name in foreign]
    found += _elements(root, {name.rpartition("}")[2] for _, name in foreign})
    for check in (_children, _attributes_together, _kind_of_style):
        found += check(root)
    found += _macros(root, place)
    yield from found
    if not any(fault.severity == "error" for fault in found):
        yield from _expansion(data)
        yield from _by_the_validator(data)
    yield from _idle(root)


def _walk(node: Node) -> Iterator[Node]:
    """Yield the element and all elements in it, in the order of the text."""
    yield node
    for kid in node.kids:
        yield from _walk(kid)


# -- elements and attributes, by the tables of the schema ----------------------------------------------------------


def _elements(root: Node, foreign: set[str]) -> Iterator[Fault]:
    """Yield unknown elements, and attributes and values that an element cannot have; not those in `foreign`."""
    known = schema.rules()
    for node in _walk(root):
        rule = known.get(node.name)
        if rule is None:
            if node.name not in foreign:
                yield Fault(node.line, f"unknown element <{node.name}>", suggest(node.name, known))
            continue
        for name, value in node.attrs.items():
            # the parser calls `xml:lang` just `lang`
            key = "xml:lang" if name == "lang" and "xml:lang" in rule.attributes else name
            allowed = rule.attributes.get(key)
            if allowed is None:
                yield Fault(node.line, f"<{node.name}> has no attribute {name!r}", suggest(name, rule.attributes))
                continue
            for word in allowed.wrong(value):
                yield _wrong_value(node, name, word, allowed)
        term = node.attrs.get("term" if node.name == "text" else "name") if node.name in ("text", "term") else None
        if term is not None and term not in _terms():
            yield Fault(node.line, f"unknown term {term!r}", suggest(term, _terms()))
        for key in sorted(rule.required or ()):
            if key.removeprefix("xml:") not in node.attrs:
                yield Fault(node.line, f"<{node.name}> needs the attribute {key!r}")


def _wrong_value(node: Node, name: str, word: str, allowed: schema.Values) -> Fault:
    if name == "variable":
        known = schema.rules()
        printers = [e for e in _PRINTS_VARIABLES if word in known[e].attributes[name].words and e != node.name]
        if node.name in _PRINTS_VARIABLES and printers:
            message = f"<{node.name}> cannot print the variable {word!r}"
            return Fault(node.line, message, f"take {' or '.join(f'<{e}>' for e in printers)}")
    if allowed.whole_number:
        return Fault(node.line, f"{name}={word!r} of <{node.name}> is not a whole number")
    what = _WHAT.get(name)
    message = f"unknown {what} {word!r}" if what else f"{name}={word!r} is not allowed in <{node.name}>"
    return Fault(node.line, message, suggest(word, allowed.words) or _choices(allowed.words))


def _choices(words: set[str]) -> str | None:
    return f"one of: {', '.join(sorted(words))}" if 0 < len(words) <= _MOST_CHOICES else None


def _terms() -> set[str]:
    """Return the terms of CSL 1.0.2: those that the schema lists for a locale, and the suffixes of ordinals."""
    ordinals = {"ordinal", *(f"ordinal-{n:02}" for n in range(100))}
    return schema.rules()["term"].attributes["name"].words | ordinals


# -- what stands in what, and with what ----------------------------------------------------------------------------


def _children(root: Node) -> Iterator[Fault]:
    known = schema.rules()
    for node in _walk(root):
        rule = known.get(node.name)
        if rule is None:
            continue
        names = [kid.name for kid in node.kids]
        for kid in node.kids:
            if kid.name not in rule.children and kid.name in known:
                inside = ", ".join(f"<{c}>" for c in sorted(rule.children)) or "no elements"
                yield Fault(kid.line, f"<{kid.name}> cannot stand in <{node.name}>", f"<{node.name}> has {inside}")
        for name in _NEEDS.get(node.name, ()):
            if name not in names:
                yield Fault(node.line, f"<{node.name}> needs <{name}>")
        for name in _ONCE.get(node.name, ()):
            for kid in [kid for kid in node.kids if kid.name == name][1:]:
                first = node.first(name)
                yield Fault(kid.line, f"<{name}> is given twice", f"first on line {first.line if first else node.line}")
        if node.name in _NOT_EMPTY and not names:
            yield Fault(node.line, f"<{node.name}> is empty")
        last = _LAST.get(node.name)
        if last in names and names[-1] != last:
            yield Fault(node.line, f"<{last}> must be the last element of <{node.name}>")
        if node.name == "choose":
            yield from _order_of_branches(node)


def _order_of_branches(choose: Node) -> Iterator[Fault]:
    """`<if>`, then any `<else-if>`, then perhaps `<else>`."""
    branches = [kid for kid in choose.kids if kid.name in ("if", "else-if", "else")]
    for number, branch in enumerate(branches):
        if branch.name == "if" and number:
            yield Fault(branch.line, "<if> must be the first branch of its <choose>", "write <else-if>")
        if branch.name == "else" and number < len(branches) - 1:
            yield Fault(branch.line, "<else> must be the last branch of its <choose>")


def _attributes_together(root: Node) -> Iterator[Fault]:
    """Attributes that an element must have one of, or that do not go together."""
    for node in _walk(root):
        one_of = _ONE_OF.get(node.name)
        if one_of is not None:
            given = [name for name in one_of if name in node.attrs]
            if not given:
                yield Fault(node.line, f"<{node.name}> needs one of the attributes {', '.join(map(repr, one_of))}")
            elif len(given) > 1:
                yield Fault(node.line, f"<{node.name}> has both {given[0]!r} and {given[1]!r}", "keep one of them")
        elif node.name in ("if", "else-if"):
            if not any(name in node.attrs for name in _CONDITIONS):
                hint = f"one of the attributes {', '.join(map(repr, _CONDITIONS))}"
                yield Fault(node.line, f"<{node.name}> has no condition", hint)
        elif node.name == "date" and "variable" in node.attrs:
            yield from _date(node)


def _date(node: Node) -> Iterator[Fault]:
    """Yield the faults of a date, which takes its parts from the locale, affixes with them, or has its own."""
    if "form" not in node.attrs:
        if not node.kids:
            hint = 'give form="text" or "numeric", or its <date-part>s'
            yield Fault(node.line, "<date> has neither a form nor parts", hint)
        return
    for kid in node.kids:
        for name in ("prefix", "suffix"):
            if name in kid.attrs:
                hint = "take it out, or leave out the form and name all parts"
                yield Fault(kid.line, f"a <date-part> has no {name!r} where the date has a form", hint)


def _kind_of_style(root: Node) -> Iterator[Fault]:
    """Yield disagreements of a style with its class and its information."""
    info = root.first("info")
    links = [kid.attrs.get("rel") for kid in info.kids if kid.name == "link"] if info is not None else []
    dependent = "independent-parent" in links
    if not dependent and root.first("citation") is None:
        hint = 'a dependent style has <link rel="independent-parent"/> in its <info>'
        yield Fault(root.line, "<style> needs <citation>", hint)
    if not dependent and "class" not in root.attrs:
        yield Fault(root.line, "<style> needs the attribute 'class'", "one of: in-text, note")
    for kid in info.kids if info is not None else ():
        if kid.name in ("id", "title") and not kid.text.strip():
            yield Fault(kid.line, f"<{kid.name}> is empty")
        said = kid.attrs.get("citation-format") if kid.name == "category" else None
        style_class = root.attrs.get("class")
        if said is not None and style_class in ("note", "in-text") and (said == "note") != (style_class == "note"):
            message = f'citation-format="{said}" does not go with class="{style_class}"'
            yield Fault(kid.line, message, severity="warning")


# -- macros --------------------------------------------------------------------------------------------------------


def _macros(root: Node, place: Callable[[int], Where]) -> Iterator[Fault]:
    """Macros that are called and not there, given twice, or that end up in themselves."""
    lines: dict[str, int] = {}
    calls: dict[str, list[str]] = {}
    for macro in root.kids:
        name = macro.attrs.get("name")
        if macro.name != "macro" or name is None:
            continue
        if name in lines:
            yield Fault(macro.line, f"the macro {name!r} is given twice", f"first at {place(lines[name])}")
            continue
        lines[name] = macro.line
        calls[name] = _called(macro)
    for node in _walk(root):
        called = node.attrs.get("macro")
        if called is not None and node.name in _ONE_OF and called not in lines:
            yield Fault(node.line, f"there is no macro {called!r}", suggest(called, lines))
    for circle in _circles(calls):
        chain = " -> ".join([*circle, circle[0]])
        yield Fault(lines[circle[0]], f"circular macro: {chain}", "a macro cannot call itself, not through others")


def _called(node: Node) -> list[str]:
    """Return the macros that the element and those in it call, each once."""
    names = (n.attrs.get("macro") for n in _walk(node) if n.name in _ONE_OF)
    return list(dict.fromkeys(name for name in names if name is not None))


def _circles(calls: dict[str, list[str]]) -> list[list[str]]:
    """Return chains of macros that lead back to their beginning: one for each call that closes a circle."""
    circles: list[list[str]] = []
    done: set[str] = set()
    for start in calls:
        # an explicit stack: a style may chain more macros than Python nests calls
        path: dict[str, int] = {}
        stack = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                del path[name]
                done.add(name)
            elif name in path:
                circles.append(list(path)[path[name] :])
            elif name in calls and name not in done:
                path[name] = len(path)
                stack.append((name, True))
                stack += [(called, False) for called in reversed(calls[name])]
    return circles


# -- the last word -------------------------------------------------------------------------------------------------


def _expansion(data: bytes) -> Iterator[Fault]:
    """Yield the fault that only the reader of styles finds: macros that expand to more than can be printed."""
    try:
        parse_style(data)
    except StyleError as error:
        for problem in error.problems:
            yield Fault(problem.where.line or 1, problem.message, problem.hint)


def _by_the_validator(data: bytes) -> Iterator[Fault]:
    stray = schema.stray_text(data)
    for line, text in stray:
        yield Fault(line, f"text between elements: {text[:40]!r}", "take it out")
    for line, text in schema.invalid(data) if not stray else ():
        hint = None if text else "an element stands where CSL does not allow it, or one is missing"
        yield Fault(line, f"not valid by the CSL schema{': ' if text else ''}{text}", hint)


# -- what is allowed and does nothing ------------------------------------------------------------------------------


def _idle(root: Node) -> Iterator[Fault]:
    """Warnings: macros that are never called, conditions that are never true, options that change nothing."""
    macros = {m.attrs.get("name", ""): m for m in root.kids if m.name == "macro"}
    parts = {name: node for name in ("citation", "bibliography") if (node := root.first(name)) is not None}
    used = {name: _reached(node, macros) for name, node in parts.items()}
    called = set(_called(root))
    for name, macro in macros.items():
        if name not in called:
            yield Fault(macro.line, f"the macro {name!r} is never called", severity="warning")
    only_listed = used.get("bibliography", set()) - used.get("citation", set())
    listed = [parts["bibliography"], *(macros[m] for m in sorted(only_listed))] if "bibliography" in parts else []
    for node in (inner for part in listed for inner in _walk(part) if "position" in inner.attrs):
        yield Fault(node.line, "a position is never true in a bibliography", severity="warning")
    if root.attrs.get("class") == "in-text":
        for node in _walk(root):
            if "near-note" in node.attrs.get("position", "").split():
                yield Fault(node.line, "'near-note' is never true in a style without notes", severity="warning")
    yield from _halved(root, [root, *parts.values()])
    info = root.first("info")
    for link in (kid for kid in (info.kids if info is not None else ()) if kid.name == "link"):
        if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", link.attrs.get("href", "urn:")):  # RFC 3986, 3.1
            message, hint = f"no address: {link.attrs['href']!r}", "write it out: https://..."
            yield Fault(link.line, message, hint, "warning")
    options = parts["citation"].attrs if "citation" in parts else {}
    suffixes = options.get("collapse", "").startswith("year-suffix")
    if suffixes and options.get("disambiguate-add-year-suffix") != "true":
        message = f'collapse="{options["collapse"]}" needs disambiguate-add-year-suffix="true"'
        yield Fault(parts["citation"].line, message, severity="warning")


def _halved(root: Node, givers: list[Node]) -> Iterator[Fault]:
    """Warn of one half of an et-al option without the other, on the element or where it could come from."""
    for kind in ("et-al", "et-al-subsequent"):
        least, shown = f"{kind}-min", f"{kind}-use-first"
        for node in _walk(root):
            if least in node.attrs and not any(shown in one.attrs for one in (node, *givers)):
                yield Fault(
                    node.line, f"{least} without {shown}", f'say how many names are left: {shown}="1"', "warning"
                )


def _reached(node: Node, macros: dict[str, Node]) -> set[str]:
    """Return the macros that an element leads to, directly or through others."""
    reached: set[str] = set()
    todo = _called(node)
    while todo:
        name = todo.pop()
        if name in macros and name not in reached:
            reached.add(name)
            todo += _called(macros[name])
    return reached
