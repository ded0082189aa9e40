"""The files of a library: how they are named, listed, read, written and locked.

A record is one YAML file, anywhere below the library's folder, by default `<key>.yaml` at its top. Folders and files
whose name starts with a dot are not records; `.citetool` holds what is ours (lock, index, trash, journal) and ignores
itself in git.

A file is replaced in one step: the new text goes to a file of its own in `.citetool/tmp`, is flushed to the disk, and
takes the old one's place by a rename. Whoever is stopped at any moment leaves the old text or the new, and some rubbish
in `tmp` that the next writer clears away. Nothing here leaves the library's folder: not by a key, not by a path, not by
a symbolic link.
"""

from __future__ import annotations

import errno
import os
import re
import time
import unicodedata
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy
from citetool.problems import InputError, LibraryError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SUFFIXES = (".yaml", ".yml")
OWN = ".citetool"
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
_ONE_SYNC = 16  # more files than this are flushed to the disk together


class Found(NamedTuple):
    """A file of the library: path relative to the library, with `/`; size in bytes; mtime in ns; inode number."""

    path: str
    size: int
    mtime: int
    inode: int

    @property
    def stamp(self) -> str:
        """What tells one state of the file from another.

        A file changed a moment ago could change again within one tick of the file system's clock; its stamp is like no
        other, so that it is looked at once more.
        """
        if 0 <= time.time_ns() - self.mtime < TICK:
            return f"{self.size} {self.mtime} {self.inode} fresh"
        return f"{self.size} {self.mtime} {self.inode}"


def look(root: Path, path: str) -> Found | None:
    """The file of the library at that path, None where there is none."""
    try:
        status = inside(root, path).lstat()
    except OSError:
        return None
    return Found(path, status.st_size, status.st_mtime_ns, status.st_ino)


def file_name(key: str) -> str:
    """The name of the file for a key, unsafe characters percent-encoded, without the suffix.

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
    """The key that a file's name stands for; what its record says is the truth."""
    stem = PurePosixPath(path).stem
    if "%" not in stem:
        return stem
    raw = re.sub(rb"%([0-9A-F]{2})", lambda match: bytes((int(match[1], 16),)), stem.encode())
    return raw.decode(errors="replace")


def has_drive(path: str) -> bool:
    """Whether the path begins with the letter of a drive, as Windows has them (`C:`)."""
    return path[1:2] == ":" and path[0].isascii() and path[0].isalpha()


