"""Punctuation where pieces meet.

A style writes `suffix="."` not knowing that the title ends in a question mark, and `delimiter=", "` not knowing that
quotation marks close before it. This pass goes over the events once. An affix that begins with a mark is merged with
the mark that stands before it, seen through formatting: `?` and `.` give `?`, twice the same gives one. Where the
locale puts punctuation inside quotation marks, a comma, a full stop, `!` or `?` at the start of an affix moves before
the closing marks that it follows, unless it is the prefix of what is formatted. Two spaces that meet become one, if no
formatting begins or ends between them.

Brackets that a style puts inside its own brackets become square, where the affixes say so.

Content never merges with content: what a field says is printed as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .tree import SEAL, Affix, Close, Mark

if TYPE_CHECKING:
    from .tree import Event

_SEQUENCES = {
    ":": {":": ":", ".": ":", "!": "!", "?": "?"},
    ".": {".": "."},
    ";": {":": ";", ".": ";", ";": ";", "!": "!", "?": "?"},
    "!": {":": "!", ".": "!", "!": "!"},
    "?": {":": "?", ".": "?", "?": "?"},
    ",": {",": ","},
}
# the suffix of a group stands before these marks, if they are the suffix of the last element in it; the comma in quotes
_BEFORE = {":": ".", ";": ":.!?", "!": ".", "?": ".", ",": "."}
# quotation marks of a field that no locale with punctuation inside of quotation marks has
_FOREIGN = frozenset(("«»", "»«", "‹›", "›‹", "„“", "„”", "‚‘", "‚’"))
_MARKS = frozenset(_SEQUENCES)
_SPACED = frozenset(("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align", "quote"))


def merge_punctuation(events: list[Event], *, in_quote: bool) -> list[Event]:  # noqa: PLR0915 # one hot loop
    """Events without doubled marks and spaces at affixes; all texts come out as plain strings."""
    out: list[Event] = []
    # where the last text is in `out`, and of the marks that directly follow it the ends of a block and of a quote
    last = block = quote = -1
    sealed = inner = False  # inner: the last text is a mark that an element without children has as its suffix
    before = ""
    braces: list[bool] = []
    for event in events:
        if type(event) is str:
            text: str = event[1:] if before == " " and event[:1] == " " else event
            if text:
                last = len(out)
                quote = block = -1
                sealed = inner = False
                before = text[-1]
                out.append(text)
            continue
        if type(event) is Affix:
            text = event.text
            if not text:
                sealed = sealed or event is SEAL
                continue
            if event.nests:
                text = _nest(text, braces)
            first = text[0]
            if quote >= 0 and (event.role == "apart" or (sealed and _is_prefix(event))):
                pass
            elif first in _MARKS:
                outer = inner and event.role in ("suffix", "bracket")
                if outer and first in _BEFORE.get(before, "") and (before != "," or quote >= 0):
                    earlier = out[last]
                    assert isinstance(earlier, str)
                    out[last] = earlier[:-1] + first + before
                    text = text[1:]
                elif in_quote and quote >= 0 and first in ".,!?":
                    last, quote = _into_quote(out, last, quote, before, first)
                    inner = event.role == "leaf" and len(text) == 1
                    before = first if before not in _MARKS or first not in _SEQUENCES[before] else before
                    text = text[1:]
                elif before in _MARKS:
                    text = _merge(out, last, before, text, in_quote=in_quote)
                elif last >= 0:
                    place = _end_of_line(out, block, event)
                    if place >= 0:
                        out.insert(place, first)
                        last, block, before, text = place, block + 1 if block >= 0 else -1, first, text[1:]
            elif first == " " and before in (" ", "\u00a0") and (last == len(out) - 1 or not _formatted(out, last)):
                text = text[1:]
        else:
            if type(event) is Close and last >= 0:
                if event.mark.kind == "quote" and quote < 0 and event.mark.value not in _FOREIGN:
                    quote = len(out)
                elif event.mark.kind == "display" and block < 0:
                    block = len(out)
            out.append(event)
            continue
        if text:
            last = len(out)
            quote = block = -1
            sealed = False
            inner = type(event) is Affix and event.role == "leaf" and len(event.text) == 1
            before = text[-1]
            out.append(text)
    return out


def _is_prefix(affix: Affix) -> bool:
    return affix.role == "prefix" or (affix.role == "bracket" and "(" in affix.text)


def _formatted(out: list[Event], last: int) -> bool:
    """Return whether formatting begins or ends after the last text: spaces on both sides of that both stay."""
    marks = (event.mark if isinstance(event, Close) else event for event in out[last + 1 :])
    return any(isinstance(mark, Mark) and mark.kind in _SPACED for mark in marks)


def _is_markup(event: Event) -> bool:
    return type(event) is not Close or event.mark.flip or event.mark.kind in ("tag", "link", "nocase", "trace")


def _end_of_line(out: list[Event], block: int, event: Affix) -> int:
    """Return where a mark goes at the edge of a display block, or -1: it belongs to the line or block that it ends."""
    if block >= 0 and event.role != "bracket":  # the suffix of a layout stays outside
        return block
    opened = out[-1]
    if type(opened) is Mark and opened.kind == "display" and opened.value != "right-inline":
        return len(out) - 1
    return -1


def _nest(text: str, braces: list[bool]) -> str:
    """Round brackets of affixes inside round brackets become square; `braces` tells which open ones did."""
    letters = []
    inside = bool(braces)  # brackets of one affix do not nest in each other
    for letter in text:
        if letter == "(":
            braces.append(inside)
            letters.append("[" if braces[-1] else "(")
        elif letter == ")" and braces:
            letters.append("]" if braces.pop() else ")")
        else:
            letters.append(letter)
    return "".join(letters)


def _merge(out: list[Event], last: int, before: str, text: str, *, in_quote: bool) -> str:
    """Return the rest of the affix `text` after the mark `before`, which may give way to a stronger one."""
    merged = _SEQUENCES[before].get(text[0])
    if merged is None:
        return text
    if merged != before:
        earlier = out[last]
        assert isinstance(earlier, str)
        if in_quote and merged in "!?" and earlier == before and _ends_quote(out, last):
            out[last], last = "", last - 1
            while type(out[last]) is not str:
                last -= 1
            out[last] += merged  # type: ignore[operator] # a string
            return text[1:]
        out[last] = earlier[:-1] + merged
    return text[1:]


def _ends_quote(out: list[Event], place: int) -> bool:
    event = out[place - 1] if place else None
    return type(event) is Close and event.mark.kind == "quote"


def _into_quote(out: list[Event], last: int, quote: int, before: str, first: str) -> tuple[int, int]:
    """Move the mark `first` before the closing quote; new places of the last text and of the quote."""
    merged = _SEQUENCES[before].get(first) if before in _MARKS else None
    place = quote
    while place > last + 1 and not _is_markup(out[place - 1]):
        place -= 1
    if merged is None and place != last + 1:
        # outside of markup of the field that ends with the quotation
        out.insert(place, first)
        return place, quote + 1
    earlier = out[last]
    assert isinstance(earlier, str)
    out[last] = earlier + first if merged is None else earlier[:-1] + merged
    return last, quote
