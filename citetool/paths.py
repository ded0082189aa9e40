"""The folders that citetool uses: cache, settings, the user's library, and the records and styles shipped with it;
and files that are found by their place or made beside others.

Linux and other Unixes follow the XDG Base Directory Specification, macOS and Windows have the places usual there; an
`XDG_*` variable that holds an absolute path counts on every system. No function here creates a folder.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent
MOST = 16 * 1024 * 1024
"""Bytes of a file that was found by its place."""

# By kind of folder: the XDG variable, its default, the folder on macOS, and on Windows the variable with its default.
_KINDS = {
    "cache": ("XDG_CACHE_HOME", ".cache", "Library/Caches", ("LOCALAPPDATA", "AppData/Local")),
    "config": ("XDG_CONFIG_HOME", ".config", "Library/Application Support", ("APPDATA", "AppData/Roaming")),
    "data": ("XDG_DATA_HOME", ".local/share", "Library/Application Support", ("LOCALAPPDATA", "AppData/Local")),
}


def cache_folder() -> Path:
    """Return the folder of everything that can be made again."""
    folder = _folder("cache")
    # Windows keeps data and cache of a program in one folder
    return folder / "Cache" if sys.platform == "win32" and not os.environ.get("XDG_CACHE_HOME") else folder


def config_folder() -> Path:
    """Return the folder of the user's settings (`config.toml`)."""
    return _folder("config")


def user_library() -> Path:
    """Return the folder of the user's own library, the one in use where no other is named or near."""
    return _folder("data") / "records"


def shipped_records() -> Path | None:
    """Return the folder of the records shipped with citetool, None in an installation without them."""
    return _shipped("records")


def shipped_styles() -> Path | None:
    """Return the folder of citetool's own styles, None in an installation without them."""
    return _shipped("styles")


def handbook() -> Path:
    """Return the folder of the pages that `citetool help` shows; its `README.md` lists them."""
    return PACKAGE / "handbook"


def _folder(kind: str) -> Path:
    variable, default, mac, (windows, windows_default) = _KINDS[kind]
    named = os.environ.get(variable, "")
    if Path(named).is_absolute():
        return Path(named) / "citetool"
    if sys.platform == "win32":
        named = os.environ.get(windows, "")
        return (Path(named) if Path(named).is_absolute() else Path.home() / windows_default) / "citetool"
    return Path.home() / (mac if sys.platform == "darwin" else default) / "citetool"


def _shipped(name: str) -> Path | None:
    """Return a folder of the installed package, or of the same name at the top of a source tree."""
    return next((folder for folder in (PACKAGE / name, PACKAGE.parent / name) if folder.is_dir()), None)


# ---- files that nobody has named: they may be anything


def open_found(path: Path) -> int:
    """Return a descriptor of a regular file that was found by its place and not named by the user.

    A named pipe would wait for ever, a device never end. Raises OSError for these too.
    """
    # without waiting for the other end of a pipe
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, "not a regular file", str(path))


def leads_out(path: Path, root: Path) -> bool:
    """Return whether links on the way to a place below `root` lead out of it."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def create(path: Path) -> int:
    """Return a descriptor of a new file, made here: a file of that name is taken away first, a link is not followed.

    A name that can be guessed (of a file that takes another's place when it is whole) may have been put there to lead
    elsewhere. Raises OSError.
    """
    path.unlink(missing_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(path, flags, 0o666)


def is_own(found: os.stat_result) -> bool:
    """Return whether a file is the user's own, also where the user became root with sudo; always True on Windows."""
    if not hasattr(os, "geteuid"):
        return True
    user = os.geteuid()
    return found.st_uid == user or (user == 0 and str(found.st_uid) == os.environ.get("SUDO_UID"))


def read_found(path: Path) -> bytes:
    """Return the bytes of a file that was found.

    Raises OSError, also for what is no regular file and for more than `MOST` bytes: a file may claim any size.
    """
    with open(open_found(path), "rb") as file:
        data = file.read(MOST + 1)
    if len(data) > MOST:
        raise OSError(errno.EFBIG, f"larger than {MOST >> 20} MB", str(path))
    return data
