"""Counts as a small chart: a bar beside each number on a terminal, the numbers alone elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.output.markup import strip_markup
from citetool.text import display_width, pad, truncate

from . import console

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LABEL = 44


def pieces(
    numbers: Mapping[str, Sequence[tuple[str, int]]], most: int, width: int, things: str = "records"
) -> Iterator[str]:
    """Yield a chart for each field: `most` values (0: all) with their numbers, and the sum of the rest."""
    for place, (field, counts) in enumerate(numbers.items()):
        total = sum(number for _, number in counts)
        yield f"{chr(10) if place else ''}{field} ({total:,} {things})\n"
        shown = list(counts[: most or len(counts)])
        rest = counts[len(shown) :]
        if rest:
            shown.append((f"and {len(rest):,} more", sum(number for _, number in rest)))
        yield from _chart(shown, width)


def _chart(counts: Sequence[tuple[str, int]], width: int) -> Iterator[str]:
    labels = [truncate(strip_markup(value) or "(none)", _LABEL) for value, _ in counts]
    wide = max(map(display_width, labels), default=0)
    digits = max((len(f"{number:,}") for _, number in counts), default=0)
    largest = max((number for _, number in counts), default=1)
    room = min(width - wide - digits - 6, 40) if console.is_terminal() else 0
    for label, (_, number) in zip(labels, counts, strict=True):
        bar = f"  {_bar(number / largest * room)}" if room > 3 else ""
        yield f"  {pad(label, wide)}  {number:>{digits},}{bar}\n"


def _bar(length: float) -> str:
    whole, part = divmod(round(length * 8), 8)
    return _EIGHTHS[8] * whole + (_EIGHTHS[part] if part else "")
