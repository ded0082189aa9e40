"""The facets by which the records of a library are narrowed down, and each record's values of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.library.index.fields import NO_START

from .levels import GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .levels import Step

Values = tuple[tuple[str, ...], ...]
"""The values of one record, of each facet a tuple, in the order of `FACETS`."""


class Facet(NamedTuple):
    """One facet: its heading, and the words for records that have no value of it."""

    title: str
    none: str


FACETS = {
    "repository": Facet("Repository", "no repository"),
    "collection": Facet("Collection", "no collection"),
    "person": Facet("Person or body", "nobody named"),
    "kind": Facet("Kind", "no kind"),
    "year": Facet("Year", "undated"),
    "language": Facet("Language", "language not named"),
    "tag": Facet("Tag", "no tag"),
    "copy": Facet("Scan and text", "neither scan nor transcript"),
}
"""The facets in the order in which they are shown."""

_NUMBER = {name: number for number, name in enumerate(FACETS)}
_REPOSITORY, _COLLECTION = GROUPS.index("repository"), GROUPS.index("collection")
_TEXTS = ("transcript", "translation", "text")
SCAN, TRANSCRIPT = "scan", "transcript"


def column(name: str) -> int:
    """Return the place of a facet in `Values`."""
    return _NUMBER[name]


def values_of(data: Mapping[str, Any], path: Sequence[Step], earliest: int | None) -> Values:
    """Return the values of a record by its plain data, its path in the hierarchy, and its first day (YYYYMMDD)."""
    return (
        _named(path, _REPOSITORY),
        _named(path, _COLLECTION),
        tuple(dict.fromkeys([name_of(one) for one in data.get("creators") or ()])),
        (data["kind"],) if data.get("kind") else (),
        (str(earliest // 10000),) if earliest is not None and earliest > NO_START else (),
        _texts(data.get("language")),
        _texts(data.get("tags")),
        _copies(data.get("files") or ()),
    )


def is_text(kind: str, path: str) -> bool:
    """Return whether a file beside a record is read as a text: a transcript, a translation."""
    return kind.casefold() in _TEXTS or (not kind and path.endswith((".txt", ".md")))


def _named(path: Sequence[Step], rank: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys([step.name for step in path if step.rank == rank]))


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (str(value),) if value else ()


def name_of(creator: Mapping[str, str]) -> str:
    """Return the name of a person or body in plain data: in one text, or in parts."""
    whole = creator.get("name") or creator.get("literal")
    return whole or ", ".join(creator[part] for part in ("family", "given") if creator.get(part))


def _copies(files: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    kinds = {TRANSCRIPT if is_text(file.get("kind", ""), file["path"]) else SCAN for file in files}
    return tuple(sorted(kinds))
