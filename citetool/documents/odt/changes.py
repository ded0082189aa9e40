"""Changes of notes that were typed by hand, and tracked changes of ODF (1.3, 5.5): regions, and marks in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.documents.package import serialized
from citetool.documents.story import stretch_in
from citetool.xmlio import attribute, child, children, descendants, local_name

from .content import OFFICE, Nodes, element, filled, plain_nodes, span
from .edit import put_behind, replace, slots_between, style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.documents.model import Note, NoteEdit, Tracking
    from citetool.xmlio import Element

    from .base import OdtBase
    from .stories import Story

_DC = "http://purl.org/dc/elements/1.1/"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def hindrance(note: Note, start: int, end: int) -> str:
    """Return why that stretch of a note cannot be changed; nothing where it can."""
    story: Story = note.anchor
    first, last, reason = stretch_in(story, start, end)
    if reason:
        return reason
    if any(one.start < last and first < one.end for one in story.found):
        return "a mark of a program stands in it"
    if any(one < last and first < end for one, end in story.links):
        return "a link stands in it"
    if any((one < last and first < end) or first < one == end < last for one, end in story.changes):
        return "it has tracked changes already"
    return ""


class Tracker:
    """Writes tracked changes of one author and day into a text."""

    def __init__(self, text: Element, tracking: Tracking) -> None:
        """Take the `office:text`; its list of changes is made when the first is written."""
        self.text = text
        self.tracking = tracking
        self._taken = {attribute(one, "id") for one in descendants(text, "changed-region")}
        self._next = 1

    def replace(self, story: Story, start: int, end: int, nodes: Sequence[str | Element]) -> bool:
        """Put nodes in the place of letters as a deletion and an insertion; return whether there were letters."""
        gone: list[str | Element] = []
        for slot in slots_between(story, start, end):
            letters = story.text[max(start, slot.start) : min(end, slot.start + slot.length)]
            look = style_of(slot)
            gone += [span(plain_nodes(letters), look)] if look else plain_nodes(letters)
        made: list[str | Element] = []
        if gone:
            own = self._region("deletion", filled(element("p"), gone))
            made.append(element("change", change_id=own))
        return replace(story, start, end, [*made, *self.inserted(nodes)])

    def inserted(self, nodes: Sequence[str | Element]) -> list[str | Element]:
        """Return the nodes between the marks of an insertion."""
        if not nodes:
            return []
        opening, closing = self.ends()
        return [opening, *nodes, closing]

    def ends(self) -> tuple[Element, Element]:
        """Return the marks of a new insertion, between which it is to be put."""
        own = self._region("insertion")
        return element("change-start", change_id=own), element("change-end", change_id=own)

    def _region(self, kind: str, *kids: Element) -> str:
        while f"ct{self._next}" in self._taken:
            self._next += 1
        own = f"ct{self._next}"
        self._taken.add(own)
        about = etree.Element(f"{{{OFFICE}}}change-info")
        say(about, self.tracking)
        region = element("changed-region", element(kind, about, *kids), id=own)
        region.set(_ID, own)
        self._list().append(region)
        return own

    def _list(self) -> Element:
        found = child(self.text, "tracked-changes")
        if found is None:
            found = element("tracked-changes")
            self.text.insert(1 if children(self.text, "forms") else 0, found)
        return found


def say(holder: Element, tracking: Tracking) -> None:
    """Put author and date into an element."""
    etree.SubElement(holder, f"{{{_DC}}}creator").text = tracking.author
    etree.SubElement(holder, f"{{{_DC}}}date").text = tracking.date.rstrip("Z")


def write_notes(document: OdtBase, edits: Sequence[NoteEdit], tracking: Tracking | None) -> bytes:
    """Return the package with typed notes changed, as tracked changes and remarks, or with the new text alone."""
    nodes = Nodes(document.root)
    tracker = Tracker(document.text_root, tracking) if tracking is not None else None
    changed = False
    for edit in edits:
        for start, end, content in sorted(edit.pieces, key=lambda piece: piece[0], reverse=True):
            story: Story = edit.note.anchor
            first, last, _ = stretch_in(story, start, end)
            if content.plain == story.text[first:last]:
                continue
            new = nodes.of(content.events)
            done = tracker.replace(story, first, last, new) if tracker else replace(story, first, last, new)
            changed = changed or done
    if tracking is not None:
        for edit in edits:
            changed = (bool(edit.comment) and _remark(edit, tracking)) or changed
    if not changed:
        return document.data
    return document.package.changed({"content.xml": serialized(document.root)})


def _remark(edit: NoteEdit, tracking: Tracking) -> bool:
    """Put a remark into the margin behind the mark of a note, once; return whether it is new."""
    note = edit.note.anchor.element.getparent()
    behind = note.getnext() if note is not None and not note.tail else None
    if note is None or (
        behind is not None
        and local_name(behind) == "annotation"
        and "".join(map(str, behind.itertext())).endswith(edit.comment)
    ):
        return False
    made = etree.Element(f"{{{OFFICE}}}annotation")
    say(made, tracking)
    made.append(filled(element("p"), plain_nodes(edit.comment)))
    put_behind(note, [made])
    return True
