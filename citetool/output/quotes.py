"""Quotation marks and flip-flop formatting: what a span means depends on the spans around it.

A quotation inside a quotation takes the locale's inner marks, and the one inside that the outer again; marks of other
languages stay as they are written. Markup from
a field (`flip`) that repeats the formatting around it turns it off: a ship's name in an italic title is upright.
Formatting of the style that says `normal` where nothing else was asked is no formatting at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.struct import NamedTuple

from .tree import Mark

if TYPE_CHECKING:
    from .tree import Event

NORMAL = {
    "font-style": "normal",
    "font-variant": "normal",
    "font-weight": "normal",
    "text-decoration": "none",
    "vertical-align": "baseline",
}
_FORMS = ("outer", "inner")
_NORMAL_MARKS = {kind: Mark(kind, value) for kind, value in NORMAL.items()}


class QuoteMarks(NamedTuple):
    """The four quotation marks of a locale."""

    open: str = "“"
    close: str = "”"
    inner_open: str = "‘"
    inner_close: str = "’"


def resolve_spans(events: list[Event], quotes: QuoteMarks) -> list[Event]:  # noqa: PLR0915 # one hot loop
    """Events with quotes as text and only such formatting marks as change something, opened and closed in pairs."""
    out: list[Event] = []
    context = dict(NORMAL)
    forms: list[str] = []  # of the quotations that are open
    quote = ""  # the form of the nearest quotation around in the locale's marks
    stack: list[tuple[Mark | None, str, str]] = []  # what to close, kind, the value around
    undone: list[tuple[list[Mark], dict[str, str]]] = []
    for event in events:
        if type(event) is str:
            out.append(event)
        elif type(event) is Mark:
            kind = event.kind
            if kind == "quote":
                forms.append(_quote_form(event, quote, quotes))
                stack.append((None, "quote", quote))
                quote = forms[-1] if forms[-1] in _FORMS else quote
                out.append(_open_mark(quotes, forms[-1]))
            elif kind == "unquoted":
                stack.append((None, kind, quote))
                quote = quote or "inner"
            elif kind in context:
                around = context[kind]
                mark: Mark | None = event
                if event.value == around:
                    if event.flip:
                        mark = _NORMAL_MARKS[kind] if around != NORMAL[kind] else None
                    elif around == NORMAL[kind] and kind != "vertical-align" and event.data is None:
                        mark = None
                stack.append((mark, kind, around))
                if mark is not None:
                    context[kind] = mark.value
                    out.append(mark)
            elif kind == "nodecor":
                changed = [_NORMAL_MARKS[k] for k, v in context.items() if v != NORMAL[k]]
                stack.append((None, "nodecor", ""))
                out.extend(changed)
                undone.append((changed, dict(context)))
                context.update(NORMAL)
            else:
                keep = event if kind in ("link", "display", "trace") else None
                stack.append((keep, kind, ""))
                if keep is not None:
                    out.append(keep)
        else:
            mark, kind, around = stack.pop()
            if kind == "quote":
                out.append(_close_mark(quotes, forms.pop()))
                quote = around
            elif kind == "unquoted":
                quote = around
            elif kind in context:
                context[kind] = around
            elif kind == "nodecor":
                changed, saved = undone.pop()
                out.extend(m.close for m in reversed(changed))
                context.update(saved)
            if mark is not None:
                out.append(mark.close)
    return out


def _quote_form(mark: Mark, around: str, quotes: QuoteMarks) -> str:
    """Return `outer` or `inner` for a quotation in the locale's marks, else the two marks that the field has.

    The locale's own marks in a field alternate with those around them; where nothing is around they stay.
    """
    if not mark.flip:
        return "outer"
    own = mark.value
    if len(own) == 2:
        own = {quotes.open + quotes.close: "outer", quotes.inner_open + quotes.inner_close: "inner"}.get(own, "")
        if not own:
            return mark.value
    elif own == "single":
        own = "inner"
    else:
        own = "outer"
    return {"outer": "inner", "inner": "outer"}.get(around, own)


def _open_mark(quotes: QuoteMarks, form: str) -> str:
    if form not in _FORMS:
        return form[0]
    return quotes.open if form == "outer" else quotes.inner_open


def _close_mark(quotes: QuoteMarks, form: str) -> str:
    if form not in _FORMS:
        return form[1]
    return quotes.close if form == "outer" else quotes.inner_close
