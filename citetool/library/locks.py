"""One writer at a time: a lock on `.citetool/lock` that the system drops when its process ends, however it ends.

Readers take no lock: each file is replaced in one step. Who waits is told after a second for whom; who has waited long
enough is told so and changes nothing. Waiting is counted by a clock that cannot go back.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from citetool.problems import LibraryError, Problem, Where

from . import door

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

DEFAULT_WAIT = 30.0
_SIGNATURE = 500  # bytes; the file is never cut
_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def _quiet(_: str) -> None:
    pass


class Lock:
    """A lock on a file of a library or a cache folder, which need not be there, as a context.

    Raises LibraryError after `wait` seconds, naming who holds it.
    `say` is called once with a line for people when the wait takes longer than a second.
    """

    def __init__(
        self, root: Path, name: str, *, wait: float = DEFAULT_WAIT, say: Callable[[str], None] = _quiet
    ) -> None:
        self._root = root
        self._name = name
        self._path = root / name
        self._wait = wait
        self._say = say
        self._descriptor = -1

    def __enter__(self) -> Lock:
        path = self._path
        try:
            self._descriptor = door.open_file(self._root, self._name, os.O_RDWR | os.O_CREAT)
        except OSError as error:
            hint = "the library may not be written by you; choose another with --library"
            raise LibraryError(Problem(f"cannot lock: {door.os_error_text(error)}", Where(str(path)), hint)) from None
        begun, told = time.monotonic(), False
        while not _try_lock(self._descriptor):
            waited = time.monotonic() - begun
            if waited >= self._wait:
                holder = self._holder()
                os.close(self._descriptor)
                hint = "wait for it to end, or end it; the lock goes with it"
                raise LibraryError(Problem(f"the library is being changed by {holder}", Where(str(path)), hint))
            if waited > 1 and not told:
                self._say(f"waiting for {self._holder()}")
                told = True
            time.sleep(0.02)
        self._sign(f"{os.getpid()} {' '.join(sys.argv[1:])}")
        return self

    def __exit__(self, *_: object) -> None:
        self._sign("")
        os.close(self._descriptor)

    def _sign(self, holder: str) -> None:
        """Write who holds the lock. A file that another name leads to as well is left alone: it may not be ours."""
        with suppress(OSError):  # a full disk: the lock holds all the same
            if os.fstat(self._descriptor).st_nlink == 1:
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, _printable(holder).encode()[:_SIGNATURE].ljust(_SIGNATURE))

    def _holder(self) -> str:
        text = ""
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            text = _printable(os.read(self._descriptor, _SIGNATURE).decode(errors="replace").strip())
        process, _, command = text.partition(" ")
        return f"process {process} (citetool {command})" if process else "another process"


def _printable(text: str) -> str:
    """Return the text with a question mark for each control character: it is shown on a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _try_lock(descriptor: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise LibraryError(Problem(f"cannot lock the library: {door.os_error_text(error)}")) from None
    return True