def inside(root: Path, relative: str) -> Path:
    """The path of a file of the library. Raises LibraryError where it would leave the library's folder."""
    pure = PurePosixPath(relative.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or "\0" in relative or has_drive(relative) or not pure.name:
        raise LibraryError(Problem(f"{relative!r} leaves the library", hint="name a file below the library's folder"))
    return root / pure


def listing(root: Path, folder: str) -> Iterator[Found | str]:
    """What stands in a folder of the library, hidden names left out: files, and the paths of folders below it.

    In no order; links to folders count as files and are never followed. Raises LibraryError where it cannot be read.
    """
    try:
        entries = os.scandir(root / folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LibraryError(Problem(reason(error), Where(str(root / folder)))) from None
    with entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            path = f"{folder}/{name}" if folder else name
            if entry.is_dir(follow_symlinks=False):
                yield path
                continue
            with suppress(OSError):  # gone since the folder was read
                status = entry.stat(follow_symlinks=False)
                yield Found(path, status.st_size, status.st_mtime_ns, status.st_ino)


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
    """Whether the path is that of a record: a YAML file that is not one of the library's own."""
    stem, dot, suffix = path.rpartition(".")
    return f".{suffix}" in SUFFIXES and bool(dot) and stem != "repositories"


def read_bytes(root: Path, path: str) -> bytes:
    """The bytes of a file of the library. Raises FileNotFoundError, or LibraryError where it cannot be read."""
    place = inside(root, path)
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno != errno.ELOOP or not place.resolve().is_relative_to(root.resolve()):
            message = "this link leads out of the library" if error.errno == errno.ELOOP else reason(error)
            raise LibraryError(Problem(message, Where(str(place)))) from None
        descriptor = os.open(place.resolve(), os.O_RDONLY)
    try:
        data = os.read(descriptor, _BLOCK)
        if len(data) == _BLOCK:
            with open(descriptor, "rb", closefd=False) as file:
                data += file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LibraryError(Problem(reason(error), Where(str(place)))) from None
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise LibraryError(Problem(f"the file is larger than {MAX_BYTES >> 20} MB", Where(str(place))))
    return data


def read_text(root: Path, path: str) -> str:
    """The text of a UTF-8 file of the library, without a byte order mark, its lines ended by a newline alone."""
    return decoded(read_bytes(root, path), f"{root}/{path}")


def decoded(data: bytes, source: str) -> str:
    """The text of UTF-8 bytes, likewise. Raises InputError with the line where they are not UTF-8."""
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
    own = own_folder(root) / "tmp"
    staged: list[tuple[str, Path]] = []
    try:
        own.mkdir(exist_ok=True)
        for number, (path, data) in enumerate(files.items()):
            target = inside(root, path)
            temporary = own / f"{os.getpid()}-{number}"
            staged.append((str(temporary), target))
            _write_new(temporary, data, target, flush=len(files) <= _ONE_SYNC)
        if len(files) > _ONE_SYNC:
            os.sync()
        for _, target in staged:
            if target.parent != root:
                target.parent.mkdir(parents=True, exist_ok=True)
        for temporary_name, target in staged:
            os.replace(temporary_name, target)  # noqa: PTH105 - one call a file, of which there may be many
        for folder in {target.parent for _, target in staged}:
            flush_folder(folder)
    except OSError as error:
        for temporary_name, _ in staged:
            with suppress(OSError):
                os.unlink(temporary_name)  # noqa: PTH108
        raise LibraryError(_not_written(error, root)) from None


def _write_new(path: Path, data: bytes, target: Path, *, flush: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - an open descriptor, not a path
        file.write(data)
        file.flush()
        with suppress(OSError):
            path.chmod(target.stat().st_mode)
        if flush:
            os.fsync(descriptor)


def copy(root: Path, source: Path, path: str) -> None:
    """Copy a file from elsewhere into the library, in one step, flushed to the disk. Raises LibraryError."""
    temporary = own_folder(root) / "tmp" / f"{os.getpid()}-copy"
    target = inside(root, path)
    try:
        temporary.parent.mkdir(exist_ok=True)
        with source.open("rb") as reader, temporary.open("wb") as writer:
            while block := reader.read(1 << 20):
                writer.write(block)
            writer.flush()
            os.fsync(writer.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
        flush_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise LibraryError(_not_written(error, root)) from None


def remove_tree(folder: Path) -> None:
    """Take a folder of ours away with all that is in it, as far as the system lets us."""
    if folder.is_dir():
        for inner in folder.iterdir():
            if inner.is_dir() and not inner.is_symlink():
                remove_tree(inner)
            else:
                with suppress(OSError):
                    inner.unlink()
        with suppress(OSError):
            folder.rmdir()


def move(root: Path, source: str, target: str) -> None:
    """Move a file within the library (the trash included) in one step. Raises LibraryError."""
    try:
        to = root / target
        to.parent.mkdir(parents=True, exist_ok=True)
        os.replace(root / source, to)  # noqa: PTH105 - as in write_files
        flush_folder(to.parent)
    except OSError as error:
        raise LibraryError(_not_written(error, root)) from None


def flush_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can."""
    with suppress(OSError):  # Windows cannot open a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def own_folder(root: Path) -> Path:
    """The folder for what is ours in a library, made on first use; git ignores it. Raises LibraryError."""
    own = root / OWN
    if not own.is_dir():
        try:
            own.mkdir(parents=True, exist_ok=True)
            (own / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            raise LibraryError(_not_written(error, root)) from None
    return own


def reason(error: OSError) -> str:
    """What the system says, in our manner: lower case, without number and path."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def _not_written(error: OSError, root: Path) -> Problem:
    hints = {
        errno.ENOSPC: "the disk is full: make room and try again; no record was damaged",
        errno.EFBIG: "a limit on file sizes was met; no record was damaged",
        errno.EROFS: "the library is on a read-only disk; choose another with --library",
        errno.EACCES: "the folder may not be written by you; choose another library with --library",
        errno.EPERM: "the folder may not be written by you; choose another library with --library",
    }
    place = str(error.filename or root)
    return Problem(f"cannot write: {reason(error)}", Where(place), hints.get(error.errno or 0))
