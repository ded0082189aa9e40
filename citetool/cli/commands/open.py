"""`citetool open`: the web page or a file of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Key, Library
from citetool.cli.ui import console
from citetool.cli.workflows import records

File = Annotated[bool, typer.Option("--file", help="Open the first attached file, not the web page.")]
Print = Annotated[bool, typer.Option("--print", help="Print the address without opening it.")]


def run(key: Key, file: File = False, print: Print = False, library: Library = None) -> None:
    """Open the web page or an attached file of a record.

    Example: citetool open 219945 --print
    """
    from citetool.library.open_target import check_opening, place_of

    place = place_of(records.home(library), key, file=file)
    if print:
        console.out(place)
    else:
        check_opening(place)
        console.err(place)
        typer.launch(place)
