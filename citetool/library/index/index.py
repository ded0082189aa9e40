"""The index of a library: an SQLite file that answers queries, disposable at any time.

`current` names the file in use: an index is rebuilt into a new file, which takes over when it is complete, so a reader
never waits for a rebuild and never sees half of one. Small changes are written into the file in use (WAL: readers see
the state before). `sync.py` keeps it in step with the files; here is what it holds:

    record    a row a file: key, stamp of the file, what lists show and sort by, the record as JSON with its checksum
    alias     other keys of a record
    span      the days of each of its dates
    words     full text (FTS5, without the text itself): `text` has every word of record and transcripts; `facts` has
              the words of each field as `field=word`, each value between two marks `field==`
    folder    mtime of each folder when it was last read
    attached  the text files beside records that are searched too
    later     the large records whose words and facts come with the first query that asks for any

FTS5 rows are never deleted (that would want the old text back): a changed record gets a new row number, old ones
are passed over by the join, and when there are many the index is rebuilt.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from citetool.library import door, files
from citetool.paths import is_own
from citetool.problems import LibraryError

from .normalize import natural

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .row import Entry

VERSION = 5
PATIENCE = 5.0
"""Seconds to wait for another process that writes the index."""
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file raises; the second where the words of the fault itself are damaged."""
_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE record(
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, path TEXT NOT NULL UNIQUE, folder TEXT NOT NULL,
    stamp TEXT NOT NULL, kind TEXT, title TEXT, author TEXT, date TEXT, earliest INTEGER, latest INTEGER,
    repository TEXT, collection TEXT, sort_title TEXT, sort_author TEXT, changed INTEGER,
    plain TEXT, checksum INTEGER, problems TEXT);
