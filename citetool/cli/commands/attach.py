"""`citetool attach`: files for a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from citetool.cli.options import DryRun, Key, Library
from citetool.cli.workflows import apply, records

Sources = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files or folders to copy into the library.")]
FileKind = Annotated[str, typer.Option("--kind", metavar="TEXT", help="scan, transcript, translation ...")]
Language = Annotated[str, typer.Option("--language", metavar="TAG", help="Language of the file: en, ru ...")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Remark on the file.")]
Caption = Annotated[str, typer.Option("--caption", metavar="TEXT", help="What the file shows.")]
Page = Annotated[str, typer.Option("--page", metavar="N", help="Page of the first file; the others count on.")]


def run(
    key: Key,
    sources: Sources,
    kind: FileKind = "",
    language: Language = "",
    page: Page = "",
    caption: Caption = "",
    note: Note = "",
    dry_run: DryRun = False,
    library: Library = None,
) -> None:
    """Copy files into the library and attach them to a record.

    They keep their order; of a folder all files are taken, in the order of their numbers. The record keeps the name,
    size and checksum of each, and when and where the camera took it. The text of transcripts is searched along with the
    records.

    Example: citetool attach 219945 scans/ --kind scan --page 1
    """
    from citetool.library.changes.attachments import plan_attach

    home = records.home(library)
    about = {"kind": kind, "language": language, "page": page, "caption": caption, "note": note}
    apply.apply_plan(home, lambda: plan_attach(home, key, sources, about), dry_run)
