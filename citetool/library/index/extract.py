"""The searchable facts of a record: names and values of fields, time spans, and the text of it all.

A fact is a field's name in the language of queries, and a value. A level counts under its own name, under its group
(`container` finds boxes and reels, `collection` finds fonds) and under the word that its value begins with; a person
under the role, under `name`, and whoever is printed as an author under `author`. What a record holds of unknown fields
is found under their own names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.edtf import parse_edtf
from citetool.record.kinds import csl_type
from citetool.record.levels import LEVELS, bare, group_of
from citetool.record.roles import csl_variable
from citetool.record.schema import FIELDS

from .fields import NO_END, NO_START, SYNONYMS, day_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.record.model import Holding, Plain, Record

TITLES = ("title", "supplied_title", "short_title", "original_title", "transliterated_title", "translated_title")
_LISTS = {"aliases": "alias", "markings": "marking", "subjects": "subject", "tags": "tag", "notes": "note"}
_PLAIN_TEXTS = ("kind", "short_title", "date_text", "place", "summary", "extent", "medium", "rights", "citation")


class Span(NamedTuple):
    """The days between which something was: an event (`date`, `received` ...), earliest and latest as YYYYMMDD."""

    event: str
    earliest: int
    latest: int


def span_of(edtf: str, event: str = "date") -> Span | None:
    """Return the span of an EDTF text that is known to be well formed; None for a date that says nothing (`XXXX`)."""
    if edtf == "XXXX":
        return None
    date = parse_edtf(edtf)
    first, last = date.earliest, date.latest
    return Span(event, NO_START if first is None else day_number(first), NO_END if last is None else day_number(last))


def spans(record: Record) -> list[Span]:
    """Return the spans of all dates of a record; the main one is called `date`."""
    dates = {
        "date": record.date,
        **record.dates,
        "accessed": record.digital.accessed,
        "retrieved": record.metadata.retrieved,
    }
    found = (span_of(edtf, event) for event, edtf in dates.items() if edtf)
    return [span for span in found if span is not None]


def facts(record: Record) -> Iterator[tuple[str, str]]:
    """Each field and value of a record, a field as often as it has values."""
    yield "id", record.id
    yield "type", csl_type(record.kind, record.type)
    for name in TITLES:
        if title := getattr(record, name):
            yield "title", title
            if name not in ("title", "short_title"):
                yield name, title
    for name in _PLAIN_TEXTS:
        if text := getattr(record, name):
            yield name, text
    for name, field in _LISTS.items():
        for text in getattr(record, name):
            yield field, text
    for tag in record.language:
        yield "language", tag
    for tag in record.original_language:
        yield "original_language", tag
    if record.date:
        yield "date", record.date
    yield from record.dates.items()
    if record.digital.accessed:
        yield "accessed", record.digital.accessed
    yield from _people(record)
    for holding in (record.archive, *record.copies):
        yield from _levels(holding)
    yield from _elsewhere(record)


def _people(record: Record) -> Iterator[tuple[str, str]]:
    for creator in record.creators:
        name = str(creator.name)
        variable = csl_variable(creator.role)
        for field in dict.fromkeys(("name", creator.role, variable)):  # a set has another order in each process
            yield field, name
            if creator.original_name:
                yield field, creator.original_name
        if creator.office:
            yield "office", creator.office


def _levels(holding: Holding) -> Iterator[tuple[str, str]]:
    for level in holding.levels:
        value = bare(level)
        names = [level.name, group_of(level.name)]
        if value != level.value:
            word = level.value.removesuffix(value).strip(" .#").casefold()
            names.append(word if word in LEVELS else level.name)
        for name in dict.fromkeys(names):  # in one order, so that the row of a record is the same in every process
            yield name, value
        yield "archive", level.value


def _elsewhere(record: Record) -> Iterator[tuple[str, str]]:
    digital, metadata = record.digital, record.metadata
    known = {"site": digital.name, "url": digital.url, "site_id": digital.id, "source": metadata.source}
    known |= {"metadata.url": metadata.url, "metadata.file": metadata.file, "metadata.note": metadata.note}
    for name, text in known.items():
        if text:
            yield name, text
    for text in digital.contents:
        yield "contents", text
    for text in metadata.inferred:
        yield "inferred", text
    for mapping in (record.publication, record.identifiers):
        for name, text in mapping.items():
            yield name.casefold(), text
    for file in record.files:
        yield "file", file.path
        if file.kind:
            yield "file_kind", file.kind
    for extra in (record.extra, digital.extra, metadata.extra):
        yield from _unknown("", extra)


def _unknown(name: str, value: Plain) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from _unknown(f"{name}.{inner}" if name else str(inner), item)
    elif isinstance(value, list):
        for item in value:
            yield from _unknown(name, item)
    elif value:
        yield name.casefold(), value


# Fields that a query may name though no record of the library has them.
KNOWN_FIELDS = frozenset(
    {*FIELDS, *SYNONYMS, *SYNONYMS.values(), *LEVELS, *(group_of(name) for name in LEVELS), *TITLES}
    | {"author", "name", "recipient", "interviewer", "editor", "translator", "participant", "office", "contributor"}
    | {"site", "url", "contents", "source", "inferred", "file", "file_kind", "doi", "isbn", "publisher"}
    | {"sent", "received", "declassified", "accessed", "retrieved", "changed", "original_language"}
)
