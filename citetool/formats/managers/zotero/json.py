"""Items of Zotero as JSON: Better BibTeX's export, the answers of Zotero's API, or a list of items.

An item's fields are those of Zotero's schema, named after their use in each item type. They become CSL variables the
way Zotero's own CSL export maps them, and through these the record; the collections that an item is in become tags.
The `extra` field may hold CSL variables, one a line, which are taken as such.

Left out: attachments, notes of their own and annotations, of which only the text of child notes is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetool.formats.base import Rejected
from citetool.formats.csl.from_csl import note_variables_of
from citetool.formats.csl.json import from_item
from citetool.formats.shared.headings import file_name, key_of, written_date
from citetool.formats.shared.json_fields import Object, listed, mapping, mappings, read_items, text, texts, unmarked
from citetool.lazy_re import lazy
from citetool.names import Name, parse_name
from citetool.problems import Problem, Where
from citetool.record.kinds import csl_type, kind_for, term_of
from citetool.record.model import Creator, Metadata, Record

from .items import write

__all__ = ["read", "write"]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

# Item types of Zotero's schema (version 41) and their CSL types, as in its own CSL export.
TYPES: dict[str, str] = {
    "artwork": "graphic", "attachment": "", "annotation": "", "audioRecording": "song", "bill": "bill",
    "blogPost": "post-weblog", "book": "book", "bookSection": "chapter", "case": "legal_case",
    "computerProgram": "software", "conferencePaper": "paper-conference", "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary", "document": "document", "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia", "film": "motion_picture", "forumPost": "post", "hearing": "hearing",
    "instantMessage": "personal_communication", "interview": "interview", "journalArticle": "article-journal",
    "letter": "personal_communication", "magazineArticle": "article-magazine", "manuscript": "manuscript", "map": "map",
    "newspaperArticle": "article-newspaper", "note": "", "patent": "patent", "podcast": "song", "preprint": "article",
    "presentation": "speech", "radioBroadcast": "broadcast", "report": "report", "standard": "standard",
    "statute": "legislation", "thesis": "thesis", "tvBroadcast": "broadcast", "videoRecording": "motion_picture",
    "webpage": "webpage",
}  # fmt: skip
_KINDS = {"letter": "letter", "email": "email", "videoRecording": "video", "audioRecording": "sound recording"}

# Fields of items and the CSL variables that they are.
FIELDS: dict[str, str] = {
    "title": "title", "shortTitle": "title-short", "abstractNote": "abstract", "url": "URL", "DOI": "DOI",
    "ISBN": "ISBN", "ISSN": "ISSN", "PMID": "PMID", "PMCID": "PMCID", "language": "language", "rights": "license",
    "archive": "archive", "archiveLocation": "archive_location", "callNumber": "call-number",
    "libraryCatalog": "source", "repository": "source", "pages": "page", "volume": "volume", "issue": "issue",
    "edition": "edition", "place": "publisher-place", "publisher": "publisher", "institution": "publisher",
    "university": "publisher", "label": "publisher", "studio": "publisher", "distributor": "publisher",
    "network": "publisher", "company": "publisher", "publicationTitle": "container-title",
    "bookTitle": "container-title",
    "proceedingsTitle": "container-title", "encyclopediaTitle": "container-title", "dictionaryTitle": "container-title",
    "websiteTitle": "container-title", "blogTitle": "container-title", "forumTitle": "container-title",
    "programTitle": "container-title", "code": "container-title", "reporter": "container-title",
    "journalAbbreviation": "container-title-short", "series": "collection-title", "seriesTitle": "collection-title",
    "seriesNumber": "collection-number", "numPages": "number-of-pages", "numberOfVolumes": "number-of-volumes",
    "number": "number", "reportNumber": "number", "billNumber": "number", "docketNumber": "number",
    "patentNumber": "number", "episodeNumber": "number", "publicLawNumber": "number", "archiveID": "number",
    "artworkMedium": "medium", "interviewMedium": "medium", "medium": "medium", "audioRecordingFormat": "medium",
    "videoRecordingFormat": "medium", "system": "medium", "artworkSize": "dimensions", "runningTime": "dimensions",
    "scale": "scale", "section": "section", "versionNumber": "version", "conferenceName": "event-title",
    "meetingName": "event-title", "court": "authority", "legislativeBody": "authority", "committee": "section",
    "history": "references", "references": "references", "type": "genre", "manuscriptType": "genre",
    "letterType": "genre", "reportType": "genre", "thesisType": "genre", "mapType": "genre", "genre": "genre",
    "presentationType": "genre", "websiteType": "genre", "postType": "genre", "issueDate": "issued",
    "dateDecided": "issued", "dateEnacted": "issued", "filingDate": "submitted", "extra": "note",
}  # fmt: skip
_ROLES = {
    "bookAuthor": "container-author", "seriesEditor": "collection-editor", "reviewedAuthor": "reviewed-author",
    "scriptwriter": "script-writer", "interviewee": "interviewee", "inventor": "author", "programmer": "author",
    "presenter": "speaker", "sponsor": "author", "attorneyAgent": "contributor", "counsel": "contributor",
    "castMember": "performer", "wordsBy": "script-writer", "castmember": "performer", "podcaster": "author",
    "commenter": "contributor", "cosponsor": "contributor", "artist": "artist", "cartographer": "cartographer",
}  # fmt: skip
_BESIDE = """
itemID itemType itemKey key version libraryID creators tags collections relations attachments notes dateAdded
dateModified
uri accessDate date citationKey citekey multi seealso select deleted inPublications parentItem id links library
meta data
"""
_IGNORED = frozenset(_BESIDE.split())


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each item; notes and attachments that stand alone are rejected."""
    for value in read_items(stream, options, ("items",)):
        if isinstance(value, Problem):
            yield value
            continue
        data, line = value
        whole = isinstance(data, dict) and isinstance(data.get("items"), list)
        context = _Context(options.source, line)
        if whole:
            context.order = text(mapping(data.get("config")).get("localeDateOrder"))
            context.collections = _collections(data)
        for item in data["items"] if whole else [data]:
            yield from _item(item, context)


