"""`citetool remove`: records to the trash."""

from __future__ import annotations

from citetool.cli.options import DryRun, Library, OptionalKeys, Query
from citetool.cli.workflows import apply, records


def run(keys: OptionalKeys = None, query: Query = None, dry_run: DryRun = False, library: Library = None) -> None:
    """Put records into the trash.

    The files beside them go with them, where no other record names them.

    Example: citetool remove 219945
    """
    from citetool.library.changes.plans import plan_remove

    home = records.home(library)
    apply.carry_out(home, lambda: plan_remove(home, records.to_change(home, keys, query)), dry_run)
