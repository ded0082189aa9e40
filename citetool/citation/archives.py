"""The archives consulted: each repository once, with the collections and series that the records come from.

As historians list them before the bibliography: repositories by name with their place, under each its collections,
fonds and record groups, and under these their series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.record.levels import apart, cited, in_group, repository
from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Holding, Record

HEADING = "Archives Consulted"
_SERIES = ("opis", "lot", "entry", "subseries", "series", "subgroup", "section")


class Archive(NamedTuple):
    """One archive: its name with its place, and its collections with the series of each, all in order."""

    name: str
    collections: dict[str, list[str]]


def archives(records: Iterable[Record]) -> list[Archive]:
    """Return the archives that keep these records or copies of them; records without an archive are passed over."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for record in records:
        for holding in (place for kept in (record.archive, *record.copies) for place in apart(kept)):
            home = _home(holding)
            if not home:
                continue
            collections = found.setdefault(home, {})
            levels = [cited(level) for level in in_group(holding, "collection")]
            names = ", ".join([record.title, *levels] if record.kind == "collection" and record.title else levels)
            if names:
                series = [cited(level) for level in in_group(holding, "series") if level.name in _SERIES]
                # levels are cited from small to large, a list goes the other way
                path = ", ".join(reversed(series))
                collections.setdefault(names, {}).update({path: None} if path else {})
    return [
        Archive(
            home, {name: sorted(found[home][name], key=str.casefold) for name in sorted(found[home], key=str.casefold)}
        )
        for home in sorted(found, key=str.casefold)
    ]


def names_home(record: Record, text: str) -> bool:
    """Return whether a citation names the collection, division or repository of its source, or there is none to name.

    Letters and digits alone are compared: styles change quotes and capitals, formats add marks.
    """
    homes = [cited(level) for level in in_group(record.archive, "collection", "division", "repository")]
    if not homes or any(home in text for home in homes):
        return True
    printed = _letters(text)
    return any(_letters(home) in printed for home in homes)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _home(holding: Holding | None) -> str:
    """Return the repository, its division and place: `Library of Congress, Manuscript Division, Washington, D.C.`"""
    if holding is None or not repository(holding):
        return ""
    names = [level.value for group in ("repository", "division", "place") for level in in_group(holding, group)]
    return ", ".join(names)
