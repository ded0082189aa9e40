"""`citetool explain`: the hierarchy of a record, and which styles and formats keep each level."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Input, Json, Key, Library, Output
from citetool.cli.ui import console
from citetool.cli.workflows import records

Styles = Annotated[str, typer.Option("--styles", metavar="LIST", help="Styles to compare, separated by commas.")]
Formats = Annotated[str, typer.Option("--formats", metavar="LIST", help="Formats to compare, separated by commas.")]


def run(
    key: Key,
    styles: Styles = "chicago,mla,apa",
    formats: Formats = "ris,bibtex,biblatex",
    input: Input = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Draw the hierarchy of a record, and show which styles and formats keep each level.

    Example: citetool explain 219945 --styles chicago,apa
    """
    from citetool.citation.explain import explain

    (record,) = records.chosen([key], library, input)
    parts = explain(record, styles.split(","), formats.split(","), folders=records.style_folders(library))
    if json:
        console.out_json([part._asdict() for part in parts])
        return
    from citetool.cli.ui.tree import hierarchy

    console.out(hierarchy(record, parts, console.width()))
