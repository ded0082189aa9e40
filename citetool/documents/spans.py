"""Stretches of a text that are passed over, and brackets that close what they opened."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int, int]


class Edit(NamedTuple):
    """New text for the stretch from `start` to `end`."""

    start: int
    end: int
    text: str


class Spans:
    """Stretches of a text, and which one an offset lies in."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take the spans, which may overlap."""
        merged: list[list[int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self.starts = [start for start, _ in merged]
        self.ends = [end for _, end in merged]
        self._pairs: dict[str, tuple[str, dict[int, int]]] = {}  # of the text that was asked about last

    def end_at(self, offset: int) -> int:
        """Return the end of the stretch that the offset lies in, or 0."""
        place = bisect_right(self.starts, offset) - 1
        return self.ends[place] if place >= 0 and offset < self.ends[place] else 0

    def pairs(self, text: str, pair: str) -> dict[int, int]:
        """Return for each bracket that opens where it is closed, or -1: one pass, however many never close."""
        known = self._pairs.get(pair)
        if known is None or known[0] is not text:
            known = self._pairs[pair] = (text, self._paired(text, pair))
        return known[1]

    def _paired(self, text: str, pair: str) -> dict[int, int]:
        found: dict[int, int] = {}
        opened: list[int] = []
        marks = re.compile(rf"\\.?|[{re.escape(pair)}]", re.S)
        match = marks.search(text)
        while match is not None:
            place = match.start()
            inside = self.end_at(place)
            if not inside and match[0] == pair[0]:
                opened.append(place)
                found[place] = -1
            elif not inside and match[0] == pair[1] and opened:
                found[opened.pop()] = place
            match = marks.search(text, inside or match.end())
        return found


def closing(text: str, start: int, opaque: Spans, pair: str = "{}") -> int:
    """Return the offset of the bracket that closes the one at `start`, or -1; a backslash takes the next letter."""
    known = opaque.pairs(text, pair).get(start)
    if known is not None:
        return known
    depth = 0
    place = start
    while place < len(text):
        inside = opaque.end_at(place)
        if inside and place > start:
            place = inside
            continue
        letter = text[place]
        if letter == "\\":
            place += 2
            continue
        depth += (letter == pair[0]) - (letter == pair[1])
        if not depth:
            return place
        place += 1
    return -1
