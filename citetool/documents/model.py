"""The interface between a document and everything that works on citations.

A `Document` gives its citation places in printed order, its notes and its settings. It takes back a `Rendering` (the
text of each place, new notes, a bibliography), or changes of hand-typed notes, and returns the bytes of the new
document. The input is never changed.

    document = registry.read_document(path)      # Document: places, notes, settings
    rendering = render.render(document, ...)     # Rendering: one RenderedPlace a place, entries
    data = document.write(rendering)             # bytes
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from citetool.output.writers import get_writer
from citetool.output.writers.base import write_events
from citetool.problems import Where

from .fields.listing import Listing
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from citetool.output.tree import Event
    from citetool.problems import Problem

NOWHERE = Where()

Mode = Literal[
    "normal", "author-in-text", "suppress-author", "author-only", "title-only", "year-only", "full", "nocite"
]
Location = Literal["text", "footnote", "endnote"]


@dataclass(slots=True)
class CitedItem:
    """One source at a place.

    `id` is the citation key, or the id that the program gave it. `label` is a locator label of CSL 1.0.2. `suffix_raw`
    is the text behind the key before a locator was read out of it. `data` is the CSL-JSON item that the document
    embeds, if any, with its `uris`. `facts` are further values for `as_dict`.
    """

    id: str
    mode: Mode = "normal"
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    label: str = ""
    suffix_raw: str = ""
    title: str = ""
    uris: tuple[str, ...] = ()
    data: dict[str, Any] | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the source in messages: its title where the id may be a number of a program's, else the key."""
        return self.title if self.data is not None and self.title else self.id

    def as_dict(self) -> dict[str, Any]:
        """Return the item as plain data; a key that is absent has no value."""
        found = {
            "id": self.id,
            "uri": self.uris[0] if self.uris else "",
            "title": self.title,
            "mode": self.mode,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "label": self.label,
            "locator": self.locator,
            "suffix_raw": self.suffix_raw,
        }
        return {name: value for name, value in found.items() if value} | self.facts


@dataclass(slots=True)
class Place:
    """One citation in the document.

    `note` is the printed number of the note that it stands in; for a place in the text it is None, and `notes_before`
    counts the footnotes whose marks come earlier, those that markup like `footcite` prints among them, and
    `endnotes_before` the endnotes. `source` is its
    markup, `printed` the text that it shows, where the format has one. `at` is its line and column, or the paragraph
    as `field`. `prints_note`: the markup itself makes a footnote. `opens_note`: nothing but this citation precedes it
    in its note. `follows` is the first letter behind it, in its note if it stands in one: it decides about a full
    stop at the end. `boxed`: it stands in a text box, where Word has no notes. `flags` are more keys of
    `as_dict` (`hand_edited`, `dont_update`, `tracked_insertion`, `deleted`). `anchor` belongs to the format.
    """

    items: list[CitedItem]
    program: str
    n: int | None = None
    where: Location = "text"
    note: int | None = None
    notes_before: int = 0
    endnotes_before: int = 0
    source: str = ""
    printed: str = ""
    at: Where = NOWHERE
    group_prefix: str = ""
    group_suffix: str = ""
    prints_note: bool = False
    opens_note: bool = False
    follows: str = ""
    boxed: bool = False
    flags: dict[str, Any] = field(default_factory=dict)
    anchor: Any = None

    @property
    def keeps_words(self) -> bool:
        """True if the author changed the text by hand, so that it stays as it is."""
        return bool(self.flags.get("hand_edited") or self.flags.get("dont_update"))

    @property
    def prints_nothing(self) -> bool:
        """True if its sources stand in the bibliography alone, as with an invisible citation of JabRef's."""
        return bool(self.items) and all(item.mode == "nocite" for item in self.items)

    def as_dict(self) -> dict[str, Any]:
        """Return the place as plain data; `n`, `where`, `note`, `program` and `items` are always there."""
        found: dict[str, Any] = {"n": self.n, "where": self.where, "note": self.note, "program": self.program}
        texts = {
            "source": self.source,
            "printed": self.printed,
            "group_prefix": self.group_prefix,
            "group_suffix": self.group_suffix,
            "prints_note": self.prints_note,
        }
        found |= {name: value for name, value in texts.items() if value}
        if self.at.line is not None:
            found |= {"line": self.at.line, "column": self.at.column}
        return found | self.flags | {"items": [item.as_dict() for item in self.items]}


