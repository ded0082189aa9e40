"""The archival hierarchy of a library, as a tree: repository, division, collection, series, container, folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citetool.library.index.normalize import natural
from citetool.record.levels import cited, group_of
from citetool.record.model import Level

from .keys import item_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GROUPS = ("repository", "division", "collection", "series", "container", "folder")
_RANK = {group: rank for rank, group in enumerate(GROUPS)}


@dataclass(slots=True)
class Node:
    """A place in the hierarchy: its level, the places below it, the keys of records that stand right here.

    `key` has eight characters, like those of Zotero's collections, and stays the same as long as the path does.
    """

    level: Level
    parent: Node | None = None
    key: str = ""
    children: dict[Level, Node] = field(default_factory=dict)
    records: list[str] = field(default_factory=list)
    total: int = 0

    @property
    def name(self) -> str:
        """The level as it is cited: `Box 173`."""
        return cited(self.level)

    @property
    def group(self) -> str:
        """The group of the level, one of `GROUPS`."""
        return group_of(self.level.name)

    @property
    def path(self) -> list[Node]:
        """The places from the largest down to this one, without the root."""
        above = self.parent.path if self.parent is not None else []
        return [*above, self] if self.parent is not None else []

    def walk(self) -> Iterator[Node]:
        """Yield the places below this one, each before those in it."""
        for child in self.children.values():
            yield child
            yield from child.walk()

    def keys(self) -> Iterator[str]:
        """Yield the keys of all records here and below."""
        yield from self.records
        for child in self.children.values():
            yield from child.keys()


def path_of(levels: Iterable[Level]) -> list[Level]:
    """Return the levels that are places of the hierarchy, from large to small.

    Of a record that is in several places (two boxes, two fonds with a delo each) it is the path to the first.
    """
    held: dict[str, Level] = {}
    for level in levels:
        if group_of(level.name) in _RANK:
            held.setdefault(level.name, level)
    return sorted(held.values(), key=lambda level: _RANK[group_of(level.name)])


def tree(records: Iterable[tuple[str, list[Level]]]) -> Node:
    """Return the root above the paths of `(key, path)`; children are sorted by name, numbers by their value."""
    root = Node(Level("", ""))
    for key, path in records:
        node = root
        node.total += 1
        for level in path:
            child = node.children.get(level)
            if child is None:
                child = node.children[level] = Node(level, node)
                child.key = item_key("\x1f".join(f"{step.level.name}={step.level.value}" for step in child.path))
            node = child
            node.total += 1
        node.records.append(key)
    _sort(root)
    return root


def _sort(node: Node) -> None:
    node.children = dict(sorted(node.children.items(), key=lambda pair: natural(cited(pair[0]))))
    for child in node.children.values():
        _sort(child)
