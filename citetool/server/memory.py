"""Keep the memory of a server that runs for days flat.

The allocator of glibc gives each thread an arena of its own and keeps in it what was freed: of eight threads that build
and drop lists of records, half of what the server held was such memory (100 of 200 MB), and it crept. With one arena
(Python runs one thread at a time), and large blocks given back to the system at once, it stays where it is.

Python's collector of cyclic garbage works often here, and not rarely as for one command (`collector`): a compiled style
is a circle of functions, and of those dropped by 20 readers up to 60 MB lay about.
"""

from __future__ import annotations

import gc
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of malloc.h
_ARENAS = 1
_LARGE = 256 * 1024  # bytes
# Objects that are made between two searches for garbage, and how many of those to a larger one.
_OFTEN = (5_000, 10, 10)


def keep_flat() -> None:
    """Tell the collector of this process so, and its allocator where it is that of glibc; before the threads begin."""
    gc.collect()
    gc.freeze()  # what has been loaded stays: it is not searched, and what a pause makes goes on counting as young
    gc.set_threshold(*_OFTEN)
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - other systems need none

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        for what, value in ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, 2 * _LARGE)):
            mallopt(what, value)
