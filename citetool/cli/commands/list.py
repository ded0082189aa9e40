"""`citetool list`: the records of the library, a line each."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Input, Json, Library, OptionalKeys, Query
from citetool.cli.ui import console, tables
from citetool.cli.workflows import records

KeysOnly = Annotated[bool, typer.Option("--keys", help="Print the keys alone.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV, for spreadsheets.")]
Template = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option(
        "--format", "-f", metavar="TEMPLATE", help="A line each by a template: '{id}: {title}, {archive.box}'."
    ),
]


def run(
    keys: OptionalKeys = None,
    query: Query = None,
    template: Template = None,
    keys_only: KeysOnly = False,
    csv: Csv = False,
    input: Input = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """List the records of the library.

    A line has key, date, kind and title.

    Example: citetool list --query 'collection:"Harriman Papers" date:1944..1945 sort:date'
    """
    if input is None and not keys:
        records.say_whose(records.home(library))
    found = records.noted(records.hits(keys, library, input, query), library, query)
    console.out_pieces(tables.pieces(found, how(template, keys_only, csv, json), console.width()))


def how(template: str | None, keys: bool, csv: bool, json: bool) -> str:
    """The word for `listing.pieces`."""
    named = {"keys": keys, "csv": csv, "json": json}
    return template or next((name for name, wanted in named.items() if wanted), "table")
