"""BibLaTeX: dates in EDTF, and dialects for the packages that have an archival form of their own (`writer.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bibtex import read
from .writer import entry_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.formats.base import WriteOptions
    from citetool.record.model import Record

__all__ = ["read", "write"]


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield BibLaTeX in the dialect of `options.dialect`, one entry a piece."""
    for record in records:
        yield entry_text(record, options, biblatex=True)
