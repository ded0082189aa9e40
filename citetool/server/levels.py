"""The archival hierarchy of a library, as a tree: repository, division, collection, series, container, folder."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from citetool.library.index.normalize import natural
from citetool.record.levels import cited, group_of, size_of
from citetool.record.model import Level

from .keys import item_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GROUPS = ("repository", "division", "collection", "series", "container", "folder")
_RANK = {group: rank for rank, group in enumerate(GROUPS)}


class Node:
    """A place in the hierarchy: its level, the places below it, the keys of records that stand right here.

    A tree of a large library has more places than records, and few of them are looked at: keys are made and children
    sorted when somebody asks.
    """

    __slots__ = ("_children", "_key", "_sorted", "level", "parent", "records", "total")

    def __init__(self, level: Level, parent: Node | None = None) -> None:
        self.level = level
        self.parent = parent
        self.records: list[str] = []
        self.total = 0
        self._children: dict[Level, Node] = {}
        self._sorted = True
        self._key = ""

    @property
    def key(self) -> str:
        """Eight characters, as collections of Zotero have them, the same as long as the path is; none of the root."""
        if not self._key and self.parent is not None:
            self._key = item_key("\x1f".join(f"{step.level.name}={step.level.value}" for step in self.path))
        return self._key

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

    @property
    def children(self) -> dict[Level, Node]:
        """The places right below, sorted by name, numbers by their value."""
        if not self._sorted:
            self._children = dict(sorted(self._children.items(), key=lambda pair: natural(cited(pair[0]))))
            self._sorted = True
        return self._children

    def child(self, level: Level) -> Node:
        """Return the place of that level right below. Raises KeyError."""
        return self._children[level]

    def grown(self, level: Level) -> Node:
        """Return the place of that level right below, which is made where it is new."""
        found = self._children.get(level)
        if found is None:
            found = self._children[level] = Node(level, self)
            self._sorted = False
        return found

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


class Step(NamedTuple):
    """A level as a step of the hierarchy: its rank among `GROUPS` (None: it is no place), how large it is, and how it
    is cited.
    """

    rank: int | None
    size: int
    level: Level
    name: str


class Steps(dict[tuple[str, str], Step]):
    """The steps of levels, by name and value: one for all records that stand there."""

    def __missing__(self, pair: tuple[str, str]) -> Step:
        """Make the step of a level that is new."""
        level = Level(*pair)
        step = self[pair] = Step(_RANK.get(group_of(level.name)), size_of(level.name), level, cited(level))
        return step


def path_of(steps: Iterable[Step]) -> list[Step]:
    """Return the steps that are places of the hierarchy, from large to small.

    Of a record that is in several places (two boxes, two fonds with a delo each) it is the path to the first.
    """
    held: dict[str, Step] = {}
    for step in steps:
        if step.rank is not None:
            held.setdefault(step.level.name, step)
    return sorted(held.values(), key=attrgetter("size"), reverse=True)


def tree(records: Iterable[tuple[str, list[Level]]]) -> Node:
    """Return the root above the paths of `(key, path)`."""
    root = Node(Level("", ""))
    for key, path in records:
        node = root
        node.total += 1
        for level in path:
            node = node.grown(level)
            node.total += 1
        node.records.append(key)
    return root
