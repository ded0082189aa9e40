"""`citetool fields`: the fields of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Json, Output
from citetool.cli.ui import completion, console

KindName = Annotated[
    str, typer.Argument(metavar="[KIND]", help="Kind of source: letter, book ...", autocompletion=completion.kinds)
]


def run(kind: KindName = "", output: Output = None, json: Json = False) -> None:
    """List the fields of a record, with meaning, example, and their names in CSL, RIS and BibLaTeX.

    The names are those that new and set take. With a kind, only the fields that suit it.

    Example: citetool fields book
    """
    from citetool.cli.ui.tree import table
    from citetool.cli.workflows.fields import fields_of

    found = fields_of(kind)
    if json:
        console.out_json([field._asdict() for field in found])
        return
    for section in dict.fromkeys(field.section for field in found):
        rows = [field for field in found if field.section == section]
        head = ("field", "example", "CSL", "RIS", "BibLaTeX", "meaning")
        cells = [(row.name, row.example, row.csl, row.ris, row.biblatex, row.meaning) for row in rows]
        lines = table(head, [[cell or "-" for cell in row] for row in cells]).splitlines()
        console.out_section(section.capitalize(), [console.fitted(line) for line in lines])
