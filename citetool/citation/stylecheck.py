"""Checks a style: every fault with its line and what to write instead.

Each step only where the one before could read the style: it is there, well-formed, and, if an overlay, has its base;
each element has only the attributes, values and children of the CSL schema; macros that are called exist, none calls
itself, none is idle; the whole is valid. An overlay is checked as the plain style that it means, and each fault is told
at the file and line that the text comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.citation import cslschema
from citetool.citation.cslschema import CSL, ElementRule, rules
from citetool.citation.styles import StyleSource, find_style
from citetool.problems import InputError, Problem, Where, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# what a fault of this attribute is called
_WHAT = {"variable": "variable", "term": "term", "type": "item type", "locator": "locator type", "position": "position"}
_TERM = "term"


def check_style(name: str, *, folders: Sequence[Path] = ()) -> list[Problem]:
    """All faults of the style of that name or path, in the order of its lines; an empty list for a sound one.

    Raises NotFoundError where there is no such style.
    """
    try:
        source = find_style(name, folders=folders)
        root = _parsed(source)
    except InputError as error:
        return list(error.problems)
    found = [*_elements(root, source), *_macros(root, source)]
    if not found and not cslschema.is_valid(root):
        where = Where(str(source.path))
        hint = "an element stands where CSL does not allow it, or one is missing: see docs.citationstyles.org"
        found.append(Problem("not valid by the CSL schema", where, hint))
    # the base of an overlay is somebody else's; what ours adds to it is what was asked about
    ours = [p for p in found if p.where.source == str(source.path) or source.base is None]
    return sorted(set(ours), key=lambda p: (p.where.line or 0, p.message))


def _parsed(source: StyleSource) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source.xml, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        where = source.origin(line or 1)
        message = f"not well-formed XML: {error.msg}"
        raise InputError(Problem(message, Where(where.source, where.line, column or None))) from error
    if root.getroottree().docinfo.internalDTD is not None:
        where = Where(str(source.path), 1)
        raise InputError(Problem("a style must not have a document type declaration", where, "take <!DOCTYPE> out"))
    if root.tag != f"{CSL}style":
        message = f"the root is <{etree.QName(root).localname}> and not <style> of the CSL namespace"
        raise InputError(Problem(message, Where(str(source.path), _line(root))))
    return root


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _elements(root: etree._Element, source: StyleSource) -> Iterator[Problem]:
    """Faults of single elements: unknown ones, and attributes and values that they cannot have."""
    known = rules()
    for element in root.iter(f"{CSL}*"):
        name = etree.QName(element).localname
        where = source.origin(_line(element))
        rule = known.get(name)
        if rule is None:
            yield Problem(f"unknown element <{name}>", where, suggest(name, known))
            continue
        yield from _attributes(element, name, rule, where)
        for child in element:
            inner = str(child.tag)
            if not inner.startswith(CSL):
                message = f"<{inner}> is not of the CSL namespace"
                yield Problem(message, source.origin(_line(child)), "take it out")
            elif inner.removeprefix(CSL) not in rule.children and inner.removeprefix(CSL) in known:
                message = f"<{inner.removeprefix(CSL)}> cannot stand in <{name}>"
                hint = f"<{name}> has {', '.join(f'<{c}>' for c in sorted(rule.children)) or 'no elements'}"
                yield Problem(message, source.origin(_line(child)), hint)


def _attributes(element: etree._Element, name: str, rule: ElementRule, where: Where) -> Iterator[Problem]:
    for raw, raw_value in element.attrib.items():
        key, value = str(raw).replace("{http://www.w3.org/XML/1998/namespace}", "xml:"), str(raw_value)
        allowed = rule.attributes.get(key)
        if allowed is None:
            yield Problem(f"<{name}> has no attribute {key!r}", where, suggest(key, rule.attributes))
            continue
        for word in allowed.wrong(value):
            what = _WHAT.get(key)
            message = f"unknown {what} {word!r}" if what else f"{key}={word!r} is not allowed in <{name}>"
            yield Problem(message, where, suggest(word, allowed.words) or _choices(allowed.words))
    if name == "text" and (term := element.get(_TERM)) and term not in _terms():
        yield Problem(f"unknown term {term!r}", where, suggest(term, _terms()))
    for key in sorted(rule.required or ()):
        if key not in element.attrib:
            yield Problem(f"<{name}> needs the attribute {key!r}", where)


def _terms() -> set[str]:
    """The terms of CSL 1.0.2: the schema lists them where a locale defines them."""
    return rules()["term"].attributes["name"].words


def _choices(words: set[str]) -> str | None:
    return f"one of: {', '.join(sorted(words))}" if 0 < len(words) <= 12 else None


def _macros(root: etree._Element, source: StyleSource) -> Iterator[Problem]:
    """Macros that are called and not there, given twice, never called, or that end up in themselves."""
    calls: dict[str, set[str]] = {}
    lines: dict[str, Where] = {}
    for macro in root.findall(f"{CSL}macro"):
        name, where = macro.get("name", ""), source.origin(_line(macro))
        if name in calls:
            yield Problem(f"the macro {name!r} is given twice", where, f"first at {lines[name]}")
        calls[name] = {str(e.get("macro")) for e in macro.iter(f"{CSL}text") if e.get("macro")}
        lines[name] = where
    used: set[str] = set()
    for element in root.iter(f"{CSL}text", f"{CSL}key"):
        called = element.get("macro")
        if called is not None:
            used.add(called)
            if called not in calls:
                where = source.origin(_line(element))
                yield Problem(f"there is no macro {called!r}", where, suggest(called, calls))
    for circle in _circles(calls):
        chain = " -> ".join([*circle, circle[0]])
        yield Problem(f"circular macro: {chain}", lines[circle[0]], "a macro cannot call itself, not through others")
    for name in calls.keys() - used:
        yield Problem(f"the macro {name!r} is never called", lines[name], severity="warning")


def _circles(calls: dict[str, set[str]]) -> list[list[str]]:
    """The chains of macros that lead back to their beginning, each once."""
    done: set[str] = set()
    found: list[list[str]] = []
    for start in calls:
        # an explicit stack: a style may chain more macros than Python nests calls
        path: list[str] = []
        stack = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del path[depth:]
            if name in path:
                found.append(path[path.index(name) :])
            elif name not in done and name in calls:
                path.append(name)
                stack += [(called, depth + 1) for called in sorted(calls[name])]
        done.update(_reached(start, calls))
    return found


def _reached(start: str, calls: dict[str, set[str]]) -> set[str]:
    """All macros that `start` leads to, itself among them."""
    reached: set[str] = set()
    todo = [start]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += calls.get(name, ())
    return reached
