"""The similarity of two texts. With rapidfuzz (the extra `dedupe`) many are compared quickly; without it, slower."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from citetool.library.index.normalize import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

try:
    from rapidfuzz.distance import Indel
except ImportError:  # an extra
    Indel = None  # type: ignore[assignment]

_IDLE = frozenset(("the", "of", "and", "a", "an", "in", "for", "de", "der", "die", "das", "la", "le"))
ALIKE = 0.92


def plain_name(name: str) -> str:
    """Return the name without case, diacritics, punctuation and idle words; equal for spellings of one name."""
    return " ".join(word for word in words(name.replace("&", " and ")) if word not in _IDLE)


def likeness(first: str, second: str) -> float:
    """From 0 (nothing in common) to 1 (equal): twice the length of what both have in order, by both lengths."""
    if Indel is not None:
        return float(Indel.normalized_similarity(first, second))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def alike(names: Sequence[str], least: float = ALIKE) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that are likely spellings of one."""
    plain = sorted((plain_name(name), name) for name in names)
    for place, (first, name) in enumerate(plain):
        for second, other in plain[place + 1 :]:
            # sorted: once the first letters part, the rest is further away; a slip in the first word goes unseen
            if second[:3] != first[:3]:
                break
            if first and likeness(first, second) >= least:
                yield name, other
