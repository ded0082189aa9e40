"""`citetool list`: records, one a line."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Input, Json, KeysOrAll, Library, Limit, Output, Query
from citetool.cli.ui import console, tables
from citetool.cli.workflows import records

KeysOnly = Annotated[bool, typer.Option("--keys", help="Print only the keys.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Columns = Annotated[
    str,
    typer.Option("--columns", metavar="LIST", help="Columns separated by commas: key,date,recipient,box,url ..."),
]
Sort = Annotated[
    str,
    typer.Option("--sort", metavar="LIST", help="Sort by fields separated by commas, - for descending: date,-title."),
]
Template = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--template", metavar="TEXT", help="Pattern of a line: '{id}: {title}, {archive.box}'."),
]


def run(
    keys: KeysOrAll = None,
    query: Query = None,
    columns: Columns = "",
    template: Template = None,
    keys_only: KeysOnly = False,
    csv: Csv = False,
    sort: Sort = "",
    limit: Limit = None,
    input: Input = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """List records, one a line.

    A line has the key, date, kind, title or people, and place in the archive; --columns and --template choose others.

    Example: citetool list --query 'collection:"Harriman Papers" date:1944..1945 sort:date'
    """
    if sort:
        query = f"{query or ''} sort:{sort}"
    layout = tables.layout(columns, template, keys=keys_only, csv=csv, json=json)
    if input is None and not keys:
        records.say_whose(records.home(library))
    found = records.noted(records.hits(keys, library, input, query, limit), library, query)
    console.out_pieces(layout(found, console.width()))