@dataclass(slots=True)
class Note:
    """A footnote or endnote: its printed number, its plain text, and whether citation places stand in it.

    `mark` is where its mark stands in the text; `anchor` belongs to the format.
    """

    number: int
    kind: Location
    text: str
    at: Where = NOWHERE
    cites: bool = False
    anchor: Any = None
    mark: int = -1

    @property
    def label(self) -> str:
        """Return `footnote 3: ` for a message, unless its place says so already."""
        return "" if self.at.field else f"{self.kind} {self.number}: "


@dataclass(slots=True)
class Content:
    """Rendered text that can be written in any output format; `events` are resolved (see `citetool.output.tree`)."""

    events: list[Event]

    def text(self, format: str) -> str:
        """Return the text in a format of `citetool.output.writers.WRITERS`."""
        return write_events(self.events, get_writer(format)) if self.events else ""

    @property
    def plain(self) -> str:
        """Return the text without markup."""
        return self.text("text")

    def __bool__(self) -> bool:
        """Return whether there is any text."""
        return any(isinstance(event, str) and event for event in self.events)


@dataclass(slots=True)
class RenderedPlace:
    """A place with what is printed: `text` where it stands and, unless None, `note` as a new note behind it."""

    place: Place
    text: Content
    note: Content | None = None


@dataclass(slots=True)
class Entry:
    """An entry of the bibliography with the ids of its items."""

    ids: list[str]
    content: Content


@dataclass(slots=True)
class Rendering:
    """A rendered document: `places` in the order of `Document.places`, `entries` in that of the style.

    `items` are the CSL-JSON items by id. `plain`: write text, not live fields; `keep_text`: change what kind of
    citations they are, and not what they show. `zotero_style` is the name that the style, or the one that it is made
    from, has for Zotero; empty where nobody has said which style the document has. `hanging_indent`, `entry_spacing`,
    `line_spacing` and `second_field_align` say how the style lays out its bibliography; `punctuation_in_quote` is an
    option of the locale. `tracking`: write what changes as tracked changes, where the format has them.
    """

    places: list[RenderedPlace]
    entries: list[Entry]
    style: str
    locale: str
    note_style: bool
    items: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    plain: bool = False
    keep_text: bool = False
    zotero_style: str = ""
    hanging_indent: bool = False
    entry_spacing: int = 1
    line_spacing: int = 1
    second_field_align: str = ""
    links: bool = False
    punctuation_in_quote: bool = False
    tracking: Tracking | None = None


@dataclass(slots=True)
class NoteEdit:
    """A change of a hand-typed note: stretches `(start, end, content)` of `Note.text`, and a remark for the margin."""

    note: Note
    pieces: list[tuple[int, int, Content]] = field(default_factory=list)
    comment: str = ""


@dataclass(slots=True)
class Tracking:
    """Write changes as tracked changes of this author and day (ISO 8601)."""

    author: str
    date: str


