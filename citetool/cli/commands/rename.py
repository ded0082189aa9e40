"""`citetool rename`: another key for a record."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import DryRun, Library
from citetool.cli.ui import completion
from citetool.cli.workflows import apply, records

Old = Annotated[str, typer.Argument(metavar="OLD", help="The key now.", autocompletion=completion.keys)]
New = Annotated[str, typer.Argument(metavar="NEW", help="The key from now on.")]
NoAlias = Annotated[bool, typer.Option("--no-alias", help="Forget the old key.")]


def run(old: Old, new: New, no_alias: NoAlias = False, dry_run: DryRun = False, library: Library = None) -> None:
    """Give a record another key.

    The old one stays as an alias, so that what cites it goes on working.

    Example: citetool rename 219945 harriman-1944
    """
    from citetool.library.changes.plans import plan_rename

    home = records.home(library)
    apply.carry_out(home, lambda: plan_rename(home, old, new, alias=not no_alias), dry_run)
