"""Parts of a source that stand in a sentence by themselves: its title, its year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.output.tree import Mark

from .model import Content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Mode

# Sources that appear by themselves have their titles in italics, those that are part of another in quotation marks.
_ALONE = {
    "book", "classic", "collection", "dataset", "graphic", "hearing", "legislation", "map", "motion_picture",
    "musical_score", "pamphlet", "performance", "periodical", "report", "software", "song", "standard", "thesis",
    "treaty",
}  # fmt: skip


def part_of(item: dict[str, Any], mode: Mode) -> Content | None:
    """Return the title or year of a CSL-JSON item; None for another mode, or where the item has none."""
    if mode == "title-only":
        title = str(item.get("title-short") or item.get("title") or "")
        if not title:
            return None
        if item.get("type") in _ALONE:
            mark = Mark("font-style", "italic")
            return Content([mark, title, mark.close])
        return Content([f"“{title}”"])
    if mode == "year-only":
        date = item.get("issued") or {}
        parts = date.get("date-parts") or [[]]
        year = str(parts[0][0]) if parts[0] else str(date.get("literal") or date.get("raw") or "")
        return Content([year]) if year else None
    return None


def joined(parts: Sequence[Content]) -> Content:
    """Return the parts with semicolons between them."""
    events = list(parts[0].events)
    for part in parts[1:]:
        events += ["; ", *part.events]
    return Content(events)
