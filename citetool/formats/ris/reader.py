"""Entries of RIS as records, whatever program wrote them; the way is over CSL-JSON (`csl/from_csl.py`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.formats.base import ReadOptions, Rejected
from citetool.formats.csl.from_csl import native_record
from citetool.formats.shared import embedded
from citetool.formats.shared.archive_text import is_kept, parse_level
from citetool.lazy_re import lazy
from citetool.names import Name, is_body, parse_name
from citetool.problems import InputError, Problem, Where
from citetool.record.keys import Keys, give_key
from citetool.record.kinds import KINDS, kind_for, kind_of
from citetool.record.model import Creator
from citetool.record.roles import CSL_ROLE

from .dates import odd_year, ris_date
from .entries import Entry, Tags, read_entries
from .types import BOOKS, CSL_OF, PERIODICALS, TYPE_OF, UNPUBLISHED, WHOLES, WITH_MEDIUM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.csl.variables import Item
    from citetool.record.model import Record

# Tags whose value is one variable, whatever the type.
_PLAIN_TAGS: dict[str, str] = {
    "ST": "title-short", "VL": "volume", "VO": "volume", "IS": "issue", "CP": "issue", "ET": "edition",
    "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "SE": "section", "NV": "number-of-volumes",
    "AB": "abstract", "N2": "abstract", "CN": "call-number", "LA": "language", "AV": "archive_location", "ID": "id",
    "M1": "number", "J1": "container-title-short", "J2": "container-title-short", "SV": "collection-number",
}  # fmt: skip
_TITLES = ("TI", "T1", "CT")
_CONTAINERS = ("T2", "JF", "BT", "JO", "JA")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield records of a RIS file of any program, or of Web of Science data."""
    problems: list[Problem] = []
    keys = Keys()
    found, ended, line = False, True, 0
    for entry in read_entries(stream, options, problems):
        if not ended:
            yield Problem(
                "the entry does not end with ER", Where(options.source, line), "a line `ER  -` ends it", "warning"
            )
        found, ended, line = True, entry.ended, entry.line
        if problems:
            yield from problems
            problems.clear()
        record, warnings = _record(entry)
        if record is None:
            problem = Problem("empty entry: only TY is present", Where(options.source, entry.line))
            yield Rejected(problem, entry.raw)
            continue
        for message in warnings:
            yield Problem(message, Where(options.source, entry.line), severity="warning")
        if record.id in keys.taken or not record.id:
            yield from give_key(record, keys, Where(options.source, entry.line))
        else:
            keys.taken.add(record.id)
        yield record
    yield from problems
    if not ended:
        hint = "it may be cut off; a line `ER  -` ends an entry"
        yield Problem("the file ends within this entry", Where(options.source, line), hint)
    if not found:
        raise InputError(Problem("there is no RIS entry in it", Where(options.source), "an entry begins `TY  - `"))


def _record(entry: Entry) -> tuple[Record | None, list[str]]:
    """Return the record of an entry, None where it has nothing but a type; and what is odd in it."""
    tags, ours = _without_ours(entry.tags) if entry.mentions(embedded.MARK) else (entry.tags, {})
    if len(tags) == 1 and not ours:
        return None, []
    warnings: list[str] = []
    record = decode_fields(tags, warnings)
    if ours:
        warnings += embedded.restore(record, ours)
    return record, warnings


def _without_ours(tags: Tags) -> tuple[Tags, dict[str, Any]]:
    """Return the tags without the notes that citetool wrote, and the fields that these carry."""
    for i, (tag, value) in enumerate(tags):
        if tag == "N1" and value.startswith(embedded.MARK):
            ours, before = embedded.from_text(value)
            if ours is not None and not before:
                start = i - 1 if tags[i - 1][0] == "N1" else i
                return tags[:start] + tags[i + 1 :], ours
    return tags, {}


class _Fields(NamedTuple):
    """The contents of an entry's tags: variables, names by their variable, words, notes, and the tags without a use."""

    item: Item
    names: list[tuple[str, str]]
    keywords: tuple[str, ...]
    notes: tuple[str, ...]
    rest: dict[str, list[str]]


