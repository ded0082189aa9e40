"""`citetool set`: fields of one record or many."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import DryRun, Force, Library, Query
from citetool.cli.workflows import apply, records
from citetool.problems import Problem, UsageError

Items = Annotated[
    list[str],
    typer.Argument(metavar="FIELD=VALUE... [KEY...]", help="Fields to set, and keys of the records to change."),
]


def run(
    items: Items, query: Query = None, force: Force = False, dry_run: DryRun = False, library: Library = None
) -> None:
    """Set fields of one record or many.

    field=value sets a field, field= removes it; field+=value and field-=value change a list. citetool fields lists
    the fields; names of your own begin with x-.

    Example: citetool set 'kind=telegram' 'box=Box 3' tags+=chapter-2 --query 'fond:45 -kind:*' --dry-run
    """
    from citetool.library.changes.assignments import parse_assignment
    from citetool.library.changes.plans import plan_assign

    home = records.home(library)
    assignments = [parse_assignment(item, force=force) for item in items if "=" in item]
    if not assignments:
        raise UsageError(Problem("no field to set", hint="write field=value, such as kind=letter"))
    keys = [item for item in items if "=" not in item]
    plan = apply.apply_plan(home, lambda: plan_assign(home, records.to_change(home, keys, query), assignments), dry_run)
    if not dry_run and any(one.path == ("kind",) for one in assignments):
        apply.tell_oddities(home, plan, ("unknown-word",), most=1)
