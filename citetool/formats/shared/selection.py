"""Selection among the records of a source: `box:173`, a key, words of a title, the name of the unit they belong to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.record.levels import bare

if TYPE_CHECKING:
    from citetool.record.model import Record

HINT = "write box:173, series:Letters, the id of a component, or words of its title"


def selected(record: Record, select: str | None, raw_id: str = "") -> bool:
    """Return whether a record is wanted; all are where nothing is selected.

    `raw_id` is the id that the source gives it, where its key is another one. A name without a level before it picks
    the records of the unit of this title, and those whose own titles have all of its words.
    """
    if not select:
        return True
    wanted = select.strip()
    if wanted in (raw_id, record.id):
        return True
    name, colon, value = wanted.partition(":")
    if colon and re.fullmatch(r"[\w-]+", name):
        folded = value.strip().casefold()
        named = [lv for lv in record.archive.levels if lv.name == name.strip().casefold().replace("-", "_")]
        if named or name.casefold() in ("box", "folder", "container", "series"):
            return any(folded in (lv.value.casefold(), bare(lv).casefold()) for lv in named)
    if any(lv.value.casefold() == wanted.casefold() for lv in record.archive.levels):
        return True
    words = re.findall(r"\w+", wanted.casefold())
    title = set(re.findall(r"\w+", record.any_title.casefold()))
    return bool(words) and title.issuperset(words)
