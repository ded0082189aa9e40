"""The records of a query as they change, for a file that is kept in step with them."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from citetool.paths import create
from citetool.problems import CitetoolError, LibraryError, Problem, Where

from . import door, files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citetool.record.model import Record

    from .library import Library


def versions(library: Library, query: str, every: float) -> Iterator[tuple[list[Record], list[Problem]]]:
    """Yield the records that a query finds, now and each time that any file of the library has changed since.

    Looks every so many seconds; 0: once. Faulty records are left out and reported beside. Raises QueryError at once.
    """
    before: list[str] | None = None
    while True:
        now = sorted(f"{found.path} {found.stamp}" for found in files.scan(library.root))
        if now != before:
            before = now
            yield _read(library, query)
        if not every:
            return
        time.sleep(every)


def _read(library: Library, query: str) -> tuple[list[Record], list[Problem]]:
    records: list[Record] = []
    problems: list[Problem] = []
    for hit in library.search(query):
        try:
            records.append(library.read(hit.path))
        except CitetoolError as error:
            problems += error.problems
        except FileNotFoundError:
            continue
    return records, problems


def write_if_changed(path: Path, text: str) -> bool:
    """Put the text into a file in one step, if it holds another one; says whether it did. Raises LibraryError."""
    data = text.encode()
    try:
        with suppress(FileNotFoundError):
            if path.read_bytes() == data:
                return False
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        with open(create(temporary), "wb") as file:  # noqa: PTH123 - an open descriptor, not a path
            file.write(data)
        temporary.replace(path)
    except OSError as error:
        raise LibraryError(Problem(f"cannot write: {door.os_error_text(error)}", Where(str(path)))) from None
    return True
