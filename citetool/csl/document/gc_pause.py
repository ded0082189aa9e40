"""Rendering without the search for garbage.

Trees have no cycles and go when nobody holds them; but each new object counts towards the next search through all the
others, which takes 15 % of a long bibliography. What was on is on again behind it, also after a fault. What has been
made meanwhile counts as old by then, or the first new object would start the search that was saved; and because old
objects start no search, however many they are, one is made here for each `MANY` of them.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 500_000
_unsearched = [0]  # objects made in pauses since the last search


@contextmanager
def collection_paused() -> Iterator[None]:
    """No collection of cycles inside, where it was on outside."""
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
