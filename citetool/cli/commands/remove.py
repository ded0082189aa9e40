"""`citetool remove`: records to the trash."""

from __future__ import annotations

from citetool.cli.options import DryRun, KeysOrQuery, Library, Query
from citetool.cli.workflows import apply, records


def run(keys: KeysOrQuery = None, query: Query = None, dry_run: DryRun = False, library: Library = None) -> None:
    """Move records to the trash.

    Their files go with them unless another record uses them. citetool undo brings everything back.

    Example: citetool remove 219945
    """
    from citetool.library.changes.plans import plan_remove

    home = records.home(library)
    apply.apply_plan(home, lambda: plan_remove(home, records.to_change(home, keys, query)), dry_run)
