"""`citetool import`: files of references into the library."""

from __future__ import annotations

from typing import Annotated

import typer

from . import console, records, transfers
from .options import DryRun, Json, Library
from .transfers import Encoding, From, Rejected, Select, Strict

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="The files to read; `-` for stdin.")]
Conflict = Annotated[
    str,
    typer.Option(
        "--on-conflict",
        metavar="RULE",
        help="If the library has the source already: keep it, replace it, merge into its gaps, or ask.",
    ),
]


def run(
    files: Files,
    from_: From = None,
    encoding: Encoding = None,
    select: Select = None,
    on_conflict: Conflict = "merge",
    dry_run: DryRun = False,
    strict: Strict = False,
    rejected: Rejected = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Read files of references into the library.

    What the library has already is found again and not doubled.

    Example: citetool import zotero.ris --on-conflict merge
    """
    from . import merging

    rule = transfers.choice(on_conflict, merging.RULES, "--on-conflict")
    home = records.home(library)
    found = merging.read_all(files, from_, encoding, select)
    console.problems(found.transfer.problems)
    plans = merging.put(home, found, rule, dry_run=dry_run)
    if json:
        console.out_json(merging.as_dict(found, plans))
    for line in merging.summary(found, plans, dry_run=dry_run):
        console.err(line)
    if rejected is not None and found.transfer.rejected:
        transfers.put_out([found.transfer.rejected_text()], rejected)
    if strict and found.transfer.rejected:
        raise typer.Exit(1)
