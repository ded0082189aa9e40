"""MODS (Library of Congress): read from collections, single records and OAI answers, and written.

Written so that reference managers take most (measured on Zotero, JabRef and bibutils): the genre that Zotero knows
comes last, the whole archival path stands in one `physicalLocation`, an archival date is both `dateCreated` and
`dateIssued`. What MODS has no element for stands in an `extension` that our reader takes back, so that
`read(write(r)) == r`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.formats.csl import zotero_fields
from citetool.formats.csl.zotero import SEASON, zotero_date
from citetool.formats.shared import embedded
from citetool.formats.shared.headings import file_name, key_of
from citetool.formats.shared.languages import language_name
from citetool.problems import InputError, Problem, Where
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.roles import ROLES, csl_variable
from citetool.struct import replace
from citetool.xmlio import XmlEvents, attribute, child, children, element_text, escape, line_of, text_of

from .reader import record_of
from .terms import GENRE_OF_TYPE, NOTE_CITATION, NOTE_MARKING, RESOURCE_OF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, WriteOptions
    from citetool.record.model import Creator, Record
    from citetool.xmlio import Element

NAMESPACE = "http://www.loc.gov/mods/v3"
_EXTENSION = "citetool"


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield a record for each `mods` element, then what was wrong with the file; raises InputError where there is
    none.
    """
    events = XmlEvents(stream, options.source, end=("mods", "header"), encoding=options.encoding)
    oai = ""
    found = False
    for _, name, element in events:
        if name == "header":
            oai = text_of(child(element, "identifier"))
            continue
        found = True
        record = record_of(element)
        record.id = record.id or key_of(oai)
        text = _carried_text(element)
        if text:
            record.id = text_of(child(element, "recordInfo", "recordIdentifier")) or record.id
            yield from _restored(record, text, Where(options.source, line_of(element)))
        else:
            record.metadata.file, record.metadata.reader = file_name(options.source), "mods"
        yield record
        oai = ""
        events.release(element)
    if not found:
        raise InputError(Problem("there is no mods element in it", Where(options.source)), *events.problems)
    yield from events.problems


def _carried_text(element: Element) -> str:
    for extension in children(element, "extension"):
        if attribute(extension, "displayLabel") == _EXTENSION:
            return extension.text or ""
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
        native = record_of(etree.fromstring(f'<mods xmlns="{NAMESPACE}">{"".join(parts)}</mods>', _PARSER))
        lost = embedded.difference(record, native)
        if options.loss:
            options.loss.record_loss(record, lost, carried=options.lossless)
        if options.lossless:
            parts.append(element_text("extension", embedded.to_text(lost), displayLabel=_EXTENSION))
    gap = "\n  " if options.pretty else ""
    return f'<mods version="3.8">{gap}{gap.join(parts)}{gap[:1]}</mods>\n'


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


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


def _elements(record: Record, program: str = "") -> Iterator[str]:
    csl = csl_type(record.kind, record.type)
    archival = kind_of(record.kind).archival
    yield from _titles(record)
    for creator in record.creators:
        yield _name(creator)
    manuscript = "yes" if csl in ("manuscript", "personal_communication") else ""
    resource = RESOURCE_OF_TYPE.get(csl, "text")
    yield element_text(
        "typeOfResource", resource, manuscript=manuscript, collection="yes" if csl == "collection" else ""
    )
    if record.kind:
        yield element_text("genre", record.kind, authority="local")
    genre = zotero_fields.archival_type(csl) if program == "zotero" and archival else GENRE_OF_TYPE.get(csl, "")
    if genre not in ("", record.kind):
        yield element_text("genre", genre, authority="local")
    yield from _origin(record, archival)
    for tag in record.language:
        name = element_text("languageTerm", language_name(tag), type="text") if language_name(tag) else ""
        yield f"<language>{name}{element_text('languageTerm', tag, type='code', authority='rfc5646')}</language>"
    yield from _description(record)
    yield from _location(record)
    if not (program == "zotero" and archival):  # it prints the collection as what the document is published in
        yield from _related(record, archival)
    yield element_text("identifier", record.id, type="citekey")  # by which JabRef knows the key
    for system, number in record.identifiers.items():
        yield element_text("identifier", number, type=system)
    yield f"<recordInfo>{_source(record)}{element_text('recordIdentifier', record.id)}</recordInfo>"


def _source(record: Record) -> str:
    name = record.digital.name or record.metadata.source
    return element_text("recordContentSource", name) if name else ""


def _titles(record: Record) -> Iterator[str]:
    forms: list[tuple[str, dict[str, str]]] = [
        (record.title, {}),
        (record.supplied_title, {"supplied": "yes"}),
        (record.short_title, {"type": "abbreviated"}),
        (record.translated_title, {"type": "translated"}),
        (record.original_title, {"type": "alternative", "displayLabel": "original title"}),
        (record.transliterated_title, {"type": "alternative", "displayLabel": "transliterated title"}),
    ]
    for title, attributes in forms:
        if title:
            pairs = "".join(f' {name}="{value}"' for name, value in attributes.items())
            yield f"<titleInfo{pairs}>{element_text('title', title)}</titleInfo>"


