"""The keeper of a source as a catalogue names it, in one text: the name of a repository or a whole path."""

from __future__ import annotations

import re
from functools import lru_cache

from citetool.lazy_re import lazy
from citetool.parsing import read_levels
from citetool.record.levels import group_of
from citetool.record.model import Level

from .archive_text import parse_level, parse_repository

_IS_COLLECTION = lazy(r"(?i)\b(?:papers|collections?|records|fonds|nachlass|files?|manuscripts)\b")


_SHELF_MARK = lazy(r"(?:[A-Z]+[\d.]*|[A-Z][a-z]+) [.A-Z]{0,2}\d[\w./-]*$")


@lru_cache(maxsize=1024)
def keeper_levels(text: str) -> tuple[tuple[Level, ...], bool]:
    """Return the levels of a text that names a repository, and whether more was read out of it than its name.

    A text without commas is the name, or a shelf mark or container, as Zotero has it there. Of a longer one, a reading
    counts only where it finds a collection by its word or a level below; a body and its part are `division` and
    `repository`.
    """
    if not re.search(r"[,;]", text):
        level = parse_level(text)
        if _SHELF_MARK.match(text) or level.name not in ("call_number", "collection", "division"):
            return (level,), True
        return ((Level("repository", text),) if text else ()), False
    found = [_as_mark(level) for level in read_levels(text)]
    said = " ".join(level.value for level in found)
    if found and any(word not in said for word in _WORD.findall(text)):
        return _levels_then_name(text), True
    groups = {group_of(level.name) for level in found}
    if groups & {"item", "folder", "container", "series"} or any(
        group_of(level.name) == "collection" and _IS_COLLECTION.search(level.value) for level in found
    ):
        return tuple(found), True
    parts = _levels_then_name(text)
    return parts, len(parts) > 1


_WORD = lazy(r"\w{4,}")


def _levels_then_name(text: str) -> tuple[Level, ...]:
    """Return the levels that a text begins with, and all the rest of it as the name of the repository."""
    pieces = re.split(r"[,;]\s+", text)
    levels: list[Level] = []
    while len(pieces) > 1:
        level = parse_level(pieces[0])
        if level.name in ("call_number", "division") and not _SHELF_MARK.match(pieces[0]):
            break
        levels.append(level)
        del pieces[0]
    return (*levels, *parse_repository(", ".join(pieces)))


def _as_mark(level: Level) -> Level:
    """Return `P 7803` as a shelf mark: no keeper has a page."""
    is_mark = level.name == "page" and level.value[:1].isupper()
    return Level("call_number", level.value) if is_mark else level
