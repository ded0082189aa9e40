"""The rows of a table, whatever holds it: text between commas, semicolons or tabs, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from citetool.formats.shared.text_stream import text_blocks
from citetool.problems import InputError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

_LONGEST = 1 << 24
_LARGEST_BOOK = 64 << 20

Row = tuple[int, list[str]]


def read_rows(stream: BinaryIO, options: ReadOptions, problems: list[Problem]) -> Iterator[Row]:
    """Yield the line and the cells of each row that is not empty, the headings first.

    What was wrong with the encoding goes into `problems`. Raises InputError where this is no table.
    """
    head = stream.read(4)
    source = _Prefixed(head, stream)
    if head == b"PK\x03\x04":
        yield from _workbook(source, options)
        return
    lines = (line for block in text_blocks(source, options, problems) for line in block.splitlines(keepends=True))  # type: ignore[arg-type]
    first = next(lines, "")
    csv.field_size_limit(_LONGEST)  # a transcription may be longer than the 128 KB that csv allows at first
    rows = csv.reader(_chain(first, lines), delimiter=delimiter_of(first), skipinitialspace=True)
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, row
    except csv.Error as error:
        raise InputError(Problem(f"this is not CSV: {error}", Where(options.source, rows.line_num))) from None


def delimiter_of(line: str) -> str:
    """Return what stands between the cells of a line of headings: the mark that occurs most often outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(",;\t|", key=outside.count)


def line_of_cells(cells: Iterable[str]) -> str:
    """Return the cells as one line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _workbook(source: _Prefixed, options: ReadOptions) -> Iterator[Row]:
    from .workbook import workbook_rows  # noqa: PLC0415 - text needs no zipfile

    data = source.read(_LARGEST_BOOK + 1)
    if len(data) > _LARGEST_BOOK:
        raise InputError(Problem("a workbook of more than 64 MB", Where(options.source), "save the sheet as CSV"))
    yield from workbook_rows(data, options)


class _Prefixed(io.RawIOBase):
    """A stream of which the first bytes have been taken already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """Return True: it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, up to `size` of them, all where it is negative."""
        head, self._head = self._head, b""
        return head + self._rest.read(size if size < 0 else max(size - len(head), 0))
