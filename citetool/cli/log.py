"""`citetool log`: the last changes of the library."""

from __future__ import annotations

from . import console, records
from .options import Json, Library


def run(library: Library = None, json: Json = False) -> None:
    """Show the last changes of the library, latest first: number, time, files, command.

    Example: citetool log
    """
    from citetool.library.journal import changes

    found = changes(records.home(library).root)
    if json:
        console.out_json([{**change._asdict(), "folders": list(change.folders)} for change in found])
        return
    states = {"undone": "  (taken back)", "begun": "  (interrupted)"}
    for change in found:
        console.out(
            f"{change.number:4}  {change.time[:16]}  {change.size:6,}  {change.command}{states.get(change.state, '')}"
        )
