"""`cs:names`: who is shown, in which order, joined how, and labelled; with `cs:substitute`.

Options are inherited from the style, the citation or bibliography, and `cs:names` (`NameOptions`), all decided when
compiled. What a rendering adds is how many names are shown: by et-al settings for first and subsequent cites, and by
`Hints` where disambiguation wants more. The first names of a cite are remembered for collapsing and
suppress-author. Single names are put together in `name`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.compile.context import empty_group, no_value
from citetool.csl.compile.formatting import affix, compile_wrap, is_turkish, strip_periods, strips_periods
from citetool.csl.items.cluster import SUBSEQUENT
from citetool.csl.items.names import begins_romanesque
from citetool.output.textcase import apply_text_case
from citetool.output.tree import Affix, Mark, Out, Span

from .name import NameOptions, NamePrinter, levels_of_namesakes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citetool.csl.compile.context import CompileContext, Fn
    from citetool.csl.compile.state import State
    from citetool.csl.items.names import PersonName
    from citetool.csl.style.nodes import Node

NAMES = "names"
_CUT_TO_NONE: Out = []  # names were found, and the style shows none of them


class NamesPlan:
    """A `cs:names` with its `name`, `et-al` and `label`, as it is after inheritance."""

    __slots__ = ("et_al", "et_al_space", "et_al_wrap", "label", "label_first", "locale", "options",
                 "parts_namesakes", "printer")  # fmt: skip

    def __init__(self, node: Node, context: CompileContext) -> None:
        name_node = node.first("name")
        et_al = node.first("et-al")
        label = node.first("label")
        shape = node
        parent = context.parent_names
        # SPEC ("Substitute"): a cs:names takes the name and et-al of the names it stands for, and without any
        # children their label too
        if parent is not None:
            if not any(k.name in ("name", "et-al", "label") for k in node.kids):
                label, shape = parent.first("label"), parent
            name_node = name_node or parent.first("name")
            et_al = et_al or parent.first("et-al")
        own = dict(context.name_attrs)
        own.update(_inheritable(shape.attrs))
        own.update(_inheritable(node.attrs))
        self.printer = _printer(own, name_node, context)
        self.options = self.printer.options
        term = et_al.attrs.get("term", "et-al") if et_al is not None else "et-al"
        self.et_al = context.locale.term(term) or ""
        if not self.et_al.strip():  # a style that wants none has a term of spaces
            self.et_al = ""
        self.et_al_wrap = compile_wrap(et_al.attrs, upright=True) if et_al is not None else None
        self.et_al_space = _SPACE if begins_romanesque(self.et_al) or self.et_al.startswith("&") else _NO_SPACE
        self.locale = context.locale
        self.label = compile_name_label(label, context) if label is not None else None
        self.parts_namesakes = (
            context.area == "bibliography"
            and not context.sorting
            and self.options.form == "long"
            and self.options.initials is not None
            and self.options.initialize
            and _adds_given_names_by_cite(context)
        )
        self.label_first = label is not None and _comes_before(shape, label)


def _adds_given_names_by_cite(context: CompileContext) -> bool:
    cites = context.style.citation.attrs if context.style.citation is not None else {}
    rule = cites.get("givenname-disambiguation-rule", "by-cite")
    return cites.get("disambiguate-add-givenname") == "true" and rule == "by-cite"


def _printer(attrs: dict[str, str], node: Node | None, context: CompileContext) -> NamePrinter:
    """Return the printer for these options: one for all layouts that have the same, and so one print of each name."""
    key = (tuple(attrs.items()), node, context.sorting, context.name_parts)
    found = context.printers.get(key)
    if found is None:
        found = context.printers[key] = NamePrinter(NameOptions(attrs, node, context), node, context)
    return found


def _inheritable(attrs: dict[str, str]) -> dict[str, str]:
    keys = ("and", "et-al-min", "et-al-use-first", "et-al-use-last", "et-al-subsequent-min",
            "et-al-subsequent-use-first", "delimiter-precedes-last", "delimiter-precedes-et-al", "initialize",
            "initialize-with", "name-as-sort-order", "sort-separator", "name-form", "name-delimiter")  # fmt: skip
    return {k: attrs[k] for k in keys if k in attrs}


def _comes_before(names: Node, label: Node) -> bool:
    name = names.first("name")
    return name is not None and names.kids.index(label) < names.kids.index(name)


def compile_name_label(node: Node, context: CompileContext) -> Callable[[str, bool], Out | None]:
    """Return the label of a names element: a function of the role's term and whether there are several names."""
    form = node.attrs.get("form", "long")
    plural = node.attrs.get("plural", "contextual")
    case = node.attrs.get("text-case", "")
    strip = strips_periods(node.attrs, context)
    wrap = compile_wrap(node.attrs)
    locale = context.locale
    made: dict[tuple[str, bool], Out | None] = {}

    def make(role: str, several: bool) -> Out | None:
        many = plural == "always" or (plural == "contextual" and several)
        term = locale.term(role, form, plural=many)
        if not term:
            return None
        out: Out = term
        if strip:
            out = strip_periods(out)
        if case:
            out = apply_text_case(out, case)
        return wrap(out) if wrap is not None else out

    def label(role: str, several: bool) -> Out | None:
        key = (role, several)
        if key not in made:
            made[key] = make(role, several)
        return made[key]

    return label


