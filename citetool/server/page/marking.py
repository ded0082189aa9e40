"""Words of a query in a text: marked where they stand, and the stretch of a long text around the first of them.

Words are compared as the index compares them, without case and diacritics. A text is folded letter by letter, so that
a place in the folded text is the same place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from citetool.library.index.normalize import UNSPACED, words
from citetool.library.query.parse import Not, Term, parse_query
from citetool.problems import CitetoolError
from citetool.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.library.query.parse import Node

_AROUND = 110  # letters on each side of a word
_LONGEST = 400_000  # letters of a text that are looked through


class _Folds(dict[int, str]):
    """The folded letter of each letter: always one, so that places stay."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code)).replace("ё", "е")
        self[code] = letter = folded[0] if folded else " "
        return letter


_FOLDS = _Folds()


class Marker:
    """Marks the words of one query; the words of a query that cannot be read are none."""

    def __init__(self, query: str) -> None:
        try:
            patterns = dict.fromkeys(_patterns(parse_query(query).root))
        except CitetoolError:
            patterns = {}
        self._pattern = re.compile("|".join(sorted(patterns, key=len, reverse=True))) if patterns else None

    def __bool__(self) -> bool:
        """Return whether there is anything to mark."""
        return self._pattern is not None

    def mark(self, text: str) -> Markup:
        """Return the text as HTML, each word of the query in `<mark>`."""
        parts, last = [], 0
        text = unicodedata.normalize("NFC", text)
        for start, end in self._places(text):
            parts += [escape(text[last:start]), Markup("<mark>{}</mark>").format(text[start:end])]
            last = end
        return Markup("").join([*parts, escape(text[last:])])

    def snippet(self, text: str) -> Markup | None:
        """Return the stretch around the first word of the query as HTML; None where the text has none of them."""
        text = unicodedata.normalize("NFC", text[:_LONGEST])
        first = next(self._places(text), None)
        if first is None:
            return None
        start, end = max(first[0] - _AROUND, 0), min(first[1] + _AROUND, len(text))
        while start > 0 and not text[start - 1].isspace() and first[0] - start < _AROUND + 20:
            start -= 1
        while end < len(text) and not text[end].isspace() and end - first[1] < _AROUND + 20:
            end += 1
        shown = self.mark(" ".join(text[start:end].split()))
        return Markup("{}{}{}").format("… " if start else "", shown, " …" if end < len(text) else "")

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        if self._pattern is not None:
            folded = text.lower() if text.isascii() else text.translate(_FOLDS)
            yield from (match.span() for match in self._pattern.finditer(folded))


def _patterns(node: Node | None) -> Iterator[str]:
    """Yield a pattern for each term whose words stand in a text that it finds."""
    if node is None or isinstance(node, Not):
        return
    if not isinstance(node, Term):
        for part in node.parts:
            yield from _patterns(part)
        return
    found = words(node.value) if node.compare in ("", "=") else []
    if found:
        inner = r"\W*".join(map(re.escape, found))
        start = "" if re.match(f"[{UNSPACED}]", found[0]) else r"\b"
        end = r"\w*" if node.prefix else "" if re.match(f"[{UNSPACED}]", found[-1]) else r"\b"
        yield f"{start}{inner}{end}"
