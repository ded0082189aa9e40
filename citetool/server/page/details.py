"""The facts of a record, as rows of words: name and values, in the order in which a reader wants them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from citetool.record.levels import cited
from citetool.record.schema import to_plain

if TYPE_CHECKING:
    from citetool.record.model import Holding, Plain, Record

# What the page of a record shows elsewhere.
_ELSEWHERE = frozenset(
    ("id", "archive", "copies", "digital", "creators", "summary", "notes", "files", "title", "supplied_title",
     "markings", "citation", "metadata")
)  # fmt: skip
_FACETS = {"kind": "kind", "tags": "tag", "language": "language"}
_NAMES = {"extra": "other fields", "date_text": "date as written", "aliases": "other keys"}


class Row(NamedTuple):
    """One row: the field in words, its values, and the facet in which each of them can be looked for."""

    name: str
    values: list[str]
    facet: str = ""


def details(record: Record) -> list[Row]:
    """Return the facts of a record that have no place of their own on its page."""
    return [
        Row(_words(name), _values(value), _FACETS.get(name, ""))
        for name, value in to_plain(record).items()
        if name not in _ELSEWHERE
    ]


def holding_rows(holding: Holding) -> list[Row]:
    """Return the levels of an archive from large to small, each as it is cited."""
    return [Row(_words(level.name), [cited(level)]) for level in reversed(holding.levels)]


def _words(name: str) -> str:
    return _NAMES.get(name, name.replace("_", " "))


def _values(value: Plain) -> list[str]:
    if isinstance(value, list):
        return [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value]
    if isinstance(value, dict):
        return [f"{name.replace('_', ' ')}: {', '.join(_values(one))}" for name, one in value.items()]
    return [str(value)]
