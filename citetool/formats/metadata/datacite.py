"""DataCite metadata (schema 4): the JSON of its interface and the XML that is deposited.

The XML is turned into what the JSON would be, so that both give the same record. Left out: funding, related items
other than the one that the resource was published in, geographic boxes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetool.formats.shared.headings import (
    file_name,
    heading_name,
    key_of,
    kind_of_genre,
    role_of,
    unique,
    written_date,
)
from citetool.formats.shared.json_fields import Object, first_mark, mapping, mappings, records_of, text, texts, unmarked
from citetool.formats.shared.languages import language_tags
from citetool.names import Name
from citetool.problems import InputError, Problem, Where
from citetool.record.kinds import KIND_OF_TYPE
from citetool.record.model import Creator, Digital, Draft, Metadata, Record
from citetool.record.roles import ROLES
from citetool.xmlio import XmlEvents, attribute, child, children, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected
    from citetool.xmlio import Element

# `resourceTypeGeneral` of schema 4.6, as our kinds.
_KINDS = {
    "dataset": "dataset", "software": "software", "computationalnotebook": "software", "model": "dataset",
    "journalarticle": "journal article", "datapaper": "journal article", "preprint": "article", "book": "book",
    "bookchapter": "chapter", "conferencepaper": "conference paper", "conferenceproceeding": "book",
    "dissertation": "thesis", "report": "published report", "standard": "standard", "peerreview": "review",
    "journal": "newspaper", "event": "event", "workflow": "software", "interactiveresource": "webpage",
    "image": "graphic", "sound": "sound recording", "audiovisual": "video", "film": "film",
    "physicalobject": "object", "collection": "collection",
}  # fmt: skip
_DATES = ("issued", "created", "available", "collected")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each resource, in the order of the file; raises InputError where there is none."""
    head, source = first_mark(stream)
    if head == b"<":
        yield from _xml(source, options)
    else:
        yield from records_of(source, options, _record, _resources, ("data",))


def _resources(data: Object) -> Sequence[Any]:
    inner = mappings(data.get("data"))
    return [mapping(item.get("attributes")) or item for item in inner or [data]]