def compile_names(node: Node, context: CompileContext) -> Fn | None:
    """Return the function of a `cs:names`, with its substitutes where no variable of it has a value."""
    wanted = node.attrs.get("variable", "").split()
    variables = [v for v in wanted if v in context.vars]
    substitutes = _compile_substitutes(node, context)
    own = _compile_own(node, variables, context) if variables else None
    if own is None and not substitutes:
        return context.traits.as_settled(_no_names) if context.sorting and _counts(node) else no_value

    # DEVIATION: as in the reference, names that come after other content are no author that the text could have named,
    # unless the style compares the names of neighbours
    cites = context.style.citation.attrs if context.style.citation is not None else {}
    joins = "collapse" in cites or "cite-group-delimiter" in cites

    def names(s: State) -> Out | None:
        s.attempt = True
        if s.suppress_names and s.printed and not (joins or s.repeated_names):
            s.suppress_names = False
        if s.suppress_names:
            # suppress-author takes the first names element with what stands for it, which counts as printed
            s.suppress_names = False
            started, printed, repeats, shown = s.started, s.printed, s.repeats, s.names_shown
            out = names(s)
            if out is not None and s.names_shown is shown:
                return out  # a term that stands for the author
            # the writer has named the author: a term that follows does not begin the note. DEVIATION: as in the
            # reference, it does in styles that compare the names of neighbours
            s.started, s.printed = started or (out is not None and not joins), printed
            s.repeats = repeats and s.repeated_names
            return None
        out = own(s) if own is not None else None
        if out is None and substitutes:
            return substitute(s)
        return None if out is _CUT_TO_NONE else out

    def substitute(s: State) -> Out | None:
        for function in substitutes:
            before = s.suppressed.copy()
            attempt, success, started, printed = s.attempt, s.success, s.started, s.printed
            s.success = s.attempt = False
            out = function(s)
            if out is not None:
                s.success = s.success or success
                # a term like `Anonymous` is no author that could be repeated
                if s.names_shown is None and len(s.suppressed) > len(before):
                    s.names_shown = out
                s.attempt = True
                return out
            s.suppressed = before
            s.attempt, s.success, s.started, s.printed = attempt, success, started, printed
        return None

    parts = [*([] if own is None else [own]), *substitutes]
    return context.traits.as_settled(names) if context.traits.settled.issuperset(parts) else names


def _counts(node: Node) -> bool:
    name = node.first("name")
    return name is not None and name.attrs.get("form") == "count"


def _no_names(s: State) -> Out | None:
    """Return the number of names to sort by where there are none."""
    s.attempt = s.success = True
    return "0"


