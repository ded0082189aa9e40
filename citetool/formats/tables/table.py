"""A table that somebody keeps: a row a source, its columns taken by their headings.

The reader says first which column it takes for what, and which it does not understand; these stay in the record under
their headings. A table that neither says what a source is called nor where it is kept is refused.
"""

from __future__ import annotations

import re
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import date_range, file_name, own_key, unique, written_date
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.lazy_re import lazy
from citetool.names import parse_direct_name
from citetool.problems import InputError, Problem, Where
from citetool.record.levels import LEVELS
from citetool.record.model import File, Metadata, Record
from citetool.record.roles import ROLES
from citetool.struct import replace

from .columns import TELLING, describes_people, describes_sources, fact_of_heading, language_of_headings
from .mapping import Mapping, read_mapping
from .rows import Row, line_of_cells, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

_PEOPLE = frozenset((*ROLES, "sender"))
_WITH_INITIALS = lazy(r"(\S[^,.]*?)\s+((?:[^\W\d_]\.[- ]?)+)$")
_PERSONS = _PEOPLE - {"creator", "contributor", "donor", "owner"}  # who is most often no body
_BODY = lazy(
    r"(?i)[&\d/]|\b(?:archi[vf]|biblio|librar|univers|minist|gesell|soci[eé]|society|associ|assoz|verein|comit|commit|bureau"
    r"|büro|office|direc|direk|depart|instit|partei|part[iy]|partij|gmbh|inc|ltd|s\.a|verlag|press|museum|mus[eé]|amt\b|stadt"
    r"|gemeinde|landes|agen|redak|redac|кол|архив|музей|министер|комитет|общество|отдел)|\b(?:für|for|pour|per|para|voor)\b"
)
_BEFORE = 12  # rows that may stand before the headings
_LONGEST_TITLE = 300  # a description that is longer is an abstract
_SEVERAL = frozenset((*_PEOPLE, "subject", "language"))
# Facts that a record has once: what a second column says of one is kept under its heading.
_ONCE = frozenset((*LEVELS, "title", "supplied_title", "original_title", "url", "site", "kind", "citation"))
_LOCATION = lazy(r"(?i)(?:current )?location|standort|localisation|ubicación|ubicazione|locatie")
# What the sources of a table without a column of kinds are, by a role that has a column.
_KIND_OF_ROLE = {"photographer": "photograph", "cartographer": "map", "interviewer": "interview"}
# What cataloguers write where they know no name.
_NOBODY = frozenset(
    ["unknown", "anonymous", "anon", "unidentified", "not known", "n/a", "none", "unbekannt", "anonym", "inconnu",
     "inconnue", "anonyme", "sconosciuto", "ignoto", "anonimo", "desconocido", "anónimo", "desconhecido", "onbekend",
     "anoniem", "okänd", "ukendt", "ukjent", "nieznany", "anonim", "неизвестен", "неизвестный", "не установлен", "s.n"]
)  # fmt: skip


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield first what the columns are taken for, then a record for each row, in the order of the table.

    Raises InputError where no column says what a source is called.
    """
    problems: list[Problem] = []
    rows = read_rows(stream, options, problems)
    mapping = read_mapping(options.columns) if options.columns else Mapping({}, {})
    line, head = _headings(rows, mapping)
    if missing := mapping.columns.keys() - set(head):
        message = f"the table has no column {', '.join(map(repr, sorted(missing)))}, which the mapping names"
        raise InputError(Problem(message, Where(options.source, line), f"its columns: {', '.join(head)}"))
    facts = _facts(head, mapping)
    left_out = {name for name, fact in mapping.columns.items() if not fact}
    if not mapping.columns and describes_people(head):
        message = "this is a table of people, which describes no sources"
        raise InputError(Problem(message, Where(options.source, line), "if it is not, say its columns with --map"))
    if not (TELLING.intersection(facts) if mapping.columns else describes_sources(head)):
        message = f"no column of this table says what a source is called: {', '.join(head[:6])}"
        hint = "name one Title, Description or Call number, or say with --map which it is"
        raise InputError(Problem(message, Where(options.source, line), hint))
    yield _told(head, facts, Where(options.source, line))
    whole = mapping.whole
    if kind := next((_KIND_OF_ROLE[fact] for fact in facts if fact in _KIND_OF_ROLE and "kind" not in facts), ""):
        whole = {"kind": kind, **whole}
    language = "" if "language" in (*facts, *whole) else language_of_headings(head)
    for line, row in rows:
        kept = [cell if name not in left_out else "" for name, cell in zip(head, row, strict=False)]
        record = _row(head, facts, kept, whole, Where(options.source, line))
        if language and isinstance(record, Record):
            record.language = (language,)
            record.metadata = replace(record.metadata, inferred=("language",))
        yield record
    yield from problems


def _headings(rows: Iterator[Row], mapping: Mapping) -> tuple[int, list[str]]:
    """Return line and cells of the headings: of the first rows the first that tells, for exports say a word before."""
    first: tuple[int, list[str]] | None = None
    for line, cells in islice(rows, _BEFORE):
        head = [cell.strip().removeprefix("\ufeff") for cell in cells]
        first = first or (line, head)
        if mapping.columns.keys() & set(head) or describes_sources(head):
            return line, head
    return first or (1, [])


def _facts(head: list[str], mapping: Mapping) -> list[str]:
    """Return the fact of each column. Beside a column of repositories a location is where these are."""
    facts = [mapping.columns.get(name, fact_of_heading(name)) for name in head]
    if facts.count("repository") == 2 and "repository_place" not in facts:
        places = [name not in mapping.columns and bool(_LOCATION.fullmatch(name.strip())) for name in head]
        facts = ["repository_place" if place else fact for place, fact in zip(places, facts, strict=True)]
    return facts


def _told(head: list[str], facts: list[str], where: Where) -> Problem:
    taken = ", ".join(f"{name} as {fact}" for name, fact in zip(head, facts, strict=True) if fact)
    unknown = ", ".join(name for name, fact in zip(head, facts, strict=True) if name and not fact)
    kept = f"; kept as they are: {unknown}" if unknown else ""
    hint = "say what they are with --map FILE" if unknown else None
    return Problem(f"columns were taken by their headings: {taken}{kept}", where, hint, "info")


def _row(head: list[str], facts: list[str], row: list[str], whole: dict[str, str], where: Where) -> Record | Rejected:
    builder = RecordBuilder()
    tags: list[str] = []
    scans: list[str] = []
    for name, fact, cell in zip(head, facts, row, strict=False):
        text = cell.strip()
        if not text:
            continue
        if fact == "tag":
            tags += [tag.strip() for tag in re.split(r"[;,|]", text)]
        elif fact == "filename" and text.startswith(("http://", "https://")):
            builder.add("url", re.split(r"[\s,;|]+", text)[0])
        elif fact == "filename":
            scans += [PurePath(path.strip().replace("\\", "/")).as_posix() for path in re.split(r"[;|]", text)]
        elif fact and " | " in text and fact not in _SEVERAL:  # of a title in two languages the first is the title
            first, *rest = (part.strip() for part in text.split(" | "))
            builder.add(fact, first)
            builder.other.setdefault(name, []).extend(rest)
        elif fact == "folio":
            builder.add("page", f"fol. {text}" if text[:1].isdigit() else text)
        elif fact and not (fact in _ONCE and builder.first(fact)) and not (fact in _PEOPLE and _is_nobody(text)):
            several = _several(text, people=fact in _PEOPLE) if fact in _SEVERAL else [text]
            builder.add(fact, *(map(_family_first, several) if fact in _PERSONS else several))
        else:
            builder.other.setdefault(name or "unnamed", []).append(text)
    if not builder.first("date"):
        builder.add("date", date_range(*(written_date(builder.first(end))[0] for end in ("date_from", "date_to"))))
    metadata = Metadata(source=file_name(where.source or ""), file=file_name(where.source or ""), reader="table")
    for fact, text in whole.items():
        if not builder.first(fact):
            builder.add(fact, text)
    record = table_record(builder, metadata)
    if record is None:
        return Rejected(Problem("a row that does not say what the source is called", where), line_of_cells(row))
    record.tags = unique(tags)
    record.files = tuple(File(path, "scan") for path in unique(scans))
    return record


def _is_nobody(text: str) -> bool:
    return text.casefold().strip(" []().?") in _NOBODY


def _several(text: str, *, people: bool) -> list[str]:
    """Return the values of a cell; people also where commas stand between names with initials (`Lang A., Weg B.`)."""
    parts = re.split(r"\s*[;|]\s*", text)
    if not people:
        return parts
    if len(parts) == 1 and "," in text and all(map(_WITH_INITIALS.match, re.split(r",\s*", text))):
        return [" ".join(_WITH_INITIALS.sub(r"\1, \2", name).split()) for name in re.split(r",\s*", text)]
    return [re.sub(r",(?=\S)", ", ", re.sub(r"(?i),\s*null$", "", part)) for part in parts]


def _family_first(words: str) -> str:
    """Return the name of a person as a catalogue has it (`Miller, Anna`), that of a body as it is."""
    few = 2 <= len(words.split()) <= 4 and "," not in words
    return str(parse_direct_name(words)) if few and words[:1].isupper() and not _BODY.search(words) else words


def table_record(builder: RecordBuilder, metadata: Metadata) -> Record | None:
    """Return the record of a row; None where nothing tells what it is.

    Without a title the description is one that the owner of the table supplied, or the call number is the name.
    """
    if not builder.first("title", "supplied_title"):
        described = builder.first("summary")
        builder.add(
            "supplied_title", described if 0 < len(described) <= _LONGEST_TITLE else builder.first("call_number")
        )
        if builder.facts.get("summary", [""])[0] == builder.first("supplied_title"):
            builder.facts.pop("summary", None)
    identifier = builder.first("identifier")
    if builder.first("container-title") and builder.first("kind").casefold() in ("", "article"):
        builder.facts["kind"] = ["journal article"]
    elif builder.first("isbn") and not builder.first("kind"):
        builder.add("kind", "book")
    record = builder.record(metadata, "" if " " in identifier else identifier)
    return replace(record, id=own_key(record.id)) if record else None
