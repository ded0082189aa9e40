"""`cs:number`, and the numbers that `cs:text` prints: pages, locators and the rest with their range delimiter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.csl.compile.context import no_value
from citetool.csl.compile.formatting import case_for, compile_wrap, strip_field, strips_periods
from citetool.csl.items.locator import LocatorPart, split_locator
from citetool.csl.items.numbers import (
    format_numbers,
    format_range,
    is_numeric,
    is_plural,
    long_ordinal,
    ordinal,
    to_roman,
)
from citetool.lazy_re import lazy
from citetool.output.textcase import apply_text_case

if TYPE_CHECKING:
    from citetool.csl.compile.context import CompileContext, Fn
    from citetool.csl.compile.state import State
    from citetool.csl.style.locale import Locale
    from citetool.csl.style.nodes import Node
    from citetool.output.tree import Out

_RANGED = frozenset(("page", "locator", "page-first"))
_NUMERIC_TEXT = frozenset(
    [
        "chapter-number",
        "collection-number",
        "edition",
        "issue",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "volume",
    ]
)
_LOCATOR_TERMS = {"article": "article-locator", "sub verbo": "sub-verbo", "title": "title-locator"}
# DEVIATION: as in the reference, numbers with a stroke between them stay as they are (`1/2`)
_PIECES = lazy(r"\d+(?:/\d+)+|\d+|\D+")


def is_page_like(variable: str) -> bool:
    """Return whether hyphens in the variable are ranges also where `cs:text` prints it."""
    return variable in _RANGED or variable in _NUMERIC_TEXT


def format_page_like(variable: str, text: str, form: str, locale: Locale) -> str:
    """Put the ranges of a page, locator or number into the style's form; text that is no number keeps its hyphens."""
    if " & " in text:
        text = text.replace(" & ", f" {locale.and_sign} ")
    if variable in _NUMERIC_TEXT and "." in text and is_numeric(text):
        return format_locator(variable, text, variable, "", locale)
    delimiter = locale.term("page-range-delimiter")
    dash = "–" if delimiter is None else delimiter
    if variable in _NUMERIC_TEXT:
        return format_numbers(text, dash)
    if variable != "locator":
        text = text.replace("–", "-")
    return format_range(text, form, dash)


def format_locator(variable: str, text: str, label: str, form: str, locale: Locale, label_form: str = "short") -> str:
    """Return a locator or pages with ranges, and with labels inside as terms; that of the first part is left out."""
    first, *others = split_locator(text)
    label = first.label or label
    value = format_page_like(variable, first.value, form if label == "page" else "", locale)
    return value + first.joint + _with_labels(others, form, locale, label_form)


def _with_labels(parts: list[LocatorPart], form: str, locale: Locale, label_form: str = "short") -> str:
    out = ""
    for part in parts:
        term = locale.term(locator_term(part.label), label_form, plural=is_plural(part.value))
        value = format_page_like("locator", part.value, form if part.label == "page" else "", locale)
        out += f"{term} {value}{part.joint}" if term else value + part.joint
    return out


def locator_term(label: str) -> str:
    """Return the name of the term for a label of locators."""
    return _LOCATOR_TERMS.get(label, label)


def compile_number(node: Node, context: CompileContext) -> Fn | None:
    """Return the function of a `cs:number`."""
    variable = node.attrs.get("variable", "")
    form = node.attrs.get("form", "numeric")
    live = variable in ("locator", "citation-number", "first-reference-note-number")
    if context.place.lacks(variable) if live else variable not in context.vars:
        return no_value
    wrap = compile_wrap(node.attrs, display=context.displays, nests=context.nests)
    case = node.attrs.get("text-case", "")
    strip = strips_periods(node.attrs, context)
    locale = context.locale
    record = context.in_substitute
    gender = locale.genders.get(variable, "")
    delimiter = locale.term("page-range-delimiter")
    dash = "–" if delimiter is None else delimiter
    page_form = context.style.attrs.get("page-range-format", "") if variable in _RANGED else ""
    ranged = variable in _RANGED

    def number(s: State) -> Out | None:
        s.attempt = True
        if s.suppressed and variable in s.suppressed:
            return None
        text = _value(s, variable) if live else s.item.text.get(variable)
        if not text:
            return None
        s.success = True
        if record:
            s.suppressed.add(variable)
        s.started = s.started or variable != "citation-number"
        if is_numeric(text, labelled=ranged):
            first, *others = split_locator(text)
            value = format_range(first.value, page_form, dash) if ranged else format_numbers(first.value, dash)
            text = _separators(value)
            if form != "numeric":
                text = _convert(text, form, gender)
            out: Out = text + first.joint + _with_labels(others, page_form, locale)
        else:
            text = format_numbers(text, dash)
            out = strip_field(text) if strip else text
        if case and (fitting := case_for(case, s)):
            out = apply_text_case(out, fitting)
        return wrap(out) if wrap is not None else out

    def _convert(text: str, form: str, gender: str) -> str:
        def one(match: re.Match[str]) -> str:
            piece = match[0]
            if not piece.isdecimal():
                return piece
            value = int(piece)
            if form == "roman":
                return to_roman(value)
            if form == "long-ordinal":
                return long_ordinal(value, locale, gender)
            return ordinal(value, locale, gender)

        if not re.search(r"[^\W\d_]", text):
            return _PIECES.sub(one, text)
        return text

    return context.traits.as_settled(number)


def _value(s: State, variable: str) -> str:
    if variable == "locator":
        if s.locator_done:
            return ""
        s.locator_done = True
        return s.cite.locator
    if variable == "citation-number":
        return str(s.number) if s.number else ""
    return str(s.cite.first_note) if s.cite.first_note else ""


def _separators(text: str) -> str:
    """SPEC: commas are followed by one space, ampersands have one on each side."""
    text = re.sub(r"\s*,\s*", ", ", text)
    return re.sub(r"\s*&\s*", " & ", text)
