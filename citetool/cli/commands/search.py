"""`citetool search`: the records that a query finds, the best first."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Json, Library
from citetool.cli.ui import console, tables
from citetool.cli.workflows import records

from .list import Csv, KeysOnly, Template, how

Words = Annotated[
    list[str], typer.Argument(metavar="QUERY...", help='Words, "phrases", field:value, or, -not, sort:field.')
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", help="At most so many; 0 for all.")]


def run(
    query: Words,
    limit: Limit = 0,
    template: Template = None,
    keys_only: KeysOnly = False,
    csv: Csv = False,
    library: Library = None,
    json: Json = False,
) -> None:
    """Search all text of the records, transcripts among it.

    Words and "phrases" stand anywhere; author:harriman, box:173, kind:telegram or tag:=x in their field;
    date:1944..1945 and date:>=1944-06 go by days; -url:* finds what has no url. Sorted by relevance, or by
    sort:date,-title.

    Example: citetool search '"military information" author:harriman date:1944'
    """
    words = " ".join(query)
    found = records.noted(records.hits(None, library, None, words, limit or None), library, words)
    console.out_pieces(tables.pieces(found, how(template, keys_only, csv, json), console.width()))
