"""What was made of a file, kept in the user's cache folder until the file changes.

Only what can be made again at any time is kept, so nothing here ever fails: what cannot be read, was damaged, or was
written by another version counts as not there, and where nothing can be written nothing is. Entries are plain data
(numbers, text, tuples, lists, dicts, sets) in the format of `marshal`, which Python itself keeps compiled modules in:
reading one takes less than a millisecond. Whoever keeps something puts the `stamp` of each file that it was made of
inside, and compares when it is taken out.
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
from citetool.paths import PACKAGE, cache_folder

if TYPE_CHECKING:
    from pathlib import Path

TICK = 100_000_000  # ns; longer than the tick of any file system's clock but FAT's
_FORM = (__version__, sys.version_info[:2])
_MOST = 128
"""Entries of one kind; a new one takes the place of the oldest."""
_LARGEST = 4 * 1024 * 1024  # bytes of an entry
_CHECK = 4  # bytes

Stamp = tuple[int, int, int, int]


def stamp(path: Path | str) -> Stamp | None:
    """What tells one state of a file from another: size, times of the last change (ns) and inode number.

    None for what is no regular file (a link may lead elsewhere tomorrow), is not there, or was changed so short a time
    ago that it could change again within one tick of the file system's clock.
    """
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode) or 0 <= time.time_ns() - status.st_mtime_ns < TICK:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


class Shelf:
    """What is kept of one kind, and what made it: `code` names modules of citetool as paths within the package.

    What another version of these modules has made counts as not there.
    """

    def __init__(self, kind: str, *code: str) -> None:
        self.kind = kind
        self.code = code

    def load(self, name: str) -> Any:
        """What was kept under that name, None where there is nothing."""
        try:
            data = self._file(name).read_bytes()
            if zlib.crc32(data[_CHECK:]) != int.from_bytes(data[:_CHECK], "big"):
                return None
            form, whose, kept = marshal.loads(data[_CHECK:])
        except (OSError, ValueError, EOFError, TypeError, RuntimeError):  # RuntimeError: no home folder
            return None
        return kept if whose == name and form == self._form() else None

    def store(self, name: str, plain: Any) -> None:
        """Keep plain data under that name, in one step: whoever reads meanwhile finds what was there before, or all.

        What is very large is not kept.
        """
        body = marshal.dumps((self._form(), name, plain))
        if len(body) > _LARGEST:
            return
        with suppress(OSError, RuntimeError):
            place = self._file(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary = place.with_suffix(f".{os.getpid()}")
            temporary.write_bytes(zlib.crc32(body).to_bytes(_CHECK, "big") + body)
            temporary.replace(place)
            _clear(place.parent)

    def _form(self) -> tuple[Any, ...]:
        return (*_FORM, *(stamp(PACKAGE / path) for path in self.code))

    def _file(self, name: str) -> Path:
        return cache_folder() / self.kind / f"{zlib.crc32(name.encode(errors='replace')):08x}"


def _clear(folder: Path) -> None:
    """Take the oldest entries away where there are too many."""
    files = list(folder.iterdir())
    if len(files) > _MOST:
        for old in sorted(files, key=lambda file: file.stat().st_mtime_ns)[: len(files) - _MOST]:
            old.unlink()