def _compile_substitutes(node: Node, context: CompileContext) -> list[Fn]:
    substitute = node.first("substitute")
    if substitute is None:
        return []
    name = node.first("name")
    parts = tuple(kid for kid in name.kids if kid.name == "name-part") if name is not None else ()
    inner = context.with_(in_substitute=True, parent_names=node, delimiter="", name_parts=(*context.name_parts, *parts))
    # DEVIATION: as in the reference, a word like `anonymous` is no author to sort by
    kids = [k for k in substitute.kids if not (context.sorting and ("term" in k.attrs or "value" in k.attrs))]
    # the members of a branch that is taken are substitutes each by itself: the first that prints is the last
    return [f for f in inner.children(kids) if f is not no_value and f is not empty_group]


def _compile_own(node: Node, variables: list[str], context: CompileContext) -> Fn:
    plan = NamesPlan(node, context)
    shape = context.parent_names if context.parent_names is not None and not node.kids else node
    attrs = dict(shape.attrs) if shape is not node else node.attrs
    wrap = compile_wrap({**attrs, **node.attrs}, display=context.displays, nests=context.nests)
    delimiter = affix(_names_delimiter(node, shape, context))
    record = context.in_substitute
    merges = plan.label is None or plan.label("editortranslator", False) is not None
    count_only = plan.options.form == "count"
    strip = context.strips

    def own(s: State) -> Out | None:
        roles = _roles(s, variables, merge=merges)
        if not roles:
            return None
        s.success = s.started = s.printed = True
        if count_only:
            return str(sum(shown_names(plan, s, names)[0] for _, _, names in roles) or "")
        blocks: list[Out] = []
        first_out: Out | None = None
        for role, variable, names in roles:
            out = _print_list(plan, names, s)
            if out is None:
                continue
            if strip:
                out = strip_periods(out)
            if record:
                s.suppressed.add(variable)
            if s.names_shown is None:
                s.names_shown = first_out = out
            s.last_names, s.repeats = out, False
            out = _with_label(plan, out, role, len(names) > 1)
            if blocks and delimiter is not None:
                blocks.append(delimiter)
            blocks.append(out)
        if not blocks:
            return _CUT_TO_NONE
        if record and len(roles) < len(variables):
            s.suppressed.update(variables)
        whole: Out = blocks[0] if len(blocks) == 1 else blocks
        if len(blocks) > 1 and first_out is not None and s.names_shown is first_out:
            s.names_shown = whole
        if len(blocks) > 1:
            s.last_names = whole
        return wrap(whole) if wrap is not None else whole

    options = plan.options
    # a list cut down to no name at all has been found and prints nothing
    always = not count_only and options.et_al_first and options.et_al_subsequent_first
    return context.traits.as_settled(own) if always else own


def _names_delimiter(node: Node, shape: Node, context: CompileContext) -> str:
    for attrs in (node.attrs, shape.attrs):
        if "delimiter" in attrs:
            return attrs["delimiter"]
    return context.name_attrs.get("names-delimiter", "")


def _roles(s: State, variables: list[str], *, merge: bool) -> list[tuple[str, str, list[PersonName]]]:
    """Role term, variable and names; an editor who is also the translator comes once, as `editortranslator`."""
    known = s.item.names
    if s.suppressed:
        variables = [v for v in variables if v not in s.suppressed]
    found = [(v, v, known[v]) for v in variables if v in known]
    if not merge or len(found) < 2 or {found[0][0], found[1][0]} != {"editor", "translator"}:
        return found
    if [n.key for n in found[0][2]] == [n.key for n in found[1][2]]:
        return [("editortranslator", found[0][1], found[0][2]), *found[2:]]
    return found


def _with_label(plan: NamesPlan, out: Out, role: str, several: bool) -> Out:
    if plan.label is None:
        return out
    label = plan.label(role, several) if not plan.printer.sorting else None
    if label is None:
        return out
    return [label, out] if plan.label_first else [out, label]


