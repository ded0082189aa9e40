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

from .files import reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

DEFAULT_WAIT = 30.0
_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def _quiet(_: str) -> None:
    pass


class Lock:
    """A lock on a file, which need not be there, as a context.

    Raises LibraryError after `wait` seconds, naming who holds it.
    `say` is called once with a line for people when the wait takes longer than a second.
    """

    def __init__(self, path: Path, *, wait: float = DEFAULT_WAIT, say: Callable[[str], None] = _quiet) -> None:
        self._path = path
        self._wait = wait
        self._say = say
        self._descriptor = -1

    def __enter__(self) -> Lock:
        path = self._path
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            hint = "the library may not be written by you; choose another with --library"
            raise LibraryError(Problem(f"cannot lock: {reason(error)}", Where(str(path)), hint)) from None
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
        self._sign()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)

    def _sign(self) -> None:
        with suppress(OSError):  # a full disk: the lock holds all the same
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()} {' '.join(sys.argv[1:])}"[:500].encode(errors="replace"), 0)

    def _holder(self) -> str:
        text = ""
        with suppress(OSError):
            text = os.pread(self._descriptor, 600, 0).decode(errors="replace")
        process, _, command = text.partition(" ")
        return f"process {process} (citetool {command})" if process else "another process"


def _try_lock(descriptor: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        raise LibraryError(Problem(f"cannot lock the library: {reason(error)}")) from None
    return True
