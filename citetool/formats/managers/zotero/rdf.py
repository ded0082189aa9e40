"""Zotero RDF: items with their people, containers, tags, notes and collections.

Properties come from several vocabularies (Dublin Core, bib, prism, foaf, vcard) and mean, by local name, the fields of
Zotero's items; these become CSL variables and through them the record. Notes and collections stand behind the items
that they belong to, so the records of a file are held until its end. RDF of other kinds has no items, which is
reported.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetool.formats.base import ReadOptions
from citetool.formats.csl.from_csl import note_variables_of
from citetool.formats.csl.json import from_item
from citetool.formats.shared import embedded
from citetool.formats.shared.headings import file_name, key_of, written_date
from citetool.formats.shared.json_fields import unmarked
from citetool.names import Name, parse_name
from citetool.problems import InputError, Problem, Where
from citetool.record.kinds import KINDS, csl_type, kind_for, term_of
from citetool.record.model import Creator, Metadata, Record
from citetool.xmlio import Element, XmlEvents, attribute, child, children, descendants, local_name, text_of

from .json import TYPES
from .rdf_writer import write_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import WriteOptions

# Classes of the bib vocabulary, for items that do not name their type.
_CLASSES = {
    "Article": "journalArticle", "Book": "book", "BookSection": "bookSection", "Document": "document",
    "Illustration": "artwork", "Image": "artwork", "Interview": "interview", "Legislation": "statute",
    "Letter": "letter", "Manuscript": "manuscript", "MotionPicture": "film", "Patent": "patent",
    "Recording": "audioRecording", "Report": "report", "Thesis": "thesis", "ConferenceProceedings": "conferencePaper",
    "Data": "dataset", "Map": "map", "Performance": "presentation", "Quotation": "document",
}  # fmt: skip
_NO_ITEMS = ("attachment", "annotation")
_OTHERS = ("Description", "Memo", "Attachment", "Collection", "RDF")

# Property and the CSL variable that it is.
_FIELDS = {
    "title": "title", "shortTitle": "title-short", "abstract": "abstract", "language": "language", "rights": "license",
    "archive": "archive", "coverage": "archive_location", "libraryCatalog": "source", "repository": "source",
    "pages": "page", "numPages": "number-of-pages", "numberOfVolumes": "number-of-volumes", "edition": "edition",
    "type": "genre", "genre": "genre", "description": "note", "number": "number", "reportNumber": "number",
    "archiveID": "number",
    "medium": "medium", "audioRecordingFormat": "medium", "videoRecordingFormat": "medium",
    "artworkSize": "dimensions", "runningTime": "dimensions", "scale": "scale",
    "callNumber": "call-number", "section": "section", "volume": "volume", "versionNumber": "version",
    "meetingName": "event-title", "court": "authority", "committee": "section", "history": "references",
}  # fmt: skip
_HOST_FIELDS = {
    "title": "container-title", "volume": "volume", "number": "issue", "alternative": "container-title-short",
}  # fmt: skip
_PEOPLE = {
    "authors": "author", "editors": "editor", "contributors": "contributor", "translators": "translator",
    "creators": "author", "recipients": "recipient", "interviewers": "interviewer", "interviewees": "interviewee",
    "seriesEditors": "collection-editor", "bookAuthors": "container-author", "directors": "director",
    "composers": "composer", "performers": "performer", "artists": "artist", "cartographers": "cartographer",
    "presenters": "speaker", "inventors": "author", "programmers": "author", "producers": "producer",
    "scriptwriters": "script-writer", "podcasters": "author", "guests": "guest", "reviewedAuthors": "reviewed-author",
    "sponsors": "author", "castMembers": "performer", "wordsBy": "script-writer", "commenters": "contributor",
}  # fmt: skip
_KIND_OF_ITEM = {"letter": "letter", "email": "email", "videoRecording": "video", "audioRecording": "sound recording"}


@dataclass(slots=True)
class _Graph:
    """Items in their order, with the addresses of their notes; notes and collections by address."""

    items: list[tuple[str, Record, list[str]]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    collections: dict[str, list[str]] = field(default_factory=dict)


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield the items in their order, with notes and collections; raises InputError where it is not RDF or has none."""
    events = XmlEvents(stream, options.source, end=(*_CLASSES, *_OTHERS), encoding=options.encoding)
    graph = _Graph()
    is_rdf = False
    for _, name, element in events:
        if name == "RDF":
            is_rdf = True
            continue
        parent = element.getparent()
        if parent is None or local_name(parent) != "RDF":
            continue
        _take(name, element, graph, options)
        events.release(element)
    if not is_rdf and not graph.items:
        raise InputError(Problem("this is not RDF", Where(options.source)), *events.problems)
    for about, record, notes in graph.items:
        found = [graph.notes[n] for n in notes if graph.notes.get(n)]
        ours = embedded.from_text(found[-1])[0] if found and found[-1].startswith(embedded.MARK) else None
        record.notes = (*record.notes, *(found if ours is None else found[:-1]))
        record.tags = (*record.tags, *graph.collections.get(about, ()))
        for fault in embedded.restore(record, ours or {}):
            yield Problem(fault, Where(options.source, None, None, record.id or None), severity="warning")
        yield record
    if not graph.items:
        hint = "export from Zotero as Zotero RDF, BibLaTeX or CSL-JSON"
        raise InputError(
            Problem("there is no item of Zotero in this RDF", Where(options.source), hint), *events.problems
        )
    yield from events.problems


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield an RDF document, one piece a record."""
    yield from write_items(records, options, _read_back)


def _read_back(text: str) -> Record:
    return next(item for item in read(io.BytesIO(text.encode()), ReadOptions()) if isinstance(item, Record))


def _take(name: str, element: Element, graph: _Graph, options: ReadOptions) -> None:
    about = attribute(element, "about")
    item_type = text_of(child(element, "itemType"))
    if name == "Memo" or item_type == "note":
        graph.notes[about] = unmarked(text_of(child(element, "value")))
    elif name == "Collection":
        title = text_of(child(element, "title"))
        for part in children(element, "hasPart"):
            graph.collections.setdefault(attribute(part, "resource"), []).append(title)
    elif (sort := item_type or _CLASSES.get(name, "")) and sort not in _NO_ITEMS:
        record = _record(element, sort if TYPES.get(sort) else "document")
        if not TYPES.get(sort) and sort in KINDS:  # a type of a translator's own, such as `treaty`
            record.kind = sort
        record.metadata = Metadata(source="Zotero", file=file_name(options.source), reader="zotero-rdf")
        notes = [attribute(e, "resource") for e in children(element, "isReferencedBy")]
        graph.items.append((about, record, notes))


# ---- one item


def _record(element: Element, sort: str) -> Record:
    csl = TYPES[sort]
    item: dict[str, Any] = {"id": text_of(child(element, "citationKey")), "type": csl}
    said = item  # with what Extra says of type and genre
    for name, variable in _FIELDS.items():
        text = next((t for e in children(element, name) if (t := text_of(e)) and not children(e)), "")
        if text:
            item.setdefault(variable, text)
    if "note" in item:  # each line of Extra may be a variable
        item["note"] = (child(element, "description").text or "").strip()  # type: ignore[union-attr]
        said = note_variables_of(item) or item
    _host(element, item)
    _publisher(element, item)
    _identifiers(element, item)
    tags = _subjects(element, item)
    genre = said.get("genre") or item.get("genre", "")
    item.pop("genre", "")
    record = from_item(item)
    record.kind, record.type = _kind(sort if said["type"] == csl else "", said["type"], genre)
    record.creators = (*_creators(element), *record.creators)  # behind the people of the fields, those of Extra
    record.date, record.date_text = written_date(text_of(child(element, "date")))
    accessed = re.match(r"\d{4}-\d\d-\d\d", text_of(child(element, "dateSubmitted")))
    record.digital.accessed = accessed[0] if accessed else ""
    record.tags = tuple(dict.fromkeys(tags))
    about = attribute(element, "about")
    record.id = record.id or key_of(about.lstrip("#") if about.startswith("#") else "")
    if about.startswith("http") and not record.digital.url:
        record.digital.url = about
    return record


def _kind(sort: str, csl: str, genre: str) -> tuple[str, str]:
    if (term := term_of(genre)) and csl_type(term) == csl:
        return term, ""
    if genre and csl not in ("book", "article-journal"):
        return kind_for(csl, genre)
    return (_KIND_OF_ITEM[sort], "") if sort in _KIND_OF_ITEM else kind_for(csl)


def _creators(element: Element) -> Iterator[Creator]:
    for group in children(element, *_PEOPLE):
        role = _PEOPLE[local_name(group)]
        for person in descendants(group, "Person"):
            family, given = (
                text_of(child(person, "surname")),
                text_of(
                    child(
                        person,
                        "givenName",
                    )
                ),
            )
            given = given or text_of(child(person, "givenname"))
            if family:
                yield Creator(parse_name(f"{family}, {given}") if given else Name(literal=family), role)


def _host(element: Element, item: dict[str, Any]) -> None:
    """Return what the item is in: journal, book, site, with volume and issue; a series among them is the collection."""
    for part in children(element, "isPartOf"):
        host = next(iter(children(part)), None)
        if host is None:
            continue
        if local_name(host) == "Part":  # a section, which stands in the newspaper
            item.setdefault("section", text_of(child(host, "title")))
            _host(host, item)
            continue
        series = local_name(host) in ("Series", "BookSeries")
        if series:
            item.setdefault("collection-title", text_of(child(host, "title")))
            item.setdefault("collection-number", text_of(child(host, "number")))
        for name, variable in _HOST_FIELDS.items():
            text = text_of(child(host, name))
            if text and not (series and name in ("title", "number")):
                item.setdefault(variable, text)
        _identifiers(host, item)
    for name in ("collection-title", "collection-number"):
        if not item.get(name):
            item.pop(name, None)


def _publisher(element: Element, item: dict[str, Any]) -> None:
    body = child(element, "publisher", "Organization")
    name = text_of(child(body, "name"))
    place = next((text_of(e) for e in descendants(body, "locality")), "")
    if name:
        item["publisher"] = name
    if place:
        item["publisher-place"] = place


def _identifiers(element: Element, item: dict[str, Any]) -> None:
    for e in children(element, "identifier"):
        address = text_of(child(e, "URI", "value"))
        text = text_of(e)
        match = re.match(r"(DOI|ISBN|ISSN)\s+(.+)", text)
        if address:
            item.setdefault("URL", address)
        elif match:
            item.setdefault(match[1], match[2])


def _subjects(element: Element, item: dict[str, Any]) -> list[str]:
    """Return the tags; a subject of a class of call numbers (`LCC`) is the call number."""
    tags: list[str] = []
    for e in children(element, "subject"):
        inner = next(iter(children(e)), None)
        if inner is None:
            tags.append(text_of(e))
        elif local_name(inner) == "AutomaticTag":
            tags.append(text_of(child(inner, "value")))
        else:
            item.setdefault("call-number", text_of(child(inner, "value")))
    return [tag for tag in tags if tag]
