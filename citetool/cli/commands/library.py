"""`citetool library`: create libraries, find the one in use, look after its index."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import Annotated, Optional

import typer

from citetool.cli.options import DryRun, Json, Library
from citetool.cli.typer_app import Command, make_app
from citetool.cli.ui import console
from citetool.cli.workflows import records
from citetool.problems import NotFoundError

app = make_app(no_args_is_help=True, help="Create a library, or show the one in use.")


@app.command(cls=Command)
def init(
    folder: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(metavar="[DIR]", help="Folder; by default records in this folder."),
    ] = None,
) -> None:
    """Create a library, an ordinary folder of record files.

    Example: citetool library init
    """
    from citetool.library.library import find_library, init_library

    made = init_library(folder or Path("records"))
    console.out(str(made))
    with suppress(NotFoundError):  # the folder that $CITETOOL_LIBRARY names may be missing
        if find_library() == made:
            return
    console.note(
        "commands use it inside this folder, and elsewhere with --library",
        f"to use it everywhere: citetool config library {quote(str(made))}",
    )


@app.command(cls=Command)
def path(library: Library = None) -> None:
    """Print the folder of the library in use.

    Example: citetool library path
    """
    from citetool.library.library import find_library

    console.out(str(find_library(library)))


@app.command(cls=Command)
def stats(library: Library = None, json: Json = False) -> None:
    """Show the number of records, of unreadable files, and the size of the index.

    Example: citetool library stats
    """
    from citetool.library.stats import stats

    numbers = stats(records.home(library))
    if json:
        console.out_json(numbers)
    else:
        console.out_pieces(f"{name}: {value}\n" for name, value in numbers.items())


@app.command(cls=Command)
def reindex(library: Library = None) -> None:
    """Rebuild the index, if something has gone wrong with it.

    Example: citetool library reindex
    """
    from citetool.library.stats import reindex

    console.err(f"indexed: {reindex(records.home(library)):,} records")


@app.command(cls=Command)
def names(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of EAC-CPF or EAG.")],
    dry_run: DryRun = False,
    library: Library = None,
) -> None:
    """Take names of people, bodies and archives into the library's repositories.yaml.

    They come from EAC-CPF and EAG, with their other spellings, which citetool check --fix puts right. Names that the
    library knows already stay as they are.

    Example: citetool library names authorities/*.xml
    """
    from citetool.cli.workflows import apply
    from citetool.cli.workflows.names import read_all
    from citetool.library.changes.names import plan_names

    home = records.home(library)
    found = read_all(sources)
    apply.apply_plan(home, lambda: plan_names(home.root, found), dry_run)


@app.command("merge-file", cls=Command, hidden=True)
def merge_file(base: Path, ours: Path, theirs: Path) -> None:
    """Merge two versions of a record field by field, as git's merge driver; the result replaces OURS.

    Example: git config merge.citetool.driver 'citetool library merge-file %O %A %B'
    """
    from citetool.library.changes.merge_driver import merge_files

    if not merge_files(base, ours, theirs):
        raise typer.Exit(1)
