"""Letters of a story taken out and put in, whatever elements they stand in.

Edits go from the end of a story to its beginning: the slots before an edit stay true.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal

from citetool.xmlio import attribute, local_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.xmlio import Element

    from .stories import Slot, Story

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def slots_between(story: Story, start: int, end: int) -> list[Slot]:
    """Return the slots with the letters between two offsets."""
    first = max(bisect_right(story.slots, start, key=_start) - 1, 0)
    found = story.slots[first : bisect_left(story.slots, end, key=_start)]
    return [slot for slot in found if slot.start + slot.length > start]


def replace(story: Story, start: int, end: int, nodes: Sequence[str | Element]) -> bool:
    """Put nodes in the place of the letters between two offsets; return whether there were any."""
    slots = slots_between(story, start, end)
    for slot in reversed(slots):
        a, b = max(start - slot.start, 0), min(end - slot.start, slot.length)
        new: Sequence[str | Element] = nodes if slot is slots[0] else ()
        if slot.kind == "itself":
            _replace_letter(slot, b - a, new)
            continue
        element = slot.element
        text = (element.text if slot.kind == "text" else element.tail) or ""
        if slot.kind == "text":
            element.text = text[:a]
        else:
            element.tail = text[:a]
        _put(element, slot.kind, [*new, text[b:]])
    return bool(slots)


def _replace_letter(slot: Slot, gone: int, new: Sequence[str | Element]) -> None:
    element = slot.element
    _put(element, "tail", new, before_tail=True)
    left = slot.length - gone
    if left and local_name(element) == "s":
        element.set(f"{{{TEXT}}}c", str(left))
    else:
        drop(element)


def put_behind(element: Element, nodes: Sequence[str | Element]) -> None:
    """Put nodes right behind an element, before what follows it."""
    _put(element, "tail", nodes, before_tail=True)


def _put(
    element: Element, kind: Literal["text", "tail"], nodes: Sequence[str | Element], *, before_tail: bool = False
) -> None:
    """Put nodes where the text or tail of an element ends, or right before its tail."""
    rest = ""
    if before_tail:
        rest, element.tail = element.tail or "", None
    holder = element if kind == "text" else element.getparent()
    assert holder is not None
    index = 0 if kind == "text" else holder.index(element) + 1
    last: Element | None = None
    for node in [*nodes, rest]:
        if not isinstance(node, str):
            node.tail = None
            holder.insert(index, node)
            index += 1
            last = node
        elif last is not None:
            last.tail = (last.tail or "") + node
        elif kind == "text":
            element.text = (element.text or "") + node
        else:
            element.tail = (element.tail or "") + node


def drop(element: Element) -> None:
    """Take an element out of its parent; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    element.tail = None
    parent.remove(element)


def style_of(slot: Slot) -> str:
    """Return the name of the character style that the letters of a slot have."""
    holder = slot.element if slot.kind == "text" else slot.element.getparent()
    while holder is not None and local_name(holder) not in ("p", "h"):
        if local_name(holder) == "span" and attribute(holder, "style-name"):
            return attribute(holder, "style-name")
        holder = holder.getparent()
    return ""


def _start(slot: Slot) -> int:
    return slot.start
