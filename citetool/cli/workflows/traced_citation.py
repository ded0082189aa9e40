"""`cite --trace`: the parts of a citation as lines of a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citetool.problems import Problem, UsageError
from citetool.text import display_width, pad, truncate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetool.citation.trace import Part
    from citetool.record.model import Record

_WIDEST = 44  # of the column with the text


def parts(
    record: Record,
    style: str,
    form: str,
    locale: str | None,
    locator: str | None,
    engine: str,
    folders: Sequence[Path],
) -> list[Part]:
    """Return the parts of one citation. Raises UsageError for an engine that cannot tell, and as `trace` does."""
    if engine not in ("", "citetool"):
        raise UsageError(Problem(f"--trace asks citetool's own engine, not {engine!r}", hint="leave one of them out"))
    from citetool.citation.trace import trace

    return trace(record, style=style, form=form or None, locale=locale, locator=locator, folders=folders)


def lines(found: Sequence[Part]) -> Iterator[str]:
    """Yield a line for each part: the text in a column, then element, macro, file and line."""
    cells = [(_shown(part.text), part.element, part.macro or ("(layout)" if part.element else "")) for part in found]
    widths = [max((display_width(row[column]) for row in cells), default=0) for column in range(3)]
    for row, part in zip(cells, found, strict=True):
        place = f"{Path(part.where.source).name}:{part.where.line}" if part.where.source else ""
        line = "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True))
        yield f"  {line}  {place}".rstrip()


def _shown(text: str) -> str:
    return f"|{truncate(text, _WIDEST)}|"
