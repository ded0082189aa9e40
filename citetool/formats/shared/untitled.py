"""Titles for what bears none, in formats that want one of every entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.record.roles import csl_variable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Creator


def description(creators: Iterable[Creator], kind: str) -> str:
    """Return the title of what bears none: `George Creel to Edward House`, `Interview by Theodore Wilson`, `Diary`."""
    people = [(csl_variable(creator.role), creator.name.direct()) for creator in creators]
    sides = {part: " and ".join(name for role, name in people if role == part) for part in _DESCRIBED}
    if sides["author"] and sides["recipient"]:
        return f"{sides['author']} to {sides['recipient']}"
    word = kind[:1].upper() + kind[1:]
    return f"{word} by {sides['interviewer']}" if kind and sides["interviewer"] else word


def addressed(creators: Iterable[Creator], kind: str) -> str:
    """Return the title of what bears none beside the name of its author: `Letter to Edward House`; or an empty text."""
    to = " and ".join(creator.name.direct() for creator in creators if csl_variable(creator.role) == "recipient")
    return f"{kind[:1].upper()}{kind[1:]} to {to}" if kind and to else ""


_DESCRIBED = ("author", "recipient", "interviewer")
