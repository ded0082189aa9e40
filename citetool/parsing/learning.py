"""Short names of archives that no table has, met again and again in a list of citations: a user may name them once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .people import is_unknown_body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .gazetteer import Gazetteer
    from .model import Reading

_FIRST = lazy(r"[\s\"“„«(\[]*(?P<word>[^\s,.;:()\"”]+)(?=[\s,.;:])")
_OFTEN = 3  # citations from which a name is worth a word


def unknown_bodies(readings: Iterable[Reading], gaz: Gazetteer) -> list[tuple[str, int]]:
    """Return the unknown short names that stand where an archive does, each with how often; the most frequent first.

    That is where a reading has its repository, or where a citation without one begins.
    """
    names = (_unknown(reading, gaz) for reading in readings if reading.work is None and reading.source is None)
    counted = Counter(name for name in names if name)
    return [(name, count) for name, count in counted.most_common() if count >= _OFTEN]


def _unknown(reading: Reading, gaz: Gazetteer) -> str:
    bodies = [level.value for level in reading.levels if level.name in ("repository", "digital")]
    if any(gaz.repository(body) for body in bodies):
        return ""
    first = _FIRST.match(reading.string)
    told = next((body for body in bodies if is_unknown_body(body)), first["word"] if first and reading.levels else "")
    known = gaz.repository(told) or told.casefold() in gaz.terms["class"] or told.casefold() in gaz.levels
    return "" if known or not is_unknown_body(told) else told