class Document(ABC):
    """A document that was read.

    `source` is its path for messages, `format` its row in `registry`. `places` and `notes` are in printed order;
    `nocited` are places that print nothing. `deleted` are citations in tracked deletions. `problems` are what could
    not be read. `bibliographies` counts the marked places for a bibliography. `counts` holds further figures.
    `uncited` are sources of a list of its own that it cites nowhere; `listing` is what its bibliography is to be.
    `bare_keys` are words behind `@`, with their places, that a program of text takes for keys and a letter may have.
    """

    format: str = ""
    # The output writer of the format's text; packages use `Content.events` instead.
    writer: str = "text"
    # Whether citations inside the author's own notes are set in brackets (`See Doe (*Title*, 12)`), as pandoc does.
    brackets_in_notes: bool = False
    # Whether a cite with a prefix or suffix keeps its place where a style sorts citations, as in pandoc.
    affixes_fix_order: bool = False
    # What stands before a suffix that follows no locator: what an author types, or the comma that a program puts.
    suffix_joint = " "
    # Whether addresses and DOIs become links without being asked for.
    links: bool = False
    # Whether citations are codes beside the text that they show, so that each has to show some.
    has_fields: bool = False
    # Whether changes of typed notes are written as tracked changes without being asked for.
    tracks_changes: bool = False

    def __init__(self, data: bytes, source: str) -> None:
        self.data = data
        self.source = source
        self.places: list[Place] = []
        self.deleted: list[Place] = []
        self.notes: list[Note] = []
        self.settings = Settings()
        self.bibliographies = 0
        self.uncited: list[CitedItem] = []
        self.listing = Listing()
        self.cross_references: list[str] = []
        self.problems: list[Problem] = []
        self.bare_keys: list[tuple[str, Where]] = []
        self.more_counts: dict[str, int] = {}
        # The format of sources that the document's own program reads from a file with such a suffix.
        self.source_formats = {".bib": "biblatex"}

    @property
    def new_notes(self) -> Location:
        """The kind of new notes: endnotes where the settings ask for them, or where the document has no others."""
        wanted = (self.settings.facts or {}).get("noteType")
        only = wanted != 1 and {note.kind for note in self.notes} == {"endnote"}
        return "endnote" if wanted == 2 or only else "footnote"

    @abstractmethod
    def write(self, rendering: Rendering) -> bytes:
        """Return the document with the rendering in place; all else is as it was."""

    def parts(self) -> list[Path]:
        """Return the files that are read as part of the document."""
        return []

    def text_before(self, place: Place, most: int) -> str:
        """Return up to so many letters of the text before a place; nothing where the format does not tell."""
        del place, most
        return ""

    def text_before_note(self, note: Note, most: int) -> str:
        """Return up to so many letters of the text before the mark of a note; nothing where it is not known."""
        del note, most
        return ""

    def typed_bibliography(self) -> list[tuple[str, Where]]:
        """Return the entries of a bibliography typed by hand with their places; none where the format does not tell."""
        return []

    def affix(self, text: str) -> str:
        """Return a prefix or suffix as the processor is to have it; markup that it does not know may be kept apart."""
        return text

    def write_notes(self, edits: Sequence[NoteEdit], tracking: Tracking | None = None) -> bytes:
        """Return the document with its hand-typed notes changed. Raises NotImplementedError where the format cannot."""
        raise NotImplementedError(self.format)

    def write_remarks(self, remarks: Sequence[tuple[Place | Note, str]], tracking: Tracking) -> bytes:
        """Return the document with remarks in the margin of its notes; those on citations in the text are left out.

        Raises NotImplementedError where the format has no remarks.
        """
        texts: dict[tuple[str, int | None], list[str]] = {}
        for at, text in remarks:
            place = (at.kind, at.number) if isinstance(at, Note) else (at.where, at.note)
            texts.setdefault(place, []).append(text)
        edits = [NoteEdit(note, [], "; ".join(texts.get((note.kind, note.number), ()))) for note in self.notes]
        return self.write_notes([edit for edit in edits if edit.comment], tracking)

    def takes_remark(self, at: Place | Note) -> bool:
        """Return whether `write_remarks` has a place for a remark on that."""
        return isinstance(at, Note) or at.note is not None

    def citation_markup(self, item: CitedItem) -> str:
        """Return a citation as an author writes it in this format. Raises NotImplementedError where keys have none."""
        raise NotImplementedError(self.format)

    def citation(self, item: CitedItem) -> Content:
        """Return `citation_markup` as content that no writer escapes."""
        return Content([self.citation_markup(item)])

    def hindrance(self, note: Note, start: int, end: int) -> str:
        """Return why that stretch of `Note.text` cannot be changed by `write_notes`; nothing where it can."""
        del note, start, end
        return ""

    def number_places(self) -> None:
        """Give the live places their `n`, counted from 1."""
        for n, place in enumerate(self.places, 1):
            place.n = n

    def counts(self) -> dict[str, int]:
        """Return the figures of `doc places`: places, items, distinct items, bibliographies, notes, nocite."""
        items = [item.id for place in self.places for item in place.items]
        kinds = [note.kind for note in self.notes]
        return {
            "places": len(self.places),
            "cited_items": len(items),
            "distinct_items": len({self.identity(item) for place in self.places for item in place.items}),
            "bibliographies": self.bibliographies,
            "footnotes": kinds.count("footnote"),
            "endnotes": kinds.count("endnote"),
            "nocite": len(self.settings.nocite),
            **self.more_counts,
        }

    def identity(self, item: CitedItem) -> str:
        """Return what tells sources apart in this document; by default the id."""
        return item.id

    def as_dict(self) -> dict[str, Any]:
        """Return what `doc places --json` prints: file, format, style, counts, nocite, places."""
        return {
            "file": self.source,
            "format": self.format,
            "style": self.settings.facts,
            "counts": self.counts(),
            "nocite": list(self.settings.nocite),
            "cross_references_not_citations": list(self.cross_references),
            "places": [place.as_dict() for place in [*self.places, *self.deleted]],
        }
