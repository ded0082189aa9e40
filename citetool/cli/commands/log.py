"""`citetool log`: the last changes of the library."""

from __future__ import annotations

from citetool.cli.options import Json, Library, Output
from citetool.cli.ui import console
from citetool.cli.workflows import records


def run(output: Output = None, library: Library = None, json: Json = False) -> None:
    """Show the last changes of the library, latest first.

    A line has the number of the change, its time, the number of files, and the command.

    Example: citetool log
    """
    from citetool.library.changes.journal import changes

    home = records.home(library)
    found = changes(home.root)
    if json:
        console.out_json([{**change._asdict(), "folders": list(change.folders)} for change in found])
        return
    if not found:
        console.note(f"no changes yet in {home.root}")
    states = {"undone": "  (undone)", "begun": "  (interrupted)"}
    for change in found:
        console.out(
            f"{change.number:4}  {change.time[:16]}  {change.size:6,}  {change.command}{states.get(change.state, '')}"
        )
