"""The library as a server sees it: the records and their hierarchy, kept between requests while no file changes.

A `Shelf` follows the files through the index of the library. Each request asks `Shelf.now()` for the `Snapshot` of
this moment; the snapshot is made anew only when the index has changed.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter, OrderedDict
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from citetool.collector import collecting_rarely
from citetool.library.index.sync import ready
from citetool.library.query.search import plain_of, search_rows
from citetool.problems import NotFoundError, Problem, suggest
from citetool.record.schema import checked

from .facets import values_of
from .keys import file_key, item_key, note_key
from .levels import Node, Steps, path_of, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from citetool.library.index.index import Index
    from citetool.library.library import Library
    from citetool.library.query.search import Hit
    from citetool.record.model import Level, Record

    from .facets import Values

T = TypeVar("T")
_FEW = 3
_AT_ONCE = 500  # keys in one question to the index
_KEPT = 16 * 1024 * 1024  # bytes of answers that a snapshot keeps
_ROWS = """
SELECT id, key, path, changed, title, date, author, kind, earliest, plain FROM record
WHERE problems IS NULL AND id > ?"""


class Entry(NamedTuple):
    """One record in brief: its row in the index, key, file, time of its last change (seconds), title, date, first
    author, kind, levels from large to small, its values of each facet in the order of `FACETS`, the numbers of its
    files and of its notes.
    """

    number: int
    key: str
    path: str
    changed: int
    title: str
    date: str
    author: str
    kind: str
    levels: list[Level]
    facets: Values
    files: int
    notes: int


class Stamp(NamedTuple):
    """A state of the index: its file, how many rows it has, and the last of them. Rows are numbered and never
    renumbered, so these tell every change.
    """

    file: str
    rows: int
    last: int


class Snapshot:
    """All records in brief at one moment, by key, by row of the index, and by place in the hierarchy."""

    def __init__(self, rows: dict[int, Entry], stamp: Stamp) -> None:
        self.rows = rows
        self.entries = {entry.key: entry for entry in rows.values()}
        self.stamp = stamp
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returns, from the last time where it was asked for lately: a snapshot never changes."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                kept: T = self._kept[name][0]
                return kept
        made = make()
        size = _bytes_of(name) + _bytes_of(made)
        with self._lock:
            if name not in self._kept:
                self._kept[name] = made, size
                self._bytes += size
            while self._bytes > _KEPT:
                self._bytes -= self._kept.popitem(last=False)[1][1]
        return made

    @cached_property
    def version(self) -> int:
        """The number of the newest state: the time of the last change, which grows."""
        return max((entry.changed for entry in self.entries.values()), default=0)

    @cached_property
    def by_item_key(self) -> dict[str, str]:
        """The citation keys by their eight-character keys."""
        return {item_key(key): key for key in self.entries}

    @cached_property
    def by_child_key(self) -> dict[str, str]:
        """The citation keys of records by the eight-character keys of their files and notes."""
        found: dict[str, str] = {}
        for key, entry in self.entries.items():
            found |= {file_key(key, number): key for number in range(entry.files)}
            found |= {note_key(key, number): key for number in range(entry.notes)}
        return found

    @cached_property
    def root(self) -> Node:
        """The archival hierarchy above all records, from repositories down to folders."""
        return tree((entry.key, entry.levels) for entry in self.entries.values())

    def path_of(self, key: str) -> list[Node]:
        """Return the places of the hierarchy that a record stands in, from the largest; none for an unknown key."""
        node, path = self.root, []
        for level in self.entries[key].levels if key in self.entries else ():
            node = node.child(level)
            path.append(node)
        return path

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The places of the hierarchy by their keys."""
        return {node.key: node for node in self.root.walk()}