def _xml(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    events = XmlEvents(stream, options.source, end=("resource",), encoding=options.encoding)
    found = False
    for _, _, element in events:
        record = _record(_as_json(element), options, [])
        if record is not None:
            found = True
            yield record
        events.release(element)
    if not found:
        message = "there is no resource with a title in this DataCite XML"
        raise InputError(Problem(message, Where(options.source)), *events.problems)
    yield from events.problems


def _as_json(element: Element) -> Object:
    """Return a `resource` element as the mapping that DataCite's interface gives of it."""

    def listed(group: str, name: str, *attributes: str) -> list[Object]:
        return [{name: text_of(e), **{a: attribute(e, a) for a in attributes}} for e in children(child(element, group))]

    def people(group: str) -> list[Object]:
        return [
            {
                "name": text_of(
                    child(
                        e,
                        "creatorName",
                    )
                )
                or text_of(child(e, "contributorName")),
                "nameType": next((attribute(n, "nameType") for n in children(e, "creatorName", "contributorName")), ""),
                "givenName": text_of(child(e, "givenName")),
                "familyName": text_of(child(e, "familyName")),
                "contributorType": attribute(e, "contributorType"),
            }
            for e in children(child(element, group))
        ]

    kind = child(element, "resourceType")
    general = attribute(kind, "resourceTypeGeneral") if kind is not None else ""
    number = child(element, "identifier")
    doi = text_of(number) if number is not None and attribute(number, "identifierType").upper() == "DOI" else ""
    return {
        "doi": doi,
        "creators": people("creators"),
        "contributors": people("contributors"),
        "titles": listed("titles", "title", "titleType"),
        "publisher": text_of(child(element, "publisher")),
        "publicationYear": text_of(child(element, "publicationYear")),
        "types": {"resourceTypeGeneral": general, "resourceType": text_of(kind)},
        "subjects": listed("subjects", "subject"),
        "dates": listed("dates", "date", "dateType"),
        "language": text_of(child(element, "language")),
        "sizes": [text_of(e) for e in children(child(element, "sizes"))],
        "version": text_of(child(element, "version")),
        "rightsList": listed("rightsList", "rights"),
        "descriptions": listed("descriptions", "description", "descriptionType"),
        "relatedItems": [_related(e) for e in children(child(element, "relatedItems"))],
    }


def _related(item: Element) -> Object:
    """Return a `relatedItem` as the mapping of it: what the resource was published in, and where there."""
    facts = {name: text_of(child(item, name)) for name in ("volume", "issue", "firstPage", "lastPage", "edition")}
    titles = [{"title": text_of(e)} for e in children(child(item, "titles"))]
    return {"relationType": attribute(item, "relationType"), "titles": titles, **facts}


def _record(data: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    titles = {text(t.get("titleType")): unmarked(text(t.get("title"))) for t in reversed(mappings(data.get("titles")))}
    title = titles.get("") or next(iter(titles.values()), "")
    if not title:
        return None
    if titles.get("Subtitle"):
        title = f"{title}: {titles['Subtitle']}"
    doi = re.sub(r"(?i)^https?://(?:dx\.)?doi\.org/", "", text(data.get("doi")) or text(data.get("id")))
    doi = doi if doi.startswith("10.") else ""
    date, words = _date(data)
    url = text(data.get("url")) or (f"https://doi.org/{doi}" if doi else "")
    return Draft(
        id=key_of(doi),
        kind=_kind(mapping(data.get("types"))),
        title=title,
        translated_title=titles.get("TranslatedTitle", ""),
        creators=tuple(_people(data)),
        date=date,
        date_text=words,
        language=language_tags(text(data.get("language"))),
        digital=Digital(url=url),
        publication=_publication(data),
        summary="\n\n".join(
            unmarked(text(d.get("description")))
            for d in mappings(data.get("descriptions"))
            if text(d.get("descriptionType")) in ("Abstract", "")
        ),
        subjects=unique([text(s.get("subject")) for s in mappings(data.get("subjects"))]),
        extent="; ".join(texts(data.get("sizes"))),
        rights="\n".join(unique([text(r.get("rights")) for r in mappings(data.get("rightsList"))])),
        identifiers={"doi": doi} if doi else {},
        metadata=Metadata(source="DataCite", file=file_name(options.source), reader="datacite"),
    )


def _kind(types: Object) -> str:
    general = _KINDS.get(text(types.get("resourceTypeGeneral")).casefold(), "")
    named = KIND_OF_TYPE.get(text(types.get("citeproc")), "")
    if general or named:
        return general or {"report": "published report"}.get(named, named)
    return kind_of_genre(text(types.get("resourceType"))) or "document"


def _date(data: Object) -> tuple[str, str]:
    given = {text(d.get("dateType")).casefold(): text(d.get("date")) for d in reversed(mappings(data.get("dates")))}
    words = next((given[name] for name in _DATES if given.get(name)), "")
    year = text(data.get("publicationYear"))
    if year and not words.startswith(year):  # the year is what DataCite's own citations print
        words = year
    return written_date(words)


def _people(data: Object) -> Iterator[Creator]:
    for person in mappings(data.get("creators")):
        if name := _name(person):
            yield Creator(name, "author")
    for person in mappings(data.get("contributors")):
        role = role_of(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text(person.get("contributorType"))), "")
        if role in ROLES and (name := _name(person)):
            yield Creator(name, role)


def _name(person: Object) -> Name | None:
    family, given, whole = (text(person.get(key)) for key in ("familyName", "givenName", "name"))
    if text(person.get("nameType")) == "Organizational":
        return Name(literal=whole) if whole else None
    if family:
        return Name(family, given)
    return heading_name(whole, body=", " not in whole) if whole else None


def _publication(data: Object) -> dict[str, str]:
    published = ("IsPublishedIn", "IsPartOf")
    related = [item for item in mappings(data.get("relatedItems")) if text(item.get("relationType")) in published]
    host = mapping(data.get("container")) or next(iter(related), {})
    first, last = text(host.get("firstPage")), text(host.get("lastPage"))
    given = {
        "container-title": text(host.get("title"))
        or next((text(title.get("title")) for title in mappings(host.get("titles"))), ""),
        "volume": text(host.get("volume")),
        "issue": text(host.get("issue")),
        "page": f"{first}-{last}" if first and last else first,
        "publisher": text(data.get("publisher")),
        "version": text(data.get("version")),
    }
    return {name: value for name, value in given.items() if value}
