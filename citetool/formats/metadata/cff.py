"""CITATION.cff (Citation File Format 1.2): the software or data that a repository asks to be cited.

Where the file names a preferred citation, that comes after the software itself, and its `references`, what the software
builds on, come last. A head that says no more than its preferred citation is not read twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetool.formats.base import Rejected
from citetool.formats.shared import embedded
from citetool.formats.shared.archive_text import parse_holding
from citetool.formats.shared.headings import file_name, key_of, unique, written_date
from citetool.formats.shared.json_fields import mapping, mappings, text, texts
from citetool.formats.shared.text_stream import whole_text
from citetool.names import Name
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Creator, Digital, Draft, Holding, Metadata, Record
from citetool.record.yamltext import parse_yaml
from citetool.text import whole_number

from .cff_writer import ANONYMOUS, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, WriteOptions

# `type` of a reference, as our kinds; others are read as documents.
_KINDS = {
    "software": "software", "software-code": "software", "software-executable": "software",
    "software-container": "software", "dataset": "dataset", "data": "dataset", "database": "dataset",
    "article": "journal article", "book": "book",
    "conference-paper": "conference paper", "conference": "conference paper",
    "proceedings": "book", "thesis": "thesis", "report": "published report", "generic": "document",
    "magazine-article": "magazine article", "newspaper-article": "newspaper article", "manual": "book",
    "blog": "blog post", "website": "webpage", "map": "map", "patent": "patent", "standard": "standard",
    "art": "graphic", "audiovisual": "video", "video": "video", "film-broadcast": "film", "historical-work": "document",
    "pamphlet": "pamphlet", "encyclopedia": "book", "dictionary": "book", "edited-work": "book",
    "unpublished": "manuscript",
    "personal-communication": "personal communication", "slides": "speech", "sound-recording": "sound recording",
    "statute": "legislation", "bill": "bill", "hearing": "hearing", "legal-case": "legal case", "music": "score",
    "multimedia": "video", "government-document": "published report", "catalogue": "book", "serial": "newspaper",
}  # fmt: skip
_GROUPS = {"authors": "author", "editors": "editor", "translators": "translator", "recipients": "recipient"}
_VARIABLES = {
    "journal": "container-title", "collection-title": "container-title", "volume": "volume", "issue": "issue",
    "edition": "edition", "number": "number", "version": "version", "section": "section",
}  # fmt: skip


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield the software, its preferred citation, its references; raises InputError where this is no such file."""
    problems: list[Problem] = []
    data = parse_yaml(whole_text(stream, options, problems), options.source)
    yield from problems
    if not isinstance(data, dict) or "cff-version" not in data:
        raise InputError(Problem("this is no CITATION.cff: it has no cff-version", Where(options.source)))
    preferred = mapping(data.get("preferred-citation"))
    if not _says_no_more(data, preferred):
        yield _read_item(data, "software", options, None)
    if preferred:
        yield _read_item(preferred, "generic", options, "preferred-citation")
    references = mappings(data.get("references"))
    for item in references:
        yield _read_item(item, "generic", options, "references")
    if references:
        message = f"the last {len(references)} are its references: what it builds on, not what it asks to be cited"
        yield Problem(message, Where(options.source), severity="info")


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield one file: the software or the dataset among the records, the others as its references."""
    yield from pieces(records, options, _record)


def _says_no_more(data: dict[str, Any], preferred: dict[str, Any]) -> bool:
    """Return whether the head only repeats title and authors of what is to be cited."""
    said = data.keys() - {"cff-version", "message", "preferred-citation", "references"}
    return said == {"title", "authors"} and all(data[name] == preferred.get(name) for name in said)


def _read_item(item: dict[str, Any], otherwise: str, options: ReadOptions, field: str | None) -> Record | Rejected:
    record = _record(item, otherwise)
    if record is None:
        return Rejected(Problem("there is no title in it", Where(options.source, field=field)), str(item)[:2000])
    fields, rest = embedded.from_text(text(item.get("notes")))
    record.notes = _notes(rest)
    if fields:  # of a file of ours, which has the rest
        embedded.restore(record, fields)
    else:
        record.metadata = Metadata(file=file_name(options.source), reader="cff")
    return record


def _notes(words: str) -> tuple[str, ...]:
    return tuple(note.strip() for note in re.split(r"\n\s*\n", words) if note.strip())


def _record(data: dict[str, Any], otherwise: str) -> Record | None:
    title = text(data.get("title"))
    if not title:
        return None
    date, words = _date(data)
    numbers = {text(i.get("type")): text(i.get("value")) for i in reversed(mappings(data.get("identifiers")))}
    systems = {"doi": text(data.get("doi")) or numbers.get("doi", ""), "isbn": text(data.get("isbn"))}
    systems |= {"issn": text(data.get("issn")), "swhid": numbers.get("swh", "")}
    url = next((text(data.get(n)) for n in ("url", "repository-code", "repository") if data.get(n)), "")
    return Draft(
        id=key_of(systems["doi"]),
        kind=_KINDS.get(text(data.get("type")) or otherwise, "document"),
        title=title,
        creators=tuple(
            Creator(name, role)
            for group, role in _GROUPS.items()
            for person in mappings(data.get(group))
            if person != {"name": ANONYMOUS} and (name := _name(person))
        ),
        date=date,
        date_text=words,
        archive=_archive(data),
        digital=Digital(url=url or numbers.get("url", ""), accessed=text(data.get("date-accessed"))),
        language=tuple(texts(data.get("languages"))),
        publication=_publication(data),
        summary=text(data.get("abstract")),
        subjects=unique(texts(data.get("keywords"))),
        rights="; ".join(texts(data.get("license"))),
        identifiers={system: value for system, value in systems.items() if value},
    )


def _archive(data: dict[str, Any]) -> Holding:
    """Return where a work lies, if its location is said: otherwise the institution is the one that made it."""
    location, institution = mapping(data.get("location")), mapping(data.get("institution"))
    if not location:
        return Holding()
    return parse_holding(text(location.get("name")), "", text(institution.get("name")), text(institution.get("city")))


def _name(person: dict[str, Any]) -> Name | None:
    """Return a person or an entity; one who is known by an alias only has that."""
    family = text(person.get("family-names"))
    given, particle, suffix = (text(person.get(n)) for n in ("given-names", "name-particle", "name-suffix"))
    if family:
        return Name(family, given, dropping="" if not given else particle, suffix=suffix)
    whole = text(person.get("name")) or given or text(person.get("alias"))
    return Name(literal=whole) if whole else None


def _date(data: dict[str, Any]) -> tuple[str, str]:
    whole = text(data.get("date-released")) or text(data.get("date-published"))
    year, month = text(data.get("year")), whole_number(text(data.get("month")))
    return written_date(whole or (f"{year}-{month:02}" if year and month is not None else year))


def _publication(data: dict[str, Any]) -> dict[str, str]:
    given = {name: text(data.get(key)) for key, name in reversed(_VARIABLES.items()) if data.get(key)}
    first, last = text(data.get("start")), text(data.get("end"))
    given["page"] = f"{first}-{last}" if first and last else first or text(data.get("pages"))
    publisher = mapping(data.get("publisher")) or ({} if data.get("location") else mapping(data.get("institution")))
    given["publisher"] = text(publisher.get("name"))
    given["publisher-place"] = text(publisher.get("city"))
    given["event-title"] = text(mapping(data.get("conference")).get("name"))
    return {name: value for name, value in given.items() if value}
