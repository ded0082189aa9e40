"""schema.org in JSON-LD: what sites put into their pages for search engines.

Written are `CreativeWork` and its kinds with the properties of the archives extension (`ArchiveComponent`,
`holdingArchive`, `itemLocation`); what has no property stands under `citetool`. Read is every node of a graph that is a
work: not organisations, people, breadcrumbs or the page's own navigation.

Left out: nodes that are only referred to by their `@id`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citetool.formats.shared import embedded
from citetool.formats.shared.archive_text import parse_holding
from citetool.formats.shared.headings import key_of, kind_of_genre, own_key, unique, written_date
from citetool.formats.shared.json_fields import Object, mapping, mappings, records_of, text, texts, unmarked
from citetool.formats.shared.languages import language_tags
from citetool.names import Name, parse_direct_name, parse_name
from citetool.problems import Problem, Where
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Creator, Digital, Draft, Holding, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected, WriteOptions

# CSL type to schema.org type for writing; the first word of each pair of `_KINDS` for reading.
_TYPES: dict[str, str] = {
    "manuscript": "Manuscript", "personal_communication": "Message", "graphic": "VisualArtwork", "map": "Map",
    "collection": "Collection", "book": "Book", "chapter": "Chapter", "article-journal": "ScholarlyArticle",
    "article-magazine": "Article", "article-newspaper": "NewsArticle", "article": "Article", "periodical": "Periodical",
    "thesis": "Thesis", "report": "Report", "webpage": "WebPage", "post-weblog": "BlogPosting", "dataset": "Dataset",
    "software": "SoftwareSourceCode", "motion_picture": "Movie", "song": "AudioObject", "musical_score": "SheetMusic",
    "legislation": "Legislation", "review": "Review", "post": "SocialMediaPosting", "interview": "CreativeWork",
}  # fmt: skip
_KINDS: dict[str, str] = {
    "Manuscript": "manuscript", "Message": "letter", "Photograph": "photograph", "VisualArtwork": "graphic",
    "ImageObject": "graphic", "Painting": "painting", "Drawing": "drawing", "Poster": "poster", "Map": "map",
    "Atlas": "atlas",
    "Collection": "collection", "ArchiveCollection": "collection", "Book": "book", "Chapter": "chapter",
    "ScholarlyArticle": "journal article", "MedicalScholarlyArticle": "journal article",
    "NewsArticle": "newspaper article",
    "ReportageNewsArticle": "newspaper article", "Article": "article", "TechArticle": "article", "Thesis": "thesis",
    "Report": "published report", "BlogPosting": "blog post", "WebPage": "webpage", "ItemPage": "webpage",
    "Dataset": "dataset", "SoftwareSourceCode": "software", "SoftwareApplication": "software", "Movie": "film",
    "VideoObject": "video", "AudioObject": "sound recording", "MusicRecording": "sound recording",
    "SheetMusic": "score",
    "Legislation": "legislation", "Review": "review", "SocialMediaPosting": "post", "Periodical": "newspaper",
    "Newspaper": "newspaper", "CreativeWork": "document", "ArchiveComponent": "document", "DigitalDocument": "document",
    "TextDigitalDocument": "document", "PublicationVolume": "book", "PodcastEpisode": "broadcast",
    "Clip": "video",
    "TVEpisode": "broadcast", "RadioEpisode": "broadcast", "Conversation": "interview",
}  # fmt: skip
_PAGES = frozenset(("WebPage", "ItemPage"))
_ROLES = {
    "author": "author", "creator": "author", "editor": "editor", "translator": "translator",
    "contributor": "contributor",
    "recipient": "recipient", "sender": "sender", "illustrator": "illustrator", "director": "director",
    "producer": "producer", "composer": "composer", "actor": "performer", "photographer": "photographer",
}  # fmt: skip
_PROPERTIES = {"author": "author", "sender": "author", "interviewee": "author"} | {
    role: name for name, role in _ROLES.items() if name not in ("author", "sender", "photographer")
}


# ---- reading


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each work, in the order of the file."""
    yield from records_of(stream, options, _record, lambda data: works(data) or [data])


def works(data: Any) -> list[Object]:
    """Return the nodes of a document or graph that are works; pages that nobody gave a number only where nothing else
    is.
    """
    nodes: list[Object] = []
    for item in mappings(data):
        graph = item.get("@graph")
        nodes += mappings(graph) if graph is not None else [item]
        nodes += mappings(item.get("mainEntity"))
    named = [node for node in nodes if node.keys() & {"name", "headline", "identifier", "citetool"}]
    found = [node for node in named if _types(node) & _KINDS.keys()]
    particular = [node for node in found if not _types(node) & _PAGES or node.keys() & {"identifier", "citetool"}]
    return particular or found


def _types(node: Object) -> set[str]:
    return {name.rpartition("/")[2].rpartition(":")[2] for name in texts(node.get("@type"))}


