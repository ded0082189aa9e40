"""Hayagriva's YAML, the bibliography of Typst (docs/file-format.md of hayagriva 0.9): entries by key, parents within.

An entry has a type, and the thing that it is part of as `parent`. Hayagriva's `archive` is the institution and its
`archive-location` reaches CSL as the place on the shelf, so division and repository are written to the one and all
below to the other. What its fields cannot hold goes into `note`, in the form that `carried` takes back.

Left out: several parents (the first counts), and `affiliated` people in roles that a record has no name for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citetool.formats.base import Rejected
from citetool.formats.shared import embedded
from citetool.formats.shared.archive_text import parse_holding
from citetool.formats.shared.headings import written_date
from citetool.formats.shared.json_fields import Object, mapping, text
from citetool.formats.shared.languages import language_tags
from citetool.names import Name, parse_name
from citetool.problems import InputError, Problem, Where
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Creator, Digital, Draft, Record
from citetool.record.roles import ROLES
from citetool.record.yamltext import dump_yaml, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, WriteOptions

# Entry type to kind; and CSL type to entry type with the type of its parent.
_KINDS = {
    "article": "article", "chapter": "chapter", "entry": "entry", "anthos": "chapter", "report": "published report",
    "thesis": "thesis", "web": "webpage", "scene": "film", "artwork": "graphic", "patent": "patent",
    "case": "legal case",
    "newspaper": "newspaper", "legislation": "legislation", "manuscript": "manuscript", "original": "manuscript",
    "post": "post", "misc": "document", "performance": "performance", "periodical": "newspaper", "proceedings": "book",
    "book": "book", "blog": "blog post", "reference": "book", "conference": "event", "anthology": "book",
    "repository": "software", "thread": "post", "video": "video", "audio": "sound recording", "exhibition": "event",
}  # fmt: skip
_ARTICLES = {"periodical": "journal article", "newspaper": "newspaper article", "blog": "blog post", "web": "webpage",
             "proceedings": "conference paper", "conference": "conference paper", "thread": "post"}  # fmt: skip
_TYPES: dict[str, tuple[str, str]] = {
    "manuscript": ("manuscript", ""), "personal_communication": ("manuscript", ""), "graphic": ("artwork", ""),
    "map": ("artwork", ""), "collection": ("anthology", ""), "book": ("book", ""), "chapter": ("chapter", "book"),
    "article-journal": ("article", "periodical"), "article-magazine": ("article", "periodical"),
    "article-newspaper": ("article", "newspaper"), "article": ("article", ""), "thesis": ("thesis", ""),
    "report": ("report", ""), "webpage": ("web", "web"), "post-weblog": ("article", "blog"), "post": ("post", "thread"),
    "paper-conference": ("article", "proceedings"), "motion_picture": ("video", ""), "song": ("audio", ""),
    "software": ("repository", ""), "patent": ("patent", ""), "legal_case": ("case", ""),
    "legislation": ("legislation", ""),
    "performance": ("performance", ""), "event": ("conference", ""), "entry-encyclopedia": ("entry", "reference"),
    "entry-dictionary": ("entry", "reference"),
}  # fmt: skip
_ROLES = {"collaborator": "contributor", "executive-producer": "executive-producer", "writer": "script-writer",
          "cast-member": "performer", "holder": "contributor", "founder": "contributor"}  # fmt: skip
_VARIABLES = {"page-range": "page", "volume": "volume", "issue": "issue", "edition": "edition",
              "page-total": "number-of-pages",
              "volume-total": "number-of-volumes", "chapter": "chapter-number"}  # fmt: skip
_LIMIT = 64 << 20


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each entry, in the order of the file. Raises InputError where it is not such YAML."""
    data = stream.read(_LIMIT + 1)
    where = Where(options.source)
    if len(data) > _LIMIT:
        raise InputError(Problem(f"the file is larger than {_LIMIT >> 20} MB", where))
    try:
        words = data.decode(options.encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError):
        raise InputError(Problem("the file is not UTF-8 text", where, "say its encoding with --encoding")) from None
    plain = parse_yaml(words, options.source)
    if not isinstance(plain, dict):
        raise InputError(Problem("this is not a bibliography: entries by key are wanted", where))
    at_margin = re.compile(r"""(["']?)([^\s#"'-].*?)\1\s*:(?:\s|$)""")
    matches = ((number, at_margin.match(line)) for number, line in enumerate(words.splitlines(), 1))
    lines = {match.group(2): number for number, match in matches if match}
    for key, entry in plain.items():
        place = Where(options.source, lines.get(key))
        if not isinstance(entry, dict):
            yield Rejected(Problem(f"{key!r} is no entry", place, "write its type and title below it"), str(entry))
            continue
        record = _record(str(key), entry)
        note = entry.get("note")
        fields, rest = embedded.from_text(note if isinstance(note, str) else text(note))
        record.notes = _notes(rest)
        yield from (Problem(f, place, severity="warning") for f in embedded.restore(record, fields or {}))
        yield record


