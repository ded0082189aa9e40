"""Dublin Core (DCMI terms), simple (`oai_dc`) and qualified, one record or many, in OAI answers and other wrappers.

The elements are known by local names: aggregators mix `dc:`, `dcterms:`, `edm:` and no prefix at all. Any element with
a title or identifier among its children is taken for a record. Dublin Core has no place for a holding; `isPartOf` is
the collection, a data provider or `provenance` of a few words the repository, and `source` a path that is taken apart,
which the record then says (`metadata.inferred`). What else a record holds is written into one `description` in the
form that `carried` reads back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from citetool.edtf import parse_edtf
from citetool.edtf.written import normalise_date
from citetool.formats.shared import embedded
from citetool.formats.shared.archive_text import keeper_levels
from citetool.formats.shared.headings import file_name, heading_name, holding_of, key_of, kind_of_genre, unique
from citetool.formats.shared.languages import language_tags
from citetool.lazy_re import lazy
from citetool.parsing import read_levels
from citetool.problems import CitetoolError, InputError, Problem, Where
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Metadata, Record
from citetool.record.roles import csl_variable
from citetool.xmlio import Element, XmlEvents, attribute, child, children, element_text, line_of, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, WriteOptions
    from citetool.names import Name

WRAPPERS = ("dc", "dcterms", "qualifieddc", "mdRecord", "record", "metadata", "Description", "SourceResource")
_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
)
_DCMI_TYPES = {
    "graphic": "StillImage",
    "map": "StillImage",
    "motion_picture": "MovingImage",
    "broadcast": "MovingImage",
    "song": "Sound",
    "collection": "Collection",
    "software": "Software",
    "dataset": "Dataset",
    "event": "Event",
}


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield a record for each set of elements, then what was wrong; raises InputError where there is none."""
    ends = (*WRAPPERS, "dpla:SourceResource", "oai_dc:dc", "header")
    events = XmlEvents(stream, options.source, end=ends, encoding=options.encoding)
    oai = ""
    found = False
    for _, name, element in events:
        if name == "header":
            oai = text_of(child(element, "identifier"))
            continue
        told = (name == "dc" and len(element)) or children(element, "title", "identifier")
        if not told or children(element, "leader", "namePart", "titleInfo"):
            continue
        found = True
        record, fields = _split(element)
        record.id = record.id or key_of(oai) or key_of(next(iter(_texts(element, "identifier")), ""))
        if fields is not None:
            where = Where(options.source, line_of(element))
            yield from (Problem(fault, where, severity="warning") for fault in embedded.restore(record, fields))
        else:
            record.metadata.file, record.metadata.reader = file_name(options.source), "dublin-core"
        yield record
        oai = ""
        events.release(element)
    if not found:
        raise InputError(Problem("there are no Dublin Core elements in it", Where(options.source)), *events.problems)
    yield from events.problems


def _split(element: Element) -> tuple[Record, dict[str, Any] | None]:
    """Return the native record and the fields that it carries; the description that carries them is taken out."""
    for e in children(element, "description"):
        fields, rest = embedded.from_text(e.text or "")
        if fields is not None and not rest:
            element.remove(e)
            record = record_of(element)
            record.id = attribute(element, "id")
            return record, fields
    return record_of(element), None


# ---- elements to record


def _texts(element: Element, *names: str, split: bool = False) -> list[str]:
    """Return the texts of these child elements, in order; with `split`, lists with semicolons taken apart."""
    found = [text_of(e) or attribute(e, "resource") for name in names for e in children(element, name)]
    if split:
        found = [part for text in found for part in re.split(r"\s*;\s*", text)]
    return list(unique([text.strip(" ;") for text in found]))


def record_of(element: Element) -> Record:
    """Return the record that the elements give."""
    kind = _kind(element)
    archival = kind_of(kind).archival
    inferred: list[str] = []
    titles = _texts(element, "title")
    date, date_text = _date(element)
    record = Draft(
        id="",
        kind=kind,
        title=titles[0] if titles else "",
        creators=_creators(element, kind),
        date=date,
        date_text=date_text,
        language=unique([tag for text in _texts(element, "language") for tag in language_tags(text)]),
        archive=_holding(element, archival, inferred),
        digital=_digital(element),
        summary="\n\n".join(_texts(element, "abstract") or _texts(element, "description")),
        subjects=tuple(_texts(element, "subject", "spatial", "coverage", "temporal", split=True)),
        notes=(*(_texts(element, "description") if children(element, "abstract") else ()), *_notes(element)),
        extent="; ".join(_texts(element, "extent")),
        medium="; ".join(t for t in _texts(element, "medium") if kind_of_genre(t) != kind),
        rights="\n\n".join(_texts(element, "rights", "accessRights", "license")),
        identifiers=_identifiers(element),
        citation=next(iter(_texts(element, "bibliographicCitation")), _cite_as(element)),
    )
    if record.title.startswith("[") and record.title.find("]") == len(record.title) - 1:
        record.title, record.supplied_title = "", record.title[1:-1]
    other = [*titles[1:], *_texts(element, "alternative")]
    if other:
        record.extra["alternative_title"] = other[0] if len(other) == 1 else [*other]
    publishers = _texts(element, "publisher")
    if publishers:
        record.publication["publisher"] = "; ".join(publishers)
    hosts = _texts(element, "isPartOf")
    if hosts and not archival and not hosts[0].startswith("http"):
        record.publication["container-title"] = hosts[0]
    record.metadata = Metadata(inferred=tuple(dict.fromkeys(inferred)))
    return record


