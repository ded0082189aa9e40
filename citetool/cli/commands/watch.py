"""`citetool watch`: a file of references kept up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from citetool.cli.options import Interval, Library, Once, Query
from citetool.cli.ui import console
from citetool.cli.workflows import convert, records
from citetool.cli.workflows.convert import To

OutputFile = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="File to keep up to date: refs.bib, refs.ris ...")
]


def run(
    output: OutputFile,
    query: Query = None,
    to: To = None,
    interval: Interval = 1.0,
    once: Once = False,
    library: Library = None,
) -> None:
    """Keep a file of references up to date with the library.

    The file is rewritten whenever a record changes, until you press Ctrl-C.

    Example: citetool watch --output refs.bib --query 'tag:chapter-2'
    """
    from citetool.cli.ui.outfile import check_target
    from citetool.formats.registry import write_text
    from citetool.library.watch import versions, write_if_changed

    check_target(output)
    home = records.home(library)
    name = convert.target(to, output)
    for found, faults in versions(home, query or "", 0.0 if once else interval):
        console.problems(faults)
        if write_if_changed(output, "".join(write_text(found, name))):
            count = f"{len(found):,} record{'' if len(found) == 1 else 's'}"
            console.err(f"{output}: {count}")
