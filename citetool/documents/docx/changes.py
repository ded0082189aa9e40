"""Changes of notes that were typed by hand: as tracked changes with remarks in the margin, or as the new text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.documents.story import stretch_in
from citetool.xmlio import attribute, children, local_name

from .content import Maker, plain_properties, signature, text_of_runs
from .opc import BODY
from .parts import COMMENTS
from .runs import SOLID, cut, cut_behind, elements_between, insert_before, insert_behind, remove, run_of, runs_between
from .tracking import CHANGES, Tracker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.documents.model import Content, Note, NoteEdit, Tracking
    from citetool.xmlio import Element

    from .parts import Parts
    from .stories import Stories, Story

# The twins that Word has of a format for scripts that run from right to left.
_TWINS = frozenset({"iCs", "bCs"})


def hindrance(note: Note, start: int, end: int) -> str:
    """Return why that stretch of a note cannot be changed; nothing where it can."""
    story: Story = note.anchor
    first, last, reason = stretch_in(story, start, end)
    if reason:
        return reason
    if any(one.start < last and first < one.end for one in story.fields):
        return "a field or a content control stands in it"
    for _, element in elements_between(story, first, last):
        parent = run_of(element).getparent()
        holder = "" if parent is None else local_name(parent)
        if holder in CHANGES:
            return "it has tracked changes already"
        if holder != "p":
            return "a link stands in it"
        if any(local_name(kid) in SOLID for kid in run_of(element)) and last - first > 1 and not _cuts_off(element):
            return "it holds more than text"
    return ""


def _cuts_off(element: Element) -> bool:
    """Return whether what is no text in a run stands before all its text, as the number of a note does."""
    names = [local_name(kid) for kid in run_of(element)]
    return not SOLID & set(names[names.index("t") if "t" in names else 0 :])


class Changes:
    """Writes the changes of notes into the trees of a document."""

    def __init__(self, parts: Parts, stories: Stories, tracking: Tracking | None) -> None:
        """Write tracked changes of that author and day; without them the new text alone."""
        self.parts = parts
        self.stories = stories
        self.make = Maker(parts.roots[BODY])
        self.tracker = Tracker(self.make, parts.roots.values(), tracking) if tracking is not None else None

    def run(self, edits: Sequence[NoteEdit]) -> bytes:
        """Return the package with the notes changed."""
        for edit in edits:
            for start, end, content in sorted(edit.pieces, key=lambda piece: piece[0], reverse=True):
                self._change(edit.note, start, end, content)
        if self.tracker is not None:
            self._comments([edit for edit in edits if edit.comment], self.tracker.tracking)
        return self.parts.written()

    def _change(self, note: Note, start: int, end: int, content: Content) -> None:
        story: Story = note.anchor
        first, last, _ = stretch_in(story, start, end)
        runs = runs_between(story, first, last)
        if not runs:
            return
        new = self.make.runs(content.events, plain_properties(runs[0]))
        if signature(new, _TWINS) == signature(runs, _TWINS):
            return
        self.parts.changed.add(story.part)
        if self.tracker is not None:
            self.tracker.replace(runs, new)
            return
        insert_before(runs[0], new)
        for run in runs:
            remove(run)

    def _comments(self, edits: Sequence[NoteEdit], tracking: Tracking) -> None:
        """Put remarks into the margin, at the marks of their notes in the text: Word has none inside notes.

        What this author has remarked at a mark already is not said again.
        """
        if not edits:
            return
        body = self.stories.body
        offsets = {id(story): offset for offset, story in body.marks}
        old = self.parts.get(COMMENTS)
        own = {attribute(one, "id"): text_of_runs(one.iter(self.make.name("r")))
               for one in children(old, "comment") if attribute(one, "author") == tracking.author}  # fmt: skip
        taken = [int(mine) for one in children(old, "comment") if (mine := attribute(one, "id")).isdigit()]
        first = max([-1, *taken]) + 1
        for number, edit in reversed(list(enumerate(edits, first))):
            offset = offsets.get(id(edit.note.anchor))
            if offset is None:
                continue
            cut_behind(body, offset + 1)
            run = cut(body, offset)
            if run is not None and edit.comment not in {own.get(one) for one in _remarks_at(run)}:
                self._remark(run, number, edit, tracking)

    def _remark(self, run: Element, number: int, edit: NoteEdit, tracking: Tracking) -> None:
        """Remark on a note at the run of its mark."""
        about = {"id": str(number), "author": tracking.author, "date": tracking.date, "initials": tracking.author[:1]}
        words = self.make.element("p", self.make.run(edit.comment))
        self._list().insert(0, self.make.element("comment", words, **about))
        self.parts.changed.add(BODY)
        run.addprevious(self.make.element("commentRangeStart", id=str(number)))
        reference = self.make.element("r", self.make.element("commentReference", id=str(number)))
        closing = [self.make.element("commentRangeEnd", id=str(number)), reference]
        if edit.note.number == 1:  # LibreOffice shows all notes empty where a remark stands between the first two
            insert_before(run, closing)
        else:
            insert_behind(run, closing)

    def _list(self) -> Element:
        if self.parts.get(COMMENTS) is not None:
            return self.parts.change(COMMENTS)
        body = self.parts.roots[BODY]
        return self.parts.add(COMMENTS, etree.Element(self.make.name("comments"), nsmap=body.nsmap))  # type: ignore[arg-type]


def _remarks_at(run: Element) -> list[str]:
    """Return the ids of the remarks that stand, or begin, right before a run."""
    found: list[str] = []
    before = run.getprevious()
    while before is not None and (
        local_name(before) in ("commentRangeStart", "commentRangeEnd") or len(children(before, "commentReference")) == 1
    ):
        if local_name(before) == "commentRangeStart":
            found.append(attribute(before, "id"))
        before = before.getprevious()
    return found