def _kind(element: Element) -> str:
    words = _texts(element, "type", "hasType", "genre", split=True)
    words = [word.rpartition("/")[2] for word in words]
    particular = [kind for word in words if (kind := kind_of_genre(word)) and word.casefold() not in _GENERIC]
    if particular:
        return particular[0]
    forms = [kind for word in _texts(element, "medium", "format", split=True) if (kind := kind_of_genre(word))]
    if "text" in (word.casefold() for word in words):
        forms = [kind for kind in forms if csl_type(kind) != "graphic"]  # `print` is then no picture
    broad = [kind for word in words if (kind := kind_of_genre(word))]
    if forms and (not broad or csl_type(forms[0]) == csl_type(broad[0])):
        return forms[0]
    own = [word for word in words if word.casefold() not in _GENERIC and word.islower() and len(word) < 40]
    return broad[0] if broad else own[0] if own else "document"


_GENERIC = frozenset(
    {"text", "image", "stillimage", "movingimage", "sound", "physicalobject", "document", "collection"}
)


def _creators(element: Element, kind: str) -> tuple[Creator, ...]:
    main = "creator" if csl_type(kind) == "collection" else "author"
    found = [Creator(_person(text), main) for text in _texts(element, "creator", split=True)]
    found += [Creator(_person(text), "contributor") for text in _texts(element, "contributor", split=True)]
    return tuple(creator for creator in found if str(creator.name))


def _person(text: str) -> Name:
    body = re.search(
        r"(?i)\b(?:university|library|libraries|department|museum|company|inc\.|society|archive|press)\b", text
    )
    return heading_name(text, body=bool(body))


def _date(element: Element) -> tuple[str, str]:
    for name in ("created", "date", "issued", "dateSubmitted"):
        for e in children(element, name):
            begin = next((text_of(b) for b in e.iter() if local_name(b) == "begin"), "")
            end = next((text_of(b) for b in e.iter() if local_name(b) == "end"), "")
            text = f"{begin}/{end}" if begin and end and begin != end else begin or text_of(e)
            if not text:
                continue
            first, _, last = text.partition("/")
            whole = _edtf(first if first == last else text)
            first = whole or _edtf(text.split(";")[0])
            return first, "" if whole else text
    return "", ""


def _edtf(text: str) -> str:
    text = re.sub(r"(?<=\d\d-\d\d)T[\d:.]+(?:Z|[+-][\d:]+)$", "", text.strip())
    try:
        parse_edtf(text)
    except CitetoolError:
        return normalise_date(text) or ""
    return text


def _holding(element: Element, archival: bool, inferred: list[str]) -> Holding:
    found: list[Level] = []
    keepers = [t for t in _texts(element, "dataProvider", "provenance") if len(t) < 80 and not t.endswith(".")]
    for text in _texts(element, "source"):
        if not text.startswith("http") and archival and len(text) < 300 and text not in keepers:
            found += [level for level in read_levels(text) if level not in found]
            inferred.append("archive")
    if not any(levels.group_of(level.name) == "collection" for level in found) and archival:
        hosts = [
            h
            for h in _texts(element, "isPartOf", "relation")
            if not h.startswith("http") and len(h) < 160 and not h.endswith(".") and h not in keepers
        ]
        for host in hosts[:1]:
            homes = [i for i, lv in enumerate(found) if levels.group_of(lv.name) in ("division", "repository", "place")]
            downward = homes and homes[0] == 0 < len(found) - len(homes)  # `Town Archive, Box 3`
            found.insert(len(homes) if downward else homes[0] if homes else len(found), Level("collection", host))
    if keepers and not any(levels.group_of(level.name) == "repository" for level in found):
        found += keeper_levels(keepers[0])[0]
    return holding_of(found)


