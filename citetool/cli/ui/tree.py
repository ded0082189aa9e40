"""Trees and tables as text, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.text import display_width, pad

from .markdown_text import table_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.citation.explain import Part
    from citetool.record.model import Record


def hierarchy(record: Record, parts: Sequence[Part], width: int) -> str:
    """Return the record as a tree, its archive from large to small, and below it what becomes of each part.

    A table that is wider than `width` is laid out anew for it.
    """
    lines = [f"{record.id}  {record.kind}".rstrip()]
    depth = 0
    for part in parts:
        if part.name in ("digital archive", "url"):
            continue
        lines.append(f"{'   ' * (depth - 1) + '└─ ' if depth else ''}{part.value}  ({part.name.replace('_', ' ')})")
        depth += 1
    home = [part.value for part in parts if part.name in ("digital archive", "url")]
    if home:
        lines.append("read at " + ", ".join(home))
    styles, formats = list(parts[0].styles) if parts else [], list(parts[0].formats) if parts else []
    head = ["", "CSL", *styles, *formats]
    rows = [
        [
            part.name.replace("_", " "),
            _joined(part.csl),
            *(_joined(tuple(f[:4] for f in part.styles[s])) for s in styles),
            *(_joined(part.formats[f]) for f in formats),
        ]
        for part in parts
    ]
    shown = table(head, rows)
    if any(display_width(line) > width for line in shown.splitlines()):
        shown = "\n".join(table_lines([head, *rows], width))
    return "\n".join([*lines, "", shown, "", "note, bibl: printed in that form; -: dropped"])


def _joined(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "-"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell, two spaces between them."""
    lines = [list(head), *map(list, rows)]
    widths = [max(display_width(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(pad(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
