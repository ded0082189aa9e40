"""A library in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.library.index.index import index_size
from citetool.library.index.sync import index_folder, ready
from citetool.library.query.search import COUNTED, count_by
from citetool.problems import LibraryError, Problem, UnknownNameError, Where, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .library import Library


def overview(library: Library, query: str = "", fields: Sequence[str] = ()) -> dict[str, list[tuple[str, int]]]:
    """For each field (all that can be counted where none is named) its values with the number of records.

    Most first, years in their order; records without the field under an empty value, last. Raises QueryError, and
    UnknownNameError for a field that is not counted.
    """
    for field in fields:
        if field not in COUNTED:
            hint = suggest(field, COUNTED) or f"one of: {', '.join(COUNTED)}"
            raise UnknownNameError(Problem(f"cannot count by {field!r}", hint=hint))
    numbers = {field: count_by(library.home.root, field, query, library.say) for field in fields or COUNTED}
    if not fields and not any(tag for tag, _ in numbers["tag"]):
        del numbers["tag"]  # who has no tags is not told so each time
    if "year" in numbers:
        numbers["year"].sort(key=lambda pair: (not pair[0], int(pair[0] or 0)))
    return numbers


def stats(library: Library) -> dict[str, str | int]:
    """Return the library's folder, its records, those that cannot be read, the bytes of its index."""
    home = library.home
    index = ready(home.root, library.say, words=False)
    try:
        number = int(index.connection.execute("SELECT count(*) FROM record").fetchone()[0])
        faulty = len(index.faulty())
    finally:
        index.close()
    folder = index_folder(home.root)
    size = index_size(folder) if folder else 0
    return {"folder": str(home.root), "records": number, "faulty": faulty, "index": size}


def reindex(library: Library) -> int:
    """Build the index anew; gives the number of records. Raises LibraryError where none can be written."""
    index = ready(library.home.root, library.say, rebuild=True)
    try:
        if index.path is None:
            where = Where(str(library.home.root))
            raise LibraryError(Problem("no index could be written", where, "make room, or see who may write there"))
        return int(index.connection.execute("SELECT count(*) FROM record").fetchone()[0])
    finally:
        index.close()
