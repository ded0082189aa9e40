"""Walks through the text of an .odt in printed order: letters with their place in the tree, marks, notes, changes.

A story is the text or one note. Tracked deletions stand outside of the text, in `text:tracked-changes`; the mark of a
note is U+FFFC. Each letter has a slot: the text or the tail of an element, or an element that stands for a letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from citetool.documents.story import MARK
from citetool.documents.story import Story as CommonStory
from citetool.xmlio import attribute, child, local_name

if TYPE_CHECKING:
    from citetool.documents.model import Location, Place
    from citetool.xmlio import Element

CONTENT = "content.xml"
META = "meta.xml"
OWN_STYLE = "CITETOOL_STYLE"  # a style that Zotero does not have, such as an overlay
KEYS = "CITETOOL_KEYS"  # typed keys are citations, also beside marks
Sort = Literal["mark", "bookmark", "bibliography-mark", "section"]
_PARAGRAPHS = ("p", "h")
_PASSED_OVER = frozenset({
    "tracked-changes", "note-citation", "annotation", "annotation-end", "sequence-decls", "variable-decls",
    "user-field-decls", "forms", "bibliography-source", "table-of-content-source", "index-title-template", "ruby-text",
    "event-listeners", "desc", "title", "illustration-index-source", "alphabetical-index-source", "note-ref",
})  # fmt: skip
_LETTERS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


class Slot(NamedTuple):
    """A stretch of letters: from `start` on, the `text` or `tail` of an element, or the element `itself`."""

    start: int
    element: Element
    kind: Literal["text", "tail", "itself"]
    length: int


@dataclass(slots=True)
class Mark:
    """A reference mark, bookmark, bibliography mark or section: its name and its stretch of the story."""

    sort: Sort
    story: Story
    name: str
    first: Element
    start: int
    last: Element | None = None
    end: int = 0
    inserted: bool = False

    @property
    def printed(self) -> str:
        """The text that it shows."""
        return self.story.text[self.start : self.end].replace(MARK, "").strip("\n")


@dataclass(slots=True)
class Story(CommonStory):
    """The text or a note with its letters; `changes` are stretches of tracked changes, `links` those of links."""

    slots: list[Slot] = field(default_factory=list)
    found: list[Mark] = field(default_factory=list)
    changes: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)


class Stories:
    """The text and its notes in printed order."""

    def __init__(self, text: Element) -> None:
        """Walk through an `office:text`."""
        self.notes: list[Story] = []
        self.counts = {"footnote": 0, "endnote": 0}
        self.body = Story("text", text)
        _Walk(self, self.body).run()

    def note(self, element: Element, offset: int) -> Story | None:
        """Return the story of a `text:note`; None where it has no body."""
        body = child(element, "note-body")
        if body is None:
            return None
        kind: Location = "endnote" if attribute(element, "note-class") == "endnote" else "footnote"
        self.counts[kind] += 1
        story = Story(kind, body, self.counts[kind], (offset,))
        self.notes.append(story)
        _Walk(self, story).run()
        return story

    @property
    def all(self) -> list[Story]:
        """The text, then the notes in printed order."""
        return [self.body, *self.notes]


class _Walk:
    def __init__(self, stories: Stories, story: Story) -> None:
        self.stories = stories
        self.story = story
        self.length = 0
        self.parts: list[str] = []
        self.open: dict[str, Mark] = {}
        self.changing: dict[str, int] = {}
        self.depth = 0

    def run(self) -> None:
        for one in self.story.element:
            self.visit(one)
        self.story.text = "".join(self.parts)
        self.story.changes += [(start, self.length) for start in self.changing.values()]
        self.story.found = [one for one in self.story.found if one.last is not None]

    def add(self, text: str | None, element: Element, kind: Literal["text", "tail", "itself"]) -> None:
        if text and self.depth:
            self.story.slots.append(Slot(self.length, element, kind, len(text)))
            self.letters(text)

    def letters(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def inner(self, element: Element) -> None:
        self.add(_spaces(element.text), element, "text")
        for kid in element:
            self.visit(kid)
            self.add(_spaces(kid.tail), kid, "tail")

    def visit(self, element: Element) -> None:
        name = local_name(element)
        if not name or name in _PASSED_OVER:
            return
        if name in _PARAGRAPHS:
            self.paragraph(element)
        elif name == "s":
            count = attribute(element, "c")
            self.add(" " * min(int(count) if count.isdigit() else 1, 1000), element, "itself")
        elif name in _LETTERS:
            self.add(_LETTERS[name], element, "itself")
        elif name == "note":
            note = self.stories.note(element, self.length)
            if note is not None:
                self.story.marks.append((self.length, note))
            self.add(MARK, element, "itself")
        else:
            self.special(element, name)

    def paragraph(self, element: Element) -> None:
        if self.parts and self.parts[-1] != "\n":
            self.letters("\n")
        self.depth += 1
        self.inner(element)
        self.depth -= 1
        self.letters("\n")

    def special(self, element: Element, name: str) -> None:
        own = next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == "name"), "")
        if name in ("reference-mark-start", "bookmark-start"):
            sort: Literal["mark", "bookmark"] = "mark" if name.startswith("ref") else "bookmark"
            self.open[f"{sort} {own}"] = made = self.begin(sort, element, own)
            made.inserted = bool(self.changing)
        elif name in ("reference-mark-end", "bookmark-end"):
            found = self.open.pop(f"{'mark' if name.startswith('ref') else 'bookmark'} {own}", None)
            if found is not None:
                found.last, found.end = element, self.length
        elif name in ("bibliography-mark", "section"):
            made = self.begin(name, element, own)  # type: ignore[arg-type]
            self.inner(element)
            made.last, made.end = element, self.length
        elif name.startswith("change"):
            self.change(name, attribute(element, "change-id"))
        else:
            start = self.length
            self.inner(element)
            if name == "a":
                self.story.links.append((start, self.length))

    def begin(self, sort: Sort, element: Element, name: str) -> Mark:
        made = Mark(sort, self.story, name, element, self.length)
        self.story.found.append(made)
        return made

    def change(self, name: str, own: str) -> None:
        if name == "change-start":
            self.changing[own] = self.length
        elif name == "change-end":
            self.story.changes.append((self.changing.pop(own, self.length), self.length))
        else:
            self.story.changes.append((self.length, self.length))


def stretch_of(place: Place) -> tuple[Story, int, int]:
    """Return where a place stands."""
    if isinstance(place.anchor, Mark):
        return place.anchor.story, place.anchor.start, place.anchor.end
    story, start, end = place.anchor
    return story, start, end


def _spaces(text: str | None) -> str | None:
    return text.translate({9: " ", 10: " ", 13: " "}) if text else text