def decode_fields(tags: Tags, warnings: list[str]) -> Record:
    """Return the record that the tags make, without what is carried in the note."""
    return _as_record(_split_tags(tags, warnings), warnings)


def _split_tags(tags: Tags, warnings: list[str]) -> _Fields:
    item: Item = {}
    rest: dict[str, list[str]] = {}
    kind = tags[0][1].upper() if tags else ""
    for tag, value in tags:
        if value:
            name = _PLAIN_TAGS.get(tag)
            if name and name not in item:
                item[name] = value
            elif tag in rest:
                rest[tag].append(value)
            else:
                rest[tag] = [value]
    rest.pop("TY", None)
    item["type"] = CSL_OF.get(kind, "document")
    if kind not in CSL_OF:
        warnings.append(f"{kind!r} is not a RIS type")
    _read_titles(kind, item, rest)
    _read_kind(kind, item, rest)
    names = _read_names(kind, item, rest)
    _read_dates(item, rest)
    _read_numbers(kind, item, rest)
    _read_homes(kind, item, rest)
    keywords = rest.pop("KW", ())
    notes = rest.pop("N1", ())
    lines: list[str] = []
    for line in rest.pop("M2", ()):
        name, colon, value = line.partition(": ")
        if colon and name in ("archive_collection", "archive-place") and name not in item:
            item[name] = value
        else:
            lines.append(line)
    if lines:
        item["note"] = "\n".join(lines)
    words = tuple(filter(None, [word.strip() for value in keywords for word in value.split("\n")])) if keywords else ()
    return _Fields(item, names, words, tuple(notes), rest)


def _as_record(parts: _Fields, warnings: list[str]) -> Record:
    item, names, keywords, notes, rest = parts
    record = native_record(item, warnings)
    people = [(_name(text), CSL_ROLE[variable]) for variable, text in names]
    named = [Creator(name, role) for name, role in people if name.family or name.literal]
    record.creators = (*named, *record.creators)  # whom a note names comes behind those with tags of their own
    if keywords:
        record.tags = keywords
    if notes:
        record.notes = (*record.notes, *notes)
    if rest:
        record.extra["ris"] = {tag: values[0] if len(values) == 1 else [*values] for tag, values in rest.items()}
    return record


def _take(rest: dict[str, list[str]], *tags: str) -> str:
    """Return the first value of the first of these tags that has one, which is thereby used up."""
    for tag in tags:
        if tag in rest:
            values = rest[tag]
            value = values.pop(0)
            if not values:
                del rest[tag]
            return value
    return ""


def _read_titles(kind: str, item: Item, rest: dict[str, list[str]]) -> None:
    title = _take(rest, "TI") if "TI" in rest else _take(rest, *_TITLES)
    if not title and kind in BOOKS:
        title = _take(rest, "BT")
    if title:
        item["title"] = " ".join(title.split()) if "  " in title else title
    series = _take(rest, "T3", "T2") if kind in BOOKS else _take(rest, "T3") if "T3" in rest else ""
    if kind not in BOOKS and kind not in UNPUBLISHED:
        container = _take(rest, *_CONTAINERS)
        if container:
            item["container-title"] = container
            _read_short_titles(container, item, rest)
    if series:
        item["collection-title"] = series


def _read_short_titles(container: str, item: Item, rest: dict[str, list[str]]) -> None:
    """Read the other tags for the title of a periodical: the same again, or its abbreviation."""
    left: dict[str, list[str]] = {}
    for tag in ("JF", "T2", "JO", "JA"):
        for value in rest.pop(tag, []):
            if value != container and "container-title-short" not in item:
                item["container-title-short"] = value
            elif value not in (container, item.get("container-title-short")):
                left.setdefault(tag, []).append(value)
    rest |= left


# What Zotero puts into tags that RIS leaves to each program.
_CUSTOM = {
    "MAP": {"C1": "scale"},
    "ART": {"C3": "dimensions"},
    "SOUND": {"C5": "medium"},
    "MPCT": {"C5": "medium", "C4": "genre"},
}


