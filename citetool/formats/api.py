"""`citetool.read` and `citetool.write`: files to records and back, for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citetool.problems import InputError, Problem, Where

from .base import ReadOptions, WriteOptions, collect
from .registry import read_file, write_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Record


def read(path: str | Path, format: str | None = None, *, strict: bool = True) -> list[Record]:
    """The records of a file, in its order; the format is guessed where it is not named.

    Raises InputError where the file, or with `strict` any entry of it, cannot be read; NotFoundError where there is no
    such file or format. Without `strict`, bad entries are left out; `registry.read_file` gives them too.
    """
    result = collect(read_file(Path(path), format, ReadOptions(source=str(path))))
    if strict and result.rejected:
        raise InputError(*(entry.problem for entry in result.rejected))
    if not result.records:
        raise InputError(Problem("there is no record in it", Where(str(path))))
    return result.records


def write(records: Iterable[Record], format: str, *, program: str | None = None, dialect: str | None = None) -> str:
    """The text of the records in a format (`ris`, `biblatex`, `csl-json` ...).

    `program` (`zotero`, `endnote`, `mendeley`, `jabref`) says who will read it, `dialect` (`chicago`, `mla`) which
    package. Raises NotFoundError for a format that cannot be written.
    """
    return "".join(write_text(records, format, WriteOptions(program=program, dialect=dialect)))
