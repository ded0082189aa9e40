"""`--style preferred`: each record in the style that its archive asks for (`repositories.yaml`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from citetool.record.model import Record

NAME = "preferred"
OTHERWISE = "chicago"
"""For what stands in no archive, or in one that asks for nothing."""


def styles_of(found: Sequence[Record], style: str, library: Path | None) -> list[str]:
    """The style for each record: the one that was named, or for `preferred` its archive's."""
    if style != NAME:
        return [style] * len(found)
    from citetool.library.authority import preferred_style, read_authority

    authority = read_authority(records.home(library).root)
    return [preferred_style(record, authority, OTHERWISE) for record in found]


def by_style(
    found: Sequence[Record], styles: Sequence[str], cite: Callable[[Sequence[Record], str], Sequence[str]]
) -> list[str]:
    """The text of each record, in the order of the records; those of one style are rendered together."""
    texts: dict[int, str] = {}
    for style in dict.fromkeys(styles):
        places = [place for place, name in enumerate(styles) if name == style]
        texts.update(zip(places, cite([found[place] for place in places], style), strict=True))
    return [texts[place] for place in sorted(texts)]