def _digital(element: Element) -> Digital:
    shown = _texts(element, "isShownAt")
    links = [t for t in _texts(element, "identifier") if re.match(r"https?://", t)]
    manifest = next((t for t in _texts(element, "isReferencedBy") if "manifest" in t), "")
    url = next(iter([*shown, *(link for link in links if "doi.org/" not in link)]), "")
    return Digital(url=url if url.startswith("http") else "", extra={"iiif_manifest": manifest} if manifest else {})


def _notes(element: Element) -> list[str]:
    long = [t for t in _texts(element, "provenance") if len(t) >= 80 or t.endswith(".")]
    return [*_texts(element, "tableOfContents"), *long]


_CITE_AS = lazy(r"(?i)(?:please )?(?:cite as|preferred citation)\s*:\s*")


def _cite_as(element: Element) -> str:
    """Return the citation that a source asks for among its identifiers."""
    return next((_CITE_AS.sub("", t) for t in _texts(element, "identifier") if _CITE_AS.match(t)), "")


def _identifiers(element: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in _texts(element, "identifier"):
        match = re.match(
            r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:\s*|info:doi/)(10\.\S+)|(?:urn:)?(isbn|issn):?\s*([\dXx-]+)$", text
        )
        if match:
            found.setdefault("doi" if match[1] else match[2].lower(), match[1] or match[3])
        elif not text.startswith("http") and not _CITE_AS.match(text):
            found.setdefault("local", text)
    return found


# ---- record to elements


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """One `oai_dc:dc` a record, qualified terms among them unless the dialect is `oai_dc`; one piece a record."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<records {_NAMESPACES}>\n'
    for record in records:
        yield _dc(record, options)
    yield "</records>\n"


def _dc(record: Record, options: WriteOptions) -> str:
    simple = options.dialect == "oai_dc"
    parts = [element_text(_simple(name) if simple else name, text) for name, text in _elements(record) if text]
    if options.lossless or options.loss:
        native = record_of(etree.fromstring(f"<x {_NAMESPACES}>{''.join(parts)}</x>", _PARSER))
        lost = embedded.difference(record, native)
        if options.loss:
            options.loss.record_loss(record, lost, carried=options.lossless)
        if options.lossless:
            parts.append(element_text("dc:description", embedded.to_text(lost)))
    gap = "\n  " if options.pretty else ""
    head = element_text("oai_dc:dc", " ", id=record.id).partition("> ")[0]
    return f"{head}>{gap}{gap.join(parts)}{gap[:1]}</oai_dc:dc>\n"


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_SIMPLE = {
    "created": "date",
    "issued": "date",
    "alternative": "title",
    "isPartOf": "relation",
    "extent": "format",
    "medium": "format",
    "bibliographicCitation": "source",
}


def _simple(name: str) -> str:
    """Return the element of simple Dublin Core that a qualified one refines."""
    return f"dc:{_SIMPLE.get(name.partition(':')[2], name.partition(':')[2])}"


def _elements(record: Record) -> Iterator[tuple[str, str]]:
    csl, archival = csl_type(record.kind, record.type), kind_of(record.kind).archival
    yield "dc:title", record.title or (f"[{record.any_title}]" if record.any_title else "")
    for title in (record.original_title, record.transliterated_title, record.translated_title):
        yield "dcterms:alternative", title
    for creator in record.creators:
        yield ("dc:creator" if csl_variable(creator.role) == "author" else "dc:contributor"), str(creator.name)
    yield "dcterms:created" if archival else "dcterms:issued", record.date or record.date_text
    yield "dc:type", record.kind
    yield "dc:type", _DCMI_TYPES.get(csl, "Text")
    yield "dc:publisher", record.publication.get("publisher", "")
    for tag in record.language:
        yield "dc:language", tag
    yield "dc:description", record.summary
    for subject in record.subjects:
        yield "dc:subject", subject
    yield "dcterms:extent", record.extent
    yield "dcterms:medium", record.medium
    archive = record.archive
    if archive:
        path = (
            levels.reference(archive),
            levels.collection(archive),
            levels.repository(archive),
            levels.place(archive),
        )
        yield "dc:source", ", ".join(part for part in path if part)
    host = levels.collection(archive) if archival else record.publication.get("container-title", "")
    yield "dcterms:isPartOf", host
    yield "dc:identifier", record.digital.url
    for system, number in record.identifiers.items():
        yield "dc:identifier", f"{system}:{number}" if system in ("doi", "isbn", "issn") else number
    yield "dcterms:bibliographicCitation", record.citation
    yield "dc:rights", record.rights