def _notes(words: str) -> tuple[str, ...]:
    return tuple(note.strip() for note in re.split(r"\n\s*\n", words) if note.strip())


def _record(key: str, entry: Object) -> Record:
    parent = mapping(entry.get("parent"))
    kind = _kind(entry, parent)
    archival = kind_of(kind).archival
    date, date_text = written_date(text(entry.get("date")) or text(parent.get("date")))
    address = entry.get("url") or parent.get("url")
    given = mapping(address)
    repository, location = text(entry.get("archive")), text(entry.get("archive-location"))
    return Draft(
        id=key,
        kind=kind,
        title=_words(entry.get("title")),
        short_title=text(mapping(entry.get("title")).get("short")),
        creators=tuple(_creators(entry, parent)),
        date=date,
        date_text=date_text,
        place=text(entry.get("location")) if archival else "",
        language=language_tags(text(entry.get("language"))),
        archive=parse_holding(location, "", repository),
        digital=Digital(url=text(given.get("value") or address), accessed=text(given.get("date"))),
        publication=_publication(entry, parent, archival),
        summary=text(entry.get("abstract")),
        extent=text(entry.get("runtime")),
        identifiers=_numbers(entry, parent),
    )


def _words(value: Any) -> str:
    return text(mapping(value).get("value") or value)


def _kind(entry: Object, parent: Object) -> str:
    genre, sort = text(entry.get("genre")), text(entry.get("type")).lower()
    if genre:
        return genre
    if sort in ("article", "entry", "post"):
        found = _ARTICLES.get(text(parent.get("type")).lower())
        return found or _KINDS[sort]
    return _KINDS.get(sort, "document")


def _creators(entry: Object, parent: Object) -> Iterator[Creator]:
    for value, role in ((entry.get("author"), "author"), (entry.get("editor"), "editor")):
        yield from (Creator(name, role) for name in _people(value))
    for group in entry["affiliated"] if isinstance(entry.get("affiliated"), list) else []:
        role = text(mapping(group).get("role")).lower()
        role = role if role in ROLES else _ROLES.get(role, "contributor")
        yield from (Creator(name, role) for name in _people(mapping(group).get("names")))
    yield from (Creator(name, "container-author") for name in _people(parent.get("author")))
    if not entry.get("editor"):
        yield from (Creator(name, "editor") for name in _people(parent.get("editor")))


def _people(value: Any) -> Iterator[Name]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            prefix, suffix = text(item.get("prefix")), text(item.get("suffix"))
            family, given = text(item.get("name")), text(item.get("given-name"))
            if family and given:
                yield Name(family, given, "", prefix, suffix)
            elif family:
                yield Name(literal=family)
        elif text(item):
            yield parse_name(text(item))


