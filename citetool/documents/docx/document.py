"""A Word document: its places read from all programs' codes, and rendered text put in their stead."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citetool.documents.fields.codes import read_code, read_tag
from citetool.documents.fields.endnote import unformatted
from citetool.documents.fields.identity import unify_ids
from citetool.documents.fields.jabref import read_jabref
from citetool.documents.fields.odf_scan import scan_markers
from citetool.documents.fields.preferences import joined, read_preferences
from citetool.documents.fields.typed import bare_keys, typed_markers
from citetool.documents.fields.word import cited_source
from citetool.documents.locators import typed_marker
from citetool.documents.model import Document, Note, Place
from citetool.documents.story import MARK, coded_place, note_of, place_in, where_in
from citetool.formats.managers.word import read_sources
from citetool.problems import Problem, Where
from citetool.xmlio import attribute, descendants, local_name

from .changes import Changes, hindrance
from .opc import BODY, PROPERTIES, WordPackage
from .parts import NOTES, Parts
from .properties import OWN_STYLE, texts
from .stories import Field, Stories, notes_of
from .write import Writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.documents.fields.model import Code
    from citetool.documents.model import CitedItem, NoteEdit, Rendering, Tracking
    from citetool.documents.text import Found
    from citetool.xmlio import Element

    from .stories import Story


class WordDocument(Document):
    """A .docx; `anchor` of a place is its `Field`, or the `Marker` of a typed citation."""

    format = "docx"
    affixes_fix_order = True
    tracks_changes = True
    has_fields = True

    def __init__(self, data: bytes, source: str) -> None:
        """Read all stories. Raises InputError where the package or one of its parts is broken."""
        super().__init__(data, source)
        self.package = WordPackage(data, source)
        self.roots = {BODY: self.package.xml(BODY)}
        if local_name(self.roots[BODY]) != "document":
            raise self.package.fault("this is no document of Word's", None, BODY)
        notes: dict[tuple[str, str], tuple[str, Element]] = {}
        for kind, part in NOTES.items():
            if part in self.package:
                self.roots[part] = self.package.xml(part)
                notes |= notes_of(part, self.roots[part], kind)
        self.properties = self._properties()
        self.sources = self._sources()
        self.stories = Stories(self.roots[BODY], notes)
        self.problems += [Problem(fault, Where(source), None, "warning") for fault in self.stories.faults]
        self._read_settings()
        self._read_places()

    # -- reading -------------------------------------------------------------------------------------------------

    def _properties(self) -> dict[str, str]:
        if PROPERTIES not in self.package:
            return {}
        return texts(self.package.xml(PROPERTIES))

    def _sources(self) -> dict[str, dict[str, Any]]:
        """Return the sources of Word itself by tag."""
        found: dict[str, dict[str, Any]] = {}
        for name in self.package.names:
            if name.startswith("customXml/item") and name.endswith(".xml") and b"Sources" in self.package.read(name):
                found |= read_sources(self.package.xml(name))
        return found

    def _read_settings(self) -> None:
        facts = read_preferences(joined(self.properties))
        if not facts and self.properties.get("Mendeley Citation Style_1"):
            facts = {"id": self.properties["Mendeley Citation Style_1"]}
        self.settings.facts = facts or self._mendeley_facts() or {"id": None}
        named = str(self.settings.facts.get("id") or "")
        own, _, stands_for = self.properties.get(OWN_STYLE, "").partition(" ")
        # a style of one's own counts as long as nobody has chosen another one in Zotero
        self.settings.style = own if own and stands_for == named else named
        self.settings.locale = str(self.settings.facts.get("locale") or "")

    def _mendeley_facts(self) -> dict[str, Any]:
        """Return what the add-in Mendeley Cite says of its style."""
        for name in self.package.names:
            if not name.startswith("word/webextensions/webextension"):
                continue
            values = {
                attribute(one, "name"): attribute(one, "value")
                for one in descendants(self.package.xml(name), "property")
            }
            try:
                style = json.loads(values.get("MENDELEY_CITATIONS_STYLE", ""))
            except (ValueError, RecursionError):
                continue
            if isinstance(style, dict) and style.get("id"):
                locale = values.get("MENDELEY_CITATIONS_LOCALE_CODE", "").strip('"')
                return {"id": style["id"], "locale": locale or None,
                        "source": f"{name}, property MENDELEY_CITATIONS_STYLE"}  # fmt: skip
        return {}

    def _read_places(self) -> None:
        ordered: list[tuple[tuple[int, ...], Place]] = []
        self.lists: list[Field] = []
        for story in self.stories.all:
            taken: list[tuple[int, int]] = []
            seen: set[tuple[int, int, str]] = set()
            for one in story.fields:
                code = self._code(one)
                key = (one.start, one.end, one.code)
                if code is None or _is_inside(one) or (one.sort == "bookmark" and key in seen):
                    continue
                seen.add(key)
                one.citation = True
                taken.append((one.start, max(one.end, one.start + 1)))
                self._add(one, code, ordered)
            loose = unformatted(story.text, taken)
            markers = [(one, "odf-scan") for one in scan_markers(story.text, taken)]
            markers += [(one, "marker") for one in typed_markers(story.text, taken, self.settings.locale)]
            told = [*taken, *((one.start, one.end) for one, _ in markers)]
            self.bare_keys += [(key, where_in(story, at, self.source)) for key, at in bare_keys(story.text, told)]
            for marker, program in [*markers, *((one, "endnote-unformatted") for one in loose)]:
                place = self._marker(story, marker, program)
                ordered.append(((*story.mark, marker.start), place))
        ordered.sort(key=lambda entry: entry[0])
        self.places = [place for _, place in ordered]
        _complete([item for place in self.places if place.program.startswith("endnote") for item in place.items])
        unify_ids([*self.places, *self.deleted])
        cited = {item.id for place in self.places for item in place.items}
        self.uncited = [cited_source(tag, self.sources) for tag in self.sources if tag not in cited]
        citing = {(place.where, place.note) for place in self.places}
        self.notes = [
            note_of(story, self.source, cites=(story.where, story.number) in citing) for story in self.stories.notes
        ]

    def _code(self, one: Field) -> Code | None:
        if one.sort == "control":
            return read_tag(one.code)
        if one.sort == "bookmark":
            if one.last is None:
                return None
            return read_jabref(one.code) or read_code(joined(self.properties, one.code))
        return read_code(one.code, one.packed, self.sources)

    def _add(self, one: Field, code: Code, ordered: list[tuple[tuple[int, ...], Place]]) -> None:
        if code.kind == "bibliography":
            if not one.deleted:
                self.bibliographies += 1
                self.lists.append(one)
                self.listing.read(code.properties)
            return
        story = one.story
        place = coded_place(story, one, code, self.source)
        if code.error:
            self.problems.append(Problem(f"a citation cannot be read: {code.error}", place.at, None, "warning"))
        if not code.items:
            return
        place.boxed = any(begin <= one.start < end for begin, end in story.boxes)
        if one.deleted:
            place.flags["deleted"] = True
            self.deleted.append(place)
        else:
            ordered.append(((*story.mark, one.start), place))

    def _marker(self, story: Story, found: Found, program: str) -> Place:
        place = place_in(story, found.start, found.end, program, self.source)
        place.items = found.items
        place.boxed = any(begin <= found.start < end for begin, end in story.boxes)
        place.printed = story.text[found.start : found.end]
        place.anchor = (story, found.start, found.end)
        return place

    def text_before(self, place: Place, most: int) -> str:
        """Return the text before a place in its story."""
        if isinstance(place.anchor, Field):
            story, start = place.anchor.story, place.anchor.start
        else:
            story, start, _ = place.anchor
        return str(story.text[max(0, start - most) : start]).replace(MARK, "")

    def write(self, rendering: Rendering) -> bytes:
        """Return the package with live fields of Zotero's, or plain text; what was not concerned has its bytes.

        What was read is changed by it: read the document again to write it again.
        """
        return Writing(self, rendering, Parts(self.package, self.roots), self.properties, self.lists).run()

    def write_notes(self, edits: Sequence[NoteEdit], tracking: Tracking | None = None) -> bytes:
        """Return the package with typed notes changed, as tracked changes and remarks, or with the new text alone."""
        return Changes(Parts(self.package, self.roots), self.stories, tracking).run(edits)

    def citation_markup(self, item: CitedItem) -> str:
        """Return `[@key, p. 3]`, which can be typed in Word too."""
        return typed_marker(item)

    def hindrance(self, note: Note, start: int, end: int) -> str:
        """Return why that stretch of a note cannot be changed: links, fields, changes of somebody else."""
        return hindrance(note, start, end)


def _complete(items: list[CitedItem]) -> None:
    """Give citations that EndNote has not formatted yet the records that it has embedded under their numbers."""
    whole = {item.id: item for item in items if item.title}
    for item in items:
        if not item.title and item.id in whole:
            item.title, item.data = whole[item.id].title, whole[item.id].data


def _is_inside(one: Field) -> bool:
    """Return True if a field stands in a citation that was counted."""
    outer = one.inside
    while outer is not None:
        if outer.citation:
            return True
        outer = outer.inside
    return False
