"""The words of a note free of markup, with the stretch of the manuscript that each letter stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from .spans import Span


class Markup(NamedTuple):
    """The markup inside a note: `marks` finds it, `spelled` has the letter that some of it stands for.

    The marks that open something end in `{` and those that close it in `}`, or both are the same, as `*` in Markdown.
    """

    marks: re.Pattern[str] | None = None
    spelled: Mapping[str, str] = {}


def read_letters(text: str, start: int, end: int, markup: Markup) -> tuple[str, list[Span]]:
    """Return the words between two offsets on one line, and for each of their letters its stretch of the text."""
    letters: list[str] = []
    spans: list[Span] = []
    found = {match.start(): match for match in markup.marks.finditer(text, start, end)} if markup.marks else {}
    place = start
    while place < end:
        match = found.get(place)
        stop = match.end() if match and match.end() > place else place + 1
        letter = markup.spelled.get(match[0], "") if match else text[place]
        if letter.isspace():
            letter = " " if letters and letters[-1] != " " else ""
        if letter:
            letters.append(letter)
            spans.append((place, stop))
        place = stop
    while letters and letters[-1] == " ":
        letters.pop()
        spans.pop()
    if spans:  # markup that the note begins with goes with its first letter: `*Ibid.*, p. 3`
        lead = text[start : spans[0][0]]
        spans[0] = (start + len(lead) - len(lead.lstrip()), spans[0][1])
    return "".join(letters), spans


def stretch_of(text: str, spans: list[Span], start: int, end: int) -> Span:
    """Return the stretch of the text for letters of a note, with the markup that stands right before and behind."""
    first, last = spans[start][0], spans[end - 1][1]
    before = text[spans[start - 1][1] : first] if start else ""
    if before.strip():
        first -= len(before.lstrip())
    behind = text[last : spans[end][0]] if end < len(spans) else ""
    return first, last + len(behind.rstrip()) if behind.strip() else last


def is_balanced(text: str, markup: Markup) -> bool:
    """Return whether all markup that opens in a stretch closes in it."""
    marks = [match[0] for match in markup.marks.finditer(text)] if markup.marks else []
    plain = [mark for mark in marks if (mark not in markup.spelled and not mark.startswith("\\")) or mark.endswith("{")]
    opened = sum(mark.endswith("{") for mark in plain)
    closed = sum(mark == "}" for mark in plain)
    others = {mark for mark in plain if not mark.endswith(("{", "}"))}
    return opened == closed and all(plain.count(mark) % 2 == 0 for mark in others)
