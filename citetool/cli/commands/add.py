"""`citetool add`: a page, a file or an address into the library."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import DryRun, Json, Library
from citetool.cli.ui import console

Sources = Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Saved pages, files, or addresses on the web.")]
From = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--from", metavar="FORMAT", help="The format of the source, where it is not guessed."),
]
Select = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--select", metavar="WHAT", help="Of a finding aid these components: 'box:173'."),
]
Key = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--key", metavar="KEY", help="The key of the record, where the source holds one."),
]
Conflict = Annotated[
    str,
    typer.Option(
        "--on-conflict", metavar="RULE", help="If a key is taken: refuse, keep, replace, merge, ask or rename."
    ),
]


def run(
    sources: Sources,
    from_: From = None,
    select: Select = None,
    key: Key = None,
    on_conflict: Conflict = "refuse",
    keep_page: Annotated[bool, typer.Option("--keep-page", help="Keep the page itself beside the record.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses of this machine and its network, too.")
    ] = False,
    dry_run: DryRun = False,
    library: Library = None,
    json: Json = False,
) -> None:
    """Read a page, a file or an address into the library.

    Several may be named. What was read and what was inferred is printed, field by field.

    Example: citetool add 219945.md
    """
    from citetool.cli.workflows import add, convert
    from citetool.library.library import open_library

    rule = convert.choice(on_conflict, add.CONFLICTS, "--on-conflict")
    home = open_library(library)
    read = add.read_all(sources, from_, select=select, keep=keep_page, allow_private=allow_private, key=key)
    console.problems(read.problems)
    plans = [] if dry_run else add.put(home, read, rule)
    if json:
        console.out_json(add.as_dict(read, plans))
    else:
        console.out("\n".join(add.report(read, plans, home.root)))
    if read.rejected:
        raise typer.Exit(1)
