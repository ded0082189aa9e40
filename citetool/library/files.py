"""The files of a library: how they are named, listed, read, written and locked.

A record is one YAML file, anywhere below the library's folder, by default `<key>.yaml` at its top. Folders and files
whose name starts with a dot are not records; `.citetool` holds what is ours (lock, index, trash, journal) and ignores
itself in git.

A file is replaced in one step: the new text goes to a file of its own in `.citetool/tmp`, is flushed to the disk, and
takes the old one's place by a rename. Whoever is stopped at any moment leaves the old text or the new, and some rubbish
in `tmp` that the next writer clears away. Every path goes through `door`, which never leaves the library's folder.
"""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.problems import InputError, LibraryError, Problem, Where
from citetool.struct import NamedTuple

from . import door
from .door import inside, not_written, os_error_text
from .state import OWN, own_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SUFFIXES = (".yaml", ".yml")
BOM = b"\xef\xbb\xbf"
MAX_BYTES = 16 * 1024 * 1024
# A record needs no key of these names; a file of that name means something else, to us or to Windows.
RESERVED = frozenset(
    {"repositories", "con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in "123456789"}
)
_BLOCK = 64 * 1024
TICK = 100_000_000  # ns; longer than the tick of any file system's clock but FAT's
_LONGEST = 180  # bytes of a name before its suffix; file systems allow 255
_UNSAFE = lazy(r'[%/\\:*?"<>|\x00-\x1f\x7f]|^[.\s-]|[.\s]$')
_TEMPORARY = f"{OWN}/tmp"
_ONE_SYNC = 16  # more files than this are flushed to the disk together


class Found(NamedTuple):
    """A file of the library: path relative to the library, with `/`; size in bytes; mtime in ns; inode number."""

    path: str
    size: int
    mtime: int
    inode: int

    @property
    def stamp(self) -> str:
        """Return a text that tells one state of the file from another.

        A file changed a moment ago could change again within one tick of the file system's clock; its stamp is like no
        other, so that it is looked at once more.
        """
        if 0 <= time.time_ns() - self.mtime < TICK:
            return f"{self.size} {self.mtime} {self.inode} fresh"
        return f"{self.size} {self.mtime} {self.inode}"


def look(root: Path, path: str) -> Found | None:
    """Return the file of the library at that path, None where there is none."""
    try:
        status = door.status(root, path)
    except (OSError, LibraryError):
        return None
    return Found(path, status.st_size, status.st_mtime_ns, status.st_ino)


def file_name(key: str) -> str:
    """Return the name of the file for a key, unsafe characters percent-encoded, without the suffix.

    Two keys have one name only where a file system takes two letters for one; whoever reads compares the id.
    """
    name = key if key.isascii() and key.isalnum() else _UNSAFE.sub(_encoded, unicodedata.normalize("NFC", key))
    if name.casefold().partition(".")[0] in RESERVED:
        name = f"%{ord(name[0]):02X}{name[1:]}"
    raw = name.encode()
    if len(raw) > _LONGEST:
        name = f"{raw[:_LONGEST].decode(errors='ignore')}~{zlib.crc32(raw):08x}"
    return name


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def key_of(path: str) -> str:
    """Return the key that a file's name stands for; what its record says is the truth."""
    stem = PurePosixPath(path).stem
    if "%" not in stem:
        return stem
    raw = re.sub(rb"%([0-9A-F]{2})", lambda match: bytes((int(match[1], 16),)), stem.encode())
    return raw.decode(errors="replace")


def listing(root: Path, folder: str) -> Iterator[Found | str]:
    """List a folder of the library, hidden names left out: files, and the paths of folders below it.

    In no order; links to folders count as files and are never followed. Raises LibraryError where it cannot be read.
    """
    found: list[Found | str] = []
    try:
        with door.entries(root, folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    found.append(path)
                    continue
                with suppress(OSError):  # gone since the folder was read
                    status = entry.stat(follow_symlinks=False)
                    found.append(Found(path, status.st_size, status.st_mtime_ns, status.st_ino))
    except FileNotFoundError:
        return
    except OSError as error:
        raise LibraryError(Problem(os_error_text(error), Where(str(root / folder)))) from None
    yield from found


def scan(root: Path) -> Iterator[Found]:
    """All record files of the library, in no order."""
    folders = [""]
    while folders:
        for found in listing(root, folders.pop()):
            if isinstance(found, str):
                folders.append(found)
            elif is_record_file(found.path):
                yield found


def is_record_file(path: str) -> bool:
    """Return True if the path is that of a record: a YAML file that is not one of the library's own."""
    stem, dot, suffix = path.rpartition(".")
    return f".{suffix}" in SUFFIXES and bool(dot) and stem != "repositories"


def read_bytes(root: Path, path: str, limit: int | None = None) -> bytes:
    """Return the bytes of a file of the library, of at most `limit` bytes (else of `MAX_BYTES`).

    A link to a file of the library is followed. Raises FileNotFoundError, or LibraryError where it cannot be read.
    """
    place, limit = inside(root, path), limit or MAX_BYTES
    try:
        descriptor = _open(root, path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise LibraryError(Problem(os_error_text(error), Where(str(place)))) from None
    try:
        data = os.read(descriptor, _BLOCK)
        if len(data) == _BLOCK:
            with open(descriptor, "rb", closefd=False) as file:
                data += file.read(limit + 1)
    except OSError as error:
        raise LibraryError(Problem(os_error_text(error), Where(str(place)))) from None
    finally:
        os.close(descriptor)
    if len(data) > limit:
        raise LibraryError(Problem(f"the file is larger than {limit >> 20} MB", Where(str(place))))
    return data


def _open(root: Path, path: str) -> int:
    try:
        return door.open_file(root, path)
    except LibraryError:
        target = _target(root, path)
        if target == path:
            raise
    return door.open_file(root, target)


def _target(root: Path, path: str) -> str:
    """Return the path, or where the link of that name leads. Raises LibraryError where that is outside."""
    if not stat.S_ISLNK(door.status(root, path).st_mode):
        return path
    base, target = os.path.realpath(root), os.path.realpath(inside(root, path))
    if not target.startswith(f"{base}{os.sep}"):
        hint = "put the file itself in its place"
        raise LibraryError(Problem("this link leads out of the library", Where(str(root / path)), hint))
    return os.path.relpath(target, base).replace(os.sep, "/")


def read_text(root: Path, path: str) -> str:
    """Return the text of a UTF-8 file of the library, without a byte order mark, its lines ended by a newline alone."""
    return decoded(read_bytes(root, path), f"{root}/{path}")


def decoded(data: bytes, source: str) -> str:
    """Return the text of UTF-8 bytes, likewise. Raises InputError with the line where they are not UTF-8."""
    try:
        text = data.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        line = data.removeprefix(BOM).count(b"\n", 0, error.start) + 1
        hint = "save it in the encoding UTF-8"
        raise InputError(Problem("the file is not UTF-8", Where(source, line), hint)) from None
    return text.replace("\r\n", "\n") if "\r" in text else text


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write or replace files of the library, each in one step, flushed to the disk; folders are made as needed.

    All new texts are on the disk before the first takes its place, so a full disk changes nothing. Raises LibraryError.
    The caller holds the lock.
    """
    staged: dict[str, str] = {}
    try:
        own_folder(root)
        door.make_folder(root, _TEMPORARY)
        for number, (path, data) in enumerate(files.items()):
            temporary = f"{_TEMPORARY}/{os.getpid()}-{number}"
            staged[temporary] = path
            _write_new(root, temporary, data, path, flush=len(files) <= _ONE_SYNC)
        if len(files) > _ONE_SYNC:
            os.sync()
        folders = {_folder_of(path) for path in files}
        for folder in folders - {""}:
            door.make_folder(root, folder)
        for temporary, path in staged.items():
            door.rename(root, temporary, path)
        for folder in folders:
            door.flush_folder(root, folder)
    except (OSError, LibraryError) as error:
        for temporary in staged:
            with suppress(OSError, LibraryError):
                door.unlink(root, temporary)
        raise (LibraryError(not_written(error, root)) if isinstance(error, OSError) else error) from None


def _folder_of(path: str) -> str:
    return "/".join(door.parts(path)[:-1])


def _write_new(root: Path, temporary: str, data: bytes, target: str, *, flush: bool) -> None:
    """Write a temporary file with the mode of the file that it will replace."""
    with suppress(FileNotFoundError):
        door.unlink(root, temporary)
    descriptor = door.open_file(root, temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - an open descriptor, not a path
        file.write(data)
        file.flush()
        with suppress(OSError, AttributeError):  # a new file; Windows has no modes
            os.fchmod(descriptor, stat.S_IMODE(door.status(root, target).st_mode))
        if flush:
            os.fsync(descriptor)


def copy(root: Path, source: Path, path: str) -> None:
    """Copy a file from elsewhere into the library, in one step, flushed to the disk. Raises LibraryError."""
    temporary = f"{_TEMPORARY}/{os.getpid()}-copy"
    try:
        own_folder(root)
        door.make_folder(root, _TEMPORARY)
        with suppress(FileNotFoundError):
            door.unlink(root, temporary)
        descriptor = door.open_file(root, temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        with source.open("rb") as reader, open(descriptor, "wb") as writer:  # noqa: PTH123 - a descriptor
            while block := reader.read(1 << 20):
                writer.write(block)
            writer.flush()
            os.fsync(writer.fileno())
        _put(root, temporary, path)
    except (OSError, LibraryError) as error:
        with suppress(OSError, LibraryError):
            door.unlink(root, temporary)
        raise (LibraryError(not_written(error, root)) if isinstance(error, OSError) else error) from None


def move(root: Path, source: str, target: str) -> None:
    """Move a file within the library (the trash included) in one step. Raises LibraryError."""
    try:
        _put(root, source, target)
    except OSError as error:
        raise LibraryError(not_written(error, root)) from None


def _put(root: Path, source: str, target: str) -> None:
    folder = _folder_of(target)
    if folder:
        door.make_folder(root, folder)
    door.rename(root, source, target)
    door.flush_folder(root, folder)
