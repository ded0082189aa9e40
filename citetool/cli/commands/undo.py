"""`citetool undo`: take the last change back."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Library
from citetool.cli.ui import console
from citetool.cli.workflows import records

Number = Annotated[
    Optional[int],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[NUMBER]", help="Which change, as citetool log numbers them; by default the last."),
]
Redo = Annotated[bool, typer.Option("--redo", help="Make the change again that was taken back last.")]


def run(number: Number = None, redo: Redo = False, library: Library = None) -> None:
    """Take the last change of the library back.

    Called again, it takes back the one before it.

    Example: citetool undo
    """
    from citetool.library.changes.plans import undo

    change, paths = undo(records.home(library), number, again=redo)
    console.err(f"{'made again' if redo else 'taken back'}: {change.number} ({change.command}), files: {len(paths)}")
