"""A number in brackets behind a name: `Biblioteca del Seminario [ms. 315]`, `Koloniën (2.10.54)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .tokens import Token

if TYPE_CHECKING:
    import re

_MANUSCRIPT = lazy(r"(?i)(?:mss?|cod)\.?\s.*\d")
_DOTTED = lazy(r"\d+(?:\.\d+){2,}$")  # the number of an archive in the Netherlands


def is_manuscript(span: str) -> bool:
    """Return whether a span is the number of a manuscript in square brackets."""
    return span[0] == "[" and span[-1] == "]" and _MANUSCRIPT.match(span[1:-1]) is not None


def is_numbered(span: str, group: re.Match[str]) -> bool:
    """Return whether a span ends with a number of its own in brackets, `group`."""
    return is_manuscript(span[group.start() :].strip()) or _DOTTED.match(group.group(1)) is not None


def with_number(named: list[Token], start: int, group: re.Match[str]) -> list[Token]:
    """Return the tokens of a name and the number behind it; none where the name keeps no manuscripts.

    `group` was matched in a span that begins at `start`.
    """
    number = start + group.start(1), start + group.end(1)
    if _DOTTED.match(group.group(1)) is None:
        kept = named and named[-1].type == "repository"
        return [*named, Token(*number, "level", " ", "item")] if kept else []
    if named and named[-1].type == "text":
        named[-1].type = "collection"
    return [*named, Token(*number, "id", " ", "collection_id")] if named else []