def _read_kind(kind: str, item: Item, rest: dict[str, list[str]]) -> None:
    for tag, variable in _CUSTOM.get(kind, {}).items():
        if tag in rest:
            item[variable] = _take(rest, tag)
    if kind == "ICOMM" and "container-title" not in item:  # a post stands in a forum
        item["type"], item["genre"] = "personal_communication", "email"
    word = rest["M3"][0] if "M3" in rest else ""
    if not word:
        return
    if "10." in word and re.match(r"(?i)(?:doi:\s*)?10\.\d{4,}/", word):
        item.setdefault("DOI", _doi(_take(rest, "M3")))
    elif kind in WITH_MEDIUM and word.casefold() not in KINDS:
        item.setdefault("medium", _take(rest, "M3"))
    elif kind not in PERIODICALS:
        item["genre"] = _take(rest, "M3")
        known = KINDS.get(word.casefold())
        if known and known.archival and (kind == TYPE_OF[known.csl] or (kind, known.csl) == ("PCOMM", "interview")):
            item["type"] = known.csl  # Zotero writes its interviews as letters


# Tags of names; whose A2 and A3 are depends on the type.
_NAME_TAGS = {
    "AU": "author",
    "A1": "author",
    "ED": "editor",
    "A2": "",
    "A3": "",
    "A4": "translator",
    "TA": "translator",
}
_FIRST = {"MPCT": "director"}
_SECOND = {"PCOMM": "recipient", "ICOMM": "recipient", "SOUND": "performer"}


