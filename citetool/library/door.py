"""The one door to the files below a library: every path is walked from its open folder, and no link is followed.

A path comes from a record, a journal, an index or a file name, and none of these is to be believed: a library may
have been prepared by somebody else. Each function takes the library's folder and a path relative to it, opens the
folders on the way one after the other without following links, and acts on the last name in the open folder. So
neither `..` nor a link leads out, also not one that is put there in between.

What lies in the library's own folder `.citetool` can undo, move and remove files. So its folders and files are opened
only where they are the user's own, or where the library is named in `CITETOOL_SAFE_LIBRARIES`. Files that went to the
trash keep the owner that they had.

Where the system cannot act relative to an open folder (Windows), each part of the path is looked at before the act.

Raises LibraryError for a path that leaves the library or a folder that is a link, and OSError as the system does.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from citetool.paths import is_own
from citetool.problems import LibraryError, Problem, Where
from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OWN = ".citetool"
"""The library's own folder: lock, index, trash and journal."""
SAFE = "CITETOOL_SAFE_LIBRARIES"
_TRASH = f"{OWN}/trash/"
_RELATIVE = {os.open, os.stat, os.mkdir, os.unlink, os.rmdir, os.rename} <= os.supports_dir_fd
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_FOLLOW | getattr(os, "O_CLOEXEC", 0)
# a named pipe is opened without waiting for its other end, and then refused
_FILE = _NO_FOLLOW | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _Spot(NamedTuple):
    """The last name of a path: relative to the open `folder`, or a whole path where `folder` is None."""

    name: str
    folder: int | None


def has_drive(path: str) -> bool:
    """Return whether the path begins with a drive letter of Windows (`C:`)."""
    return path[1:2] == ":" and path[0].isascii() and path[0].isalpha()


def parts(relative: str) -> tuple[str, ...]:
    """Return the names on the way to a file of the library. Raises LibraryError for a path that leaves it."""
    # by hand: a pure path takes ten times as long, and an index asks for each file of a library
    whole = relative.replace("\\", "/")
    names = tuple(name for name in whole.split("/") if name not in ("", "."))
    if whole.startswith("/") or ".." in names or "\0" in relative or has_drive(relative) or not names:
        raise LibraryError(Problem(f"{relative!r} leaves the library", hint="name a file below the library's folder"))
    return names


def inside(root: Path, relative: str) -> Path:
    """Return the path of a file of the library, for messages and for other programs. Raises as `parts` does."""
    return root.joinpath(*parts(relative))


def status(root: Path, relative: str) -> os.stat_result:
    """Return the status of a file, folder or link. Raises FileNotFoundError where there is none."""
    with _spot(root, relative) as spot:
        return os.stat(spot.name, dir_fd=spot.folder, follow_symlinks=False)


def exists(root: Path, relative: str) -> bool:
    """Return whether anything of that name is there; a link counts."""
    return _mode(root, relative) != 0


def is_file(root: Path, relative: str) -> bool:
    """Return whether a regular file is there; a link is none."""
    return stat.S_ISREG(_mode(root, relative))


def is_folder(root: Path, relative: str) -> bool:
    """Return whether a folder is there; a link is none."""
    return stat.S_ISDIR(_mode(root, relative))


def _mode(root: Path, relative: str) -> int:
    try:
        return status(root, relative).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def open_file(root: Path, relative: str, flags: int = os.O_RDONLY, mode: int = 0o666) -> int:
    """Return a descriptor of a regular file. Raises LibraryError for a link, a pipe, a device or a folder."""
    with _spot(root, relative) as spot:
        try:
            descriptor = os.open(spot.name, flags | _FILE, mode, dir_fd=spot.folder)
        except OSError:
            _refuse_special(root, relative, _lstat(spot))
            raise
    try:
        found = os.fstat(descriptor)
        _refuse_special(root, relative, found)
        if not relative.startswith(_TRASH):
            _refuse_foreign(root, parts(relative), found)
    except LibraryError:
        os.close(descriptor)
        raise
    return descriptor


def _lstat(spot: _Spot) -> os.stat_result | None:
    with suppress(OSError):
        return os.stat(spot.name, dir_fd=spot.folder, follow_symlinks=False)
    return None


def _refuse_special(root: Path, relative: str, found: os.stat_result | None) -> None:
    if found is None or stat.S_ISREG(found.st_mode):
        return
    kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
    kind = kinds.get(stat.S_IFMT(found.st_mode), "a device")
    hint = "move it out of the library"
    raise LibraryError(Problem(f"not a regular file but {kind}", Where(str(inside(root, relative))), hint))


