"""`citetool add`: pages, files and web addresses into the library."""

from __future__ import annotations

import sys
from typing import Annotated, Optional

import typer

from citetool.cli.options import DryRun, Json, Library, Output
from citetool.cli.ui import console
from citetool.cli.workflows.convert import From, Select

Sources = Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Saved pages, files, or web addresses.")]
NewKey = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--key", metavar="KEY", help="Key of the new record, if the source holds only one."),
]
Conflict = Annotated[
    str,
    typer.Option("--on-conflict", metavar="RULE", help="If a key exists: refuse, keep, replace, merge, ask or rename."),
]
All = Annotated[bool, typer.Option("--all", help="Add all that a finding aid describes, without asking.")]
KeepPage = Annotated[bool, typer.Option("--keep-page", help="Also save the page as a file of the record.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Allow addresses of this computer and its local network.")
]


def run(
    sources: Sources,
    from_: From = None,
    select: Select = None,
    all_: All = False,
    key: NewKey = None,
    on_conflict: Conflict = "refuse",
    keep_page: KeepPage = False,
    allow_private: AllowPrivate = False,
    dry_run: DryRun = False,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Add web pages, saved pages or files to the library.

    The report lists, field by field, what was read and what was inferred. Of a
    finding aid the tree is shown, and the question is how much of it to add.

    Example: citetool add 219945.md
    """
    from citetool.cli.workflows import add, convert
    from citetool.library.library import open_library

    rule = convert.choice(on_conflict, add.CONFLICTS, "--on-conflict")
    home = open_library(library)
    read = add.read_all(sources, from_, select=select, keep=keep_page, allow_private=allow_private, key=key)
    console.problems(read.problems)
    if not dry_run and not all_ and not add.agreed(read, ask=not select, terminal=sys.stdin.isatty()):
        raise typer.Exit(1)
    plans = [] if dry_run else add.put(home, read, rule)
    if json:
        console.out_json(add.as_dict(read, plans))
    else:
        console.out("\n".join(add.report(read, plans, home.root)))
    if read.rejected:
        raise typer.Exit(1)
