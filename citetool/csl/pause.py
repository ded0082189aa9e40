"""Rendering without the search for garbage.

Trees have no cycles and go when nobody holds them; but each new object counts towards the next search through all the
others, which takes 15 % of a long bibliography. What was on is on again behind it, also after a fault; what has been
made meanwhile counts as old by then, or the first new object would start the search that was saved.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collection_paused() -> Iterator[None]:
    """No collection of cycles inside, where it was on outside."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # what somebody has frozen stays so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
