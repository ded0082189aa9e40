"""`citetool dedupe`: records that are likely one."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import DryRun, Json, Library, Query
from citetool.cli.ui import console
from citetool.cli.workflows import apply, records

Merge = Annotated[bool, typer.Option("--merge", help="Merge each group into its fullest record.")]
Least = Annotated[float, typer.Option("--least", metavar="SCORE", help="Likely by so much at least: 0.75 to 1.")]


def run(
    query: Query = None,
    merge: Merge = False,
    least: Least = 0.75,
    dry_run: DryRun = False,
    library: Library = None,
    json: Json = False,
) -> None:
    """Find records that are likely one, and merge them.

    Each pair with its reasons and how likely it is; --merge --dry-run shows what a merge would do.

    Example: citetool dedupe --least 0.9 --merge --dry-run
    """
    from citetool.library.dedupe import duplicates, groups, plan_merge

    home = records.home(library)
    pairs = [pair for pair in duplicates(home, query or "") if pair.score >= least]
    if merge:
        plan = apply.carry_out(home, lambda: plan_merge(home, groups(pairs)), dry_run)
        for key, one in plan.disagreements:
            console.err(f"{key}: {one.field}: kept {one.kept!r}, dropped {one.dropped!r}")
    elif json:
        console.out_json([pair._asdict() for pair in pairs])
    elif not pairs:
        console.note(f"no two records of {home.home.root} are likely one")
    else:
        for pair in pairs:
            console.out(f"{pair.score:.2f}  {pair.keys[0]}  {pair.keys[1]}  {', '.join(pair.reasons)}")
