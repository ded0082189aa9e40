"""The parts of a reading, and the order of the tokens of a location: parts of the text, ranks of levels, turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tokens import Token

RANK = {
    "page": 0, "frame": 0, "item": 1, "piece": 1, "list": 0, "file_code": 2, "file": 2, "folder": 2, "box": 3,
    "container": 3, "carton": 3, "volume": 3, "reel": 3, "roll": 3, "entry": 4, "lot": 4, "subseries": 4,
    "series": 4, "subgroup": 4, "record_group": 5, "collection": 5, "collection_id": 5,
    "division": 6, "repository": 7, "parent_institution": 7,
}  # fmt: skip


class Part:
    """A span of the citation that was understood: its role (`level`, `title`, `creator` ...), for a level its name."""

    __slots__ = ("end", "level", "role", "start")

    def __init__(self, start: int, end: int, role: str, level: str = "") -> None:
        self.start = start
        self.end = end
        self.role = role
        self.level = level

    def __repr__(self) -> str:
        return f"Part({self.start}, {self.end}, {self.role!r}, {self.level!r})"


def is_evidence(token: Token) -> bool:
    """Return whether a token is of a kind that only archival citations have."""
    return token.type in ("repository", "collection", "division") or (token.type == "level" and token.level != "page")


def _rank(token: Token) -> int | None:
    if token.type == "level":
        rank = RANK.get(token.level)
        return rank if rank and token.level not in ("collection_id",) else None
    if token.type == "collection":
        return 5
    return {"division": 6, "repository": 7}.get(token.type)


def direction_changes(tokens: list[Token]) -> tuple[int, int]:
    """Return how often the next known level is smaller, and how often it is larger."""
    down = up = 0
    last: int | None = None
    for token in tokens:
        rank = _rank(token)
        if rank is None:
            continue
        if last is not None and rank != last:
            down += rank < last
            up += rank > last
        last = rank
    return down, up
