"""Citations typed as text in a word processor: `[@key, p. 3]`, `[see @key; -@other]`, `{Doe, 1944, p. 3}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.locators import split_locator
from citetool.documents.markdown.grammar import Skip, citations
from citetool.documents.model import CitedItem
from citetool.documents.spans import Spans
from citetool.documents.text import Found
from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.documents.spans import Span

_NAMES = r"[^\W\d_a-zß-ÿ][\w’'-]+(?:\s(?:and|&|und|et)\s[^\W\d_a-zß-ÿ][\w’'-]+|\set al\.?)?"
_BARE = lazy(r"(?<![\w@./:-])@\{?([^\W_](?:[\w:.#$%&+?<>~/-]*\w)?)")
_SCAN = lazy(r"\{([^{}|#\n]{6,300})\}")
_SCANNED = lazy(
    rf"(?P<prefix>(?:[a-zß-ÿ][\w.]*\s|[Ss]ee\s(?:also\s)?)*)(?P<minus>-)?(?P<names>{_NAMES}),\s(?P<year>\d{{4}}[a-z]?)(?P<rest>,\s.+)?\Z"
)


def typed_markers(text: str, opaque: Iterable[Span], language: str = "") -> list[Found]:
    """Return the markers within one paragraph each; a bare `@name` may be anything in a letter."""
    taken = Spans(opaque)
    found: list[Found] = []
    if "@" in text and "[" in text:
        found += citations(text, taken, Skip((), frozenset()), language)
    found = [
        one
        for one in found
        if text[one.start] == "[" and "\n" not in text[one.start : one.end] and "@" in text[one.start : one.end]
    ]
    return [*found, *_scanned(text, taken, language)] if "{" in text else found


def bare_keys(text: str, opaque: Iterable[Span]) -> list[tuple[str, int]]:
    """Return the words behind an `@` outside of brackets and addresses, with the places where they stand."""
    if "@" not in text:
        return []
    taken = Spans(opaque)
    return [(one[1], one.start()) for one in _BARE.finditer(text) if not taken.end_at(one.start())]


def _scanned(text: str, taken: Spans, language: str) -> list[Found]:
    """Return the markers in braces that name author and year, as programs that scan a text take them."""
    found: list[Found] = []
    for match in _SCAN.finditer(text):
        cites = [_SCANNED.match(part.strip()) for part in match[1].split(";")]
        if taken.end_at(match.start()) or not all(cites):
            continue
        items = []
        for cite in filter(None, cites):
            split = split_locator(cite["rest"] or "", language)
            items.append(
                CitedItem(
                    f"{cite['names']}, {cite['year']}",
                    mode="suppress-author" if cite["minus"] else "normal",
                    prefix=cite["prefix"].strip(),
                    suffix=split.suffix.strip(" ,"),
                    locator=split.locator,
                    label=split.label,
                )
            )
        found.append(Found(*match.span(), items))
    return found
