"""`citetool attach`: a file for a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from citetool.cli.options import DryRun, Key, Library
from citetool.cli.workflows import apply, records

Source = Annotated[Path, typer.Argument(metavar="FILE", help="File to copy into the library.")]
FileKind = Annotated[str, typer.Option("--kind", metavar="TEXT", help="scan, transcript, translation ...")]
Language = Annotated[str, typer.Option("--language", metavar="TAG", help="Language of the file: en, ru ...")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Remark on the file.")]


def run(
    key: Key,
    file: Source,
    kind: FileKind = "",
    language: Language = "",
    note: Note = "",
    dry_run: DryRun = False,
    library: Library = None,
) -> None:
    """Copy a file into the library and attach it to a record.

    The text of transcripts is searched along with the records.

    Example: citetool attach 219945 scan.pdf --kind scan
    """
    from citetool.library.changes.plans import plan_attach

    home = records.home(library)
    about = {"kind": kind, "language": language, "note": note}
    apply.apply_plan(home, lambda: plan_attach(home, key, file, about), dry_run)