@contextmanager
def entries(root: Path, relative: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """Give the entries of a folder of the library, itself for `""`; valid inside the `with` only."""
    if not _RELATIVE:
        _check_way(root, parts(relative) if relative else ())
        with os.scandir(root / relative) as found:
            yield found
        return
    descriptor = _open_way(root, parts(relative) if relative else ())
    try:
        with os.scandir(descriptor) as found:
            yield found
    finally:
        os.close(descriptor)


def names(root: Path, relative: str) -> list[str]:
    """Return the names in a folder, sorted; none where there is no folder."""
    try:
        with entries(root, relative) as found:
            return sorted(entry.name for entry in found)
    except FileNotFoundError:
        return []


def make_folder(root: Path, relative: str) -> None:
    """Make a folder and those above it, as far as they are not there."""
    way = parts(relative)
    for depth in range(1, len(way) + 1):
        with _spot(root, "/".join(way[:depth])) as spot, suppress(FileExistsError):
            os.mkdir(spot.name, dir_fd=spot.folder)
    if not is_folder(root, relative):
        raise LibraryError(_no_folder(root, way))


def rename(root: Path, source: str, target: str) -> None:
    """Move a file within the library in one step, over what is there."""
    with _spot(root, source) as old, _spot(root, target) as new:
        os.replace(old.name, new.name, src_dir_fd=old.folder, dst_dir_fd=new.folder)


def unlink(root: Path, relative: str) -> None:
    """Take a file, or a link, away."""
    with _spot(root, relative) as spot:
        os.unlink(spot.name, dir_fd=spot.folder)


def remove_folder(root: Path, relative: str) -> None:
    """Take an empty folder away."""
    with _spot(root, relative) as spot:
        os.rmdir(spot.name, dir_fd=spot.folder)


def remove_tree(root: Path, relative: str) -> None:
    """Take a folder away with all that is in it, as far as the system lets us; links in it go, not what they name."""
    if not is_folder(root, relative):
        with suppress(OSError):
            unlink(root, relative)
        return
    for name in names(root, relative):
        remove_tree(root, f"{relative}/{name}")
    with suppress(OSError):
        remove_folder(root, relative)


def flush_folder(root: Path, relative: str) -> None:
    """Make the names in a folder survive a power cut, where the system can (Windows cannot open a folder)."""
    if not _RELATIVE:
        return
    with suppress(OSError):
        descriptor = _open_way(root, parts(relative) if relative else ())
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# ---- messages


def os_error_text(error: OSError) -> str:
    """Return the system's message in lower case, without number and path."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def not_written(error: OSError, root: Path) -> Problem:
    """Return the problem for a fault of the system while the library was written, with a hint what to do."""
    hints = {
        errno.ENOSPC: "the disk is full: make room and try again; no record was damaged",
        errno.EFBIG: "a limit on file sizes was met; no record was damaged",
        errno.EROFS: "the library is on a read-only disk; choose another with --library",
        errno.EACCES: "the folder may not be written by you; choose another library with --library",
        errno.EPERM: "the folder may not be written by you; choose another library with --library",
    }
    place = str(root if error.filename is None else root / str(error.filename))
    return Problem(f"cannot write: {os_error_text(error)}", Where(place), hints.get(error.errno or 0))


# ---- the walk


@contextmanager
def _spot(root: Path, relative: str) -> Iterator[_Spot]:
    *way, name = parts(relative)
    if not _RELATIVE:
        _check_way(root, tuple(way))
        yield _Spot(str(root.joinpath(*way, name)), None)
        return
    descriptor = _open_way(root, tuple(way))
    try:
        yield _Spot(name, descriptor)
    finally:
        os.close(descriptor)


def _open_way(root: Path, way: tuple[str, ...]) -> int:
    """Return a descriptor of a folder. The library's own folder may be named by a link: the user has named it."""
    descriptor = os.open(root, _FOLDER & ~_NO_FOLLOW)
    for name in way:
        try:
            inner = os.open(name, _FOLDER, dir_fd=descriptor)
        except FileNotFoundError:
            raise
        except OSError:
            if _is_no_folder(name, descriptor):
                raise LibraryError(_no_folder(root, way)) from None
            raise
        finally:
            os.close(descriptor)
        descriptor = inner
    if way and way[0] == OWN:
        try:
            _refuse_foreign(root, way, os.fstat(descriptor))
        except LibraryError:
            os.close(descriptor)
            raise
    return descriptor


def is_safe(root: Path) -> bool:
    """Return whether `CITETOOL_SAFE_LIBRARIES` names the library: several users may then write in it."""
    safe = [name for name in os.environ.get(SAFE, "").split(os.pathsep) if name]
    return "*" in safe or any(os.path.realpath(name) == os.path.realpath(root) for name in safe)


def _refuse_foreign(root: Path, way: tuple[str, ...], found: os.stat_result) -> None:
    if way[0] == OWN and not is_own(found) and not is_safe(root):
        hint = f"take it away, or name the library in {SAFE} if you share it"
        raise LibraryError(Problem("this belongs to another user", Where(str(root.joinpath(*way))), hint))


def _is_no_folder(name: str, descriptor: int) -> bool:
    with suppress(OSError):
        return not stat.S_ISDIR(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode)
    return False


def _check_way(root: Path, way: tuple[str, ...]) -> None:
    for depth in range(1, len(way) + 1):
        place = root.joinpath(*way[:depth])
        junction = getattr(place, "is_junction", bool)
        if place.is_symlink() or junction() or (place.exists() and not place.is_dir()):
            raise LibraryError(_no_folder(root, way))


def _no_folder(root: Path, way: tuple[str, ...]) -> Problem:
    hint = "a link on the way to a file of the library is not followed; put a folder in its place"
    return Problem("this is not a folder of the library but a link or a file", Where(str(root.joinpath(*way))), hint)
