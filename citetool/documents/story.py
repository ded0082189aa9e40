"""A story of a word processor's document, the text or one note: what Word and LibreOffice share of it.

Its text is that of the live letters; the mark of a note in it is U+FFFC.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from citetool.problems import Where

from .model import Note, Place

if TYPE_CHECKING:
    from citetool.xmlio import Element

    from .fields.model import Code
    from .model import Location

MARK = "\ufffc"
_FOLLOWING = 80  # letters in which the next one is looked for


@dataclass(slots=True)
class Story:
    """The text or a note with its live text; `marks` are the offsets of the marks in it with their notes."""

    where: Location
    element: Element
    number: int | None = None
    mark: tuple[int, ...] = ()
    text: str = ""
    marks: list[tuple[int, Any]] = field(default_factory=list)

    @property
    def lead(self) -> int:
        """The number of letters of space before its words."""
        return len(self.text) - len(self.text.lstrip())


def where_in(story: Story, start: int, source: str) -> Where:
    """Return the paragraph or the note that an offset of a story stands in."""
    paragraph = story.text.count("\n", 0, start) + 1
    return Where(source, field=f"{story.where} {story.number}" if story.number else f"paragraph {paragraph}")


def place_in(story: Story, start: int, end: int, program: str, source: str) -> Place:
    """Return a place that takes up a stretch of a story, with what stands around it."""
    place = Place([], program, where=story.where, note=story.number, at=where_in(story, start, source))
    place.opens_note = story.number is not None and not story.text[:start].strip(f"\n\t \u00a0{MARK}")
    place.follows = story.text[end : end + _FOLLOWING].split("\n", 1)[0].replace(MARK, "").lstrip()[:1]
    if story.number is None:
        place.notes_before, place.endnotes_before = _before(story, start)
    return place


def _before(story: Story, start: int) -> tuple[int, int]:
    """Return how many footnotes and endnotes have their marks before an offset: the last of them has its number."""
    both = bisect_left(story.marks, start, key=itemgetter(0))
    if not both:
        return 0, 0
    last = story.marks[both - 1][1]
    number = int(last.number or 0)
    return (number, both - number) if last.where == "footnote" else (both - number, number)


def coded_place(story: Story, one: Any, code: Code, source: str) -> Place:
    """Return the place of a field or a mark, with what its code and its letters say of it."""
    place = place_in(story, one.start, one.end, code.program, source)
    place.items, place.anchor, place.printed = code.items, one, one.printed
    if code.plain is not None and _words(code.plain) != _words(place.printed) and place.printed:
        place.flags["hand_edited"] = True
    if code.fixed:
        place.flags["dont_update"] = True
    if one.inserted:
        place.flags["tracked_insertion"] = True
    return place


def _words(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def note_of(story: Story, source: str, *, cites: bool) -> Note:
    """Return the note that a story is."""
    where = Where(source, field=f"{story.where} {story.number}")
    return Note(story.number or 0, story.where, story.text.strip(), where, cites, story)


def stretch_in(story: Story, start: int, end: int) -> tuple[int, int, str]:
    """Return where a stretch of a note's text stands in its story, and why it cannot be changed, or nothing."""
    first, last = start + story.lead, end + story.lead
    text = story.text[first:last]
    if "\n" in text:
        return first, last, "it goes over several paragraphs or lines"
    return first, last, "a note stands in the midst of it" if MARK in text else ""
