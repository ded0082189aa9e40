"""Keeping the index in step with the files: what has changed since it last looked, and a new index where need be.

A file is known by its stamp (size, mtime, inode). Looking at all files of 100,000 records takes some tenths of a
second, so it is not done each time: that files came, went or were replaced shows in the mtime of their folder, which is
cheap to ask. A file changed in place does not show there; for it, all are looked at when the last look is longer ago
than a hundred times what it took, and always in a library of ordinary size.

Only one process rebuilds; meanwhile the others answer from the index they have. Where no index can be written
(read-only, disk full), one in memory does.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from citetool.collector import collecting_rarely
from citetool.library import door, files, state
from citetool.library.locks import Lock
from citetool.paths import cache_folder, is_own, shipped_records
from citetool.problems import LibraryError

from .index import DAMAGE, Index, clear, discard, open_current, open_unfinished, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .row import Entry

_FEW = 2000  # of so many records the files are looked at each time
_BATCH = 10_000  # records of an index that is built, after which it need not begin anew when it is stopped
_SHARE = 100
_GONE = -1
_PATIENCE = 120.0  # seconds to wait for the first index when another process builds it


class Differences(NamedTuple):
    """The differences between index and folder: files to read, paths that are gone, folders with their mtime."""

    changed: list[files.Found]
    gone: list[str]
    folders: dict[str, int]

    def __bool__(self) -> bool:
        """Return True if records have changed."""
        return bool(self.changed or self.gone)


def ready(root: Path, say: Callable[[str], None], *, rebuild: bool = False, words: bool = True) -> Index:
    """Return an open index of the library that knows its files as they are now.

    Who asks for no `words` and no fields, but lists or looks up a key, does not wait for those of large records.
    `say` is told what takes long. Raises LibraryError only where the library itself cannot be read.
    """
    if not root.is_dir():
        return _in_memory(root, words=words)
    folder = index_folder(root)
    if folder is None:
        return _in_memory(root, words=words)
    if rebuild:
        discard(folder)
    for _ in range(3):
        index: Index | None = None
        try:
            index = open_current(folder) or _rebuild(root, folder, say)
            _refresh(root, index, say)
            if words:
                _complete(root, index)
            if not index.wasted:
                return index
            index.close()
            discard(folder)
        except (*DAMAGE, OSError) as error:
            if index is not None:
                index.close()
            if isinstance(error, OSError) or _cannot_write(error):
                say(f"the index cannot be written ({error}); searching without it")
                return _in_memory(root, words=words)
            say("the index is damaged and is built anew")
            discard(folder)
        except BaseException:
            if index is not None:
                index.close()
            raise
    return _in_memory(root, words=words)


def _cannot_write(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and any(
        word in str(error) for word in ("full", "readonly", "unable to open", "disk I/O", "locked")
    )


def index_folder(root: Path) -> Path | None:
    """Return the folder for a library's index: in the library, else in the user's cache folder, else None.

    The records that ship with citetool are left as they are, even where they could be written.
    """
    shipped = shipped_records()
    if os.access(root, os.W_OK) and not (shipped and shipped.samefile(root)):
        with suppress(LibraryError):
            return state.own_folder(root)
    place = cache_folder() / f"{root.parent.name}-{zlib.crc32(str(root.resolve()).encode()):08x}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        usable = is_own(place.stat()) and os.access(place, os.W_OK)
    except OSError:
        return None
    return place if usable else None


def _rebuild(root: Path, folder: Path, say: Callable[[str], None]) -> Index:
    with Lock(folder, "index.lock", wait=_PATIENCE, say=say):
        index = open_current(folder)  # made by whoever held the lock
        if index is not None:
            return index
        begun = open_unfinished(folder)
        index = begun or Index.create(folder / f"index-{os.getpid():x}-{time.time_ns():x}")
        clear(folder, keep=index.path.name if index.path else None)
        try:
            differences = _look(root, {}, [""], _Known.of(index, None))
            if len(differences.changed) > _FEW:
                verb = "going on with" if begun else "building"
                say(f"{verb} the index of {len(differences.changed):,} records")
            differences = _begin(root, index, differences)
            index.connection.execute("BEGIN")
            _apply(root, index, differences)
            index.connection.execute("COMMIT")
            index.complete()
            publish(index, folder)
        except Exception:
            index.close()
            clear(folder)
            raise
        except BaseException:  # stopped by the user: the next one goes on from here
            index.close()
            raise
        return index


def _begin(root: Path, index: Index, differences: Differences) -> Differences:
    """Put in what would take long, some thousand records at a time, each lasting; gives the differences that remain."""
    changed = differences.changed
    if len(changed) > _BATCH:
        index.make_lasting()
    while len(changed) > _BATCH:
        index.connection.execute("BEGIN")
        _put(root, index, changed[:_BATCH])
        index.connection.execute("COMMIT")
        changed = changed[_BATCH:]
    return differences._replace(changed=changed)


def _in_memory(root: Path, *, words: bool) -> Index:
    index = Index(None)
    _apply(root, index, _look(root, {}, [""], _Known({}, {})))
    if words:
        _complete(root, index)
    return index


def _complete(root: Path, index: Index) -> None:
    """Put in the words of large records that were left out until somebody asks for them."""
    if not index.later():
        return
    from .row import read_entry  # noqa: PLC0415 - as below

    index.connection.execute("BEGIN IMMEDIATE")
    for number, path in index.later():  # another process may have been here
        found, entry = files.look(root, path), None
        if found is not None:
            with suppress(FileNotFoundError):
                entry = read_entry(root, found, whole=True)
        index.complete_row(number, entry)
    index.connection.execute("COMMIT")


def _refresh(root: Path, index: Index, say: Callable[[str], None]) -> None:
    begun = time.perf_counter_ns()
    everything = _due(index)
    differences = _differences(root, index, everything=everything)
    noted = everything and index.count > _FEW
    if not (differences or differences.folders or noted):
        return
    if len(differences.changed) > _FEW:
        say(f"reading {len(differences.changed):,} changed records")
    try:
        index.connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        if differences:
            say("another citetool is at work; this answer may be a moment old")
        return
    try:
        _apply(root, index, differences)
        if noted:
            index.set_meta("looked", time.time_ns())
            index.set_meta("took", time.perf_counter_ns() - begun)
        index.connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            index.connection.execute("ROLLBACK")
        raise


def _due(index: Index) -> bool:
    looked, took, count = index.meta("looked"), index.meta("took") or 0, index.count
    passed = time.time_ns() - looked if looked is not None else -1
    return count <= _FEW or not 0 <= passed <= _SHARE * took


def _differences(root: Path, index: Index, *, everything: bool) -> Differences:
    folders = dict(index.connection.execute("SELECT path, mtime FROM folder"))
    moved = [path for path, mtime in folders.items() if everything or _mtime(root, path) != mtime]
    if not moved and not everything:
        return Differences([], [], {})
    return _look(root, folders, moved or [""], _Known.of(index, None if everything else moved))


class _Known(NamedTuple):
    """The files as the index knows them: stamps of records; of texts beside records the stamps, by text and record."""

    records: dict[str, str]
    attached: dict[str, dict[str, str]]

    @classmethod
    def of(cls, index: Index, folders: list[str] | None) -> _Known:
        """All, or what stands in these folders."""
        execute = index.connection.execute
        attached: dict[str, dict[str, str]] = {}
        for path, stamp, record in execute(
            "SELECT attached.path, attached.stamp, record.path FROM attached JOIN record ON record = id"
        ):
            if folders is None or path.rpartition("/")[0] in folders:
                attached.setdefault(path, {})[record] = stamp
        if folders is None:
            return cls(dict(execute("SELECT path, stamp FROM record").fetchall()), attached)
        records: dict[str, str] = {}
        for folder in folders:
            records.update(execute("SELECT path, stamp FROM record WHERE folder = ?", (folder,)).fetchall())
        return cls(records, attached)


def _look(root: Path, folders: dict[str, int], places: list[str], known: _Known) -> Differences:
    """Find the differences in these folders, and in folders below them that the index does not know yet."""
    changed: dict[str, files.Found] = {}
    seen: set[str] = set()
    looked: dict[str, int] = {}
    todo = list(places)
    while todo:
        place = todo.pop()
        mtime = _mtime(root, place)
        looked[place] = _GONE if mtime is None else mtime if time.time_ns() - mtime > files.TICK else 0
        for found in files.listing(root, place):
            if isinstance(found, str):
                if found not in folders and found not in looked:
                    todo.append(found)
                continue
            seen.add(found.path)
            if files.is_record_file(found.path):
                if known.records.get(found.path) != found.stamp:
                    changed[found.path] = found
            elif found.path in known.attached:
                _add_outdated(root, known.attached[found.path], found.stamp, changed)
    for path, records in known.attached.items():
        if path not in seen:
            _add_outdated(root, records, "", changed)
    gone = [path for path in known.records if path not in seen]
    moved = {path: mtime for path, mtime in looked.items() if folders.get(path) != mtime}
    return Differences([changed[path] for path in sorted(changed)], gone, moved)


def _add_outdated(root: Path, records: dict[str, str], stamp: str, changed: dict[str, files.Found]) -> None:
    """Add the records that know a text beside them under another stamp than the one it has."""
    for path, known in records.items():
        found = files.look(root, path) if known != stamp else None
        if found:
            changed.setdefault(path, found)


def _mtime(root: Path, folder: str) -> int | None:
    try:
        return (door.status(root, folder) if folder else root.stat()).st_mtime_ns
    except (OSError, LibraryError):
        return None


def _put(root: Path, index: Index, changed: list[files.Found]) -> None:
    from .row import read_entry  # noqa: PLC0415 - an index that is up to date reads no YAML

    def entries() -> Iterator[Entry]:
        for found in changed:
            try:
                yield read_entry(root, found)
            except FileNotFoundError:
                index.drop(found.path)

    with collecting_rarely():
        index.put(entries())


def _apply(root: Path, index: Index, differences: Differences) -> None:
    from .extract import KNOWN_FIELDS  # noqa: PLC0415

    index.add_fields(KNOWN_FIELDS)
    for path in differences.gone:
        index.drop(path)
    _put(root, index, differences.changed)
    for folder, mtime in differences.folders.items():
        if mtime == _GONE:
            index.connection.execute("DELETE FROM folder WHERE path = ?", (folder,))
        else:
            index.connection.execute("INSERT OR REPLACE INTO folder VALUES (?, ?)", (folder, mtime))
    index.set_meta("count", index.connection.execute("SELECT count(*) FROM record").fetchone()[0])
