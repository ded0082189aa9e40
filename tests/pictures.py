"""The pictures of the pages: what a terminal shows, as SVG made of the real output."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from citetool.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = 96
_CELL, _LINE, _EDGE = 8.4, 20, 20
_COMMAND = ' class="command"'
_FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def terminal(block: str) -> str:
    """The picture of a terminal with the commands (`$ ...`) of a block and their outputs."""
    lines = [(line.startswith("$ "), piece) for line in block.splitlines() for piece in wrapped(line)]
    width, height = COLUMNS * _CELL + 2 * _EDGE, len(lines) * _LINE + 2 * _EDGE + 20
    rows = "\n".join(
        f'  <text x="{_EDGE}" y="{_EDGE + 34 + number * _LINE}"{_COMMAND if command else ""}>{escape(text)}</text>'
        for number, (command, text) in enumerate(lines)
    )
    dots = "".join(f'<circle cx="{_EDGE + 2 + 16 * i}" cy="20" r="5"/>' for i in range(3))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
        f' aria-label="Commands in a terminal, with their output">\n'
        f"  <style>text {{ font: 14px {_FONT}; fill: #d8dee9; white-space: pre; }} .command {{ fill: #a3be8c; }}"
        f" circle {{ fill: #4c566a; }}</style>\n"
        f'  <rect width="100%" height="100%" rx="8" fill="#2e3440"/>\n  {dots}\n{rows}\n</svg>\n'
    )


def wrapped(line: str) -> Iterator[str]:
    """The line as a terminal of that width breaks it."""
    piece, used = "", 0
    for char in line:
        size = display_width(char)
        if used + size > COLUMNS:
            yield piece
            piece, used = "", 0
        piece, used = piece + char, used + size
    yield piece
