"""Types that every format module works with: the results of readers, the options of readers and writers.

A format module has `read` and/or `write`, nothing else is required, and no base class:

    read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem | Attachment]
    write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]

Both are generators, so that a conversion holds one record at a time wherever the format allows. A reader gives, in the
order of the source, records, `Rejected` for an entry that it could not make a record of, and `Problem` for what is
worth saying about entries that it could read; one of severity `error` says that the rest of the source is lost. A text
that goes beside a record (a transcript) follows it as `Attachment`. A reader raises InputError only where nothing more
can be read (not that format at all, ill-formed XML). A writer gives text in pieces; it ends each record's piece with
the record.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from citetool.problems import Problem, Where
from citetool.record.keys import Keys
from citetool.struct import NamedTuple, Struct, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citetool.formats.loss.loss import Loss
    from citetool.record.model import Record


class Rejected(NamedTuple):
    """An entry that did not become a record: what is wrong with it, and its text as it stood in the source.

    `cut`: the source ends within it, and was likely cut off.
    """

    problem: Problem
    raw: str
    cut: bool = False


class Attachment(NamedTuple):
    """A text that goes beside the record before it: `path` as in the record's `files`, and what to write there."""

    path: str
    text: str


class ReadOptions(NamedTuple):
    """Options of a reader: the name of the source for messages, an encoding to force, the components to take (EAD),
    the file that says which column is what (tables). A reader of `.bib` puts the fields of each entry, as they are
    written, into `fields` under its key, for what no record keeps.
    """

    source: str = "<input>"
    encoding: str | None = None
    select: str | None = None
    columns: str | None = None
    fields: dict[str, dict[str, str]] | None = None


class WriteOptions(NamedTuple):
    """Options of a writer: for which program (`zotero`, `endnote`, `mendeley`, `jabref`) or dialect (`chicago`, `mla`).

    `lossless`: whether facts that the format has no field for go into a note field, in the form that
    `shared/embedded.py` takes back. `files`: where the files of records are to be named, the folder of each
    record by its key. `pretty`: indented where the format allows. `loss`: the collector of what a writer could not
    put into fields; a writer that reports nothing is measured by reading back (`loss/roundtrip.py`).
    """

    program: str | None = None
    dialect: str | None = None
    lossless: bool = False
    files: Mapping[str, str] = MappingProxyType({})
    pretty: bool = True
    loss: Loss | None = None


class ReadResult(Struct):
    """All that a source held: records in its order, rejected entries, what else is worth saying, texts of records."""

    __slots__ = ("attachments", "problems", "records", "rejected")

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.rejected: list[Rejected] = []
        self.problems: list[Problem] = []
        self.attachments: list[Attachment] = []


class Format(NamedTuple):
    """One row of the table of formats: data only, so that listing formats imports none of them.

    `extensions` are in lower case with the dot; `sniff` are byte patterns (regular expressions) of which one stands in
    the first 4 KB of a file of this format.
    """

    title: str
    module: str
    reads: bool
    writes: bool
    extensions: tuple[str, ...] = ()
    sniff: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    dialects: tuple[str, ...] = ()


def collect(items: Iterable[Record | Rejected | Problem | Attachment]) -> ReadResult:
    """Return everything that a reader gives, sorted by what it is."""
    result = ReadResult()
    for item in items:
        if isinstance(item, Rejected):
            result.rejected.append(item)
        elif isinstance(item, Problem):
            result.problems.append(item)
        elif isinstance(item, Attachment):
            result.attachments.append(item)
        else:
            result.records.append(item)
    return result


def keep_apart(result: ReadResult) -> ReadResult:
    """Return the result, its records with a key where they came without one or with that of an earlier record."""
    keys = Keys(record.id for record in result.records if record.id)
    seen: set[str] = set()
    for place, record in enumerate(result.records):
        if record.id and record.id not in seen:
            seen.add(record.id)
            continue
        key = keys.give(record)
        result.records[place] = replace(record, id=key)
        if record.id:
            where, hint = Where(field=record.id), f"the later one gets {key!r}"
            result.problems.append(Problem("two records have the same key", where, hint, "warning"))
    return result
