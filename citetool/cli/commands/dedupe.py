"""`citetool dedupe`: likely duplicates."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import DryRun, Json, Library, Output, Query
from citetool.cli.ui import console
from citetool.cli.workflows import apply, records

Merge = Annotated[bool, typer.Option("--merge", help="Merge each group into its most complete record.")]
MinScore = Annotated[float, typer.Option("--min-score", metavar="SCORE", min=0.75, max=1.0, help="Minimum similarity.")]


def run(
    query: Query = None,
    merge: Merge = False,
    min_score: MinScore = 0.75,
    dry_run: DryRun = False,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Find likely duplicates, and merge them.

    Each pair is printed with its similarity (0.75 to 1) and the reasons. --merge --dry-run shows what a merge would do.

    Example: citetool dedupe --min-score 0.9 --merge --dry-run
    """
    from citetool.library.dedupe import duplicates, groups, plan_merge

    home = records.home(library)
    pairs = [pair for pair in duplicates(home, query or "") if pair.score >= min_score]
    if merge:
        plan = apply.apply_plan(home, lambda: plan_merge(home, groups(pairs)), dry_run)
        for key, one in plan.disagreements:
            console.err(f"{key}: {one.field}: kept {one.kept!r}, dropped {one.dropped!r}")
    elif json:
        console.out_json([pair._asdict() for pair in pairs])
    elif not pairs:
        console.note(f"no likely duplicates in {home.home.root}")
    else:
        for pair in pairs:
            console.out(f"{pair.score:.2f}  {pair.keys[0]}  {pair.keys[1]}  {', '.join(pair.reasons)}")
