"""`citetool search`: records that match a query, best first."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Json, Library, Limit, Output
from citetool.cli.ui import console, tables
from citetool.cli.workflows import records

from .list import Columns, Csv, KeysOnly, Template

Words = Annotated[
    list[str], typer.Argument(metavar="QUERY...", help='Words, "phrases", field:value, or, -not, sort:field.')
]


def run(
    query: Words,
    columns: Columns = "",
    template: Template = None,
    keys_only: KeysOnly = False,
    csv: Csv = False,
    limit: Limit = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Search the full text of records and transcripts.

    Words and "phrases" match anywhere; author:harriman, box:173, kind:telegram or tag:=x match one field;
    date:1944..1945 and date:>=1944-06 compare days; -url:* finds records without a url. Results come by relevance, or
    by sort:date,-title.

    Example: citetool search '"military information" author:harriman date:1944'
    """
    words = " ".join(query)
    layout = tables.layout(columns, template, keys=keys_only, csv=csv, json=json)
    found = records.noted(records.hits(None, library, None, words, limit), library, words)
    console.out_pieces(layout(found, console.width()))