def _record(data: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    record = work_record(data)
    ours = data.get("citetool")
    if record is None and _types(data) & _KINDS.keys():
        record = Draft(id=_key(data))
    if record and isinstance(ours, dict):
        problems += [
            Problem(fault, Where(options.source), severity="warning") for fault in embedded.restore(record, ours)
        ]
    return record


def work_record(data: Object) -> Record | None:
    """Return the record of a node; None where it is no work with a name."""
    title = unmarked(text(data.get("headline")) or text(data.get("name")))
    kind = _kind(data)
    if not title or not kind:
        return None
    date, date_text = written_date(next(filter(None, (text(data.get(n)) for n in _DATES)), ""))
    url = text(data.get("url")) or text(data.get("@id"))
    return Draft(
        id=_key(data),
        kind=kind,
        title=title,
        creators=tuple(_creators(data)),
        date=date,
        date_text=date_text,
        place=text(data.get("locationCreated")),
        language=language_tags("; ".join(_named(data.get("inLanguage")))),
        archive=_archive(data),
        digital=Digital(_site(data), url if url.startswith("http") else ""),
        publication=_publication(data, kind),
        summary=unmarked(text(data.get("abstract")) or text(data.get("description"))),
        subjects=unique([*_words(data.get("keywords")), *texts(data.get("about"))]),
        extent=text(data.get("materialExtent")) or text(data.get("size")),
        medium=text(data.get("material")) or text(data.get("artMedium")),
        rights=text(data.get("license")) or text(data.get("conditionsOfAccess")),
        identifiers=_identifiers(data),
        citation=text(data.get("creditText")),
    )


_DATES = ("dateCreated", "datePublished", "temporalCoverage", "dateSent", "uploadDate")


def _key(data: Object) -> str:
    identifier = text(data.get("identifier"))
    return own_key(identifier) if identifier and " " not in identifier else key_of(text(data.get("@id")))


def _kind(data: Object) -> str:
    terms = [*texts(data.get("genre")), *texts(data.get("additionalType")), *texts(data.get("artform"))]
    named = next(filter(None, map(kind_of_genre, terms)), "")
    kinds = [_KINDS[name] for name in texts(data.get("@type")) if name.rpartition("/")[2] in _KINDS]
    kinds = kinds or [_KINDS[name] for name in sorted(_types(data)) if name in _KINDS]
    particular = [kind for kind in kinds if kind != "document"]
    if named and (not particular or kind_of(named).archival):
        return named
    return next(iter([*particular, *kinds]), "")


def _named(value: Any) -> list[str]:
    """Names or codes: `"en"`, `{"name": "English", "alternateName": "en"}`."""
    return [text(item.get("alternateName")) or text(item) if isinstance(item, dict) else text(item)
            for item in (value if isinstance(value, list) else [value]) if item]  # fmt: skip


def _words(value: Any) -> list[str]:
    given = texts(value)
    return [word.strip() for word in given[0].split(",")] if len(given) == 1 else given


def _creators(data: Object) -> Iterator[Creator]:
    seen: set[tuple[str, str]] = set()
    for name, role in _ROLES.items():
        value = data.get(name)
        for item in value if isinstance(value, list) else [value]:
            found = _person(item)
            if found and (str(found), role) not in seen:
                seen.add((str(found), role))
                yield Creator(found, role)


def _person(value: Any) -> Name | None:
    if isinstance(value, dict):
        family, given = text(value.get("familyName")), text(value.get("givenName"))
        if family:
            return parse_name(f"{family}, {given}") if given else Name(literal=family)
        words = text(value.get("name")) or text(value.get("author"))
        person = "Person" in _types(value)
    else:
        words, person = text(value), False
    if not words:
        return None
    return parse_direct_name(words) if person and "," not in words else parse_name(words)


def _archive(data: Object) -> Holding:
    holder = mapping(data.get("holdingArchive")) or mapping(mapping(data.get("isPartOf")).get("holdingArchive"))
    collection = mapping(data.get("isPartOf"))
    named = text(collection.get("name")) if _types(collection) & {"Collection", "ArchiveComponent"} else ""
    address = mapping(holder.get("address"))
    place = ", ".join(filter(None, (text(address.get("addressLocality")), text(address.get("addressRegion")))))
    place = place or (text(holder.get("address")) if not address else "")
    return parse_holding(text(data.get("itemLocation")), named, text(holder.get("name")), place)


def _site(data: Object) -> str:
    provider = text(data.get("provider")) or text(data.get("sdPublisher"))
    part = mapping(data.get("isPartOf"))
    return provider or (text(part.get("name")) if "WebSite" in _types(part) else "")


def _publication(data: Object, kind: str) -> dict[str, str]:
    if kind_of(kind).archival:
        return {}
    given = {"page": text(data.get("pagination")), "volume": text(data.get("volumeNumber")),
             "issue": text(data.get("issueNumber")), "edition": text(data.get("bookEdition")),
             "number-of-pages": text(data.get("numberOfPages"))}  # fmt: skip
    publisher = mapping(data.get("publisher"))
    given["publisher"] = text(data.get("publisher"))
    address = mapping(publisher.get("address"))
    given["publisher-place"] = text(address.get("addressLocality")) or text(publisher.get("location"))
    part = mapping(data.get("isPartOf"))
    for _ in range(3):
        sort = _types(part)
        if "PublicationIssue" in sort:
            given["issue"] = given["issue"] or text(part.get("issueNumber"))
        elif "PublicationVolume" in sort:
            given["volume"] = given["volume"] or text(part.get("volumeNumber"))
        elif part and "WebSite" not in sort:
            given["container-title"] = text(part.get("name"))
        part = mapping(part.get("isPartOf"))
    if given["page"] == "" and text(data.get("pageStart")):
        given["page"] = "-".join(filter(None, (text(data.get("pageStart")), text(data.get("pageEnd")))))
    return {name: value for name, value in given.items() if value}


def _identifiers(data: Object) -> dict[str, str]:
    given = {"isbn": text(data.get("isbn")), "issn": text(data.get("issn"))}
    for item in mappings(data.get("identifier")):
        system = text(item.get("propertyID")).rpartition("/")[2].lower()
        if system and text(item.get("value")):
            given[system] = text(item.get("value"))
    same = [*texts(data.get("sameAs")), *texts(data.get("identifier")), text(data.get("@id"))]
    doi = next((words for words in same if "doi.org/" in words or words.startswith("10.")), "")
    given["doi"] = (given.get("doi") or doi).rpartition("doi.org/")[2]
    return {name: value for name, value in given.items() if value}


# ---- writing


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield a JSON-LD document with a graph of one node a record."""
    yield '{\n  "@context": "https://schema.org",\n  "@graph": ['
    between = "\n"
    for record in records:
        node = to_node(record)
        if options.lossless or options.loss:
            lost = embedded.difference(record, work_record(node) or Draft(id=_key(node)))
            if options.loss:
                options.loss.record_loss(record, lost, carried=options.lossless)
            node |= {"citetool": lost} if lost and options.lossless else {}
        yield between + json.dumps(node, ensure_ascii=False, indent=2 if options.pretty else None)
        between = ",\n"
    yield "\n  ]\n}\n"


def to_node(record: Record) -> Object:
    """Return the node of a record, with the properties that schema.org has for it."""
    archival = kind_of(record.kind).archival
    sort = _TYPES.get(csl_type(record.kind, record.type), "CreativeWork")
    node: Object = {"@type": ["ArchiveComponent", sort] if archival and record.archive else sort}
    if record.digital.url:
        node["@id"] = record.digital.url
    if record.any_title:
        node["name"] = record.any_title
    for creator in record.creators:
        node.setdefault(_PROPERTIES.get(creator.role, "contributor"), []).append(_agent(creator.name))
    facts = {
        "identifier": record.id, "genre": record.kind if archival else "", "abstract": record.summary,
        "dateCreated" if archival else "datePublished": record.date or record.date_text, "url": record.digital.url,
        "locationCreated": record.place, "inLanguage": list(record.language), "keywords": list(record.subjects),
        "materialExtent": record.extent, "material": record.medium, "license": record.rights,
        "creditText": record.citation, "isbn": record.identifiers.get("isbn", ""),
        "issn": record.identifiers.get("issn", ""),
    }  # fmt: skip
    if doi := record.identifiers.get("doi"):
        facts["sameAs"] = f"https://doi.org/{doi}"
    node |= {name: value for name, value in facts.items() if value}
    _put_homes(node, record)
    _put_publication(node, record.publication)
    return node


def _agent(name: Name) -> Object:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    family = f"{name.non_dropping} {name.family}".strip()
    return {"@type": "Person", "name": name.direct(), "familyName": family, "givenName": name.given}


def _put_homes(node: Object, record: Record) -> None:
    archive = record.archive
    if archive:
        location, collection = levels.reference(archive), levels.collection(archive)
        holder: Object = {"@type": "ArchiveOrganization", "name": levels.repository(archive)}
        if place := levels.place(archive):
            holder["address"] = place
        if holder["name"]:
            node["holdingArchive"] = holder
        if location:
            node["itemLocation"] = location
        if collection:
            node["isPartOf"] = {"@type": "Collection", "name": collection}
    if record.digital.name:
        node["provider"] = {"@type": "Organization", "name": record.digital.name}


def _put_publication(node: Object, publication: dict[str, str]) -> None:
    names = {"page": "pagination", "volume": "volumeNumber", "issue": "issueNumber", "edition": "bookEdition",
             "number-of-pages": "numberOfPages"}  # fmt: skip
    node |= {names[variable]: value for variable, value in publication.items() if variable in names}
    if publisher := publication.get("publisher"):
        node["publisher"] = {"@type": "Organization", "name": publisher}
        if place := publication.get("publisher-place"):
            node["publisher"]["location"] = place
    if container := publication.get("container-title"):
        node.setdefault("isPartOf", {"@type": "Periodical", "name": container})