def _print_list(plan: NamesPlan, names: list[PersonName], s: State) -> Out | None:
    """One list of names, shortened and joined; tagged, so that later passes find it."""
    shown, last = shown_names(plan, s, names)
    if not shown:
        return None
    place = len(s.name_sets)
    s.name_sets.append((shown, len(names)))
    levels = s.hints.givens
    givens: Sequence[int] = levels[place] if place < len(levels) else ()
    if plan.parts_namesakes and not any(givens):
        givens = levels_of_namesakes(plan.options, names, s.item)
    printer = plan.printer
    if printer.turkish is not None and is_turkish(s):
        printer = printer.turkish
    if len(names) == 1 and not givens:
        printed = [printer.print(names[0], 0, 0)]
        out = printed[0]
    else:
        printed = [printer.print(name, i, givens[i] if i < len(givens) else 0) for i, name in enumerate(names[:shown])]
        out = _join(plan, printed, names, shown, last)
    data = (names, printed, plan)
    return Span([out], Mark("tag", NAMES, data=data))


def _join(plan: NamesPlan, printed: list[Out], names: list[PersonName], shown: int, last: bool) -> Out:
    options = plan.options
    if shown == len(names):
        return join_all(options, printed, names)
    if not shown:
        return ""
    tail = plan.printer.print(names[-1], len(names) - 1, 0) if last else None
    if plan.printer.sorting:
        # neither et al. nor an ellipsis is a name to sort by
        return _unwrap(_delimited(printed if tail is None else [*printed, tail], options.delimiter_affix))
    if tail is not None:
        joint = [options.delimiter_affix, Affix("… ")] if shown > 1 else [Affix(" … ")]
        return [*_delimited(printed, options.delimiter_affix), *joint, tail]
    if not plan.et_al:
        return _unwrap(_delimited(printed, options.delimiter_affix))
    et_al: Out = plan.et_al
    if plan.et_al_wrap is not None:
        et_al = plan.et_al_wrap(et_al)
    separator = options.delimiter_affix if options.precedes(options.precedes_et_al, shown) else plan.et_al_space
    return plan.printer.dress([*_delimited(printed, options.delimiter_affix), separator, et_al])


_SPACE, _NO_SPACE = Affix(" "), Affix("")


def _delimited(printed: list[Out], delimiter: Affix) -> list[Out]:
    out: list[Out] = []
    for name in printed:
        if out:
            out.append(delimiter)
        out.append(name)
    return out


def _unwrap(parts: list[Out]) -> Out:
    return parts[0] if len(parts) == 1 else parts


def join_all(options: NameOptions, printed: list[Out], names: list[PersonName]) -> Out:
    """Return all names as printed with delimiters, and the word or sign before the last one."""
    if len(printed) == 1:
        return printed[0]
    if options.and_affix is None or len(printed) < 2:
        return _unwrap(_delimited(printed, options.delimiter_affix))
    out = _delimited(printed[:-1], options.delimiter_affix)
    closed_up = options.and_affix is options.and_alone and len(printed) > 2
    if not closed_up and options.precedes(options.rule_for_last(names), len(printed) - 1):
        out.append(options.delimiter_affix)
        out.append(options.and_alone)
    else:
        out.append(options.and_affix)
    out.append(printed[-1])
    return out


def shown_names(plan: NamesPlan, s: State, names: list[PersonName]) -> tuple[int, bool]:
    """Return how many names are shown, and whether the very last follows an ellipsis (`et-al-use-last`)."""
    options = plan.options
    total = len(names)
    least, first = options.et_al_min, options.et_al_first
    if s.cite.position >= SUBSEQUENT and s.area == "citation" and not s.sorting:
        least, first = options.et_al_subsequent_min, options.et_al_subsequent_first
    shortened = least and total >= least and first <= least
    if shortened and options.et_al_use_last and not s.sorting:
        # DEVIATION: as in the reference, the ellipsis and the last name count as two of the least number
        first = max(min(first, least - 2), 1)
    shown = min(first, total) if shortened else total
    place = len(s.name_sets)
    if place < len(s.hints.names) and not s.sorting:
        shown = max(shown, min(s.hints.names[place], total))
    if options.form == "count":
        return shown, False
    last = options.et_al_use_last and shown + (1 if s.sorting else 2) <= total and shown > 0
    return shown, last
