"""Tables of Tropy's CSV plug-in: a row an item, a column a property.

Columns are headed by properties (`http://purl.org/dc/elements/1.1/title`) or by labels; one may come several times.
Written are the properties of Tropy's own templates, then `tag`, `note` and, for what these cannot hold, `citetool` in
the form that `carried` takes back.

Left out: columns of photographs, which name files of another machine.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from citetool.formats.base import Rejected
from citetool.formats.shared import embedded
from citetool.formats.shared.headings import own_key, unique
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.formats.shared.text_stream import text_blocks
from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Draft, Metadata, Record

from .terms import PROPERTIES, fact_of_property, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, WriteOptions
    from citetool.record.model import Plain

OURS = "citetool"
_SEPARATOR = "; "
_LONGEST = 1 << 24
_SEVERAL = frozenset(("author", "recipient", "language", "subject"))
_PHOTO = frozenset(("path", "filename", "photo", "checksum", "mimetype", "protocol", "page", "template", "list"))


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each row, in the order of the table. Raises InputError where there is no heading."""
    problems: list[Problem] = []
    lines = (line for block in text_blocks(stream, options, problems) for line in block.splitlines(keepends=True))
    csv.field_size_limit(_LONGEST)  # a transcription may be longer than the 128 KB that csv allows at first
    rows = csv.reader(lines)
    try:
        head = [cell.strip() for cell in next(rows, [])]
        known = [fact_of_property(name) for name in head]
        if not any(known):
            raise InputError(Problem("this table has no heading that Tropy writes", Where(options.source, 1)))
        for row in rows:
            if any(cell.strip() for cell in row):
                yield from _row(head, known, row, Where(options.source, rows.line_num))
    except csv.Error as error:
        raise InputError(Problem(f"this is not CSV: {error}", Where(options.source, rows.line_num))) from None
    yield from problems


def _row(head: list[str], known: list[str], row: list[str], where: Where) -> Iterator[Record | Rejected | Problem]:
    facts = RecordBuilder()
    tags: list[str] = []
    ours = ""
    for name, fact, cell in zip(head, known, map(_as_text, row), strict=False):
        if name == OURS:
            ours = cell
        elif name.rpartition("#")[2] in ("tag", "tags"):
            tags += [tag.strip() for tag in cell.split(",")]
        elif name.rpartition("#")[2] in ("note", "notes"):
            facts.add("note", cell)
        elif fact:
            facts.add(fact, *(cell.split(_SEPARATOR) if fact in _SEVERAL else [cell]))
        elif cell.strip() and name not in _PHOTO:
            facts.label(name, [cell])
    key = own_key(facts.first("identifier"))
    record = _record(facts, tags) or (Draft(id=key) if key else None)
    if record is None:
        yield Rejected(Problem("a row without a title", where), _line(row))
        return
    if ours:
        for fault in embedded.restore(record, embedded.from_text(ours)[0] or {}):
            yield Problem(fault, where, severity="warning")
    yield record


def _record(facts: RecordBuilder, tags: list[str]) -> Record | None:
    number = next((i for i in facts.all("identifier") if " " not in i), "")
    if number:
        facts.facts["identifier"].remove(number)
    record = facts.record(Metadata())
    if record:
        record.id = own_key(number)
        record.tags = unique(tags)
    return record


# A spreadsheet computes what begins so; with an apostrophe before it, it is text there. Ours take it off again.
_FORMULA = lazy(r"'*[=+\-@\t\r]")


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells])
    return out.getvalue()


def _as_text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield the table, a row a record, headed by properties."""
    columns = list(PROPERTIES)
    yield _line([*columns, "tag", "note", *([OURS] if options.lossless else [])])
    for record in records:
        given = values_of(record)
        cells = [_SEPARATOR.join(given.get(column, [])) for column in columns]
        cells += [",".join(record.tags), "\n\n".join(record.notes)]
        if options.lossless or options.loss:
            lost = _lost(record, cells)
            if options.loss:
                options.loss.record_loss(record, lost, carried=options.lossless)
            cells += [embedded.to_text(lost) if lost else ""] if options.lossless else []
        yield _line(cells)


def _lost(record: Record, cells: list[str]) -> dict[str, Plain]:
    """Return what the row does not say, measured by reading it back."""
    facts = RecordBuilder()
    for fact, cell in zip(PROPERTIES.values(), cells, strict=False):
        facts.add(fact, *(cell.split(_SEPARATOR) if fact in _SEVERAL else [cell]))
    facts.add("note", cells[-1])
    native = _record(facts, [tag.strip() for tag in cells[-2].split(",")]) or Draft(id=record.id)
    return embedded.difference(record, native)
