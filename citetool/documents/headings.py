"""Finds a bibliography typed by hand: the paragraphs below its heading, in any markup of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .spans import Span

_WORDS = (
    r"(?:select(?:ed)?[ \t]+)?(?:bibliograph(?:y|ie)|bibliograf[ií]a|works[ \t]+cited|references|sources"
    r"|(?:primary|archival)[ \t]+sources|secondary[ \t]+(?:sources|literature)"
    r"|literaturverzeichnis|quellenverzeichnis|literatur|quellen)"
)
# A heading of Markdown, Org and Typst, of LaTeX, or of reStructuredText.
_HEADING = lazy(
    rf"(?im)^(?:(?:\#+|\*+|=+)[ \t]+{_WORDS}[ \t]*(?:\{{[^}}\n]*\}})?[ \t]*\#*"
    rf"|\\(?:sub)*(?:section|chapter)\*?\{{[ \t]*{_WORDS}[ \t]*\}}"
    rf"|{_WORDS}[ \t]*\n[=~^*#+-]{{3,}})[ \t]*$"
)
_OTHER = lazy(
    r"(?m)^(?:(?:#+|\*+|=+)[ \t]+\S|\\(?:sub)*(?:section|chapter)\b|\\end\{document\}|\S[^\n]*\n[=~^*#+-]{3,}[ \t]*$)"
)
_PARAGRAPH = lazy(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_BEGIN = lazy(r"(?:[-*+]|\d+\.|\\(?:noindent|item|bibitem\{[^}]*\}))?[ \t]*")
_NOT_AN_ENTRY = ("[^", ":::", "\\begin", "\\end", "<", "```", "%", "..")


def bibliography_paragraphs(text: str) -> Iterator[Span]:
    """Yield the stretches of the paragraphs and list items below each heading of a bibliography."""
    for heading in _HEADING.finditer(text):
        stop = _OTHER.search(text, heading.end())
        for block in _PARAGRAPH.finditer(text, heading.end(), stop.start() if stop else len(text)):
            for start, end in _items(text, *block.span()):
                if not text.startswith(_NOT_AN_ENTRY, start):
                    yield start, end


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the items of a list one by one, and a paragraph as a whole."""
    begins = [found.start() for found in _ITEM.finditer(text, start, end)] or [start]
    for begin, stop in zip(begins, [*begins[1:], end], strict=True):
        first = _BEGIN.match(text, begin, stop)
        yield (first.end() if first else begin), stop


_ITEM = lazy(r"(?m)^[ \t]*(?:[-*+]|\d+\.|\\(?:item|bibitem))(?=[ \t{])")