@dataclass(slots=True)
class _Context:
    """Facts about all items of a file: their folder, the order of day and month, who is in which collection."""

    source: str
    line: int
    order: str = ""
    collections: dict[str, list[str]] = field(default_factory=dict)

    @property
    def where(self) -> Where:
        return Where(self.source, self.line)


def item_records(item: Object, where: Where) -> Iterator[Record | Rejected | Problem]:
    """Yield the record of one item that another reader made of its own source, and what was wrong with it."""
    yield from _item(item, _Context(where.source or "", where.line or 1))


def _item(item: Any, context: _Context) -> Iterator[Record | Rejected | Problem]:
    data = mapping(item)
    data = {**data, **mapping(data.get("data"))}
    name = text(data.get("itemType"))
    if not name and isinstance(data.get("type"), str) and "title" in data and "creators" not in data:
        record = from_item(data)  # an item in CSL-JSON among them
        yield record
        return
    if not TYPES.get(name):
        what = f"an item of type {name!r} is not a source" if name else "there is no itemType in this entry"
        yield Rejected(Problem(what, context.where), repr(item)[:2000])
        return
    problems: list[Problem] = []
    record = _record(data, name, context, problems)
    tags = [text(tag.get("tag")) if isinstance(tag, dict) else text(tag) for tag in listed(data.get("tags"))]
    tags += context.collections.get(text(data.get("itemID")), [])
    record.tags = tuple(dict.fromkeys([*record.tags, *filter(None, tags)]))
    record.metadata = Metadata(source="Zotero", file=file_name(context.source), reader="bbt-json")
    yield record
    yield from problems


