"""`citetool rename`: a new key for a record."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import DryRun, Library
from citetool.cli.ui import completion
from citetool.cli.workflows import apply, records

Old = Annotated[str, typer.Argument(metavar="OLD", help="Current key.", autocompletion=completion.keys)]
New = Annotated[str, typer.Argument(metavar="NEW", help="New key.")]
NoAlias = Annotated[bool, typer.Option("--no-alias", help="Do not keep the old key as an alias.")]


def run(old: Old, new: New, no_alias: NoAlias = False, dry_run: DryRun = False, library: Library = None) -> None:
    """Change the key of a record.

    The old key stays as an alias, so manuscripts that cite it still work.

    Example: citetool rename 219945 harriman-1944
    """
    from citetool.library.changes.plans import plan_rename

    home = records.home(library)
    plan = apply.apply_plan(home, lambda: plan_rename(home, old, new, alias=not no_alias), dry_run)
    if not dry_run:
        apply.tell_oddities(home, plan)
