"""Pages of the handbook, which are Markdown, as text for a terminal or a pipe.

What the pages use and no more: headings, paragraphs, lists, tables, quotations, fenced and indented code, links, bold
and code within a line. Lines are wrapped to a width, code never; headings and code within a line may be painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.text import display_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Paint = Callable[[str], str]

_LINK = lazy(r"!?\[([^\]]+)\]\(([^)\s]+)\)")
_CODE = lazy(r"(`+)(.+?)\1")
_STARRED = lazy(r"\*\*(.+?)\*\*")
_ITEM = lazy(r"([*-]|\d+\.) +")
_COMMENT = lazy(r"<!--.*?-->\n?")
_CELL = lazy(r"(?<!\\)\|")
_NARROWEST = 8  # columns of a cell of several words
_RULE = lazy(r":?-{3,}:?")


def page_text(page: str, width: int, paint: Paint | None = None) -> str:
    """Return a page of Markdown as text; with `paint`, headings and code are painted instead of marked."""
    return "\n".join(_lines(_COMMENT.sub("", page), width, paint)).strip("\n") + "\n"


def _lines(page: str, width: int, paint: Paint | None) -> Iterator[str]:
    for block in _blocks(page.splitlines()):
        first = block[0]
        if first.startswith("```"):
            yield from ("  " + line for line in block[1:-1])
        elif first.startswith("    "):
            yield from (line[2:] for line in block)
        elif first.startswith("#"):
            title = _words(first.lstrip("# "))
            yield paint(title) if paint else title
            if not paint:
                yield ("=" if first.startswith("# ") else "-") * display_width(title)
        elif first.startswith("|"):
            yield from _table([_cells(line) for line in block], width, paint)
        elif first.startswith(">"):
            text = " ".join(line.lstrip("> ") for line in block)
            yield from ("  " + line for line in _wrapped(text, width - 2, paint))
        else:
            yield from _paragraph(block, width, paint)
        yield ""


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines that belong together: a whole piece of code, else what no blank line parts."""
    block: list[str] = []
    fence = ""
    for line in lines:
        if fence:
            block.append(line)
            if line.startswith(fence):
                yield block
                block, fence = [], ""
            continue
        opens = line.startswith("```")
        if block and (opens or not line.strip() or line.startswith("#")):
            yield block
            block = []
        if opens:
            fence = "```"
        if line.strip():
            block.append(line)
    if block:
        yield block


def _paragraph(block: Sequence[str], width: int, paint: Paint | None) -> Iterator[str]:
    """Yield the lines of a paragraph, or of the items of a list with their text indented."""
    items: list[tuple[str, list[str]]] = []
    for line in block:
        mark = _ITEM.match(line)
        if mark:
            items.append((mark[0], [line[mark.end() :]]))
        elif items:
            items[-1][1].append(line.strip())
        else:
            items.append(("", [line.strip()]))
    for mark_text, texts in items:
        indent = " " * len(mark_text)
        wrapped = _wrapped(" ".join(texts), width - len(indent), paint)
        for number, line in enumerate(wrapped):
            yield (indent if number else mark_text) + line


def table_lines(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return a table for a width, its first row the heads: cells in lines of their own where it is too narrow."""
    return list(_table([list(row) for row in rows], width, None))


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip().strip("|"))]


def _table(rows: Sequence[list[str]], width: int, paint: Paint | None) -> Iterator[str]:
    rows = [row for row in rows if not all(_RULE.fullmatch(cell) for cell in row)]
    count = max(map(len, rows))
    rows = [[_words(cell) for cell in (*row, *[""] * (count - len(row)))] for row in rows]
    natural = [max(_width(row[i], paint) for row in rows) for i in range(count)]
    longest = [
        max((_width(word, paint) for row in rows for word in _unparted(row[i], width)), default=0) for i in range(count)
    ]
    widths = _shared(natural, longest, width - 2 * (count - 1))
    if sum(widths) > width - 2 * (count - 1):
        yield from _stacked(rows, width, paint)
        return
    for row in rows:
        cells = [_wrapped(cell, size, paint) or [""] for cell, size in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = [cell[number] if number < len(cell) else "" for cell in cells]
            yield "  ".join(_padded(part, size) for part, size in zip(parts, widths, strict=True)).rstrip()


def _stacked(rows: Sequence[list[str]], width: int, paint: Paint | None) -> Iterator[str]:
    """Yield a table that is too wide: the cells of a row below its first one."""
    for row in rows[1:]:
        yield from _wrapped(row[0], width, paint)
        for head, cell in zip(rows[0][1:], row[1:], strict=True):
            lines = _wrapped(f"{head}: {cell}" if head else cell, width - 2, paint) if cell else []
            yield from (f"  {line}" for line in lines)


def _shared(natural: Sequence[int], longest: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns that share the room: narrow ones keep theirs, the wide ones have equal parts.

    None is narrower than its longest word or than is easily read, so that the whole may be wider than the room.
    """
    least = [max(words, min(size, _NARROWEST)) for size, words in zip(natural, longest, strict=True)]
    widths = list(natural)
    wide = set(range(len(widths)))
    while wide and sum(widths) > room:
        part = max((room - sum(widths[i] for i in range(len(widths)) if i not in wide)) // len(wide), 1)
        settled = {i for i in wide if natural[i] <= part or least[i] >= part}
        for i in settled or wide:
            widths[i] = min(natural[i], max(part, least[i]))
        wide -= settled or wide
    return widths


def _words(text: str) -> str:
    """Return the text with its links as their words, an address on the web behind them, and without bold."""
    text = _LINK.sub(lambda m: f"{m[1]} <{m[2]}>" if "://" in m[2] else m[1], text)
    return _STARRED.sub(r"\1", text)


def _wrapped(text: str, width: int, paint: Paint | None) -> list[str]:
    """Return the text in lines of that width; code within a line is not parted where it fits into one."""
    lines: list[str] = []
    line = ""
    for word in _unparted(_words(text), width):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, paint) > width:
            lines.append(line)
            longer = word
        line = longer
    if line:
        lines.append(line)
    return [_CODE.sub(lambda m: paint(m[2]), one) for one in lines] if paint else lines


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of that width, parted at its blanks."""
    lines: list[str] = []
    line: list[str] = []
    taken = 0
    for word in text.split():
        size = display_width(word)
        if line and taken + 1 + size > width:
            lines.append(" ".join(line))
            line, taken = [], 0
        taken += size + (1 if line else 0)
        line.append(word)
    return [*lines, " ".join(line)] if line else lines


def _unparted(text: str, width: int) -> Iterable[str]:
    kept = _CODE.sub(lambda m: m[0].replace(" ", "\0") if len(m[0]) < width else m[0], text)
    return (word.replace("\0", " ") for word in kept.split())


def _width(text: str, paint: Paint | None) -> int:
    return display_width(_CODE.sub(r"\2", text) if paint else text)


_PAINTED = lazy("\x1b\\[[0-9]+m")


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - display_width(_PAINTED.sub("", text)), 0)
