"""Citations typed as text in a word processor: `[@key, p. 3]`, `[see @key; -@other]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.markdown.grammar import Skip, citations
from citetool.documents.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.documents.spans import Span
    from citetool.documents.text import Found


def typed_markers(text: str, opaque: Iterable[Span], language: str = "") -> list[Found]:
    """Return the markers in brackets within one paragraph each; a bare `@name` may be anything in a letter."""
    if "@" not in text or "[" not in text:
        return []
    found = citations(text, Spans(opaque), Skip((), frozenset()), language)
    return [
        one
        for one in found
        if text[one.start] == "[" and "\n" not in text[one.start : one.end] and "@" in text[one.start : one.end]
    ]
