"""`--style preferred`: each record in the style its archive asks for (`repositories.yaml`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.config import SETTINGS

from . import records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from citetool.record.model import Record

NAME = "preferred"
OTHERWISE = SETTINGS["style"].default
"""The style of records without an archive, or of one that asks for none."""


def styles_of(found: Sequence[Record], style: str, library: Path | None) -> list[str]:
    """Return the style for each record: the one named, or for `preferred` that of its archive."""
    if style != NAME:
        return [style] * len(found)
    from citetool.library.authority import preferred_style, read_authority

    authority = read_authority(records.home(library).root)
    return [preferred_style(record, authority, OTHERWISE) for record in found]


def by_style(
    found: Sequence[Record], styles: Sequence[str], cite: Callable[[Sequence[Record], str], Sequence[str]]
) -> list[str]:
    """Return the text of each record, in the order of the records; those of one style are rendered together."""
    texts: dict[int, str] = {}
    for style in dict.fromkeys(styles):
        places = [place for place, name in enumerate(styles) if name == style]
        texts.update(zip(places, cite([found[place] for place in places], style), strict=True))
    return [texts[place] for place in sorted(texts)]


def merged(
    found: Sequence[Record],
    style: str,
    library: Path | None,
    bibliography: Callable[[Sequence[Record], str], list[tuple[str, str]]],
) -> list[tuple[str, str]]:
    """Return `(key, entry)` of a bibliography; where records have several styles, in the order of `OTHERWISE`."""
    styles = styles_of(found, style, library)
    if len(set(styles)) <= 1:
        return bibliography(found, styles[0] if styles else OTHERWISE)
    entries: dict[str, str] = {}
    for name in dict.fromkeys(styles):
        entries.update(bibliography([r for r, own in zip(found, styles, strict=True) if own == name], name))
    order = [key for key, _ in bibliography(found, OTHERWISE)]
    ranks = {key: rank for rank, key in enumerate(order)}
    return sorted(entries.items(), key=lambda entry: ranks.get(entry[0], len(ranks)))