class Shelf:
    """One library for many readers at once."""

    def __init__(self, library: Library) -> None:
        self.library = library.home
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._steps = Steps()

    @property
    def name(self) -> str:
        """The name of the library that a reader is shown: that of its folder, or of the folder around `records`."""
        root = self.library.root.resolve()
        return root.parent.name if root.name == "records" and root.parent.name else root.name

    def now(self) -> Snapshot:
        """Return the snapshot of this moment."""
        index = ready(self.library.root, self.library.say, words=False)
        try:
            stamp = Stamp(str(index.path), index.count, index.last)
            with self._lock:
                if self._snapshot is None or self._snapshot.stamp != stamp:
                    with collecting_rarely():
                        self._snapshot = Snapshot(self._rows(index, self._snapshot), stamp)
                return self._snapshot
        finally:
            index.close()

    def _rows(self, index: Index, before: Snapshot | None) -> dict[int, Entry]:
        """Return the records in the order of their keys, those of the last snapshot that are still as they were."""
        kept: list[Entry] = []
        last = 0
        if before is not None and before.stamp.file == str(index.path) and index.path is not None:
            there = {number for (number,) in index.connection.execute("SELECT id FROM record")}
            kept = [entry for number, entry in before.rows.items() if number in there]
            last = before.stamp.last
        new = (_entry(row, self._same, self._steps) for row in index.connection.execute(_ROWS, (last,)))
        every = sorted([*kept, *new], key=lambda entry: (entry.key, entry.path))
        return {entry.number: entry for entry in every}

    def search(self, query: str, limit: int | None = None) -> Iterator[Hit]:
        """Yield what a query finds. Raises QueryError."""
        return self.library.search(query, limit)

    def search_keys(self, query: str) -> list[str]:
        """Return the keys of all records that a query finds, in its order. Raises QueryError."""
        numbers = search_rows(self.library.root, query, self.library.say)
        rows = self.now().rows  # after the search, which gives new numbers to records that it finds changed
        return [rows[number].key for number in numbers if number in rows]

    def plain(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return some records by their keys as plain data, without reading their files."""
        return plain_of(self.library.root, keys, self.library.say)

    def get(self, key: str) -> Record:
        """Return the record with this key or alias.

        Raises NotFoundError, with near keys, and InputError for a faulty file.
        """
        record = self.library.get(key)
        if record is None:
            raise NotFoundError(Problem(f"there is no record {key!r}", hint=suggest(key, self.now().entries)))
        return record

    def read(self, key: str, snapshot: Snapshot) -> tuple[Record, str]:
        """Return the record with this key or alias, and its file, by a snapshot where that has the key.

        Raises NotFoundError, and InputError, as `get` does.
        """
        entry = snapshot.entries.get(key)
        if entry is not None:
            with suppress(FileNotFoundError):
                record = self.library.read(entry.path)
                if record.id == key:
                    return record, entry.path
        record = self.get(key)
        return record, self.library.path_of(record.id) or ""

    def find(self, keys: Iterable[str], snapshot: Snapshot | None = None) -> list[Record]:
        """Return the records of these keys, in their order: few from their files, many from the index.

        Raises NotFoundError with a problem for each unknown key.
        """
        wanted = list(keys)
        snapshot = snapshot or self.now()
        entries = snapshot.entries
        plain: dict[str, dict[str, Any]] = {}
        for start in range(0, len(wanted) if len(wanted) > _FEW else 0, _AT_ONCE):
            plain |= self.plain([key for key in wanted[start : start + _AT_ONCE] if key in entries])
        found: list[Record] = []
        problems: list[Problem] = []
        for key in wanted:
            try:
                found.append(checked(plain[key], entries[key].path) if key in plain else self.read(key, snapshot)[0])
            except NotFoundError as error:
                problems += error.problems
        if problems:
            raise NotFoundError(*problems)
        return found

    def tags(self) -> Counter[str]:
        """Return the tags and subjects of all records, with how many have each."""
        counted: Counter[str] = Counter()
        for hit in self.search(""):
            data = hit.data()
            counted.update({*_listed(data.get("tags")), *_listed(data.get("subjects"))})
        return counted

    def all(self, query: str = "") -> list[Record]:
        """Return the records that a query finds, taken from the index. Raises QueryError."""
        return [record_of(hit) for hit in self.search(query)]


def _bytes_of(value: Any) -> int:
    """Return about how many bytes a value takes.

    The texts in a list are the keys of records, which are there anyhow; those of a query or a facet stand in tuples.
    """
    size = sys.getsizeof(value)
    keys = isinstance(value, list) and value and isinstance(value[0], str)
    inner = value if isinstance(value, tuple | frozenset | list) and not keys else ()
    return size + sum(map(_bytes_of, inner))


def _listed(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else [str(value)] if value else []


def record_of(hit: Hit) -> Record:
    """Return the record of a hit as the index has it, without reading its file."""
    return checked(hit.data(), hit.path)


def _entry(row: tuple[Any, ...], same: dict[tuple[str, ...], tuple[str, ...]], steps: Steps) -> Entry:
    """Return the entry of a row; of equal values in `same` and `steps` one is kept for all records."""
    number, key, file, changed, title, date, author, kind, earliest, plain = row
    data = json.loads(plain)
    archive = (data.get("archive") or {}).items()
    path = path_of(
        [steps[name, part] for name, value in archive for part in (value if isinstance(value, list) else (value,))]
    )
    facets = tuple([same.setdefault(values, values) for values in values_of(data, path, earliest)])
    counts = len(data.get("files") or ()), len(data.get("notes") or ())
    named = (title or "", date or "", author or "", kind or "")
    return Entry(number, key, file, changed or 0, *named, [step.level for step in path], facets, *counts)