def _name(creator: Creator) -> str:
    name = creator.name
    if name.literal:
        parts = element_text("namePart", name.literal)
        sort = ""
    else:
        sort = ' type="personal"'
        family = f"{name.non_dropping} {name.family}".strip()
        given = f"{name.given} {name.dropping}".strip()
        forms = (("family", family), ("given", given), ("termsOfAddress", name.suffix))
        parts = "".join(element_text("namePart", text, type=part) for part, text in forms if text)
    known = ROLES.get(creator.role)
    code = element_text("roleTerm", known.marc, type="code", authority="marcrelator") if known else ""
    role = f"<role>{code}{element_text('roleTerm', creator.role, type='text')}</role>"
    office = element_text("affiliation", creator.office) if creator.office else ""
    return f"<name{sort}>{parts}{role}{office}</name>"


def _origin(record: Record, archival: bool) -> Iterator[str]:
    publication = record.publication
    place = record.place if archival else publication.get("publisher-place", "")
    parts: list[str] = []
    if place:
        parts.append(f"<place>{element_text('placeTerm', place, type='text')}</place>")
    if publication.get("publisher"):
        parts.append(element_text("publisher", publication["publisher"]))
    if record.date:
        plain = record.date.replace("-", "").isdigit()
        names = ("dateCreated", "dateIssued") if archival else ("dateIssued",)
        parts += [element_text(name, record.date, encoding="w3cdtf" if plain else "edtf") for name in names]
    elif record.date_text:
        parts.append(element_text("dateCreated" if archival else "dateIssued", record.date_text))
    parts += [element_text("dateOther", date, type=event, encoding="edtf") for event, date in record.dates.items()]
    if publication.get("edition"):
        parts.append(element_text("edition", publication["edition"]))
    if parts:
        yield f"<originInfo>{''.join(parts)}</originInfo>"


def _description(record: Record) -> Iterator[str]:
    if record.medium or record.extent:
        form = element_text("form", record.medium) if record.medium else ""
        extent = element_text("extent", record.extent) if record.extent else ""
        yield f"<physicalDescription>{form}{extent}</physicalDescription>"
    if record.summary:
        yield element_text("abstract", record.summary)
    for note in record.notes:
        yield element_text("note", note)
    for marking in record.markings:
        yield element_text("note", marking, type=NOTE_MARKING)
    if record.citation:
        yield element_text("note", record.citation, type=NOTE_CITATION)
    for subject in record.subjects:
        yield f"<subject>{element_text('topic', subject)}</subject>"
    if record.rights:
        yield element_text("accessCondition", record.rights, type="use and reproduction")


def _location(record: Record) -> Iterator[str]:
    archive, digital = record.archive, record.digital
    parts: list[str] = []
    if archive:
        path = (
            levels.reference(archive),
            levels.collection(archive),
            levels.repository(archive),
            levels.place(archive),
        )
        parts.append(element_text("physicalLocation", ", ".join(part for part in path if part)))
        if path[0]:
            parts.append(element_text("shelfLocator", path[0]))
    if digital.url:
        accessed = f' dateLastAccessed="{escape(digital.accessed)}"' if digital.accessed else ""
        parts.append(f'<url usage="primary display"{accessed}>{escape(digital.url)}</url>')
    if parts:
        yield f"<location>{''.join(parts)}</location>"


def _related(record: Record, archival: bool) -> Iterator[str]:
    publication = record.publication
    title = levels.collection(record.archive) if archival else publication.get("container-title", "")
    part = _part(publication)
    if title or part:
        info = f"<titleInfo>{element_text('title', title)}</titleInfo>" if title else ""
        yield f'<relatedItem type="host">{info}{part}</relatedItem>'
    if publication.get("collection-title") and not archival:
        info = element_text("title", publication["collection-title"])
        yield f'<relatedItem type="series"><titleInfo>{info}</titleInfo></relatedItem>'


def _part(publication: dict[str, str]) -> str:
    parts = [
        f'<detail type="{sort}">{element_text("number", publication[sort])}</detail>'
        for sort in ("volume", "issue", "section")
        if publication.get(sort)
    ]
    page = publication.get("page", "")
    if page:
        start, dash, end = page.partition("-")
        ends = start.isalnum() and end.isalnum()
        forms = (("start", start), ("end", end)) if dash and ends else (("list", page),)
        parts.append(f'<extent unit="pages">{"".join(element_text(n, t) for n, t in forms)}</extent>')
    return f"<part>{''.join(parts)}</part>" if parts else ""
