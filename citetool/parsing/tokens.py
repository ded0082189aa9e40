"""The tokens of a citation and their types."""

from __future__ import annotations

from typing import Literal

TokenType = Literal[
    "level", "repository", "division", "collection", "place", "years", "date", "number", "id", "text", "quote",
    "italic", "url", "kind", "marking", "blank", "opening", "series", "time", "digital", "short_form",
]  # fmt: skip


class Token:
    """A span of the text and its `type`, the `level` where it is a numbered one, the mark before it."""

    __slots__ = ("before", "end", "level", "start", "type")

    def __init__(self, start: int, end: int, token_type: TokenType, before: str = " ", level: str = "") -> None:
        self.start = start
        self.end = end
        self.type: TokenType = token_type
        self.before = before
        self.level = level

    def __repr__(self) -> str:
        return f"Token({self.start}, {self.end}, {self.type!r}, {self.before!r}, {self.level!r})"
