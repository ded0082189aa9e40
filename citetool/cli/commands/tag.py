"""`citetool tag`: the user's own tags on records."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import DryRun, KeysOrQuery, Library, Query
from citetool.cli.workflows import apply, records
from citetool.problems import Problem, UsageError

Tags = Annotated[str, typer.Argument(metavar="TAG", help="A tag, or several separated by commas.")]
Remove = Annotated[bool, typer.Option("--remove", "-r", help="Remove the tags.")]


def run(
    tags: Tags,
    keys: KeysOrQuery = None,
    query: Query = None,
    remove: Remove = False,
    dry_run: DryRun = False,
    library: Library = None,
) -> None:
    """Add tags to records, or remove them.

    Example: citetool tag chapter-2,ask-again 219945 --query 'author:harriman'
    """
    from citetool.library.changes.assignments import Assignment
    from citetool.library.changes.plans import plan_assign

    home = records.home(library)
    if keys and tags in home and not any(key in home for key in keys):
        hint = f"the tag stands first: citetool tag {keys[0]} {tags}"
        raise UsageError(Problem(f"there is no record {keys[0]!r}", hint=hint))
    words = [tag.strip() for tag in tags.split(",") if tag.strip()]
    assignment = Assignment(("tags",), "-=" if remove else "+=", words)
    apply.apply_plan(home, lambda: plan_assign(home, records.to_change(home, keys, query), [assignment]), dry_run)
