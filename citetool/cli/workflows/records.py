"""Which records a command works on: those of the library, or those of `--input FILE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from citetool.cli.ui import console
from citetool.problems import CitetoolError, InputError, NotFoundError, Problem, UsageError, Where, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citetool.library.library import Library
    from citetool.library.query.search import Hit
    from citetool.record.model import Record


def chosen(
    keys: Sequence[str] | None,
    library: Path | None,
    source: str | None,
    *,
    query: str | None = None,
    required: bool = False,
) -> list[Record]:
    """The records of these keys, in their order, or those that the query finds, or all where neither is given.

    `required`: that is only done with a file. Raises NotFoundError with one problem for each key that is not there,
    UsageError where a key is required or the query is wrong.
    """
    if source is not None:
        found = _from_file(keys, source)
        if query is None:
            return found
        from citetool.library.query.search import search_records

        return search_records(found, query)
    if not keys and query is None and required:
        raise UsageError(Problem("which record?", hint="name one or more keys, or a file with --input"))
    opened = home(library)
    if query is not None:
        return [*_by_key(opened, keys or ()), *opened.select(query)]
    return _by_key(opened, keys) if keys else list(opened)


def _by_key(home: Library, keys: Sequence[str]) -> list[Record]:
    found: list[Record] = []
    missing: list[Problem] = []
    for key in keys:
        try:
            found.append(home[key])
        except NotFoundError as error:
            missing += error.problems
    if missing:
        raise NotFoundError(*missing)
    return found


def _from_file(keys: Sequence[str] | None, source: str) -> list[Record]:
    from citetool.formats.base import collect
    from citetool.formats.registry import read_file

    result = collect(read_file(sys.stdin.buffer if source == "-" else Path(source)))
    console.problems([*result.problems, *(entry.problem for entry in result.rejected)])
    if not result.records:
        raise InputError(Problem("there is no record in it", Where("<stdin>" if source == "-" else source)))
    if not keys:
        return result.records
    by_key = {record.id: record for record in result.records}
    missing = [
        Problem(f"there is no record {key!r}", Where(source), suggest(key, by_key)) for key in keys if key not in by_key
    ]
    if missing:
        raise NotFoundError(*missing)
    return [by_key[key] for key in keys]


def hits(
    keys: Sequence[str] | None, library: Path | None, source: str | None, query: str | None, limit: int | None = None
) -> Iterable[Hit]:
    """What a list shows of the records that `chosen` would give; of a library one by one, straight from its index."""
    if source is None and not keys:
        return home(library).search(query or "", limit)
    from citetool.library.query.search import hit_of

    return map(hit_of, chosen(keys, library, source, query=query))


def noted(found: Iterable[Hit], library: Path | None, query: str | None) -> Iterator[Hit]:
    """The same hits; where there is none, stderr says where they were looked for."""
    nothing = True
    for hit in found:
        nothing = False
        yield hit
    if nothing:
        say_nothing_found(home(library), query)


def say_nothing_found(home: Library, query: str | None) -> None:
    """Say on stderr that no record was found, and where."""
    if query:
        console.note(f"no record in {home.home.root} is found by {query!r}")
    else:
        console.note(f"there is no record in {home.home.root}", "citetool new, add, import and parse put some in")


def say_whose(home: Library) -> None:
    """Say on stderr that these are the records that ship with citetool, where there is no library yet."""
    if home.home is not home:
        hint = "citetool library init makes a library of your own in this folder"
        console.note(f"no library at {home.root}: these records ship with citetool", hint)


def home(library: Path | None) -> Library:
    """The library to work with, which says on stderr what takes long."""
    from citetool.library.library import open_library

    opened = open_library(library)
    opened.say = console.err
    return opened


def to_change(home: Library, keys: Sequence[str] | None, query: str | None) -> list[str]:
    """The files of the records to be changed: of these keys, and of those that the query finds.

    Raises NotFoundError for a key that is not there, UsageError where neither is given.
    """
    if not keys and query is None:
        raise UsageError(Problem("which records?", hint="name one or more keys, or a --query"))
    from citetool.library.changes.plans import path_of

    paths = [path_of(home, key) for key in keys or ()]
    if query is not None and home.root.is_dir():
        paths += [hit.path for hit in home.search(query)]
    return list(dict.fromkeys(paths))


def style_folders(library: Path | None) -> list[Path]:
    """The library's own `styles` folder, where it has one."""
    from citetool.library.library import find_library

    try:
        folder = find_library(library) / "styles"
    except CitetoolError:
        return []
    return [folder] if folder.is_dir() else []
