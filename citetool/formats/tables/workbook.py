"""The rows of a workbook's first sheet: Excel's .xlsx through openpyxl, OpenDocument's .ods as the XML that it is."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

from citetool.problems import InputError, Problem, Where
from citetool.text import whole_number
from citetool.xmlio import XmlEvents, attribute, children, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.formats.base import ReadOptions
    from citetool.xmlio import Element

_LARGEST_SHEET = 256 << 20  # unpacked; a small archive may hold much more
_WIDEST = 1000  # LibreOffice repeats the empty cell behind the last one 16,384 times

Row = tuple[int, list[str]]


def workbook_rows(data: bytes, options: ReadOptions) -> Iterator[Row]:
    """Yield number and cells of each row that is not empty, of the first sheet.

    Raises InputError where `data` is no workbook, is damaged, or needs a library that is not installed.
    """
    where = Where(options.source)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_SHEET:
                raise InputError(Problem("a workbook of more than 256 MB unpacked", where, "save the sheet as CSV"))
            if "xl/workbook.xml" in names:
                yield from _excel(data, options)
            elif "content.xml" in names:
                yield from _open_document(parts.read("content.xml"), options)
            else:
                raise InputError(Problem("this ZIP archive is no workbook", where, "save the sheet as CSV"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(Problem(f"this workbook cannot be unpacked: {error}", where, "was it cut off?")) from None


def _excel(data: bytes, options: ReadOptions) -> Iterator[Row]:
    where = Where(options.source)
    try:
        import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra that few need
    except ImportError:
        hint = "install citetool[spreadsheets], or save the sheet as CSV"
        raise InputError(Problem("workbooks are read with openpyxl, which is not installed", where, hint)) from None
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = book.worksheets
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
        raise InputError(Problem(f"this is no workbook that can be read: {error}", where)) from None
    if not sheets:
        raise InputError(Problem("there is no sheet with cells in this workbook", where))
    for number, row in enumerate(sheets[0].iter_rows(values_only=True), 1):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield number, cells


def _text(cell: Any) -> str:
    """Return a cell as people read it: no `.0` behind whole numbers, no midnight behind dates."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _open_document(content: bytes, options: ReadOptions) -> Iterator[Row]:
    events = XmlEvents(io.BytesIO(content), options.source, start=("table",), end=("table", "table-row"))
    number = tables = 0
    for kind, name, element in events:
        if kind == "start":
            tables += 1
        elif name == "table":
            break
        elif tables == 1:
            cells = _cells(element)
            if any(cells):
                yield number + 1, cells
            number += whole_number(attribute(element, "number-rows-repeated")) or 1
            events.release(element)
    if not tables:
        raise InputError(Problem("there is no sheet with cells in this workbook", Where(options.source)))


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in children(row, "table-cell", "covered-table-cell"):
        text = attribute(cell, "date-value").removesuffix("T00:00:00") or "\n".join(map(text_of, children(cell, "p")))
        cells += [text] * min(whole_number(attribute(cell, "number-columns-repeated")) or 1, _WIDEST)
    while cells and not cells[-1]:
        cells.pop()
    return cells
