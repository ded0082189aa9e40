"""A source with a hierarchy as a tree with counts: for `add`, before anything is taken of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.record.levels import cited, group_of
from citetool.struct import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.record.model import Record

_LINES = 40
_WIDTH = 76
_SHOWN = ("collection", "series", "folder", "container")


class _Node(Struct):
    """A unit: how many records lie in it, and the units in it by their names."""

    __slots__ = ("count", "inside")

    def __init__(self) -> None:
        self.count = 0
        self.inside: dict[str, _Node] = {}


def tree(records: Iterable[Record]) -> list[str]:
    """Return the units that the records lie in, a line each with their number, as deep as 40 lines go.

    Empty where no unit holds two of them: then there is no tree to speak of.
    """
    root = _Node()
    for record in records:
        node = root
        for name in _path(record):
            node = node.inside.setdefault(name, _Node())
            node.count += 1
    if not any(node.count > 1 for node in root.inside.values()):
        return []
    depth = 1
    while depth < 12 and _LINES >= _number(root, depth + 1) > _number(root, depth):
        depth += 1
    lines = list(_lines(root, depth))
    rest = len(lines) - _LINES
    return lines if rest <= 0 else [*lines[:_LINES], f"  ... and {rest:,} more"]


def _path(record: Record) -> list[str]:
    """Return the names of the units above a record, the largest first."""
    return [cited(level) for level in reversed(record.archive.levels) if group_of(level.name) in _SHOWN]


def _number(node: _Node, depth: int) -> int:
    return sum(1 + _number(inner, depth - 1) for inner in node.inside.values()) if depth else 0


def _lines(node: _Node, depth: int, indent: str = "  ") -> Iterator[str]:
    for name, inner in node.inside.items():
        words = f"{indent}{name}"
        words = words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1].rstrip()}…"
        yield f"{words}  {inner.count:,}"
        if depth > 1:
            yield from _lines(inner, depth - 1, indent + "  ")
