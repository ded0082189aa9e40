"""`citetool undo`: the last change taken back."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import DryRun, Library
from citetool.cli.ui import console
from citetool.cli.workflows import records

Number = Annotated[
    Optional[int],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[NUMBER]", help="Number of the change in citetool log; by default the last one."),
]
Redo = Annotated[bool, typer.Option("--redo", help="Make the change again that was undone last.")]


def run(number: Number = None, redo: Redo = False, dry_run: DryRun = False, library: Library = None) -> None:
    """Undo the last change of the library.

    Called again, it undoes the change before that.

    Example: citetool undo
    """
    from citetool.library.changes.plans import plan_undo, undo

    done = "redone" if redo else "undone"
    if dry_run:
        change, plan = plan_undo(records.home(library), number, again=redo)
        console.out_pieces(line + "\n" for line in plan.diff())
        told = f"dry run, nothing changed; would be {done}: {change.number} ({change.command})"
        console.err(f"{told}, files: {len(plan.steps)}")
        return
    change, paths = undo(records.home(library), number, again=redo)
    console.err(f"{done}: {change.number} ({change.command}), files: {len(paths)}")
