"""How commands that change the library do it, and what they say then."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from citetool.cli.ui import console

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.library.changes.plans import Plan
    from citetool.library.library import Library


def carry_out(home: Library, plan: Callable[[], Plan], dry_run: bool = False) -> Plan:
    """Carry a plan out and say on stderr what was done; with `dry_run` print it as a diff and do nothing."""
    if dry_run:
        made = plan()
        console.out_pieces(line + "\n" for line in made.diff())
        console.err(f"would be {summary(made)}")
        return made
    from citetool.library.changes.plans import change

    made = change(home, command_line(), plan)
    undo = "; citetool undo takes it back" if made.number else ""
    console.err(f"{summary(made)}{undo}")
    return made


def command_line() -> str:
    """The command as it was called, for the journal."""
    return shlex.join(sys.argv[1:])


def summary(plan: Plan) -> str:
    """What became of the records, in words: `changed: 2 (a, b); unchanged: 1 (c)`."""
    parts = [f"{what}: {_some(keys)}" for what, keys in plan.keys.items()]
    return "; ".join(parts) or "nothing changed"


def _some(keys: list[str]) -> str:
    shown = ", ".join(keys[:5])
    return f"{len(keys):,} ({shown}{', ...' if len(keys) > 5 else ''})" if len(keys) > 1 else shown
