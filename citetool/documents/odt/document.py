"""A document of LibreOffice Writer: its places read from all programs' marks, and rendered text put in their stead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.documents.fields.codes import read_code
from citetool.documents.fields.identity import unify_ids
from citetool.documents.fields.jabref import read_jabref
from citetool.documents.fields.model import Code
from citetool.documents.fields.odf_scan import scan_markers
from citetool.documents.fields.preferences import joined, read_preferences
from citetool.documents.fields.typed import bare_keys, typed_markers
from citetool.documents.locators import typed_marker
from citetool.documents.model import CitedItem, Note, Place
from citetool.documents.package import Package
from citetool.documents.story import MARK, coded_place, note_of, place_in, where_in
from citetool.problems import InputError, Problem, Where
from citetool.xmlio import attribute, child, descendants

from .base import OdtBase
from .changes import hindrance, write_notes
from .stories import CONTENT, KEYS, META, OWN_STYLE, Mark, Stories, stretch_of
from .write import Writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.documents.model import NoteEdit, Rendering, Tracking
    from citetool.documents.text import Found
    from citetool.xmlio import Element

    from .stories import Story

_BOOKMARKS = ("ZOTERO_BREF_", "Mendeley_Bookmark_")
# The kinds of sources of LibreOffice's bibliography, which are those of BibTeX.
_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "conference": "paper-conference",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference", "mastersthesis": "thesis",
    "phdthesis": "thesis", "proceedings": "book", "techreport": "report", "unpublished": "manuscript",
    "www": "webpage", "journal": "article-journal", "manual": "document", "email": "personal_communication",
}  # fmt: skip
_TEXTS = {
    "title": "title", "publisher": "publisher", "address": "publisher-place", "volume": "volume", "number": "issue",
    "pages": "page", "edition": "edition", "url": "URL", "isbn": "ISBN", "series": "collection-title", "note": "note",
    "school": "publisher", "institution": "publisher", "organizations": "publisher", "report-type": "genre",
}  # fmt: skip


class OdtDocument(OdtBase):
    """An .odt; `anchor` of a place is its `Mark`, or story and offsets of typed text."""

    format = "odt"
    affixes_fix_order = True
    tracks_changes = True
    has_fields = True

    def __init__(self, data: bytes, source: str) -> None:
        """Read the text and its notes. Raises InputError where the package or its content is broken."""
        super().__init__(data, source)
        if data.lstrip()[:1] == b"<":
            raise InputError(Problem("this is a flat document in XML", Where(source), "save it as .odt"))
        self.package = Package(data, source)
        self.root = self.package.xml(CONTENT)
        text = child(self.root, "body", "text")
        if text is None:
            raise self.package.fault("this is no document of LibreOffice Writer's", None, CONTENT)
        self.meta = self.package.xml(META) if META in self.package else None
        self.properties = {attribute(one, "name"): "".join(map(str, one.itertext())) for one in self._user_defined()}
        self.text_root = text
        self.stories = Stories(text)
        self.lists = []
        self.more_counts["tracked_changes"] = sum(1 for _ in descendants(text, "changed-region"))
        self._read_settings()
        self._read_places()

    def _user_defined(self) -> list[Element]:
        return list(descendants(self.meta, "user-defined")) if self.meta is not None else []

    def _read_settings(self) -> None:
        facts = read_preferences(joined(self.properties))
        self.settings.facts = {"noteType": 0, **facts} if facts else {"id": None}
        named = str(self.settings.facts.get("id") or "")
        own, _, stands_for = self.properties.get(OWN_STYLE, "").partition(" ")
        self.settings.style = own if own and stands_for == named else named
        self.settings.locale = str(self.settings.facts.get("locale") or "")

    def _read_places(self) -> None:
        ordered: list[tuple[tuple[int, ...], Place]] = []
        typed: list[tuple[Story, Found, str]] = []
        for story in self.stories.all:
            taken: list[tuple[int, int]] = []
            for one in story.found:
                code = self._code(one)
                if code is None or any(start <= one.start < end and one.end <= end for start, end in taken):
                    continue
                if code.kind == "bibliography":
                    self.bibliographies += 1
                    self.lists.append(one)
                    self.listing.read(code.properties)
                elif code.items or code.error:
                    taken.append((one.start, max(one.end, one.start + 1)))
                    self._add(one, code, ordered)
            typed += [(story, one, "odf-scan") for one in scan_markers(story.text, taken)]
            typed += [(story, one, "marker") for one in typed_markers(story.text, taken, self.settings.locale)]
            told = [*taken, *((one.start, one.end) for of, one, _ in typed if of is story)]
            self.bare_keys += [(key, where_in(story, at, self.source)) for key, at in bare_keys(story.text, told)]
        # beside the marks of another program `[@key]` is a text about keys, unless this one has put keys in before
        self.foreign = bool(ordered) and KEYS not in self.properties
        for story, marker, program in typed:
            if program != "marker" or not self.foreign:
                ordered.append(((*story.mark, marker.start), self._typed(story, marker, program)))
        ordered.sort(key=lambda entry: entry[0])
        self.places = [place for _, place in ordered]
        unify_ids(self.places)
        citing = {(place.where, place.note) for place in self.places}
        self.notes = [
            note_of(story, self.source, cites=(story.where, story.number) in citing) for story in self.stories.notes
        ]

    def _code(self, one: Mark) -> Code | None:
        if one.sort == "bibliography-mark":
            return Code("citation", "libreoffice", [_listed(one.first)])
        if one.sort == "bookmark":
            if not one.name.startswith(_BOOKMARKS):
                return None
            return read_code(joined(self.properties, one.name))
        return read_jabref(one.name) or (None if one.name[:1].isspace() else read_code(one.name))

    def _add(self, one: Mark, code: Code, ordered: list[tuple[tuple[int, ...], Place]]) -> None:
        place = coded_place(one.story, one, code, self.source)
        if code.error:
            self.problems.append(Problem(f"a citation cannot be read: {code.error}", place.at, None, "warning"))
        if not code.items:
            return
        ordered.append(((*one.story.mark, one.start), place))

    def _typed(self, story: Story, found: Found, program: str) -> Place:
        place = place_in(story, found.start, found.end, program, self.source)
        place.items = found.items
        place.printed = story.text[found.start : found.end]
        place.anchor = (story, found.start, found.end)
        return place

    def text_before(self, place: Place, most: int) -> str:
        """Return the text before a place in its story."""
        story, start, _ = stretch_of(place)
        return story.text[max(0, start - most) : start].replace(MARK, "")

    def citation_markup(self, item: CitedItem) -> str:
        """Return `[@key, p. 3]`, which can be typed in Writer too."""
        return typed_marker(item)

    def write(self, rendering: Rendering) -> bytes:
        """Return the package with live marks of Zotero's, or plain text. What was read is changed by it."""
        return Writing(self, rendering).run()

    def write_notes(self, edits: Sequence[NoteEdit], tracking: Tracking | None = None) -> bytes:
        """Return the package with typed notes changed, as tracked changes and remarks, or with the new text alone."""
        return write_notes(self, edits, tracking)

    def hindrance(self, note: Note, start: int, end: int) -> str:
        """Return why that stretch of a note cannot be changed: links, marks, changes of somebody else."""
        return hindrance(note, start, end)


def _listed(mark: Element) -> CitedItem:
    """Return the source of LibreOffice's own bibliography that a mark holds in its attributes."""
    values = {_attribute_name(name): str(value) for name, value in mark.attrib.items() if value}
    kind = values.get("bibliography-type", "")
    data: dict[str, Any] = {"type": _TYPES.get(kind, "document")}
    for own, name in _TEXTS.items():
        if values.get(own):
            data.setdefault(name, values[own])
    for own, name in (("author", "author"), ("editor", "editor")):
        people = [one.strip() for one in values.get(own, "").split(";") if one.strip()]
        if people:
            data[name] = [_name(one) for one in people]
    for own in ("booktitle", "journal"):
        if values.get(own):
            data["container-title"] = values[own]
    year = values.get("year", "")
    if year:
        data["issued"] = {"date-parts": [[int(year)]]} if year.isdigit() else {"literal": year}
    facts = {name: values[name] for name in ("author", "year") if values.get(name)}
    return CitedItem(
        values.get("identifier", ""),
        title=values.get("title", ""),
        data=data,
        facts=facts | ({"type": kind} if kind else {}),
    )


def _attribute_name(name: object) -> str:
    return str(name).rpartition("}")[2]


def _name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": text}
