"""Keep the memory of a server that runs for days flat.

The allocator of glibc gives each thread an arena of its own and keeps in it what was freed: of eight threads that build
and drop lists of records, half of what the server held was such memory (100 of 200 MB), and it crept. With two arenas,
and large blocks given back to the system at once, it stays where it is.
"""

from __future__ import annotations

import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of malloc.h
_ARENAS = 2
_LARGE = 256 * 1024  # bytes


def keep_flat() -> None:
    """Tell the allocator of this process so, where it is that of glibc; before the threads begin."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - other systems need none

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        for what, value in ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, 2 * _LARGE)):
            mallopt(what, value)
