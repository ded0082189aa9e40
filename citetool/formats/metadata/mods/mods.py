"""MODS (Library of Congress): read from collections, single records and OAI answers, and written.

Written so that reference managers take most (measured on Zotero, JabRef and bibutils): the genre that Zotero knows
comes last, the whole archival path stands in one `physicalLocation`, an archival date is both `dateCreated` and
`dateIssued`. What MODS has no element for stands in an `extension` that our reader takes back, so that
`read(write(r)) == r`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.csl import zotero_fields
from citetool.formats.csl.zotero import SEASON, zotero_date
from citetool.formats.shared import embedded
from citetool.formats.shared.headings import file_name, key_of
from citetool.formats.shared.languages import language_name
from citetool.formats.shared.xml_node import Node, element, node_of
from citetool.problems import InputError, Problem, Where
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.roles import ROLES, csl_variable
from citetool.struct import replace
from citetool.xmlio import XmlEvents, child, line_of, text_of

from .reader import record_of
from .terms import GENRE_OF_TYPE, NOTE_CITATION, NOTE_MARKING, RESOURCE_OF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, WriteOptions
    from citetool.record.model import Creator, Record

NAMESPACE = "http://www.loc.gov/mods/v3"
_EXTENSION = "citetool"


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield a record for each `mods` element, then what was wrong with the file; raises InputError where there is
    none.
    """
    events = XmlEvents(stream, options.source, end=("mods", "header"), encoding=options.encoding)
    oai = ""
    found = False
    for _, name, e in events:
        if name == "header":
            oai = text_of(child(e, "identifier"))
            continue
        found = True
        mods = node_of(e)
        record = record_of(mods)
        record.id = record.id or key_of(oai)
        text = _carried_text(mods)
        if text:
            record.id = mods.said("recordInfo", "recordIdentifier") or record.id
            yield from _restored(record, text, Where(options.source, line_of(e)))
        else:
            record.metadata.file, record.metadata.reader = file_name(options.source), "mods"
        yield record
        oai = ""
        events.release(e)
    if not found:
        raise InputError(Problem("there is no mods element in it", Where(options.source)), *events.problems)
    yield from events.problems


def _carried_text(mods: Node) -> str:
    for extension in mods.named("extension"):
        if extension.get("displayLabel") == _EXTENSION:
            return extension.text
    return ""


def _restored(record: Record, text: str, where: Where) -> Iterator[Problem]:
    fields, _ = embedded.from_text(text)
    if fields is None:
        yield Problem(
            "the carried fields are broken", where, "take the extension out, or write the file again", "warning"
        )
    for fault in embedded.restore(record, fields or {}):
        yield Problem(fault, where, severity="warning")


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield a `modsCollection`, one piece a record."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection xmlns="{NAMESPACE}">\n'
    for record in records:
        yield _mods(record, options)
    yield "</modsCollection>\n"


def _mods(record: Record, options: WriteOptions) -> str:
    parts = list(_elements(_for_zotero(record) if options.program == "zotero" else record, options.program or ""))
    if options.lossless or options.loss:
        lost = embedded.difference(record, record_of(Node("mods", {}, "", parts)))
        if options.loss:
            options.loss.record_loss(record, lost, carried=options.lossless)
        if options.lossless:
            parts.append(element("extension", embedded.to_text(lost), displayLabel=_EXTENSION))
    gap = "\n  " if options.pretty else ""
    return f'<mods version="3.8">{gap}{gap.join(map(str, parts))}{gap[:1]}</mods>\n'


def _for_zotero(record: Record) -> Record:
    """Return the record with its people as Zotero's import takes them: family and given name, and parts of the item.

    Of whom the item type has no part for, Zotero makes authors; they stand in a note.
    """
    csl = csl_type(record.kind, record.type)
    archival = kind_of(record.kind).archival
    shape = "manuscript" if archival and csl in zotero_fields.AS_MANUSCRIPT else csl
    kept, others = [], []
    for creator in record.creators:
        part = csl_variable(creator.role)
        if zotero_fields.has_part(shape, part) and (part != "contributor" or creator.role == "contributor"):
            name = creator.name
            given = ", ".join(filter(None, (name.given, name.suffix)))
            kept.append(replace(creator, name=name._replace(given=given, suffix="") if not name.literal else name))
        else:
            others.append(f"{creator.role.capitalize()}: {creator.name}")
    written = zotero_date(record.date, "")
    dates = {"date": "", "date_text": written} if "X" in record.date or SEASON.match(record.date) else {}
    place = record.place
    if archival and place:  # it would be the place of publication
        others.append(f"Place: {place}")
        place = ""
    metadata = replace(record.metadata, source="")  # it would print the catalogue beside the archive
    notes = (*record.notes, *others)
    return replace(record, creators=tuple(kept), notes=notes, place=place, metadata=metadata, **dates)


