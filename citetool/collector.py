"""Python's collector of cyclic garbage, steered in one place.

Records, items and trees have no cycles and go when nobody holds them; but each new object counts towards the next
search through all the others, which takes 15 % of a long bibliography and a tenth of the indexing of a library.
"""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RARELY = 100_000
MANY = 500_000
_lock = threading.Lock()
_before: list[tuple[int, int, int]] = []  # what was set before, once for each that collects rarely now
_unsearched = [0]  # objects made in pauses since the last search


def collect_rarely() -> None:
    """Search for garbage less often in this process from now on, as suits one command and its end."""
    gc.set_threshold(RARELY, 20, 20)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Search for garbage less often inside, and as before once nobody is inside any more: threads may be at once."""
    with _lock:
        _before.append(_before[0] if _before else gc.get_threshold())
        gc.set_threshold(RARELY)
    try:
        yield
    finally:
        with _lock:
            threshold = _before.pop()
            if not _before:
                gc.set_threshold(*threshold)


@contextmanager
def collection_paused() -> Iterator[None]:
    """Collect no cycles inside, where that was on outside.

    Afterwards all that was made inside counts as old, or the first new object would start the search that was saved;
    and because old objects start no search, however many they are, one is made here for each `MANY` of them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _unsearched[0] += gc.get_count()[0]
            if _unsearched[0] > MANY:
                _unsearched[0] = 0
                gc.collect()
            elif not gc.get_freeze_count():  # what somebody has frozen stays so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