def _collections(data: Object) -> dict[str, list[str]]:
    """Return the names of the collections that each item is in, by its number."""
    found: dict[str, list[str]] = {}
    for collection in mapping(data.get("collections")).values():
        for number in texts(mapping(collection).get("items")):
            found.setdefault(number, []).append(text(mapping(collection).get("name")))
    return found


def _record(data: Object, name: str, context: _Context, problems: list[Problem]) -> Record:
    csl = TYPES[name]
    item: Object = {"id": _key(data), "type": csl}
    extra: Object = {}
    for name_, value in data.items():
        if name_ in FIELDS and (words := _value(name_, value)):
            item.setdefault(FIELDS[name_], words)
        elif name_ not in _IGNORED and name_ not in FIELDS and value not in (None, "", [], {}):
            extra[name_] = text(value) or str(value)
    said = note_variables_of(item) or item  # with what Extra says of type and genre
    genre = said.get("genre") or item.get("genre", "")
    item.pop("genre", "")
    record = from_item(item)
    record.kind, record.type = _kind(name if said["type"] == csl else "", said["type"], genre)
    record.creators = (*_creators(data), *record.creators)
    record.date, record.date_text = written_date(_dated(text(data.get("date")) or text(item.get("issued")), context))
    if record.date_text:
        message = f"the date {record.date_text!r} is not understood"
        where = Where(context.source, context.line, field=record.id or record.title[:60])
        problems.append(Problem(message, where, severity="warning"))
    accessed = re.match(r"\d{4}-\d\d-\d\d", text(data.get("accessDate")))
    record.digital.accessed = accessed.group() if accessed else ""
    notes = [note.get("note") if isinstance(note, dict) else note for note in listed(data.get("notes"))]
    notes = [unmarked(text(note)) for note in notes]
    record.notes = (*record.notes, *filter(None, notes))
    record.extra = {**record.extra, **extra}
    return record


_NUMERIC = lazy(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$")


def _dated(words: str, context: _Context) -> str:
    """Return a date of three numbers with its parts in the order that the exporting Zotero used."""
    match = _NUMERIC.match(words.strip())
    if not match or context.order not in ("dmy", "mdy"):
        return words
    first, _, second, year = match.groups()
    day, month = (first, second) if context.order == "dmy" else (second, first)
    return f"{year}-{month:0>2}-{day:0>2}" if 1 <= int(month) <= 12 else words


def _value(field: str, value: Any) -> str:
    if field == "extra" and isinstance(value, list):
        value = "\n".join(texts(value))
    if field == "extra" and isinstance(value, str):
        return re.sub(r"(?mi)^(?:citation key|bibtex\*?):.*\n?", "", value).strip()
    if isinstance(value, str) and "\n" in value:
        return "\n".join(filter(None, map(text, value.splitlines())))
    return text(value)


def _key(data: Object) -> str:
    key = text(data.get("citationKey") or data.get("citekey") or data.get("citation-key"))
    return key or key_of(text(data.get("itemKey") or data.get("key")))


def _kind(name: str, csl: str, genre: str) -> tuple[str, str]:
    """Return kind and type: the words of the item's own type field where there are any, else those of the item type."""
    if (term := term_of(genre)) and csl_type(term) == csl:
        return term, ""
    if genre and csl not in ("book", "article-journal"):
        return kind_for(csl, genre)
    return (_KINDS[name], "") if name in _KINDS else kind_for(csl)


def _creators(data: Object) -> Iterator[Creator]:
    for creator in mappings(data.get("creators")):
        last, first = text(creator.get("lastName")), text(creator.get("firstName"))
        whole = text(creator.get("name"))
        name = parse_name(f"{last}, {first}") if last and first else Name(literal=whole or last or first)
        given = text(creator.get("creatorType")) or "author"
        if name.literal or name.family:
            yield Creator(name, _ROLES.get(given, given))
