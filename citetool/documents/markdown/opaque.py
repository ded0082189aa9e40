"""Stretches of Markdown in which nothing is a citation: code, formulas, comments, tags, addresses, attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.documents.spans import Spans
from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.documents.spans import Span

_FRONT = lazy(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$", re.M | re.S)
# Prose of the settings, such as the abstract: a block of text, which may hold anything without breaking the YAML.
_PROSE = lazy(
    r"^(?!nocite|header-includes|include-)[\w-]+:[ \t]*[|>][-+\d]*[ \t]*\r?\n(?P<text>(?:[ \t]+[^\n]*\n|[ \t]*\r?\n)+)",
    re.M,
)
_BLOCK = lazy(
    r"^[ \t]*(?:>[ \t]?)*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)$|(?P<comment><!--)", re.M
)
_INLINE = lazy(
    r"""
      \\[^\w\s]                                              # an escape
    | (?<!`)(?P<code>`++).*?(?<!`)(?P=code)(?!`)             # code
    | \$\$.+?\$\$                                            # a formula of its own
    | \$(?=[^\s$])(?:\\.|[^$\\\n]|\n(?!\s*\n))*?(?<=[^\s\\])\$(?!\d)  # a formula in the line
    | \\\(.+?\\\) | \\\[.+?\\\]
    | <(?:https?|ftp|mailto):[^>\s]*> | <[^\s<>@]+@[^\s<>@]+>       # an address
    | </?[A-Za-z][\w:-]*(?:\s+[\w:.@-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)*\s*/?>  # a tag
    | (?<=\])\((?:[^()\n]|\([^()\n]*\))*\)                   # where a link leads to
    | (?<![\w@])(?:https?|ftp)://[^\s<>\])}]+ | \bwww\.[^\s<>\])}]+ # a bare address
    | (?<=[\]`*\w:"'»”)])?\{[ ]*[#.][^{}\n]*\}               # attributes
    | \{\{<.*?>\}\}                                          # a shortcode
    | %%.+?%%                                               # a comment of Obsidian
    """,
    re.S | re.X,
)
_BLANK = lazy(r"\n[ \t]*\r?\n")
_DEFINITION = lazy(
    r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?:<[^>\n]*>|[^\s<]\S*)?[ \t]*(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\))?[ \t]*$", re.M
)
_QUOTE = lazy(r"(?: {0,3}> ?)*")
_LINE = lazy(r"^.*$", re.M)
_CONTAINER = lazy(r"(?:[-*+]|\d+[.)]|\(?[a-zA-Z#@\d][\w-]*[.)]|:|\[\^[^\]]+\]:)(?:[ \t]+(?=\S)|$)")


def front_matter(text: str) -> re.Match[str] | None:
    """Return the match of the YAML block at the very beginning, with the group `yaml`."""
    return _FRONT.match(text)


def opaque_of(text: str) -> Spans:
    """Return the stretches of the document in which nothing is a citation."""
    front = front_matter(text)
    begin = front.end() if front else 0
    prose = [found.span("text") for found in _PROSE.finditer(text, front.start("yaml"), begin)] if front else []
    spans: list[Span] = list(_between(prose, begin)) if front else []
    spans += _blocks(text, begin)
    spans += _indented(text, begin, Spans(spans))
    blocks = Spans(spans)
    for start, end in (*prose, *_paragraphs(text, begin, blocks)):
        spans += [found.span() for found in _INLINE.finditer(text, start, end)]
    spans += [found.span() for found in _DEFINITION.finditer(text, begin)]
    return Spans(spans)


def _between(prose: list[Span], end: int) -> Iterator[Span]:
    """Yield what stands around these stretches, up to that offset."""
    place = 0
    for start, stop in prose:
        yield place, start
        place = stop
    yield place, end


def _paragraphs(text: str, begin: int, blocks: Spans) -> Iterator[Span]:
    """Yield the stretches between blank lines and blocks: no span of a line reaches over either."""
    bounds = [*(found.start() for found in _BLANK.finditer(text, begin)), len(text)]
    places = sorted({*bounds, *(start for start in blocks.starts if start > begin)})
    start = begin
    for place in places:
        start = blocks.end_at(start) or start
        if start < place:
            yield start, place
            start = place


def _blocks(text: str, begin: int) -> Iterator[Span]:
    """Yield fenced code and comments."""
    place = begin
    while place < len(text):
        opening = _BLOCK.search(text, place)
        if opening is None:
            return
        if opening["comment"]:
            end = text.find("-->", opening.end())
            place = len(text) if end < 0 else end + 3
            yield opening.start(), place
        elif opening["fence"][0] == "`" and "`" in opening["info"]:
            place = opening.end()
        else:
            place = _end_of_fence(text, opening.end() + 1, opening["fence"])
            yield opening.start(), place


def _end_of_fence(text: str, start: int, fence: str) -> int:
    for line in _LINE.finditer(text, min(start, len(text))):
        bare = line[0].lstrip(" \t>").rstrip()
        if len(bare) >= len(fence) and set(bare) == {fence[0]}:
            return line.end()
    return len(text)


def _indented(text: str, begin: int, blocks: Spans) -> list[Span]:
    """Return the lines of indented code: after a blank line, four spaces deeper than the text of the list around."""
    spans: list[Span] = []
    columns: list[int] = []  # where the text of each open list, note or definition begins
    blank, code = True, False
    for line in _LINE.finditer(text, begin):
        bare = line[0][len(_QUOTE.match(line[0])[0]) :]  # type: ignore[index]
        if not bare.strip():
            blank = True
            continue
        if blocks.end_at(line.start()):
            blank = code = False
            continue
        indent = _width(bare[: len(bare) - len(bare.lstrip())])
        marker = _CONTAINER.match(bare.lstrip())
        while columns and columns[-1] > indent and (blank or marker):
            columns.pop()
        base = columns[-1] if columns else 0
        code = indent >= base + 4 and (code or blank)
        if code:
            spans.append(line.span())
        elif marker and indent < base + 4:
            columns.append(indent + (4 if marker[0][0] in "[:" else _width(marker[0])))
        blank = False
    return spans


def _width(text: str) -> int:
    """Return how many columns a text takes up; a tab goes to the next column of four."""
    return len(text.expandtabs(4))
