"""Reading of names from files, for `library names`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.cli.ui import console
from citetool.formats.metadata.eac import Named, read_names
from citetool.problems import NotFoundError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_all(paths: Iterable[Path]) -> list[Named]:
    """Return the names of all files. Raises InputError for one without any, NotFoundError for one that is not there."""
    found: list[Named] = []
    for path in paths:
        if not path.is_file():
            raise NotFoundError(Problem(f"there is no file {str(path)!r}"))
        with path.open("rb") as stream:
            items = list(read_names(stream, str(path)))
        found += [item for item in items if isinstance(item, Named)]
        console.problems([item for item in items if isinstance(item, Problem)])
    return found
