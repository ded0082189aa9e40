"""`citetool open`: the page or a file of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Library
from citetool.cli.ui import completion, console
from citetool.cli.workflows import records

Key = Annotated[str, typer.Argument(metavar="KEY", help="The key of a record.", autocompletion=completion.keys)]
File = Annotated[bool, typer.Option("--file", help="The first file beside the record, not the page.")]
Print = Annotated[bool, typer.Option("--print", help="Print the address, and open nothing.")]


def run(key: Key, file: File = False, print: Print = False, library: Library = None) -> None:
    """Open the page or a file of a record.

    Example: citetool open 219945 --print
    """
    from citetool.library.open_target import place_of

    place = place_of(records.home(library), key, file=file)
    if print:
        console.out(place)
    else:
        console.err(place)
        typer.launch(place)
