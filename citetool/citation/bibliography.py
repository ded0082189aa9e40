"""Select the entries of a bibliography: each collection once, primary sources apart; and its look on the page.

CMOS 17, 14.222: a collection is listed once, under its own name; an item stands for itself only where it is the one
item cited from its collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.citation.styles.source import find_style
from citetool.csl.document.bibliography import read_parameters
from citetool.output.pages.base import Layout
from citetool.problems import Problem, UsageError
from citetool.record.kinds import kind_of
from citetool.record.levels import collection, in_group, place, repository
from citetool.record.model import Draft, Record
from citetool.struct import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def by_collection(records: Iterable[Record]) -> list[Record]:
    """Return the records, with two or more of one collection replaced by one record of the collection.

    The collection's record has the key of the collection, in words: its name and repository.
    """
    groups: dict[tuple[str, str, str], list[Record]] = {}
    for record in records:
        name = collection(record.archive)
        home = (name, repository(record.archive), place(record.archive)) if name else (record.id, "", "\0")
        groups.setdefault(home, []).append(record)
    return [
        members[0] if len(members) == 1 or home[2] == "\0" else _collection_record(home, members)
        for home, members in groups.items()
    ]


def _collection_record(home: tuple[str, str, str], members: list[Record]) -> Record:
    archive = members[0].archive
    return Draft(
        id=f"{home[0]}, {home[1]}" if home[1] else home[0],
        kind="collection",
        title=home[0],
        archive=replace(archive, levels=tuple(in_group(archive, "division", "repository", "place"))),
    )


def is_primary(record: Record) -> bool:
    """Return whether a record is a primary source: by its kind, or because an archive keeps it.

    A newspaper article of the time is primary, and an unpublished thesis is not: the tag `primary` or `secondary`
    decides before all else.
    """
    if {"primary", "secondary"} & {*record.tags}:
        return "primary" in record.tags
    return bool(record.archive) or (bool(record.kind) and kind_of(record.kind).archival)


def split_primary(records: Iterable[Record]) -> tuple[list[Record], list[Record]]:
    """Return `(primary, secondary)`: the archival sources and the rest, each in the order given."""
    primary: list[Record] = []
    secondary: list[Record] = []
    for record in records:
        (primary if is_primary(record) else secondary).append(record)
    return primary, secondary


def sections(records: Iterable[Record], split: str | None) -> list[tuple[str, list[Record]]]:
    """Return `(heading, records)` of each section: one without a heading, or with `primary` two, empty ones left out.

    Raises UsageError for another word.
    """
    if split is None:
        return [("", list(records))]
    if split != "primary":
        raise UsageError(Problem(f"cannot split a bibliography by {split!r}", hint="write --split primary"))
    primary, secondary = split_primary(records)
    named = (("Primary Sources", primary), ("Secondary Sources", secondary))
    return [(heading, members) for heading, members in named if members]


def bibliography_layout(style: str, *, folders: Sequence[Path] = ()) -> tuple[Layout, str]:
    """Return how a style wants its bibliography on the page, and the language it is written in."""
    source = find_style(style, folders=folders)
    area = source.parsed().bibliography
    wanted = read_parameters(area.attrs if area is not None else {})
    layout = Layout(wanted.hanging_indent, wanted.entry_spacing, wanted.line_spacing, wanted.second_field_align)
    return layout, source.default_locale or "en-US"
