"""`citetool undo`: the last change taken back."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Library
from citetool.cli.ui import console
from citetool.cli.workflows import records

Number = Annotated[
    Optional[int],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[NUMBER]", help="Number of the change in citetool log; by default the last one."),
]
Redo = Annotated[bool, typer.Option("--redo", help="Make the change again that was undone last.")]


def run(number: Number = None, redo: Redo = False, library: Library = None) -> None:
    """Undo the last change of the library.

    Called again, it undoes the change before that.

    Example: citetool undo
    """
    from citetool.library.changes.plans import undo

    change, paths = undo(records.home(library), number, again=redo)
    console.err(f"{'redone' if redo else 'undone'}: {change.number} ({change.command}), files: {len(paths)}")
