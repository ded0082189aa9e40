"""Match what a typed note cites with the records that are there: those of files first, then those of the library."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from citetool.problems import CitetoolError
from citetool.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.documents.sources import Sources
    from citetool.record.model import Record


class Known:
    """The records that a typed citation may stand for.

    A record is the same source only where nothing that the note says speaks against it: two letters of one day have
    the same author and date, and differ in their addressee or their box.
    """

    def __init__(self, sources: Sources | None) -> None:
        """Keep the sources; the library is asked for one citation at a time."""
        self._files: dict[tuple[str, str], list[Record]] = {}
        self._library = sources.library if sources is not None else None
        for record in sources.records.values() if sources is not None else ():
            self._files.setdefault(_trait(record), []).append(record)

    def match(self, read: Record) -> Record | None:
        """Return the record that the note cites, or None."""
        candidates = chain(self._files.get(_trait(read), ()), self._of_library(read))
        return next((record for record in candidates if _fits(read, record)), None)

    def _of_library(self, read: Record) -> Iterator[Record]:
        if self._library is None:
            return
        terms = [f'author:"{_first_name(read)}"'] if _first_name(read) else []
        if read.date:
            terms.append(f"date:{read.date[:4]}")
        if read.title:
            terms.append(f'title:"{read.title}"'.replace("\\", " "))
        if len(terms) > 1 and not any(term.count('"') > 2 for term in terms):
            try:
                yield from self._library.select(" ".join(terms))
            except CitetoolError:  # without a library, or with a date that no query has, nothing is known
                return


def _trait(record: Record) -> tuple[str, str]:
    return record.date[:4], fold(_first_name(record))


def _first_name(record: Record) -> str:
    first = record.creators[0].name if record.creators else None
    return (first.family or first.literal) if first else ""


def _fits(read: Record, there: Record) -> bool:
    """Return whether the record says all that was read in the note: who, when, its title, its place in the archive."""
    if not (read.title or read.archive.levels) or _trait(read) != _trait(there):
        return False
    names = [_names(record) for record in (read, there)]
    if not names[0] <= names[1] or (len(read.date) > 4 and read.date != there.date):
        return False
    if read.title and not fold(there.any_title).startswith(fold(read.title)):
        return False
    return not read.archive.levels or _values(read) <= _values(there)


def _names(record: Record) -> set[str]:
    return {fold(creator.name.family or creator.name.literal) for creator in record.creators}


def _values(record: Record) -> set[str]:
    return {fold(level.value) for level in record.archive.levels}
