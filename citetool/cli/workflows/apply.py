"""Apply a plan to the library and report what changed."""

from __future__ import annotations

import shlex
import sys
from itertools import islice
from typing import TYPE_CHECKING

from citetool.cli.ui import console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citetool.library.changes.plans import Plan
    from citetool.library.library import Library


def apply_plan(home: Library, plan: Callable[[], Plan], dry_run: bool = False) -> Plan:
    """Apply a plan and report on stderr; with `dry_run` only print it as a diff. Return the plan."""
    if dry_run:
        made = plan()
        console.out_pieces(line + "\n" for line in made.diff())
        console.err(f"dry run, nothing changed; would be {summary(made)}" if made.keys else "nothing to change")
        return made
    from citetool.library.changes.plans import change

    made = change(home, command_line(), plan)
    undo = " (undo with: citetool undo)" if made.number else ""
    console.err(f"{summary(made)}{undo}")
    return made


_ODD = ("direct-name", "odd-key", "unknown-word")


def tell_oddities(home: Library, plan: Plan, checks: Sequence[str] = _ODD, most: int | None = None) -> None:
    """Note what is better put right at once: names that lack a comma, keys that no manuscript can cite,
    words that styles do not know; of so many records at most.
    """
    from citetool.record.check import check_record

    for key in islice((key for keys in plan.keys.values() for key in keys), most):
        for _, finding in check_record(home[key], checks):
            console.note(finding.message, finding.hint)


def tell_place(home: Library, plan: Plan) -> None:
    """Note that `place` was taken for where a source was written, for records whose archive has a name and no place."""
    from citetool.record.levels import group_of

    for key in (key for keys in plan.keys.values() for key in keys):
        record = home[key]
        groups = {group_of(level.name) for level in record.archive.levels}
        if record.place and "repository" in groups and "place" not in groups:
            console.note(f"place is where it was written: {record.place}", "if the archive is there: archive_place=...")


def command_line() -> str:
    """Return the command as it was called, for the journal."""
    return shlex.join(sys.argv[1:])


def summary(plan: Plan) -> str:
    """Return what became of the records, in words: `changed: 2 (a, b); unchanged: 1 (c)`."""
    parts = [f"{what}: {_some(keys)}" for what, keys in plan.keys.items()]
    return "; ".join(parts) or "nothing to change"


def _some(keys: list[str]) -> str:
    shown = ", ".join(keys[:5])
    return f"{len(keys):,} ({shown}{', ...' if len(keys) > 5 else ''})" if len(keys) > 1 else shown
