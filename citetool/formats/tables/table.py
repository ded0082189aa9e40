"""A table that somebody keeps: a row a source, its columns taken by their headings.

The reader says first which column it takes for what, and which it does not understand; these stay in the record under
their headings. A table that neither says what a source is called nor where it is kept is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import file_name, own_key, unique
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Metadata, Record
from citetool.struct import replace

from .columns import fact_of_heading
from .rows import line_of_cells, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

_TELLING = frozenset(("title", "supplied_title", "summary", "call_number", "citation"))
_SEVERAL = frozenset(("author", "recipient", "sender", "editor", "contributor", "subject", "language"))


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield first what the columns are taken for, then a record for each row, in the order of the table.

    Raises InputError where no column says what a source is called.
    """
    problems: list[Problem] = []
    rows = read_rows(stream, options, problems)
    line, head = next(rows, (1, []))
    head = [cell.strip().removeprefix("\ufeff") for cell in head]
    facts = [fact_of_heading(name) for name in head]
    if not _TELLING.intersection(facts):
        message = f"no column of this table says what a source is called: {', '.join(head[:6])}"
        hint = "name one Title, Description or Call number"
        raise InputError(Problem(message, Where(options.source, line), hint))
    yield _told(head, facts, Where(options.source, line))
    for line, row in rows:
        yield _row(head, facts, row, Where(options.source, line))
    yield from problems


def _told(head: list[str], facts: list[str], where: Where) -> Problem:
    taken = ", ".join(f"{name} as {fact}" for name, fact in zip(head, facts, strict=True) if fact)
    unknown = ", ".join(name for name, fact in zip(head, facts, strict=True) if name and not fact)
    kept = f"; kept as they are: {unknown}" if unknown else ""
    return Problem(f"columns were taken by their headings: {taken}{kept}", where, severity="info")


def _row(head: list[str], facts: list[str], row: list[str], where: Where) -> Record | Rejected:
    builder = RecordBuilder()
    tags: list[str] = []
    for name, fact, cell in zip(head, facts, row, strict=False):
        text = cell.strip()
        if not text:
            continue
        if fact == "tag":
            tags += [tag.strip() for tag in re.split(r"[;,|]", text)]
        elif fact and fact != "filename":
            builder.add(fact, *(re.split(r"\s*[;|]\s*", text) if fact in _SEVERAL else [text]))
        else:
            builder.other.setdefault(name or "unnamed", []).append(text)
    metadata = Metadata(source=file_name(where.source or ""), file=file_name(where.source or ""), reader="table")
    record = table_record(builder, metadata)
    if record is None:
        return Rejected(Problem("a row that does not say what the source is called", where), line_of_cells(row))
    record.tags = unique(tags)
    return record


def table_record(builder: RecordBuilder, metadata: Metadata) -> Record | None:
    """Return the record of a row; None where nothing tells what it is.

    Without a title the description is one that the owner of the table supplied, or the call number is the name.
    """
    if not builder.first("title", "supplied_title"):
        builder.add("supplied_title", builder.first("summary", "call_number"))
        if builder.facts.get("summary", [""])[0] == builder.first("supplied_title"):
            builder.facts.pop("summary")
    identifier = builder.first("identifier")
    if builder.first("container-title") and not builder.first("kind"):
        builder.add("kind", "journal article")
    record = builder.record(metadata, "" if " " in identifier else identifier)
    return replace(record, id=own_key(record.id)) if record else None
