"""`citetool library`: make a library, or say which one is used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from . import console
from .app_settings import make_app
from .options import Library

app = make_app(no_args_is_help=True, help="Make a library, or say which one is used.")


@app.command()
def init(
    folder: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="[DIR]", help="Where; by default `records` in this folder."),
    ] = None,
) -> None:
    """Make a new library, an ordinary folder of record files.

    Example: citetool library init
    """
    from citetool.library.library import init_library

    console.out(str(init_library(folder or Path("records"))))


@app.command()
def path(library: Library = None) -> None:
    """Print the folder of the library that commands use here.

    Example: citetool library path
    """
    from citetool.library.library import find_library

    console.out(str(find_library(library)))