CREATE TABLE alias(alias TEXT, record INTEGER);
CREATE TABLE span(event TEXT, earliest INTEGER, latest INTEGER, record INTEGER);
CREATE TABLE folder(path TEXT PRIMARY KEY, mtime INTEGER) WITHOUT ROWID;
CREATE TABLE attached(path TEXT, stamp TEXT, record INTEGER);
CREATE TABLE later(record INTEGER PRIMARY KEY);
CREATE TABLE field(name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    text, facts, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_='");
"""
# Made after the rows of a rebuild, which is quicker.
_INDEXES = """
CREATE INDEX record_key ON record(key, path);
CREATE INDEX record_days ON record(latest, earliest);
CREATE INDEX record_faulty ON record(path) WHERE problems IS NOT NULL;
CREATE INDEX record_folder ON record(folder);
CREATE INDEX alias_alias ON alias(alias);
CREATE INDEX alias_record ON alias(record);
CREATE INDEX span_record ON span(record);
CREATE INDEX attached_record ON attached(record);
"""
COLUMNS = (
    "key", "path", "folder", "stamp", "kind", "title", "author", "date", "earliest", "latest", "repository",
    "collection", "sort_title", "sort_author", "changed", "plain", "checksum", "problems",
)  # fmt: skip
_INSERT = f"INSERT INTO record(id, {', '.join(COLUMNS)}) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"
_PARTS = ("archive", "digital", "publication", "identifiers", "dates", "metadata")
_POINTER = "current"
_UNFINISHED = "unfinished"  # in `meta`, while an index is built
_MAX_NAME = 200  # bytes
_SIDE_FILES = ("", "-wal", "-shm", "-journal")
_HASH_BYTES = 32 * 1024 * 1024  # of FTS5 while an index is built


class Index:
    """One open index. Any method may raise `sqlite3.DatabaseError`; whoever opened it knows what to do (`follow`)."""

    def __init__(self, path: Path | None) -> None:
        """Open an index file, which must be there; None makes one in memory."""
        self.path = path
        if path is None:
            self.connection = sqlite3.connect(":memory:", isolation_level=None)
            self._create()
        else:
            self.connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None
            )
        self.connection.create_function("natural", 1, lambda text: natural(text or ""), deterministic=True)
        self.connection.create_function("value_of", 2, _value_of, deterministic=True)

    @classmethod
    def create(cls, path: Path) -> Index:
        """Return a new index in a file that nobody reads yet; `publish` makes it the one in use."""
        os.close(door.open_file(path.parent, path.name, os.O_RDWR | os.O_CREAT | os.O_EXCL))
        index = cls(path)
        index.connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;")
        index._create(indexes=False)
        index.set_meta(_UNFINISHED, 1)
        # few large merges and not many small ones
        index.connection.execute("INSERT INTO words(words, rank) VALUES ('hashsize', ?)", (_HASH_BYTES,))
        return index

    def _create(self, *, indexes: bool = True) -> None:
        self.connection.executescript(_SCHEMA + (_INDEXES if indexes else ""))
        self.set_meta("version", VERSION)

    def close(self) -> None:
        """Close the file."""
        with suppress(sqlite3.Error):
            self.connection.close()

    def make_lasting(self) -> None:
        """Let each transaction from now on stay though the process is killed, for an index that takes long to make."""
        self.connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")

    def complete(self) -> None:
        """Finish a new index: its secondary indexes, and WAL from now on; all of it on the disk."""
        self.connection.execute("DELETE FROM meta WHERE name = ?", (_UNFINISHED,))
        self.connection.executescript(_INDEXES + "INSERT INTO words(words) VALUES ('optimize');")
        self.connection.executescript("PRAGMA synchronous=NORMAL; PRAGMA journal_mode=WAL;")

    def meta(self, name: str) -> Any:
        """Return a number that the index keeps about itself, None where it has not got it."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: int) -> None:
        """Keep a number."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def put(self, entries: Iterable[Entry]) -> int:
        """Add entries in place of those of the same paths; gives their number."""
        count = 0
        execute = self.connection.execute
        next_id = self.last + 1
        fields: set[str] = set()
        for number, entry in enumerate(entries, next_id):
            self.drop(entry.row[1])
            execute(_INSERT, (number, *entry.row))
            if entry.later:
                execute("INSERT INTO later VALUES (?)", (number,))
            else:
                self._put_words(number, entry)
            if entry.aliases:
                self.connection.executemany("INSERT INTO alias VALUES (?, ?)", [(a, number) for a in entry.aliases])
            if entry.spans:
                self.connection.executemany("INSERT INTO span VALUES (?, ?, ?, ?)", [(*s, number) for s in entry.spans])
            for path, stamp in entry.attached:
                execute("INSERT INTO attached VALUES (?, ?, ?)", (path, stamp, number))
            if not entry.fields <= fields:
                self.add_fields(entry.fields - fields)
                fields |= entry.fields
            count += 1
        return count

    def _put_words(self, number: int, entry: Entry) -> None:
        if entry.text:
            row = (number, entry.text, entry.facts)
            self.connection.execute("INSERT INTO words(rowid, text, facts) VALUES (?, ?, ?)", row)

    def later(self) -> list[tuple[int, str]]:
        """Return the rows and paths of the records whose words are not in yet."""
        return self.connection.execute("SELECT id, path FROM later JOIN record ON record = id").fetchall()

    def complete_row(self, number: int, entry: Entry | None) -> None:
        """Put in the words of a record that came without them; None where its file is gone."""
        if entry is not None:
            self._put_words(number, entry)
            self.add_fields(entry.fields)
        self.connection.execute("DELETE FROM later WHERE record = ?", (number,))

    def add_fields(self, names: Iterable[str]) -> None:
        """Let queries name these fields."""
        self.connection.executemany("INSERT OR IGNORE INTO field VALUES (?)", [(name,) for name in sorted(names)])

    def drop(self, path: str) -> None:
        """Take the entry of a file out, if there is one."""
        row = self.connection.execute("SELECT id FROM record WHERE path = ?", (path,)).fetchone()
        if row:
            for table in ("alias", "span", "attached", "later"):
                self.connection.execute(f"DELETE FROM {table} WHERE record = ?", row)
            self.connection.execute("DELETE FROM record WHERE id = ?", row)

    @property
    def count(self) -> int:
        """The number of its records, as it was noted at the last change: to count them takes milliseconds."""
        return int(self.meta("count") or 0)

    @property
    def readable(self) -> int:
        """The number of its records that could be read; a damaged row may claim to be one that could not."""
        sql = "SELECT count(*) FROM record WHERE problems IS NOT NULL AND plain IS NULL"
        return self.count - int(self.connection.execute(sql).fetchone()[0])

    @property
    def last(self) -> int:
        """The number of the row that was added last."""
        row = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'record'").fetchone()
        return int(row[0]) if row else 0

    @property
    def wasted(self) -> bool:
        """True if so many rows of the full text are out of use that a rebuild pays."""
        return self.last - self.count > 1000 + self.count

    def find_key(self, key: str) -> str | None:
        """Return the path of the record with this key, else of the one with this alias, else None."""
        row = self.connection.execute("SELECT path FROM record WHERE key = ? ORDER BY path", (key,)).fetchone()
        row = row or self.connection.execute(
            "SELECT path FROM record JOIN alias ON record = id WHERE alias = ? ORDER BY path", (key,)
        ).fetchone()  # fmt: skip
        return row[0] if row else None

    def faulty(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return the record files that cannot be read, with their problems as plain data, sorted by path."""
        rows = self.connection.execute("SELECT path, problems FROM record WHERE problems IS NOT NULL ORDER BY path")
        return [(path, json.loads(problems)) for path, problems in rows]

    def fields(self) -> set[str]:
        """Return the names of all fields that records have, and of events, which begin with `@`."""
        return {row[0] for row in self.connection.execute("SELECT name FROM field")}

    def keys(self) -> list[str]:
        """All keys, sorted."""
        return [row[0] for row in self.connection.execute("SELECT DISTINCT key FROM record ORDER BY key")]

    def paths(self) -> list[str]:
        """All record files, sorted by key."""
        return [row[0] for row in self.connection.execute("SELECT path FROM record ORDER BY key, path")]

    def dump(self) -> list[tuple[Any, ...]]:
        """All that it says of the records, in an order that does not depend on its history; for comparing two."""
        columns = ", ".join(column for column in COLUMNS if column not in ("stamp", "changed"))
        rows = self.connection.execute(f"SELECT {columns} FROM record ORDER BY path").fetchall()
        for table, names in (("alias", "alias"), ("span", "event, span.earliest, span.latest")):
            rows += self.connection.execute(
                f"SELECT path, {names} FROM {table} JOIN record ON record = id ORDER BY path, {names}"
            ).fetchall()
        return rows


def _value_of(plain: str, name: str) -> str | None:
    """Return the value of a field for sorting: a level, a name in `publication` or `identifiers`, or a path."""
    value: Any = json.loads(plain or "{}")
    for step in name.split("."):
        found = [value.get(step)] if isinstance(value, dict) else []
        if isinstance(value, dict) and step == name:
            found += [value[part].get(step) for part in _PARTS if isinstance(value.get(part), dict)]
        value = next((item for item in found if item), None)
    if isinstance(value, list):
        value = value[0] if value else None
    return natural(value) if isinstance(value, str) else None


def open_current(folder: Path) -> Index | None:
    """Return the index in use in that folder; None where there is none, or one of another version."""
    try:
        name = files.read_bytes(folder, _POINTER, _MAX_NAME).decode("ascii").strip()
        known = name.startswith("index-") and "/" not in name and door.is_file(folder, name)
    except (OSError, UnicodeDecodeError, LibraryError):
        return None
    if not known or any(_is_odd(folder, f"{name}{suffix}") for suffix in _SIDE_FILES):
        return None
    index = Index(folder / name)
    try:
        if index.meta("version") == VERSION:
            return index
    except DAMAGE:
        pass
    index.close()
    return None


def open_unfinished(folder: Path) -> Index | None:
    """Return the index that somebody began to build and was stopped at; the caller holds the lock of builders."""
    for name in door.names(folder, ""):
        if not name.startswith("index-") or name.endswith(_SIDE_FILES[1:]):
            continue
        if any(_is_odd(folder, f"{name}{suffix}") for suffix in _SIDE_FILES):
            continue
        index = Index(folder / name)
        with suppress(*DAMAGE):
            if index.meta("version") == VERSION and index.meta(_UNFINISHED):
                return index
        index.close()
    return None


def _is_odd(folder: Path, name: str) -> bool:
    """Return whether something other than a file of the user's own has the name: SQLite would write through it."""
    try:
        found = door.status(folder, name)
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(found.st_mode) or found.st_nlink > 1 or not (is_own(found) or door.is_safe(folder.parent))


def publish(index: Index, folder: Path) -> None:
    """Make a complete index the one in use, and take older ones away. Raises OSError."""
    path = index.path
    if path is None:
        return
    temporary = f"{_POINTER}-{os.getpid()}"
    with suppress(FileNotFoundError):
        door.unlink(folder, temporary)
    descriptor = door.open_file(folder, temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - an open descriptor, not a path
        file.write(path.name.encode("ascii"))
    door.rename(folder, temporary, _POINTER)
    clear(folder, keep=path.name)


def index_size(folder: Path) -> int:
    """Return the bytes of the index files in the folder."""
    return sum(door.status(folder, name).st_size for name in door.names(folder, "") if name.startswith("index-"))


def clear(folder: Path, *, keep: str | None = None) -> None:
    """Take the index files in the folder away, but for those of the index to `keep`."""
    for name in door.names(folder, ""):
        if name.startswith("index-") and not (keep and name.startswith(keep)):
            with suppress(OSError):
                door.unlink(folder, name)


def discard(folder: Path) -> None:
    """Forget the index in use: the next to ask will build one."""
    with suppress(OSError):
        door.unlink(folder, _POINTER)
