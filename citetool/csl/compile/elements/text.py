"""`cs:text`: a variable, a macro, a term or a verbatim value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.compile.context import empty_group, no_value
from citetool.csl.compile.formatting import (
    TURKISH_CASES,
    case_for,
    compile_wrap,
    is_turkish,
    rich_text,
    strip_field,
    strip_periods,
    strips_periods,
    unescape,
)
from citetool.csl.items.citation_label import citation_label, letters_of
from citetool.csl.items.numbers import is_numeric
from citetool.csl.items.variables import NUMBER_VARIABLES
from citetool.lazy_re import lazy
from citetool.output.textcase import apply_text_case
from citetool.output.tree import Mark, Out, Span, plain

from .group import compile_members
from .number import format_locator, format_page_like, is_page_like

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.csl.compile.context import CompileContext, Fn
    from citetool.csl.compile.state import State
    from citetool.csl.style.nodes import Node

CITATION_NUMBER = Mark("tag", "citation-number")
YEAR_SUFFIX = Mark("tag", "year-suffix")
_TURKISH_LETTERS = frozenset("iıIİ")
_LINKS = {"URL": "", "DOI": "https://doi.org/", "PMID": "https://pubmed.ncbi.nlm.nih.gov/",
          "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/"}  # fmt: skip


def compile_text(node: Node, context: CompileContext) -> Fn | None:
    """Return the function of a `cs:text`."""
    attrs = node.attrs
    if "macro" in attrs:
        return _compile_macro(node, context)
    if "variable" in attrs:
        return _compile_variable(node, attrs["variable"], context)
    if "term" in attrs:
        plural = attrs.get("plural") == "true"
        term = context.locale.term(attrs["term"], attrs.get("form", "long"), plural=plural)
        if term == "" and context.in_substitute:
            return lambda _: ""  # a term that the style has emptied still ends the search
        return _fixed(node, term, context, is_term=True) if term else None
    value = attrs.get("value")
    return _fixed(node, value, context, is_term=False) if value else None


def _compile_macro(node: Node, context: CompileContext) -> Fn | None:
    name = node.attrs["macro"]
    macro = context.style.macros.get(name)
    if macro is None:
        return None
    types, variables = context.usage(name)
    own_type = context.type if context.type in types else ""
    strips = strips_periods(node.attrs, context)
    parts = tuple(map(id, context.name_parts))
    key = (name, context.in_substitute, parts, context.dates_only, strips, own_type, variables & context.vars)
    if key not in context.macros:
        inner = context.with_macro(macro, delimiter="", parent_names=None, displays=False, strips=strips)
        context.macros[key] = compile_members(macro, inner.children(macro.kids), "", context.traits)
    body = context.macros[key]
    if body is None or body is no_value or body is empty_group:
        return body
    # DEVIATION from the specification, with the reference: text-case on a macro does nothing
    finish = _finisher(node, context, is_macro=True)
    if finish is None:
        return body

    def text_macro(s: State) -> Out | None:
        out = body(s)
        return None if out is None else finish(out, s)

    return context.traits.as_settled(text_macro) if body in context.traits.settled else text_macro


def _finisher(node: Node, context: CompileContext, *, is_macro: bool = False) -> Callable[[Out, State], Out] | None:
    """Periods, text case, formatting and affixes, in that order; None if there is none of them."""
    attrs = node.attrs
    wrap = compile_wrap(
        attrs,
        display=context.displays,
        nests=is_macro and context.nests,
        sealed=context.followed,
        apart=context.preceded,
    )
    case = "" if is_macro else attrs.get("text-case", "")
    strip = not is_macro and strips_periods(attrs, context)  # elements of a macro look after theirs
    if wrap is None and not case and not strip:
        return None

    def finish(out: Out, s: State) -> Out:
        if strip:
            out = strip_field(out)
        if case:
            out = apply_text_case(out, case_for(case, s))
        return wrap(out) if wrap is not None else out

    return finish


def _fixed(node: Node, text: str, context: CompileContext, *, is_term: bool) -> Fn:
    """Return a term or value: the same for each item, so made once. A term that begins a note is capitalized."""
    out = rich_text(unescape(text))
    attrs = node.attrs
    if strips_periods(attrs, context):
        out = strip_periods(out)
    case = attrs.get("text-case", "")
    wrap = compile_wrap(attrs, display=context.displays, nests=context.nests, leaf=True)
    in_text = context.area == "citation" and not context.style.is_note
    raises = is_term and not in_text and not case

    def forms(ending: str) -> tuple[Out, Out]:
        """Return the term behind other text, and at the beginning."""
        inside = apply_text_case(out, f"{case}{ending}" if case in TURKISH_CASES else case) if case else out
        first = apply_text_case(inside, f"capitalize-first{ending}") if raises else inside
        return (inside, first) if wrap is None else (wrap(inside), wrap(first) if raises else wrap(inside))

    started_form, first_form = forms("")
    turkish = forms("-tr") if plain(out)[:1] in _TURKISH_LETTERS or case == "uppercase" else None

    def fixed(s: State) -> Out | None:
        started, s.started = s.started, True
        # DEVIATION: as in the reference, the language of the item decides, and that of the style where it has none
        if turkish is not None and is_turkish(s):
            return turkish[0 if started else 1]
        return started_form if started else first_form

    return context.traits.as_constant(fixed)


def _compile_variable(node: Node, variable: str, context: CompileContext) -> Fn | None:
    live = _LIVE_VARIABLES.get(variable)
    if live is not None:
        return _compile_live(node, variable, live, context)
    source = _source(variable, node.attrs.get("form", ""), context)
    counts = context.area == "citation" and context.collapses
    if source is None:
        return _noted(no_value, context) if counts else no_value
    finish = _finisher_without_case(node, context)
    case = node.attrs.get("text-case", "")
    abbreviate = node.attrs.get("form") == "short"
    page_form = context.style.attrs.get("page-range-format", "") if is_page_like(variable) else None
    locale = context.locale
    links = context.links and source in _LINKS
    is_address = variable == "URL"
    record = context.in_substitute

    def text_variable(s: State) -> Out | None:
        s.attempt = True
        if s.suppressed and variable in s.suppressed:
            return None
        text = s.item.text.get(source)
        if not text:
            return None
        s.success = s.started = s.printed = True
        if record:
            s.suppressed.add(variable)
        if page_form is not None:
            text = (
                format_locator("page", text, "page", page_form, locale)
                if variable == "page"
                else format_page_like(variable, text, page_form, locale)
            )
        elif abbreviate:
            if s.abbreviations:
                text = s.abbreviations.get(variable, {}).get(text, text)
            if is_address:
                text = site_of(text)
        out = rich_text(text, case_for(case, s) if case else "")
        if links:
            out = Span([out], Mark("link", _link_target(source, text)))
        return finish(out) if finish is not None else out

    context.traits.as_settled(text_variable)
    return _noted(text_variable, context) if counts else text_variable


# DEVIATION: as in the reference, the short form of an address is that of its site. What leads to an identifier says
# nothing without it, and stays whole
_SITE = lazy(r"(?:https?://(?=www\.))?((?:https?://)?[^/\s]+\.[^/\s]+)(?:/.*)?")
_RESOLVERS = ("doi.org", "hdl.handle.net", "n2t.net", "purl.org", "id.loc.gov")


def site_of(address: str) -> str:
    """Return the address of the site that an address leads to: `www.example.org` of `https://www.example.org/a/b`."""
    found = _SITE.fullmatch(address)
    if found is None or found[1].endswith(_RESOLVERS):
        return address
    return found[1]


def _noted(function: Fn, context: CompileContext) -> Fn:
    """Return the function of a variable in a style that collapses: text of its own makes a cite more than a repetition.

    DEVIATION: as in the reference, also where the item has no such text.
    """

    def noted(s: State) -> Out | None:
        s.repeats = False
        return function(s)

    return context.traits.as_settled(noted)


def _link_target(variable: str, text: str) -> str:
    return text if "://" in text else _LINKS[variable] + text


def _source(variable: str, form: str, context: CompileContext) -> str | None:
    """Return the variable to read: for the short form the `-short` one where the item has it."""
    if form == "short" and f"{variable}-short" in context.vars:
        return f"{variable}-short"
    return variable if variable in context.vars else None


def _finisher_without_case(node: Node, context: CompileContext) -> Callable[[Out], Out] | None:
    sealed = context.followed
    leaf = node.attrs["variable"] not in NUMBER_VARIABLES
    wrap = compile_wrap(
        node.attrs, display=context.displays, upright=True, sealed=sealed, apart=context.preceded, leaf=leaf
    )
    # DEVIATION: as in the reference, addresses keep theirs
    if node.attrs["variable"] in _LINKS or not strips_periods(node.attrs, context):
        return wrap

    def finish(out: Out) -> Out:
        out = strip_field(out)
        return wrap(out) if wrap is not None else out

    return finish


def _locator(s: State) -> Out | None:
    if s.locator_done:
        return None
    s.locator_done = True
    return s.cite.locator or None


def _note_number(s: State) -> Out | None:
    return str(s.cite.first_note) if s.cite.first_note else None


def _citation_number(s: State) -> Out | None:
    return Span([str(s.number)], CITATION_NUMBER) if s.number else None


def _year_suffix(s: State) -> Out | None:
    if s.hints.year_suffix is None or s.year_suffix_done:
        return None
    s.year_suffix_done = True
    return letters_of(s.hints.year_suffix)


def _label(s: State) -> Out | None:
    label = s.item.text.get("citation-label") or citation_label(s.item)
    if s.hints.year_suffix is None:
        return label or None
    return [label, Span([letters_of(s.hints.year_suffix)], YEAR_SUFFIX)]


_LIVE_VARIABLES: dict[str, Callable[[State], Out | None]] = {
    "locator": _locator,
    "first-reference-note-number": _note_number,
    "citation-number": _citation_number,
    "year-suffix": _year_suffix,
    "citation-label": _label,
}


def _compile_live(node: Node, variable: str, read: Callable[[State], Out | None], context: CompileContext) -> Fn:
    """Variables that belong to the cite or the document rather than to the item."""
    if context.place.lacks(variable):
        return no_value
    finish = _finisher(node, context)
    page_form = context.style.attrs.get("page-range-format", "")
    locale = context.locale
    is_locator = variable == "locator"
    labelled = is_locator and context.behind_words

    # DEVIATION: as in the reference, a year suffix counts as printed whether or not there is one, so that a group or
    # macro of `n.d.` and the suffix stands
    counts = variable != "year-suffix"
    # DEVIATION: as in the reference, a term behind the number of the entry begins it
    begins = variable == "citation-number"

    def live(s: State) -> Out | None:
        if counts:
            s.attempt = True
        else:
            s.success = True
        out = read(s)
        if out is None:
            return None
        s.success = True
        s.started = s.started or not begins
        if is_locator:
            if labelled:
                plain_page = s.cite.label == "page" and "." not in s.cite.locator and is_numeric(s.cite.locator)
                s.labelled = "page" if plain_page else "other"
            out = rich_text(format_locator("locator", s.cite.locator, s.cite.label, page_form, locale, s.label_form))
        whole = finish(out, s) if finish is not None else out
        return whole if counts else Span([whole], YEAR_SUFFIX)

    return live