def _read_names(kind: str, item: Item, rest: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return the names with the variable that the type gives their tags."""
    series = kind in BOOKS and ("collection-title" in item or "A3" in rest)
    second = _SECOND.get(kind) or ("collection-editor" if series else "editor")
    if item["type"] == "interview":
        second = "interviewer"
    third = "editor" if kind in BOOKS else "collection-editor"
    names: list[tuple[str, str]] = []
    for tag, role in _NAME_TAGS.items():
        if tag in rest:
            variable = (_FIRST.get(kind) if role == "author" else role) or role or (second if tag == "A2" else third)
            names += [(variable, text) for text in rest.pop(tag)]
    return names


@lru_cache(maxsize=8192)
def _name(text: str) -> Name:
    """Return the name as written; one that a comma ends is that of a body, by the custom of EndNote.

    Zotero writes the comma of `War Cabinet, United Kingdom` like that of a person.
    """
    if text.endswith(","):
        return Name(literal=text[:-1].rstrip())
    before = text.partition(", ")[0]
    return Name(literal=text) if " " in before and before != text and is_body(before) else parse_name(text)


_DATE_TAGS = ("DA", "Y1", "PY", "YR")
_YEAR_TAGS = ("PY", "YR", "DA", "Y1")  # whose year counts where they differ, as Zotero reads them


def _read_dates(item: Item, rest: dict[str, list[str]]) -> None:
    dates: dict[str, list[tuple[str, str]]] = {}
    years: list[str] = []
    words = ""
    for tag in _DATE_TAGS:
        if tag in rest:
            dates[tag] = list(map(ris_date, rest.pop(tag)))
            for edtf, text in dates[tag]:
                if edtf:
                    years.append(edtf)
                words = words or text
    if len({edtf[:4] for edtf in years}) == 1:
        item["issued"] = max(years, key=len)
    elif years:
        # the fullest of those that agree on the year: PY is the year, DA sometimes only a month or a wrong day
        said = [edtf for tag in _YEAR_TAGS for edtf, _ in dates.get(tag, []) if edtf]
        year = odd_year(dates) or said[0][:4]
        item["issued"] = max((edtf for edtf in years if year in edtf), key=len, default=years[0])
    elif words:
        item["issued"] = {"literal": words}
    if "Y2" in rest:
        edtf, text = ris_date(_take(rest, "Y2"))
        if edtf:
            item["accessed"] = edtf
        else:
            rest["Y2"] = [text]


_ISBN = lazy(r"(?:ISBN:?\s*)?(?:[\d-]{9,17}[\dXx]|\d{9}[\dXx]|[\d -]{13,17})\b")


def _doi(text: str) -> str:
    return re.sub(r"(?i)^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", text)


def _read_numbers(kind: str, item: Item, rest: dict[str, list[str]]) -> None:
    if "SP" in rest or "EP" in rest:
        first, last = _take(rest, "SP"), _take(rest, "EP")
        pages = first if not last or last == first or "-" in first else f"{first}-{last}" if first else last
        whole = kind in WHOLES and not last and first.isdigit()
        item["number-of-pages" if whole else "page"] = pages
    if "DO" in rest and (doi := _take(rest, "DO")):
        item["DOI"] = _doi(doi)
    if "SN" in rest and (number := _take(rest, "SN")):
        issn = re.match(r"\d{4}-\d{3}[\dXx]\b", number) or kind in PERIODICALS
        if kind == "RPRT" and "number" not in item and not issn and not _ISBN.match(number):
            item["number"] = number
        else:
            item["ISSN" if issn else "ISBN"] = number
    if kind in PERIODICALS and "number" in item:
        rest.setdefault("M1", []).insert(0, item.pop("number"))


def _read_homes(kind: str, item: Item, rest: dict[str, list[str]]) -> None:
    """Read archive and copy; EndNote's form of a manuscript where there is no DB."""
    if "UR" in rest or "LK" in rest:
        item["URL"] = _take(rest, "UR", "LK")
    archival = kind in UNPUBLISHED or kind == "PCOMM" or "archive_location" in item
    if not archival and "genre" in item:
        known = KINDS.get(item["genre"].casefold())
        archival = known is not None and known.archival
    if "DP" in rest:
        item["source"] = _take(rest, "DP")
    archival |= "DB" in rest and "AN" in rest and _is_place_in_archive(kind, item, rest)
    if not archival:
        if "source" not in item and "DB" in rest:
            item["source"] = _take(rest, "DB")
        return
    endnote = kind in UNPUBLISHED and "DB" not in rest and "archive_location" not in item and "AN" not in rest
    endnote |= kind in UNPUBLISHED and ("T2" in rest or rest.get("DB") == [item.get("source")])
    if endnote:
        if rest.get("DB") == [item.get("source")]:
            _take(rest, "DB")
        for name, variable in (("publisher", "archive"), ("volume", "archive_location")):
            if name in item:
                item[variable] = item.pop(name)
        if "T2" in rest:
            item["archive_collection"] = _take(rest, "T2")
        if "AN" in rest:
            item.setdefault("call-number", _take(rest, "AN"))
    elif "DB" in rest:
        item["archive"] = _take(rest, "DB")
    if "AN" in rest:
        _read_number(item, rest)
    if kind not in _PLACED:
        _read_place(item, rest, of_archive=endnote)


def _read_number(item: Item, rest: dict[str, list[str]]) -> None:
    """Read an accession number as the place in the archive, or as what stands before it (`Box 4`)."""
    if "archive_location" not in item:
        item["archive_location"] = _take(rest, "AN")
    elif parse_level(rest["AN"][0]).name != "call_number" and rest["AN"][0] not in item["archive_location"]:
        item["archive_location"] = f"{_take(rest, 'AN')}, {item['archive_location']}"


# types whose place is where they were published
_PLACED = (PERIODICALS | BOOKS) - {"RPRT", "MAP"}


def _is_place_in_archive(kind: str, item: Item, rest: dict[str, list[str]]) -> bool:
    """Return whether an accession number is what Zotero has for a place in an archive."""
    if kind in CSL_OF and kind not in PERIODICALS and kind_of(kind_for(item["type"], "")[0]).archival:
        return True
    return is_kept(rest["DB"][0], rest["AN"][0], article=kind in PERIODICALS)


def _read_place(item: Item, rest: dict[str, list[str]], *, of_archive: bool) -> None:
    """Read the place of the document, or in EndNote's form that of its archive: RIS has one tag for both."""
    place = item.pop("publisher-place", "")
    kept = next((line[15:].strip() for line in rest.get("M2", ()) if line.startswith("archive-place: ")), "")
    if place and place != kept:
        item["archive-place" if of_archive and "archive" in item and not kept else "event-place"] = place


# Tags that the reader has a use for.
USED = frozenset({*_PLAIN_TAGS, *_TITLES, *_CONTAINERS, *_NAME_TAGS, *_DATE_TAGS, "Y2", "TY", "ER", "T3", "M2", "M3",
                   "N1", "KW", "SP", "EP", "DO", "SN", "UR", "LK", "DP", "DB", "AN"})  # fmt: skip
