"""`citetool attach`: a file beside a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from citetool.cli.options import DryRun, Library
from citetool.cli.ui import completion
from citetool.cli.workflows import apply, records

Key = Annotated[str, typer.Argument(metavar="KEY", help="The key of a record.", autocompletion=completion.keys)]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="The file to copy into the library.")]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="TEXT", help="What it is: scan, transcript, translation ...")
]
Language = Annotated[str, typer.Option("--language", metavar="TAG", help="Its language: en, ru ...")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="A remark on it.")]


def run(
    key: Key,
    file: Source,
    kind: KindOption = "",
    language: Language = "",
    note: Note = "",
    dry_run: DryRun = False,
    library: Library = None,
) -> None:
    """Copy a file beside a record.

    The record names the file then: a scan, a transcript. The text of a transcript is searched too.

    Example: citetool attach 219945 scan.pdf --kind scan
    """
    from citetool.library.changes.plans import plan_attach

    home = records.home(library)
    about = {"kind": kind, "language": language, "note": note}
    apply.carry_out(home, lambda: plan_attach(home, key, file, about), dry_run)
