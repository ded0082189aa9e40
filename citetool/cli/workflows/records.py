"""Selection of the records a command works on: from the library, or from `--input FILE`."""

from __future__ import annotations

import sys
from itertools import islice
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
    """Return the records of these keys, in their order, then those the query finds; all where neither is given.

    With `required`, all are only returned of a file. Raises NotFoundError with one problem for each unknown key,
    UsageError where keys are required or the query is wrong.
    """
    keys = expanded(keys)
    if source is not None:
        found = _from_file(keys, source)
        if query is None:
            return found
        from citetool.library.query.search import search_records

        return search_records(found, query)
    if not keys and query is None and required:
        raise UsageError(Problem("which record?", hint="name one or more keys, a --query, or a file with --input"))
    opened = home(library)
    if query is not None:
        by_key = {record.id: record for record in (*_by_key(opened, keys or ()), *opened.select(query))}
        return list(by_key.values())
    if keys:
        return _by_key(opened, keys)
    faults: list[Problem] = []
    every = list(opened.records(faults))
    console.keep(*faults)
    return every


def folders(found: Iterable[Record], library: Path | None, source: str | None) -> dict[str, str]:
    """Return the folder of each record that has files, whole, by its key: what the paths of its files start from."""
    having = [record.id for record in found if record.files]
    if source is not None:
        folder = str(Path.cwd() if source == "-" else Path(source).resolve().parent)
        return dict.fromkeys(having, folder)
    opened = home(library).home
    paths = {key: opened.path_of(key) for key in having}
    return {key: str((opened.root / path).resolve().parent) for key, path in paths.items() if path}


def expanded(keys: Sequence[str] | None) -> list[str] | None:
    """Return the keys with `-` replaced by those on stdin, one a line.

    Raises InputError where that leaves none: nobody who pipes an empty list means all records.
    """
    if not keys or "-" not in keys:
        return list(keys) if keys is not None else None
    read = [line.strip() for line in sys.stdin if line.strip()]
    place = list(keys).index("-")
    every = [*keys[:place], *read, *(key for key in keys[place + 1 :] if key != "-")]
    if not every:
        raise InputError(Problem("no keys came on stdin", hint="write one a line, as citetool list --keys does"))
    return every


def _by_key(home: Library, keys: Sequence[str]) -> list[Record]:
    found: list[Record] = []
    missing: list[Problem] = []
    for key in keys:
        try:
            found.append(home[key])
        except NotFoundError as error:
            missing += error.problems
    if missing:
        raise NotFoundError(*dict.fromkeys(missing))
    return found


def _from_file(keys: Sequence[str] | None, source: str) -> list[Record]:
    from citetool.formats.api import read_file
    from citetool.formats.base import collect, keep_apart

    result = keep_apart(collect(read_file(sys.stdin.buffer if source == "-" else Path(source))))
    console.problems([*result.problems, *(entry.problem for entry in result.rejected)])
    if not result.records:
        raise InputError(Problem("no records found", Where("<stdin>" if source == "-" else source)))
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
    """Return what a list shows of the records `chosen` returns; of a library one by one, straight from its index."""
    keys = expanded(keys)
    if source is None and not keys:
        return home(library).search(query or "", limit or None)
    from citetool.library.query.search import hit_of

    return islice(map(hit_of, chosen(keys, library, source, query=query)), limit or None)


def noted(found: Iterable[Hit], library: Path | None, query: str | None) -> Iterator[Hit]:
    """Yield the same hits; if there are none, say on stderr where they were looked for."""
    nothing = True
    for hit in found:
        nothing = False
        yield hit
    if nothing:
        say_nothing_found(home(library), query)


def say_nothing_found(home: Library, query: str | None) -> None:
    """Report on stderr that no record was found, and where; faulty files, which are told at the end, say it better."""
    if console.has_kept():
        return
    if query:
        console.note(f"no record in {home.home.root} matches {query!r}")
    else:
        console.note(f"there are no records in {home.home.root}", "add some with citetool new, add, import or parse")


def say_whose(home: Library) -> None:
    """Report on stderr, where there is no library yet, that these are the records shipped with citetool."""
    if home.home is not home:
        hint = "create a library of your own in this folder: citetool library init"
        console.note(f"no library at {home.root}: these are the samples shipped with citetool", hint)


def served(library: Path | None, *, save: bool) -> Library:
    """Return the library that a server is for. Raises UsageError where it is to `save` and there is none yet: records
    that ship with citetool are nobody's to change.
    """
    opened = home(library)
    if save and opened.home is not opened:
        import shlex

        hint = f"citetool library init {shlex.quote(str(opened.root))}"
        raise UsageError(Problem("there is no library to save into yet", hint=hint))
    return opened


def home(library: Path | None) -> Library:
    """Open the library to work with; it reports on stderr what takes long."""
    from citetool.library.library import open_library

    opened = open_library(library)
    opened.say = console.err
    opened.missed = console.keep
    return opened


def to_change(home: Library, keys: Sequence[str] | None, query: str | None) -> list[str]:
    """Return the files of the records to change: those of these keys, and those the query finds.

    Raises NotFoundError for an unknown key, UsageError where neither is given.
    """
    keys = expanded(keys)
    if not keys and query is None:
        raise UsageError(Problem("which records?", hint="name one or more keys, or a --query"))
    from citetool.library.changes.plans import path_of

    paths = [path_of(home, key) for key in keys or ()]
    if query is not None and home.root.is_dir():
        paths += [hit.path for hit in home.search(query)]
    return list(dict.fromkeys(paths))


def style_folders(library: Path | None) -> list[Path]:
    """Return the library's own `styles` folder, if it has one."""
    from citetool.library.library import find_library

    try:
        folder = find_library(library) / "styles"
    except CitetoolError:
        return []
    return [folder] if folder.is_dir() else []
