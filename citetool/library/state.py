"""The library's own folder `.citetool`: lock, index, trash and journal.

What lies in it can undo, move and remove files, so it is used only where it was made here: it must be a real folder
of the user's own, and git must not track it (a repository can bring a prepared one along). A folder that was made
here holds a file `here` with its own device and inode number, which neither an archive nor a checkout can bring; an
index that came along is built anew.

Nothing is written into a library of another user: it is read, with an index in the user's own cache folder. Several
users of one library name its folder in `CITETOOL_SAFE_LIBRARIES` (paths joined as in `PATH`, or `*`), as with
git's `safe.directory`.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from citetool.paths import is_own
from citetool.problems import LibraryError, Problem, Where

from . import door

if TYPE_CHECKING:
    from pathlib import Path

OWN = door.OWN
SAFE = door.SAFE
_HERE = f"{OWN}/here"
_IGNORED = f"{OWN}/.gitignore"


def own_folder(root: Path) -> Path:
    """Return the library's own folder, made on first use; git ignores it.

    Raises LibraryError where it is a link or a file, is tracked by git, or where it or the library belongs to somebody
    else.
    """
    check_root(root)
    found = _found(root)
    if found is None:
        try:
            _make(root)
        except OSError as error:
            raise LibraryError(door.not_written(error, root)) from None
    else:
        _check_owner(root, found)
        if _read_mark(root) != _mark_of(found):
            _check_tracked(root)
            _forget_index(root)
            with suppress(OSError):  # a folder that cannot be written is looked at again next time
                _mark(root)
    return root / OWN


def _make(root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    door.make_folder(root, OWN)
    _write(root, _IGNORED, b"*\n")
    door.flush_folder(root, "")
    _mark(root)


def check(root: Path) -> bool:
    """Return whether the library has a folder of its own that may be read. Raises LibraryError as `own_folder` does."""
    found = _found(root)
    if found is not None:
        _check_owner(root, found)
        if _read_mark(root) != _mark_of(found):
            _check_tracked(root)
    return found is not None


def library_around(path: Path) -> Path | None:
    """Return the library that a path lies in: the nearest folder above it with a folder of ours, or named `records`."""
    for folder in path.parents:
        if folder.name == OWN:
            return folder.parent
        if (folder / OWN).is_dir() or folder.name == "records":
            return folder
    return None


def _found(root: Path) -> os.stat_result | None:
    try:
        found = door.status(root, OWN)
    except FileNotFoundError:
        return None
    if not door.is_folder(root, OWN):
        hint = f"take it away; citetool makes a folder {OWN} of its own there"
        raise LibraryError(Problem(f"{OWN} is a link or a file, not a folder", Where(str(root / OWN)), hint))
    return found


def check_root(root: Path) -> None:
    """Refuse to write into the folder of somebody else, which may lie where it was found to be written into.

    Raises LibraryError.
    """
    with suppress(FileNotFoundError):  # it is made where it is missing
        if not is_own(root.stat()) and not door.is_safe(root):
            hint = f"it can be read; to write, name it in {SAFE} if you share it, or another library with --library"
            raise LibraryError(Problem("the library belongs to another user", Where(str(root)), hint))


def _check_owner(root: Path, found: os.stat_result) -> None:
    if is_own(found) or door.is_safe(root):
        return
    hint = f"rm -r {root / OWN} (only the undo history goes), or name the library in {SAFE} if you share it"
    raise LibraryError(Problem(f"{OWN} belongs to another user", Where(str(root / OWN)), hint))


def _check_tracked(root: Path) -> None:
    """Refuse a folder that git tracks; without git, or outside a repository, there is nothing to ask."""
    if not any((folder / ".git").exists() for folder in (root.absolute(), *root.absolute().parents)):
        return
    # the repository's own settings may name programs; none of them is run by listing the index
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), "ls-files", "-z", "--", OWN]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=30, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return
    if done.stdout:
        hint = f"git rm -r --cached {root / OWN}; rm -r {root / OWN} (only the undo history goes)"
        raise LibraryError(Problem(f"git tracks {OWN}: it may have been prepared", Where(str(root / OWN)), hint))


def _forget_index(root: Path) -> None:
    """Take an index away that was made elsewhere: its file can hold views and triggers of anybody's making."""
    for name in door.names(root, OWN):
        if name == "current" or name.startswith("index-"):
            with suppress(OSError):
                door.unlink(root, f"{OWN}/{name}")


def _mark_of(found: os.stat_result) -> bytes:
    return f"{found.st_dev} {found.st_ino}\n".encode()


def _read_mark(root: Path) -> bytes:
    try:
        descriptor = door.open_file(root, _HERE)
    except (OSError, LibraryError):
        return b""
    try:
        return os.read(descriptor, 100)
    finally:
        os.close(descriptor)


def _mark(root: Path) -> None:
    _write(root, _HERE, _mark_of(door.status(root, OWN)))


def _write(root: Path, relative: str, data: bytes) -> None:
    """Write a small file anew; one of that name that is linked from elsewhere is left as it is."""
    with suppress(FileNotFoundError):
        door.unlink(root, relative)
    try:
        descriptor = door.open_file(root, relative, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:  # another process wrote it in between
        return
    try:
        os.write(descriptor, data)
    finally:
        os.close(descriptor)
