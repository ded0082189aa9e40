"""What a catalogue says of the keeper of a source, in one text: the name of a repository or a whole path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.reading import read_levels
from citetool.record.levels import group_of
from citetool.record.model import Holding, Level

from .holdings import parse_repository

if TYPE_CHECKING:
    from collections.abc import Iterable

_IS_COLLECTION = re.compile(r"(?i)\b(?:papers|collections?|records|fonds|nachlass|files?|manuscripts)\b")


def holding_of(levels: Iterable[Level]) -> Holding:
    """The holding with these levels, each once; those of one name stand together, as a record file writes them."""
    found = list(dict.fromkeys(levels))
    return Holding(tuple(lv for name in dict.fromkeys(lv.name for lv in found) for lv in found if lv.name == name))


def keeper_levels(text: str) -> tuple[list[Level], bool]:
    """The levels of a text that names a repository, and whether more was read out of it than its name.

    A text without commas is the name. Of a longer one, a reading counts only where it finds a collection by its word or
    a level below; a body and its part are `division` and `repository`.
    """
    if not re.search(r"[,;]", text):
        return ([Level("repository", text)] if text else []), False
    found = read_levels(text)
    groups = {group_of(level.name) for level in found}
    if groups & {"item", "folder", "container", "series"} or any(
        group_of(level.name) == "collection" and _IS_COLLECTION.search(level.value) for level in found
    ):
        return found, True
    parts = parse_repository(text)
    return parts, len(parts) > 1
