"""Walks through the stories of a document in printed order: live text with its runs, fields, notes, bookmarks.

A story is the body or one note. Its text is that of live runs: tracked deletions and the sources of moves are left
out, fallbacks of drawings count once, and the mark of a note is U+FFFC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from citetool.documents.story import MARK
from citetool.documents.story import Story as CommonStory
from citetool.xmlio import attribute, children, descendants, local_name

from .opc import BODY

if TYPE_CHECKING:
    from citetool.documents.model import Location
    from citetool.xmlio import Element

_DELETED = ("del", "moveFrom")
_INSERTED = ("ins", "moveTo")
_LETTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_KINDS: dict[str, Location] = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_BOOKMARKS = ("ZOTERO_BREF_", "Mendeley_Bookmark_", "CSL_CITATION", "JABREF_", "JR_cite", "JR_bib")
_IGNORED = frozenset({"pPr", "rPr", "sdtPr", "sectPr", "tblPr", "tcPr", "trPr", "proofErr"})


@dataclass(slots=True)
class Field:
    """A field, or what stands for one: a content control with a tag, a pair of bookmarks, a simple field.

    `start` and `end` are offsets in the text of its story. `first` and `last` are its first and last element: the
    `w:fldChar` of its begin and end, the control itself, or the marks of the bookmark. `inside` is the field around.
    """

    sort: Literal["complex", "simple", "control", "bookmark"]
    story: Story
    first: Element
    start: int
    last: Element | None = None
    end: int = 0
    code: str = ""
    packed: list[str] = field(default_factory=list)
    inside: Field | None = None
    separated: bool = False
    deleted: bool = False
    inserted: bool = False
    removed: int = 0  # deletions before it
    citation: bool = False  # set by who reads the code

    @property
    def printed(self) -> str:
        """The text that it shows."""
        return self.story.text[self.start : self.end].replace(MARK, "").strip("\n")


@dataclass(slots=True)
class Story(CommonStory):
    """The body or a note in its `part`; `segments` are `(offset, element)` of each `w:t` and such."""

    part: str = ""
    notes_before: int = 0
    segments: list[tuple[int, Element]] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    boxes: list[tuple[int, int]] = field(default_factory=list)


class Stories:
    """All stories: `body` and `notes` in printed order; `fields` of all of them; `faults` are messages."""

    def __init__(self, body: Element, notes: dict[tuple[str, str], tuple[str, Element]]) -> None:
        """Walk from the body into each note where its mark stands. `notes`: part and element by kind and id."""
        self._notes = notes
        self._counts = {"footnote": 0, "endnote": 0}
        self._seen: set[tuple[str, str]] = set()
        self.notes: list[Story] = []
        self.faults: list[str] = []
        self.body = Story("text", body, part=BODY)
        _Walk(self, self.body).run()

    def note(self, kind: Location, own: str, mark: int) -> Story | None:
        """Return the note of that id, walked through; None where it is missing or was met before."""
        found = self._notes.get((kind, own))
        if found is None or (kind, own) in self._seen:
            return None
        self._seen.add((kind, own))
        self._counts[kind] += 1
        story = Story(kind, found[1], self._counts[kind], (mark,), part=found[0], notes_before=len(self.notes))
        self.notes.append(story)
        _Walk(self, story).run()
        return story

    @property
    def all(self) -> list[Story]:
        """The body, then the notes in printed order."""
        return [self.body, *self.notes]


class _Walk:
    def __init__(self, stories: Stories, story: Story) -> None:
        self.stories = stories
        self.story = story
        self.open: list[Field] = []
        self.length = 0
        self.parts: list[str] = []
        self.deleted = 0
        self.inserted = 0
        self.removed = 0
        self.hidden = 0  # open fields whose code has not ended
        self.bookmarks: dict[str, Field] = {}

    def run(self) -> None:
        for one in self.story.element:
            self.visit(one)
        self.story.text = "".join(self.parts)
        for unfinished in self.open:
            unfinished.last, unfinished.end = None, self.length
            self.stories.faults.append(f"a field in {_name(self.story)} has no end")

    def add(self, text: str, element: Element | None = None) -> None:
        if self.deleted or self.hidden:
            return
        if element is not None:
            self.story.segments.append((self.length, element))
        self.parts.append(text)
        self.length += len(text)

    def visit(self, element: Element) -> None:
        name = local_name(element)
        if name in _IGNORED or not name:
            return
        if name in _DELETED or name in _INSERTED:
            self.tracked(element, name)
        elif name == "AlternateContent":
            self.inner(next(iter(children(element, "Choice") or children(element, "Fallback")), element))
        elif name == "t":
            self.add(element.text or "", element)
        elif name == "delText":
            self.removed += 1
        elif name == "p":
            self.paragraph(element)
        elif name in _KINDS:
            self.reference(element, _KINDS[name])
        elif name in _LETTERS:
            self.add(_LETTERS[name], element)
        else:
            self.special(element, name)

    def special(self, element: Element, name: str) -> None:
        if name == "fldChar":
            self.character(element, attribute(element, "fldCharType"))
        elif name in ("instrText", "delInstrText"):
            if self.open and self.deleted <= self.open[-1].deleted:
                self.open[-1].code += element.text or ""
        elif name in ("fldSimple", "sdt"):
            self.container(element, name)
        elif name == "bookmarkStart":
            self.bookmark(element)
        elif name == "bookmarkEnd":
            found = self.bookmarks.pop(attribute(element, "id"), None)
            if found is not None:
                self.end(found, element)
        elif name == "txbxContent":
            outer, self.open, hidden, self.hidden = self.open, [], self.hidden, 0
            start = self.length
            self.inner(element)
            self.open, self.hidden = outer, hidden
            self.story.boxes.append((start, self.length))
        else:
            self.inner(element)

    def inner(self, element: Element) -> None:
        for one in element:
            self.visit(one)

    def tracked(self, element: Element, name: str) -> None:
        side = "deleted" if name in _DELETED else "inserted"
        setattr(self, side, getattr(self, side) + 1)
        self.inner(element)
        setattr(self, side, getattr(self, side) - 1)

    def paragraph(self, element: Element) -> None:
        if self.parts and self.parts[-1] != "\n":
            self.add("\n")
        self.inner(element)
        self.add("\n")

    def reference(self, element: Element, kind: Location) -> None:
        if self.deleted:
            return
        # Word has no notes in notes; a file that chains them would lead down without end
        inside = self.story.where != "text"
        note = None if inside else self.stories.note(kind, attribute(element, "id"), self.length)
        if note is not None:
            self.story.marks.append((self.length, note))
        self.add(MARK, element)

    def character(self, element: Element, kind: str) -> None:
        if kind == "begin":
            made = self.begin("complex", element)
            made.packed += [one.text or "" for one in children(element, "fldData")]
            self.open.append(made)
            self.hidden += 1
        elif kind == "separate" and self.open:
            self.hidden -= not self.open[-1].separated
            self.open[-1].separated = True
            self.open[-1].start = self.length
        elif kind == "end" and self.open:
            done = self.open.pop()
            if not done.separated:
                self.hidden -= 1
                done.start = self.length
            self.end(done, element)

    def begin(self, sort: Literal["complex", "simple", "control", "bookmark"], element: Element) -> Field:
        inside = self.open[-1] if self.open else None
        made = Field(sort, self.story, element, self.length, inside=inside)
        made.deleted, made.inserted, made.removed = self.deleted > 0, self.inserted > 0, self.removed
        self.story.fields.append(made)
        return made

    def end(self, done: Field, element: Element) -> None:
        done.last, done.end = element, self.length
        if done.sort in ("control", "bookmark") and done.end == done.start and self.removed > done.removed:
            done.deleted = True
        if done.inside is not None:
            done.inside.packed += done.packed

    def container(self, element: Element, name: str) -> None:
        made = self.begin("simple" if name == "fldSimple" else "control", element)
        made.separated = True
        if name == "fldSimple":
            made.code = attribute(element, "instr")
        else:
            made.code = next(
                (attribute(one, "val") for p in children(element, "sdtPr") for one in children(p, "tag")), ""
            )
        self.open.append(made)
        self.inner(element)
        if any(one is made for one in self.open):
            while self.open:
                left = self.open.pop()
                self.hidden -= not left.separated
                if left is made:
                    break
        self.end(made, element)

    def bookmark(self, element: Element) -> None:
        name = attribute(element, "name")
        if not name.startswith(_BOOKMARKS):
            return
        made = self.begin("bookmark", element)
        made.code = name
        made.separated = True
        self.bookmarks[attribute(element, "id")] = made


def _name(story: Story) -> str:
    return f"{story.where} {story.number}" if story.number else "the text"


def notes_of(part: str, root: Element, kind: str) -> dict[tuple[str, str], tuple[str, Element]]:
    """Return the real notes of a part by kind and id; separators are none."""
    return {
        (kind, attribute(one, "id")): (part, one)
        for one in descendants(root, kind)
        if attribute(one, "type") in ("", "normal")
    }
