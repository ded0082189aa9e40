"""Disk cache for values derived from files; entries are invalidated when a source file changes.

Everything here can be made again at any time, so nothing here ever fails: an entry that cannot be read, was damaged, or
was written by another version counts as missing, and where nothing can be written nothing is kept. Entries are plain
data (numbers, text, tuples, lists, dicts, sets) in the format of `marshal`, which Python keeps compiled modules in:
reading one takes less than a millisecond. Callers store the `stamp` of each source file inside the entry, and compare
it when they load the entry.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from citetool import __version__
from citetool.paths import PACKAGE, cache_folder, create, is_own, open_found

if TYPE_CHECKING:
    from pathlib import Path

TICK = 100_000_000  # ns; longer than the tick of any file system's clock but FAT's
_FORM = (__version__, sys.version_info[:2])
_MAX_ENTRIES = 128  # of one kind; a new one replaces the oldest
_MAX_BYTES = 4 * 1024 * 1024  # bytes of an entry
_CHECK = 4  # bytes

Stamp = tuple[int, int, int, int]


def stamp(path: Path | str) -> Stamp | None:
    """Return the state of a file: size, times of the last change (ns) and inode number.

    None for a missing file, for anything but a regular file (a link may lead elsewhere tomorrow), and for a file
    changed so recently that it could change again within one tick of the file system's clock.
    """
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode) or 0 <= time.time_ns() - status.st_mtime_ns < TICK:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


class DiskCache:
    """The entries of one kind; `code` names the modules that make them, as paths within the package.

    An entry made by another version of these modules counts as missing.
    """

    def __init__(self, kind: str, *code: str) -> None:
        self.kind = kind
        self.code = code

    def load(self, name: str) -> Any:
        """Return the data stored under a name, None if there is none."""
        try:
            data = _own_bytes(self._file(name))
            if zlib.crc32(data[_CHECK:]) != int.from_bytes(data[:_CHECK], "big"):
                return None
            form, whose, kept = marshal.loads(data[_CHECK:])
        except (OSError, ValueError, EOFError, TypeError, RuntimeError):  # RuntimeError: no home folder
            return None
        return kept if whose == name and form == self._form() and None not in form else None

    def store(self, name: str, plain: Any) -> None:
        """Store plain data under a name in one step: a reader finds the old entry or the whole new one.

        Very large data is not stored.
        """
        body = marshal.dumps((self._form(), name, plain))
        if len(body) > _MAX_BYTES:
            return
        with suppress(OSError, RuntimeError):
            place = self._file(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary = place.with_suffix(f".{os.getpid()}")
            with open(create(temporary), "wb") as file:  # noqa: PTH123 - an open descriptor, not a path
                file.write(zlib.crc32(body).to_bytes(_CHECK, "big") + body)
            temporary.replace(place)
            _clear(place.parent)

    def _form(self) -> tuple[Any, ...]:
        """Return what an entry is made by; None stands in it for a module that is being changed at this moment."""
        return (*_FORM, *(stamp(PACKAGE / path) for path in self.code))

    def _file(self, name: str) -> Path:
        return cache_folder() / self.kind / f"{zlib.crc32(name.encode(errors='replace')):08x}"


def _own_bytes(path: Path) -> bytes:
    """Return the bytes of the user's own file. Raises OSError for any other: `marshal` trusts what it reads."""
    with open(open_found(path), "rb") as file:  # noqa: PTH123 - an open descriptor, not a path
        if not is_own(os.fstat(file.fileno())):
            raise PermissionError("the file of another user")
        return file.read()


def _clear(folder: Path) -> None:
    """Delete the oldest entries if there are too many."""
    files = list(folder.iterdir())
    if len(files) > _MAX_ENTRIES:
        for old in sorted(files, key=lambda file: file.stat().st_mtime_ns)[: len(files) - _MAX_ENTRIES]:
            old.unlink()
