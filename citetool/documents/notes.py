"""Citations of note styles: inside the author's own notes, and as new notes behind the punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy

from .model import Content
from .spans import Edit

if TYPE_CHECKING:
    from citetool.output.tree import Event

_PUNCTUATION = ".,;:!?"
_QUOTES = "\"'”’»"
LOOSE = ("", " ", "\n", ")", "]", *_PUNCTUATION)  # the letters before which a space goes where nothing is printed
# What a note stands behind and a citation in brackets before: `early.[@key]`, `“early.”[@key]`, `early”,[@key]`.
_STOP_BEFORE = lazy(rf"(?<=[\w)\]])(?:([.,;:])([{_QUOTES}]*)|([{_QUOTES}]+)([.,;:]))\Z")
_GLUED = lazy(rf"[.,;:!?][*_}})\]{_QUOTES}]*\Z")
_INITIAL = lazy(r"(?<![^\W\d_])[^\W\d_]\.\Z")  # `U.S.`, whose stop ends no sentence


def in_brackets(content: Content) -> Content:
    """Return the citation in round brackets, without the full stop that would end a note of its own."""
    return Content(["(", *without_stop(content.events), ")"])


def after_comma(author: Content, rest: Content) -> Content:
    """Return `author, rest`, without the full stop that would end a note of its own."""
    return Content([*author.events, ", ", *without_stop(rest.events)]) if rest else author


def without_stop(events: list[Event]) -> list[Event]:
    """Return the events without a full stop at their very end, or right inside the quotation mark there."""
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        text = event.rstrip(_QUOTES) if isinstance(event, str) else ""
        if text:
            if not text.endswith(".") or text.endswith(".."):
                return list(events)
            return [*events[:place], text[:-1] + event[len(text) :], *events[place + 1 :]]  # type: ignore[index]
    return list(events)


def capitalized(content: Content) -> Content:
    """Return the content with a capital at its beginning, as a note begins, where its first word is in lower case."""
    for place, event in enumerate(content.events):
        if not isinstance(event, str) or not event:
            continue
        word = event.split(maxsplit=1)[0] if event.strip() else ""
        if not word.islower():
            return content
        lead = len(event) - len(event.lstrip())
        changed = event[:lead] + event[lead].upper() + event[lead + 1 :]
        return Content([*content.events[:place], changed, *content.events[place + 1 :]])
    return content


class Neighbours(NamedTuple):
    """A citation between `start` and `end` of a text; `in_quote`: commas and stops stand inside closing quotes."""

    text: str
    start: int
    end: int
    in_quote: bool


def note_edit(place: Neighbours, before: str, note: str) -> Edit:
    """Return the edit that puts a new note in the place of a citation.

    The space before it goes, and the note stands behind the punctuation that follows; in American typesetting a comma
    or full stop moves inside a closing quotation mark. `before` is what stays in the text, such as an author's name.
    """
    text, start, end, in_quote = place
    follows = end
    while text[follows : follows + 1] and text[follows] in _PUNCTUATION:
        follows += 1
    punctuation = text[end:follows]
    if before:
        return Edit(start, follows, before + punctuation + note) if punctuation else Edit(start, end, before + note)
    begin = start
    while begin and text[begin - 1] in " \t\u00a0":
        begin -= 1
    if begin and text[begin - 1] == "\n":
        # the citation begins a line: the note joins the word at the end of the line before
        joined = len(text[:begin].rstrip(" \t\r\n"))
        begin = joined if "\n" not in text[joined : begin - 1].replace("\r", "") and joined else start
    if in_quote and punctuation and punctuation[0] in ".," and begin and text[begin - 1] in _QUOTES:
        quote = begin - 1
        while quote and text[quote - 1] in _QUOTES:
            quote -= 1
        if text[quote - 1 : quote] not in _PUNCTUATION:
            moved = punctuation[0] + text[quote:begin] + punctuation[1:]
            return Edit(quote, follows, moved + note)
    return Edit(begin, follows, punctuation + note)


def text_edit(place: Neighbours, cite: str) -> Edit:
    """Return the edit that puts a citation into the text.

    One in brackets that was typed where a mark of a note goes, right behind the punctuation, moves before it.
    """
    text, start, end, _ = place
    if cite[:1] not in ("(", "[") or text[end : end + 1].isalnum():
        return Edit(start, end, cite)
    before = _STOP_BEFORE.search(text, max(start - 8, 0), start)
    if before is None:
        return Edit(start, end, f" {cite}" if _GLUED.search(text, max(start - 8, 0), start) else cite)
    mark, quotes = before[1] or before[4], before[2] or before[3] or ""
    goes_on = text[end : end + 1] in tuple(_PUNCTUATION) or (mark == "." and text[end:].lstrip()[:1].islower())
    if goes_on or (mark == "." and _INITIAL.search(text, 0, start)):
        return Edit(start, end, f" {cite}")
    return Edit(before.start(), end, f"{quotes} {cite}{mark}")
