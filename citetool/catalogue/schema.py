"""The columns of a catalogue, and a record as a row of them.

| column | type | what it holds |
| --- | --- | --- |
| key | string | the record's id, or the one made of it; the same key may stand in several sources |
| kind, title, author, date, place, repository, collection, url | string | as lists show them; `date` is EDTF |
| earliest, latest | int64 | the days of `date` as YYYYMMDD, null without a date |
| language | list of string | BCP 47 tags |
| people | list of (name, role) | in the order of the record |
| levels | list of (name, value) | from the largest to the smallest, those of the original first |
| identifiers | list of (name, value) | |
| spans | list of (event, earliest, latest) | the days of all dates |
| words | list of string | by which `catalogue link` looks for it, sorted; see `traits.search_words` |
| text, facts | string | the folded words of the record and of its fields, as in `library.index.tokens` |
| home | string | of `facts` what says where it is kept, from its series up, and its kind; alike for a whole series |
| plain | string | the record as JSON |
| source, position | string, int32 | the file it comes from, and its number in that file, from 0 |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.library.files import Found
from citetool.library.index.index import COLUMNS
from citetool.library.index.row import entry_of
from citetool.library.index.tokens import MARK, field_token
from citetool.record.keys import make_key
from citetool.record.levels import LEVELS, group_of
from citetool.struct import replace

from .traits import search_words, traits

if TYPE_CHECKING:
    from citetool.problems import Problem
    from citetool.record.model import Record

VERSION = 4
"""Of the columns; a catalogue of another version is built anew."""

_OUTER = ("series", "collection", "division", "repository", "place")
_NAMED = ("kind", "title", "author", "date", "earliest", "latest", "repository", "collection", "plain")


HOME = frozenset({"kind", *(field_token(name)[:-1] for name in LEVELS if group_of(name) in _OUTER)})
"""The fields of `home`, as they stand in it: few values for many rows, which Parquet keeps, and DuckDB asks, once."""


def home_of(facts: str) -> str:
    """Return the words of the fields of `HOME`."""
    return " ".join(word for word in facts.split() if word.partition(MARK)[0] in HOME)


def row_of(record: Record, source: str, position: int) -> tuple[dict[str, Any], set[str]]:
    """Return the row of a record, and the fields that a query may ask of it (events begin with `@`)."""
    if not record.id:
        record = replace(record, id=make_key(record))
    entry = entry_of(record, Found(source, 0, 0, 0))
    listed = dict(zip(COLUMNS, entry.row, strict=True))
    row: dict[str, Any] = {name: listed[name] for name in _NAMED}
    row |= {
        "key": record.id,
        "place": record.place,
        "url": record.digital.url,
        "language": list(record.language),
        "people": [{"name": str(creator.name), "role": creator.role} for creator in record.creators],
        "levels": [
            {"name": level.name, "value": level.value}
            for holding in (record.archive, *record.copies)
            for level in holding.levels
        ],
        "identifiers": [{"name": name, "value": str(value)} for name, value in record.identifiers.items()],
        "words": search_words(traits(record)),
        "spans": [span._asdict() for span in entry.spans],
        # a blank at both ends, so that a phrase is found as ` word word `
        "text": f" {entry.text} ",
        "facts": f" {entry.facts} ",
        "home": f" {home_of(entry.facts)} ",
        "source": source,
        "position": position,
    }
    return row, entry.fields


def reject_of(problem: Problem, source: str, raw: str = "") -> dict[str, Any]:
    """Return the row of an entry, or a file, that could not be read."""
    return {
        "source": source,
        "line": problem.where.line,
        "field": problem.where.field,
        "message": problem.message,
        "hint": problem.hint,
        "raw": raw,
    }
