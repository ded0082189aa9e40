"""The bibliography of a LibreOffice document as tracked changes, in the paragraphs that are there or in new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.xmlio import local_name

from .content import element, filled, plain_nodes
from .edit import put_behind, slots_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.xmlio import Element

    from .changes import Tracker
    from .stories import Mark, Slot

_PARAGRAPHS = ("p", "h")


def replace_tracked(one: Mark, entries: Sequence[list[str | Element]], tracker: Tracker) -> bool:
    """Put each entry in the paragraph of the one before, as tracked changes; return whether there was one.

    Entries that are fewer strike out paragraphs; those that are more stand on lines of the last one, so that no
    paragraph comes that is to be rejected by itself.
    """
    stretches = _stretches(one)
    if not stretches:
        return False
    last = len(stretches) - 1
    lines = [list(entry) for entry in entries[:last]]
    rest = [node for entry in entries[last:] for node in (*plain_nodes("\n"), *entry)][1:]
    lines += [[] for _ in range(last - len(lines))] + [rest]
    if len(entries) <= last:  # the last entry takes the last paragraph, which may end the section
        lines = [*map(list, entries[:-1]), *([] for _ in range(last + 1 - len(entries))), list(entries[-1])]
    for (start, end), nodes in reversed(list(zip(stretches, lines, strict=True))):
        if one.story.text[start:end] != _text(nodes):
            tracker.replace(one.story, start, end, nodes)
    return True


def append_tracked(text: Element, entries: Sequence[list[str | Element]], style: str, tracker: Tracker) -> bool:
    """Put entries behind the last paragraph of a text as one insertion; return whether it ends with a paragraph."""
    last = next((kid for kid in reversed(text) if local_name(kid)), None)
    if last is None or local_name(last) not in _PARAGRAPHS:
        return False
    opening, closing = tracker.ends()
    put: list[str | Element] = [opening]
    if len(last):
        put_behind(last[-1], put) if not last[-1].tail else last.append(opening)
    else:
        last.append(opening)
    paragraphs = [filled(element("p", style_name=style), nodes) for nodes in entries]
    paragraphs[-1].append(closing)
    for paragraph in reversed(paragraphs):
        last.addnext(paragraph)
    return True


def _stretches(one: Mark) -> list[tuple[int, int]]:
    """Return where the paragraphs of a section stand that show something."""
    found: dict[Element, list[Slot]] = {}
    for slot in slots_between(one.story, one.start, one.end):
        holder: Element | None = slot.element
        while holder is not None and local_name(holder) not in _PARAGRAPHS:
            holder = holder.getparent()
        if holder is not None and slot.length:
            found.setdefault(holder, []).append(slot)
    return [(slots[0].start, slots[-1].start + slots[-1].length) for slots in found.values()]


def _text(nodes: Sequence[str | Element]) -> str:
    return "".join(node if isinstance(node, str) else "".join(map(str, node.itertext())) for node in nodes)