def _elements(record: Record, program: str = "") -> Iterator[Node]:
    csl = csl_type(record.kind, record.type)
    archival = kind_of(record.kind).archival
    yield from _titles(record)
    yield from map(_name, record.creators)
    manuscript = "yes" if csl in ("manuscript", "personal_communication") else ""
    resource = RESOURCE_OF_TYPE.get(csl, "text")
    yield element("typeOfResource", resource, manuscript=manuscript, collection="yes" if csl == "collection" else "")
    if record.kind:
        yield element("genre", record.kind, authority="local")
    genre = zotero_fields.archival_type(csl) if program == "zotero" and archival else GENRE_OF_TYPE.get(csl, "")
    if genre not in ("", record.kind):
        yield element("genre", genre, authority="local")
    yield from _origin(record, archival)
    for tag in record.language:
        name = language_name(tag)
        terms = [element("languageTerm", name, type="text")] if name else []
        yield element("language", "", *terms, element("languageTerm", tag, type="code", authority="rfc5646"))
    yield from _description(record)
    yield from _location(record)
    if not (program == "zotero" and archival):  # it prints the collection as what the document is published in
        yield from _related(record, archival)
    yield element("identifier", record.id, type="citekey")  # by which JabRef knows the key
    for system, number in record.identifiers.items():
        yield element("identifier", number, type=system)
    source = record.digital.name or record.metadata.source
    sources = [element("recordContentSource", source)] if source else []
    yield element("recordInfo", "", *sources, element("recordIdentifier", record.id))


def _titled(title: str, **attributes: str) -> Node:
    return element("titleInfo", "", element("title", title), **attributes)


def _titles(record: Record) -> Iterator[Node]:
    if record.title:
        yield _titled(record.title)
    if record.supplied_title:
        yield _titled(record.supplied_title, supplied="yes")
    if record.short_title:
        yield _titled(record.short_title, type="abbreviated")
    if record.translated_title:
        yield _titled(record.translated_title, type="translated")
    if record.original_title:
        yield _titled(record.original_title, type="alternative", displayLabel="original title")
    if record.transliterated_title:
        yield _titled(record.transliterated_title, type="alternative", displayLabel="transliterated title")


def _name(creator: Creator) -> Node:
    name = creator.name
    if name.literal:
        parts = [element("namePart", name.literal)]
        sort = ""
    else:
        sort = "personal"
        family = f"{name.non_dropping} {name.family}".strip()
        given = f"{name.given} {name.dropping}".strip()
        forms = (("family", family), ("given", given), ("termsOfAddress", name.suffix))
        parts = [element("namePart", text, type=part) for part, text in forms if text]
    known = ROLES.get(creator.role)
    codes = [element("roleTerm", known.marc, type="code", authority="marcrelator")] if known else []
    parts.append(element("role", "", *codes, element("roleTerm", creator.role, type="text")))
    if creator.office:
        parts.append(element("affiliation", creator.office))
    return element("name", "", *parts, type=sort)


def _origin(record: Record, archival: bool) -> Iterator[Node]:
    publication = record.publication
    place = record.place if archival else publication.get("publisher-place", "")
    parts: list[Node] = []
    if place:
        parts.append(element("place", "", element("placeTerm", place, type="text")))
    if publication.get("publisher"):
        parts.append(element("publisher", publication["publisher"]))
    if record.date:
        plain = record.date.replace("-", "").isdigit()
        names = ("dateCreated", "dateIssued") if archival else ("dateIssued",)
        parts += [element(name, record.date, encoding="w3cdtf" if plain else "edtf") for name in names]
    elif record.date_text:
        parts.append(element("dateCreated" if archival else "dateIssued", record.date_text))
    parts += [element("dateOther", date, type=event, encoding="edtf") for event, date in record.dates.items()]
    if publication.get("edition"):
        parts.append(element("edition", publication["edition"]))
    if parts:
        yield element("originInfo", "", *parts)


def _description(record: Record) -> Iterator[Node]:
    forms = [element("form", record.medium)] if record.medium else []
    extents = [element("extent", record.extent)] if record.extent else []
    if forms or extents:
        yield element("physicalDescription", "", *forms, *extents)
    if record.summary:
        yield element("abstract", record.summary)
    for note in record.notes:
        yield element("note", note)
    for marking in record.markings:
        yield element("note", marking, type=NOTE_MARKING)
    if record.citation:
        yield element("note", record.citation, type=NOTE_CITATION)
    for subject in record.subjects:
        yield element("subject", "", element("topic", subject))
    if record.rights:
        yield element("accessCondition", record.rights, type="use and reproduction")


def _location(record: Record) -> Iterator[Node]:
    archive, digital = record.archive, record.digital
    parts: list[Node] = []
    if archive:
        path = (
            levels.reference(archive),
            levels.collection(archive),
            levels.repository(archive),
            levels.place(archive),
        )
        parts.append(element("physicalLocation", ", ".join(part for part in path if part)))
        if path[0]:
            parts.append(element("shelfLocator", path[0]))
    if digital.url:
        parts.append(element("url", digital.url, usage="primary display", dateLastAccessed=digital.accessed))
    if parts:
        yield element("location", "", *parts)


def _related(record: Record, archival: bool) -> Iterator[Node]:
    publication = record.publication
    title = levels.collection(record.archive) if archival else publication.get("container-title", "")
    parts = [*([_titled(title)] if title else []), *_part(publication)]
    if parts:
        yield element("relatedItem", "", *parts, type="host")
    if publication.get("collection-title") and not archival:
        yield element("relatedItem", "", _titled(publication["collection-title"]), type="series")


def _part(publication: dict[str, str]) -> Iterator[Node]:
    parts = [
        element("detail", "", element("number", publication[sort]), type=sort)
        for sort in ("volume", "issue", "section")
        if publication.get(sort)
    ]
    page = publication.get("page", "")
    if page:
        start, dash, end = page.partition("-")
        ends = start.isalnum() and end.isalnum()
        forms = (("start", start), ("end", end)) if dash and ends else (("list", page),)
        parts.append(element("extent", "", *(element(n, t) for n, t in forms), unit="pages"))
    if parts:
        yield element("part", "", *parts)
