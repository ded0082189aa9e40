"""`citetool formats`: the formats that can be read and written."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Json, Output
from citetool.cli.ui import completion, console

Name = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[FORMAT]", help="Show details of this format.", autocompletion=completion.formats),
]


def run(name: Name = None, output: Output = None, json: Json = False) -> None:
    """List the formats that can be read and written.

    The list includes the programs and dialects a format can be written for. For one format: the fields of a record it
    has a place for, and those it has none for.

    Example: citetool formats ris
    """
    from citetool.cli.ui.markdown_text import table_lines
    from citetool.formats.registry import FORMATS

    if name:
        _show(name, json)
        return
    if json:
        console.out_json([{"name": name, **row._asdict()} for name, row in FORMATS.items()])
        return
    rows = [("format", "what it is", "", "extensions", "for programs, and dialects")]
    for key, row in sorted(FORMATS.items()):
        does = f"{'reads' if row.reads else '':6}{'writes' if row.writes else ''}".rstrip()
        forms = ", ".join([*(f"--for {program}" for program in row.programs), *row.dialects])
        rows.append((key, row.title, does, " ".join(row.extensions), forms))
    console.out_pieces(f"{line}\n" for line in table_lines(rows, console.width()))


def _show(name: str, json: bool) -> None:
    from citetool.formats.loss.coverage import supported_fields
    from citetool.formats.registry import find_format

    row = find_format(name)
    inside, outside = supported_fields(name) if row.writes else ([], [])
    if json:
        console.out_json({"name": name, **row._asdict(), "has": inside, "has_not": outside})
        return
    does = " and ".join(word for word, so in (("read", row.reads), ("written", row.writes)) if so)
    console.out(f"{row.title}: {does}; {' '.join(row.extensions)}".rstrip("; "))
    for label, names in (("fields", inside), ("no field for", outside)):
        if names:
            console.out(f"{label}: {', '.join(names)}")