def _publication(entry: Object, parent: Object, archival: bool) -> dict[str, str]:
    given = {variable: text(entry.get(name)) or text(parent.get(name)) for name, variable in _VARIABLES.items()}
    publisher = entry.get("publisher") or parent.get("publisher") or entry.get("organization")
    given["publisher"] = text(mapping(publisher).get("name") or publisher)
    given["publisher-place"] = text(mapping(publisher).get("location"))
    given["container-title"] = _words(parent.get("title"))
    given["call-number"] = text(entry.get("call-number"))
    given["collection-title"] = _words(mapping(parent.get("parent")).get("title"))
    if not archival and not given["publisher-place"]:
        given["publisher-place"] = text(entry.get("location"))
    return {name: value for name, value in given.items() if value}


def _numbers(entry: Object, parent: Object) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in (entry.get("serial-number"), parent.get("serial-number")):
        if isinstance(value, dict):
            found |= {str(name): text(item) for name, item in value.items() if text(item) and str(name) not in found}
        elif text(value):
            found.setdefault("serial", text(value))
    for name in ("doi", "isbn", "issn"):
        if text(entry.get(name)):
            found[name] = text(entry.get(name))
    return found


# ---- writing


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield an entry a record, in YAML."""
    for record in records:
        entry = to_entry(record)
        note = "\n\n".join(record.notes)
        if options.lossless or options.loss:
            native = _record(record.id, entry)
            native.notes = _notes(note)
            lost = embedded.difference(record, native)
            if options.loss:
                options.loss.record_loss(record, lost, carried=options.lossless)
            note = f"{note} {embedded.to_text(lost)}".strip() if lost and options.lossless else note
        if note:
            entry["note"] = note
        yield dump_yaml({record.id: entry}) + "\n"


def to_entry(record: Record) -> Object:
    """Return the entry of a record, without its note."""
    sort, above = _TYPES.get(csl_type(record.kind, record.type), ("misc", ""))
    archival = kind_of(record.kind).archival
    entry: Object = {"type": sort}
    if record.any_title:
        entry["title"] = record.any_title
    for role in ("author", "editor"):
        names = record.by_role(*(("author", "sender", "photographer", "creator") if role == "author" else ("editor",)))
        if names:
            entry[role] = [_person(name) for name in names]
    facts = {
        "date": record.date if re.fullmatch(r"\d{4}(-\d\d){0,2}~?", record.date) else "",
        "genre": record.kind if archival else "", "language": record.language[0] if record.language else "",
        "location": record.place, "abstract": record.summary, "archive": levels.repository(record.archive),
        "archive-location": _location(record), "call-number": record.publication.get("call-number", ""),
    }  # fmt: skip
    entry |= {name: value for name, value in facts.items() if value}
    if record.digital.url:
        accessed = record.digital.accessed
        entry["url"] = {"value": record.digital.url, "date": accessed} if accessed else record.digital.url
    numbers = {n: v for n, v in record.identifiers.items() if n in ("doi", "isbn", "issn", "pmid", "pmcid", "arxiv")}
    if numbers:
        entry["serial-number"] = numbers
    _put_publication(entry, record.publication, above)
    return entry


def _location(record: Record) -> str:
    parts = (levels.reference(record.archive), levels.collection(record.archive))
    return ", ".join(part for part in parts if part)


def _person(name: Name) -> Any:
    if name.literal:  # typst splits a string into family and given name, at its commas and small letters
        return {"name": name.literal}
    if not (name.non_dropping or name.dropping or name.suffix):
        return str(name)
    parts = {"name": name.family, "given-name": f"{name.given} {name.dropping}".strip(), "prefix": name.non_dropping,
             "suffix": name.suffix}  # fmt: skip
    return {part: value for part, value in parts.items() if value}


def _put_publication(entry: Object, publication: dict[str, str], above: str) -> None:
    home: Object = entry
    if publication.get("container-title"):
        home = entry["parent"] = {"type": above or "periodical", "title": publication["container-title"]}
    own = {"page", "chapter-number"}
    for name, variable in _VARIABLES.items():
        if publication.get(variable):
            (entry if variable in own else home)[name] = publication[variable]
    if publisher := publication.get("publisher"):
        place = publication.get("publisher-place")
        entry["publisher"] = {"name": publisher, "location": place} if place else publisher
