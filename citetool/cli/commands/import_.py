"""`citetool import`: files of references into the library."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import DryRun, Json, Library, Output
from citetool.cli.ui import console
from citetool.cli.workflows import convert, records
from citetool.cli.workflows.convert import Columns, Encoding, From, Jobs, Rejected, Select, Strict

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Files to read; - for stdin.")]
Conflict = Annotated[
    str,
    typer.Option("--on-conflict", metavar="RULE", help="If the library has the source: keep, replace, merge or ask."),
]
Photos = Annotated[
    str,
    typer.Option(
        "--photos",
        metavar="RULE",
        help="Photographs of documents; the rule says which show one: folder, name, each, a pause such as 10m, or a "
        "pattern of names such as '{box}_{folder}_*'.",
    ),
]
Fields = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--set", metavar="FIELD=VALUE", help="With --photos: a field of all the new records."),
]


def run(
    files: Files,
    from_: From = None,
    encoding: Encoding = None,
    select: Select = None,
    map_: Columns = None,
    photos: Photos = "",
    set_: Fields = None,
    on_conflict: Conflict = "merge",
    dry_run: DryRun = False,
    strict: Strict = False,
    rejected: Rejected = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
    jobs: Jobs = 1,
) -> None:
    """Import files of references into the library.

    Sources that the library already has are recognized; by default their gaps are filled. --photos makes a record of
    each document that photographs show, with the pictures in order.

    Example: citetool import zotero.ris --on-conflict merge
    """
    from citetool.cli.workflows import import_

    if photos or set_:
        import_.photographs(records.home(library), files, photos, set_ or (), dry_run=dry_run)
        return
    rule = convert.choice(on_conflict, import_.RULES, "--on-conflict")
    home = records.home(library)
    found = import_.read_all(files, from_, encoding, select, map_, jobs)
    console.problems(found.transfer.problems)
    plans = import_.put(home, found, rule, dry_run=dry_run)
    if json:
        console.out_json(import_.as_dict(found, plans))
    for line in import_.summary(found, plans, dry_run=dry_run):
        console.err(line)
    if rejected is not None and found.transfer.rejected:
        convert.put_out([found.transfer.rejected_text()], rejected)
    if found.transfer.cut_off or found.transfer.refused or (strict and found.transfer.rejected):
        raise typer.Exit(1)
