"""`citetool open`: the web page or a file of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Key, Library
from citetool.cli.ui import console
from citetool.cli.workflows import records

File = Annotated[bool, typer.Option("--file", help="Open the first attached file, not the web page.")]
All = Annotated[bool, typer.Option("--all", help="Open all attached files.")]
Print = Annotated[bool, typer.Option("--print", help="Print the address without opening it.")]


def run(key: Key, file: File = False, every: All = False, print: Print = False, library: Library = None) -> None:
    """Open the web page or an attached file of a record.

    Example: citetool open 219945 --print
    """
    from citetool.library.open_target import check_opening, file_places, place_of

    home = records.home(library)
    first = place_of(home, key, file=file or every)
    places = file_places(home, home[key]) if every else [first]
    if not print:
        for place in places:
            check_opening(place)
    for place in places:
        if print:
            console.out(place)
        else:
            console.err(place)
            typer.launch(place)
