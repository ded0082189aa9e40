"""`citetool detach`: files of a record, taken out."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import DryRun, Key, Library
from citetool.cli.workflows import apply, records
from citetool.problems import Problem, UsageError

Names = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[FILE...]", help="Name of a file, the name it had before, or its number in the record."),
]
All = Annotated[bool, typer.Option("--all", help="Take out all files of the record.")]


def run(key: Key, names: Names = None, every: All = False, dry_run: DryRun = False, library: Library = None) -> None:
    """Take files out of a record, and move them to the trash.

    A file that another record names stays where it is.

    Example: citetool detach 219945 219945-2.jpg
    """
    from citetool.library.changes.attachments import plan_detach

    if bool(names) == every:
        raise UsageError(Problem("which files?", hint="name one or more, or --all"))
    home = records.home(library)
    apply.apply_plan(home, lambda: plan_detach(home, key, names or []), dry_run)
