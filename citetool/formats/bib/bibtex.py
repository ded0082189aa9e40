"""BibTeX: year, month and day apart, and the whole archival reference in `note`; the reader takes BibLaTeX as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.base import ReadOptions, Rejected, WriteOptions
from citetool.problems import InputError, Problem, Where
from citetool.record.keys import Keys, give_key

from .entries import read_entries
from .reader import read_record
from .writer import entry_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.record.model import Record


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield records of a `.bib` file of any dialect; the file is held whole, for an entry may refer to a later one."""
    keys = Keys()
    found = False
    for entry in read_entries(stream, options):
        if isinstance(entry, (Rejected, Problem)):
            found = True
            yield entry
            continue
        found = True
        where = Where(options.source, entry.line, None, entry.key or None)
        if entry.type in ("xdata", "set"):
            yield Problem(f"skipped @{entry.type}: it only provides data for other entries", where, None, "info")
            continue
        if not entry.fields:
            yield Rejected(Problem("the entry has no fields", where), entry.raw)
            continue
        record = read_record(entry)
        for message in entry.problems:
            yield Problem(message, where, None, "warning")
        yield from give_key(record, keys, where)
        if options.fields is not None:
            options.fields[record.id] = entry.fields
        yield record
    if not found:
        raise InputError(
            Problem("there is no BibTeX entry in it", Where(options.source), "an entry begins `@book{key,`")
        )


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield BibTeX, one entry a piece."""
    for record in records:
        yield entry_text(record, options, biblatex=False)
