"""`citetool watch`: a file of references in step with the library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from citetool.cli.options import Library, Query
from citetool.cli.ui import console
from citetool.cli.workflows import convert, records

Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="The file to keep: refs.bib, refs.ris ...")
]
To = Annotated[str, typer.Option("--to", metavar="FORMAT", help="Its format; by default what its name says.")]
Every = Annotated[float, typer.Option("--every", metavar="SECONDS", help="Look so often.")]
Once = Annotated[bool, typer.Option("--once", help="Write it once and end.")]


def run(
    output: Output, query: Query = None, to: To = "", every: Every = 1.0, once: Once = False, library: Library = None
) -> None:
    """Keep a file of references in step with the library.

    It is written anew whenever a record changes.

    Example: citetool watch --output refs.bib --query 'tag:chapter-2'
    """
    from citetool.formats.registry import write_text
    from citetool.library.watch import versions, write_if_changed

    home = records.home(library)
    name = convert.target(to, output)
    for found, faults in versions(home, query or "", 0.0 if once else every):
        console.problems(faults)
        if write_if_changed(output, "".join(write_text(found, name))):
            console.err(f"{output}: {len(found):,} records")
