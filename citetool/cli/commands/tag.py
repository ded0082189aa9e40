"""`citetool tag`: your own words on records."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import DryRun, Library, OptionalKeys, Query
from citetool.cli.workflows import apply, records

Tags = Annotated[str, typer.Argument(metavar="TAG", help="A tag, or several with commas between them.")]
Remove = Annotated[bool, typer.Option("--remove", "-r", help="Take the tags off.")]


def run(
    tags: Tags,
    keys: OptionalKeys = None,
    query: Query = None,
    remove: Remove = False,
    dry_run: DryRun = False,
    library: Library = None,
) -> None:
    """Put tags on records, or take them off.

    Example: citetool tag chapter-2,ask-again 219945 --query 'author:harriman'
    """
    from citetool.library.changes.assignments import Assignment
    from citetool.library.changes.plans import plan_assign

    home = records.home(library)
    words = [tag.strip() for tag in tags.split(",") if tag.strip()]
    assignment = Assignment(("tags",), "-=" if remove else "+=", words)
    apply.carry_out(home, lambda: plan_assign(home, records.to_change(home, keys, query), [assignment]), dry_run)
