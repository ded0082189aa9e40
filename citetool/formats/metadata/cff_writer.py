"""CITATION.cff written: one file, of the software or the dataset among the records, with the others as its references.

Where none is software or a dataset, the first record is what is to be cited (`preferred-citation`), under its own
title, as repositories of papers have it. The fields are those of version 1.2.0 of the format, each as its schema wants
it; what has no field goes into `notes`, which the head of the file has not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetool.formats.shared import embedded
from citetool.formats.shared.untitled import description
from citetool.record import levels
from citetool.record.kinds import csl_type
from citetool.record.roles import csl_variable
from citetool.record.yamltext import dump_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from citetool.formats.base import WriteOptions
    from citetool.names import Name
    from citetool.record.model import Record

    Read = Callable[[dict[str, Any], str], Record | None]

ANONYMOUS = "Anonymous"
"""The author of what has none: the format wants one."""
_MESSAGE = "If you use this, please cite it as below."
_TYPES = {
    "software": "software", "dataset": "data", "article-journal": "article", "article": "article",
    "article-magazine": "magazine-article", "article-newspaper": "newspaper-article", "book": "book",
    "chapter": "book", "paper-conference": "conference-paper", "thesis": "thesis", "report": "report",
    "webpage": "website", "post-weblog": "blog", "map": "map", "patent": "patent", "standard": "standard",
    "graphic": "art", "motion_picture": "film-broadcast", "song": "sound-recording", "legislation": "statute",
    "bill": "bill", "hearing": "hearing", "legal_case": "legal-case", "musical_score": "music",
    "manuscript": "unpublished", "personal_communication": "personal-communication", "pamphlet": "pamphlet",
    "entry-encyclopedia": "encyclopedia", "entry-dictionary": "dictionary", "periodical": "serial",
}  # fmt: skip
_OF_JOURNALS = ("article-journal", "article-magazine", "article-newspaper", "article")
_VARIABLES = ("volume", "issue", "edition", "number", "version", "section")
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_LICENCE = re.compile(r"MIT|ISC|Unlicense|Zlib|0BSD|[A-Z][A-Za-z0-9.]*(?:-[A-Za-z0-9.]+)*-\d+(?:\.\d+)*(?:-[A-Za-z]+)*")
_SHAPES = {
    "doi": re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+"),
    "isbn": re.compile(r"[0-9\- ]{10,17}X?"),
    "issn": re.compile(r"\d{4}-\d{3}[\dxX]"),
}
_ADDRESS = re.compile(r"(?:https?|s?ftp)://.+")


def pieces(records: Iterable[Record], options: WriteOptions, read: Read) -> Iterator[str]:
    """Yield the file; `read` makes a record of an item as a reader would, to tell what it does not hold."""
    given = list(records)
    head = next((record for record in given if csl_type(record.kind, record.type) in ("software", "dataset")), None)
    data: dict[str, Any] = {"cff-version": "1.2.0", "message": _MESSAGE}
    if head is not None:
        data |= _head(head)
        _measure(head, read(data, "software"), options, carried=False)
    elif given:
        data |= {name: value for name, value in _entry(given[0]).items() if name in ("title", "authors")}
        data["preferred-citation"] = _with_notes(given[0], options, read)
    rest = [record for record in given[head is None :] if record is not head]
    if rest:
        data["references"] = _unique(_with_notes(record, options, read) for record in rest)
    yield dump_yaml(data)


def _unique(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items, each once, as the schema wants it of every list."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for item in items:
        if (said := repr(item)) not in seen:
            found.append(item)
            seen.add(said)
    return found


def _head(record: Record) -> dict[str, Any]:
    """Return the fields of the software or the dataset itself, of which there are fewer than of a reference."""
    entry = _entry(record)
    fields = ("title", "authors", "version", "doi", "url", "keywords", "license", "abstract")
    head = {name: entry[name] for name in fields if name in entry}
    if entry["type"] == "data":
        head["type"] = "dataset"
    if "date-published" in entry:
        head["date-released"] = entry["date-published"]
    return head


def _with_notes(record: Record, options: WriteOptions, read: Read) -> dict[str, Any]:
    entry = _entry(record)
    notes = "\n\n".join(record.notes)
    if notes:
        entry["notes"] = notes
    lost = _measure(record, read(entry, "generic"), options, carried=options.lossless)
    if lost and options.lossless:
        entry["notes"] = f"{notes} {embedded.to_text(lost)}".strip()
    return entry


def _measure(record: Record, native: Record | None, options: WriteOptions, *, carried: bool) -> Any:
    if native is None or not (options.lossless or options.loss):
        return {}
    lost = embedded.difference(record, native)
    if options.loss:
        options.loss.record_loss(record, lost, carried=carried)
    return lost


def _entry(record: Record) -> dict[str, Any]:
    """Return the fields of a reference, without its notes."""
    type = csl_type(record.kind, record.type)
    by_part: dict[str, list[Any]] = {}
    for creator in record.creators:
        by_part.setdefault(csl_variable(creator.role), []).append(_person(creator.name))
    people = {part: _unique(some) for part, some in by_part.items()}
    title = record.any_title or description(record.creators, record.kind) or "Untitled"
    facts: dict[str, Any] = {
        "type": _TYPES.get(type, "generic"), "title": title, "authors": people.get("author") or [{"name": ANONYMOUS}],
        "editors": people.get("editor"), "translators": people.get("translator"),
        "recipients": people.get("recipient"),
    }  # fmt: skip
    facts |= _date(record.date)
    facts |= {system: record.identifiers[system] for system in _SHAPES if _fits(record, system)}
    publication = record.publication
    facts |= {name: publication.get(name) for name in _VARIABLES}
    facts["journal" if type in _OF_JOURNALS else "collection-title"] = publication.get("container-title")
    facts |= _pages(publication.get("page", ""))
    facts["publisher"] = _entity(publication.get("publisher"), publication.get("publisher-place"))
    facts["conference"] = _entity(publication.get("event-title"))
    facts |= _kept(record)
    facts |= {
        "url": record.digital.url if _ADDRESS.fullmatch(record.digital.url) else "",
        "date-accessed": record.digital.accessed if _DAY.fullmatch(record.digital.accessed) else "",
        "languages": [tag for tag in record.language if re.fullmatch("[a-z]{2,3}", tag)],
        "keywords": list(dict.fromkeys(record.subjects)),
        "license": record.rights if _LICENCE.fullmatch(record.rights) else "",
        "abstract": record.summary,
    }  # fmt: skip
    return {name: value for name, value in facts.items() if value}


def _fits(record: Record, system: str) -> bool:
    return bool(_SHAPES[system].fullmatch(record.identifiers.get(system, "")))


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"name": name.literal}
    parts = {
        "family-names": name.family, "given-names": name.given,
        "name-particle": " ".join(filter(None, (name.dropping, name.non_dropping))), "name-suffix": name.suffix,
    }  # fmt: skip
    return {part: value for part, value in parts.items() if value}


def _date(date: str) -> dict[str, Any]:
    if _DAY.fullmatch(date):
        return {"date-published": date}
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", date)
    if not match:
        return {}
    return {"year": match[1]} | ({"month": match[2].lstrip("0")} if match[2] else {})


def _pages(pages: str) -> dict[str, str]:
    first, _, last = pages.replace("–", "-").partition("-")
    return {"start": first, "end": last} if first and last else {"start": pages} if pages else {}


def _entity(name: str | None, city: str | None = None) -> dict[str, str] | None:
    return ({"name": name} | ({"city": city} if city else {})) if name else None


def _kept(record: Record) -> dict[str, Any]:
    """Return the archive as the institution, and what is below it as the location."""
    holding = record.archive
    below = ", ".join(filter(None, (levels.reference(holding), levels.collection(holding))))
    institution = _entity(levels.repository(holding), levels.place(holding))
    return {"institution": institution, "location": _entity(below)}
