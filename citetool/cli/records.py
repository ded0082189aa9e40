"""Which records a command works on: those of the library, or those of `--input FILE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from citetool.problems import CitetoolError, InputError, NotFoundError, Problem, UsageError, Where, suggest

from . import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.record.model import Record


def chosen(
    keys: Sequence[str] | None, library: Path | None, source: str | None, *, required: bool = False
) -> list[Record]:
    """The records of these keys, in their order; all where no key is given, which `required` allows only with a file.

    Raises NotFoundError with one problem for each key that is not there, and UsageError where a key is required.
    """
    if source is not None:
        return _from_file(keys, source)
    if not keys and required:
        raise UsageError(Problem("which record?", hint="name one or more keys, or a file with --input"))
    from citetool.library.library import open_library

    home = open_library(library)
    if not keys:
        return list(home)
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
    from citetool.formats.table import read_file

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


def style_folders(library: Path | None) -> list[Path]:
    """The library's own `styles` folder, where it has one."""
    from citetool.library.library import find_library

    try:
        folder = find_library(library) / "styles"
    except CitetoolError:
        return []
    return [folder] if folder.is_dir() else []
