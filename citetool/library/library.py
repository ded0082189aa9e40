"""The library: records by key, in a folder of record files.

Reading one record reads one file: the one named by its key, wherever that is not enough (nested folders, aliases, a
file named otherwise) the index knows the place. The records that ship with citetool are found when the library itself
has not got the key. Whatever changes records is in `changes/plans.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, overload

from citetool import config
from citetool.diskcache import DiskCache
from citetool.paths import shipped_records
from citetool.problems import CitetoolError, InputError, LibraryError, NotFoundError, Problem, Where, suggest

from . import door, files, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from citetool.library.changes.plans import OnConflict, Plan
    from citetool.library.index.index import Index
    from citetool.library.query.search import Hit
    from citetool.record.model import Record

_SHELF = DiskCache("records", "record/yamltext.py", "record/schema.py", "record/model.py", "names.py")
VARIABLE = "CITETOOL_LIBRARY"
_FOR_GIT = ((".gitignore", f"/{state.OWN}/"), (".gitattributes", "*.yaml merge=citetool"))
_FEW = 50  # so many files are searched for a key without an index
T = TypeVar("T")


def _quiet(_: str) -> None:
    pass


class Library(Mapping[str, "Record"]):
    """The records of a folder by key, with another library to ask when it has not got one (`fallback`).

    Keys, values, items and length are those of the folder alone, or of the fallback where the folder has not been made
    yet; `library[key]` and `key in library` ask the fallback last of all.
    """

    def __init__(
        self, root: str | os.PathLike[str], fallback: Library | None = None, say: Callable[[str], None] = _quiet
    ) -> None:
        """`say` is told what takes long or went wrong without harm, a line each time."""
        self.root = Path(root)
        self.fallback = fallback
        self.say = say
        self.missed: Callable[[Problem], None] = lambda problem: self.say(str(problem))

    def __repr__(self) -> str:
        """Return a short line, for a prompt."""
        return f"<Library {str(self.home.root)!r}>"

    def __getitem__(self, key: str) -> Record:
        """Return the record with this key or alias.

        Raises NotFoundError with near keys, InputError for a faulty file.
        """
        record = self.get(key)
        if record is None:
            other = f"citetool list shows the keys of {self.root}"
            if ":" in key:
                other = "if it is a query: citetool search QUERY, or --query QUERY"
            hint = suggest(key, _near(key, self._names())) or other
            raise NotFoundError(Problem(f"there is no record {key!r}", hint=hint))
        return record

    @overload
    def get(self, key: str, /) -> Record | None: ...
    @overload
    def get(self, key: str, /, default: Record | T) -> Record | T: ...
    def get(self, key: str, /, default: T | None = None) -> Record | T | None:
        """Return the record with this key or alias, here or in the fallback; else the default.

        Raises InputError for a faulty file.
        """
        found = self._find(key)
        if found is not None:
            return found[1] or self.read(found[0])
        return default if self.fallback is None else self.fallback.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Return True if a record here or in the fallback has this key or alias."""
        return isinstance(key, str) and self._has(key)

    def _has(self, key: str) -> bool:
        return self.path_of(key) is not None or (self.fallback is not None and key in self.fallback)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, sorted."""
        return iter(sorted(self.home._from_index(lambda index: index.keys())))

    def records(self, faults: list[Problem] | None = None) -> Iterator[Record]:
        """Yield the records, sorted by key, each read when asked for.

        The problems of faulty files go into `faults`, where it is given; else the first one raises InputError.
        """
        for path in self.home.paths():
            try:
                yield self.home.read(path)
            except InputError as error:
                if faults is None:
                    raise
                faults += error.problems

    @property
    def home(self) -> Library:
        """The library itself, or the fallback where it has not been made yet."""
        return self.fallback if self.fallback is not None and not self.root.is_dir() else self

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self.home._from_index(lambda index: index.keys()))

    def paths(self) -> list[str]:
        """Return the record files of this library, relative to its folder, sorted by key."""
        return self._from_index(lambda index: index.paths())

    def search(self, query: str, limit: int | None = None) -> Iterator[Hit]:
        """Yield the records that a query finds in this library (see `query/parse.py`). Raises QueryError."""
        from citetool.library.query.search import search  # noqa: PLC0415 - citing by key needs no SQLite

        return search(self.home.root, query, self.say, limit, self.missed)

    def select(self, query: str) -> Iterator[Record]:
        """Yield the records that a query finds, in its order, each read from its file. Raises QueryError."""
        for hit in self.search(query):
            yield self.home.read(hit.path)

    def add(
        self,
        records: Iterable[Record],
        *,
        beside: Mapping[str, bytes] | None = None,
        on_conflict: OnConflict = "refuse",
        command: str = "add",
    ) -> Plan:
        """Put records into the library, and texts beside them by path; gives what became of each key.

        See `changes.plan_add`. Raises LibraryError; then nothing has changed.
        """
        from citetool.library.changes.additions import plan_add  # noqa: PLC0415 - who only reads needs no journal
        from citetool.library.changes.plans import change  # noqa: PLC0415

        return change(self, command, lambda: plan_add(self, records, beside=beside, on_conflict=on_conflict))

    def _names(self) -> list[str]:
        """Return the keys to suggest: those of a few files are read, those of many taken from the index."""
        few = list(islice(files.scan(self.root), _FEW + 1))
        names = set(self._from_index(lambda index: index.keys()) if len(few) > _FEW else ())
        for found in few[:_FEW] if not names else ():
            with suppress(CitetoolError, FileNotFoundError):
                names.add(self.read(found.path).id)
        return sorted(names.union(() if self.fallback is None else self.fallback._names()))

    def _from_index(self, ask: Callable[[Index], T]) -> T:
        from citetool.library.index.sync import ready  # noqa: PLC0415 - citing by key needs no SQLite

        index = ready(self.root, self.say, words=False)
        try:
            return ask(index)
        finally:
            index.close()

    def read(self, path: str) -> Record:
        """Return the record of a file of the library. Raises InputError with all its faults.

        Loading a YAML library takes longer than citing a record. So the first text that makes it necessary is kept with
        its plain data (`citetool.diskcache`); whoever reads the same text in another process needs no YAML.
        """
        text = files.read_text(self.root, path)
        source = str(self.root / path)
        if "yaml" in sys.modules:
            return self._parsed(text, source)
        from citetool.record.schema import checked, to_plain  # noqa: PLC0415 - what the index answers needs no records

        kept = _SHELF.load(source)
        if kept is not None and kept[0] == text:
            return checked(kept[1], source)
        record = self._parsed(text, source)
        _SHELF.store(source, (text, to_plain(record)))
        return record

    def _parsed(self, text: str, source: str) -> Record:
        from citetool.record.yamltext import read_record  # noqa: PLC0415 - see `read`

        return read_record(text, source)

    def path_of(self, key: str) -> str | None:
        """Return the file of the record with this key or alias in this library, relative to its folder, or None.

        A file named by the key that cannot be read counts: reading it tells what is wrong.
        """
        found = self._find(key)
        return found[0] if found else None

    def _find(self, key: str) -> tuple[str, Record | None] | None:
        """Path and record of a key or alias; without the record where a file of its name cannot be read."""
        name = files.file_name(key)
        for suffix in files.SUFFIXES:
            try:
                found = self._checked(name + suffix, key)
            except FileNotFoundError:
                continue
            if found:
                return found
        return self._search(key)

    def _search(self, key: str) -> tuple[str, Record | None] | None:
        few = list(islice(files.scan(self.root), _FEW + 1))
        if len(few) > _FEW:
            path = self._from_index(lambda index: index.find_key(key))
            return self._checked(path, key) if path else None
        wanted = key.encode()
        aliases: list[tuple[str, Record | None]] = []
        for path in sorted(file.path for file in few):
            named = files.key_of(path) == key
            try:
                if not named and wanted not in files.read_bytes(self.root, path):
                    continue
            except LibraryError:
                continue  # a file that cannot be read hides no other; `check` tells of it
            found = self._checked(path, key)
            if found and (named or (found[1] and found[1].id == key)):
                return found
            if found and found[1]:
                aliases.append(found)
        return aliases[0] if aliases else None

    def _checked(self, path: str, key: str) -> tuple[str, Record | None] | None:
        """Path and record if it has the key; without the record where the file cannot be read."""
        try:
            record = self._read_if(path, key)
        except InputError:
            return path, None
        return (path, record) if record else None

    def _read_if(self, path: str, key: str) -> Record | None:
        record = self.read(path)
        return record if key == record.id or key in record.aliases else None


def open_library(path: Path | str | None = None) -> Library:
    """Return the library to work with (see `find_library`), with the records that ship with citetool behind it.

    Raises NotFoundError where a folder is named that is not there.
    """
    root = find_library(path)
    shipped = shipped_records()
    if shipped is None or (root.exists() and shipped.samefile(root)):
        return Library(root)
    return Library(root, Library(shipped))


def find_library(path: Path | str | None = None) -> Path:
    """Return the folder of the library to work with.

    It is the one named; else that of `$CITETOOL_LIBRARY`; else the nearest upward from here of the folders called
    `records` and those that `init_library` has made; else the user's own (`config.default_library`), which need not be
    there yet. Of a named folder that holds a `records` folder, it is that one. Raises NotFoundError where a named
    folder is not there.
    """
    named = path if path is not None else os.environ.get(VARIABLE)
    if named:
        folder = Path(named).expanduser()
        if (folder / "records").is_dir():
            return folder / "records"
        if folder.is_dir():
            return folder
        from shlex import quote  # noqa: PLC0415 - only a fault pays for it

        if folder.exists():
            raise NotFoundError(Problem("a library is a folder, and this is none", Where(str(folder))))
        hint = f"citetool library init {quote(str(folder))}"
        raise NotFoundError(Problem("there is no such library", Where(str(folder)), hint))
    try:
        here = Path.cwd()
    except FileNotFoundError:
        hint = "go to one that is there, or name a library with --library"
        raise NotFoundError(Problem("the folder that you are in is gone", hint=hint)) from None
    for place in (here, *here.parents):
        if place.name == "records":
            return place
        if (place / "records").is_dir():
            return place / "records"
        if _made_by_init(place):
            return place
    return config.default_library()


def _made_by_init(folder: Path) -> bool:
    """Return True if `init_library` was here: git and syncing keep the line it leaves for git."""
    name, line = _FOR_GIT[-1]
    try:
        descriptor = door.open_file(folder, name)
    except (OSError, LibraryError):
        return False
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as file:
        return line in file.read(1 << 16).splitlines()


def init_library(folder: Path) -> Path:
    """Make a library of this folder, which may be there already; gives its path.

    Writes a `.gitignore` for what is ours, and `.gitattributes` that name the merge driver; git uses it once
    `git config merge.citetool.driver 'citetool library merge-file %O %A %B'` has been said. Raises LibraryError where
    the folder cannot be written, or belongs to somebody else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        state.check_root(folder)
        for name, line in _FOR_GIT:
            opened = door.open_file(folder, name, os.O_RDWR | os.O_CREAT)
            with open(opened, "r+", encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123 - a descriptor
                text = file.read()
                if line not in text.splitlines():
                    file.write(f"{line}\n" if not text or text.endswith("\n") else f"\n{line}\n")
    except OSError as error:
        raise LibraryError(Problem(f"cannot make a library: {door.os_error_text(error)}", Where(str(folder)))) from None
    return folder.resolve()


_MANY = 2000


def _near(key: str, known: list[str]) -> list[str]:
    """Of many keys those worth comparing with this one: of like length, and alike at the beginning or end."""
    if len(known) <= _MANY:
        return known
    like = [k for k in known if abs(len(k) - len(key)) <= 2 and (k[:2] == key[:2] or k[-2:] == key[-2:])]
    return like[:_MANY]
