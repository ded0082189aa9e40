"""Cuts runs at letters of a story, so that a stretch of text is made of whole runs.

Edits go from the end of a story to its beginning: the offsets before a cut stay what they were.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from citetool.xmlio import local_name

from .content import preserve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.xmlio import Element

    from .stories import Story

# What stays where it is when the text around it goes.
_CONTENT_LESS = frozenset({"rPr", "lastRenderedPageBreak", "proofErr", ""})
# What text cannot be written over.
SOLID = frozenset({
    "footnoteReference", "endnoteReference", "drawing", "pict", "object", "commentReference", "AlternateContent", "sym",
    "annotationRef", "footnoteRef", "endnoteRef", "fldChar", "instrText", "ruby", "ptab", "contentPart",
})  # fmt: skip


def run_of(element: Element) -> Element:
    """Return the run that an element stands in, or the element itself where there is none."""
    found = element
    while local_name(found) != "r":
        parent = found.getparent()
        if parent is None:
            return element
        found = parent
    return found


def paragraph_of(element: Element) -> Element | None:
    """Return the nearest paragraph around an element."""
    return next((one for one in element.iterancestors() if local_name(one) == "p"), None)


def insert_before(place: Element, new: Iterable[Element]) -> None:
    """Put elements right before another one."""
    for one in new:
        place.addprevious(one)


def insert_behind(place: Element, new: Iterable[Element]) -> None:
    """Put elements right behind another one."""
    for one in new:
        place.addnext(one)
        place = one


def remove(element: Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)


def split_run(run: Element, first: Element) -> Element:
    """Make a run begin with that child of it, and return it; what stands before stays in the old one."""
    kids = list(run)
    place = kids.index(first)
    if all(local_name(kid) in _CONTENT_LESS for kid in kids[:place]):
        return run
    made = etree.Element(run.tag)
    made.attrib.update(run.attrib)
    properties = next((kid for kid in kids[:place] if local_name(kid) == "rPr"), None)
    if properties is not None:
        made.append(deepcopy(properties))
    made.extend(kids[place:])
    run.addnext(made)
    return made


def cut(story: Story, offset: int) -> Element | None:
    """Make a run begin at the letter of that offset and return it; None where no run has it."""
    place = bisect_right(story.segments, offset, key=_offset) - 1
    if place < 0:
        return None
    start, element = story.segments[place]
    if offset >= start + len(_letters(element)):
        return None
    run = run_of(element)
    if run is element or run.getparent() is None:  # it has been taken out: its edge is cut
        return None
    if offset == start:
        return split_run(run, element)
    text = element.text or ""
    rest = deepcopy(element)
    rest.tail = None
    element.text, rest.text = text[: offset - start], text[offset - start :]
    preserve(element)
    preserve(rest)
    element.addnext(rest)
    story.segments.insert(place + 1, (offset, rest))
    return split_run(run, rest)


def cut_behind(story: Story, offset: int) -> Element | None:
    """Make a run end right before that offset and return it; None where no run has the letter before."""
    place = bisect_right(story.segments, offset - 1, key=_offset) - 1
    if place < 0:
        return None
    start, element = story.segments[place]
    if offset > start + len(_letters(element)):
        return None
    if offset < start + len(_letters(element)):
        cut(story, offset)
    run = run_of(element)
    if run is element or run.getparent() is None:
        return None
    behind = element.getnext()
    if behind is not None:
        split_run(run, behind)
    return run


def runs_between(story: Story, start: int, end: int) -> list[Element]:
    """Return the whole runs of the text between two offsets, cut there, in order."""
    cut(story, end)
    cut(story, start)
    found: list[Element] = []
    for _, element in elements_between(story, start, end):
        run = run_of(element)
        if not found or found[-1] is not run:
            found.append(run)
    return found


def elements_between(story: Story, start: int, end: int) -> list[tuple[int, Element]]:
    """Return the elements with the letters between two offsets."""
    first = bisect_left(story.segments, start, key=_offset)
    if first and story.segments[first - 1][0] + len(_letters(story.segments[first - 1][1])) > start:
        first -= 1
    return story.segments[first : bisect_left(story.segments, end, key=_offset)]


def clear_text(story: Story, start: int, end: int) -> Element | None:
    """Take out the text between two offsets; return an empty run in its place, None where there was no text."""
    runs = runs_between(story, start, end)
    if not runs:
        return None
    marker = etree.Element(runs[0].tag)
    runs[0].addprevious(marker)
    for _, element in elements_between(story, start, end):
        remove(element)
    for run in runs:
        if all(local_name(kid) in _CONTENT_LESS for kid in run):
            remove(run)
    return marker


def take_out(story: Story, start: int, end: int) -> None:
    """Take out the text between two offsets, if there is any."""
    if start < end and (marker := clear_text(story, start, end)) is not None:
        remove(marker)


def _letters(element: Element) -> str:
    return (element.text or "") if local_name(element) in ("t", "delText") else " "


def _offset(segment: tuple[int, Element]) -> int:
    return segment[0]
