"""`citetool info`: what the library holds, in numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Json, Library, Query
from citetool.cli.ui import bar_chart, console
from citetool.cli.workflows import records

By = Annotated[str, typer.Option("--by", metavar="FIELD", help="repository, collection, kind, author or year alone.")]
Most = Annotated[int, typer.Option("--most", metavar="N", help="So many lines each; 0 for all.")]


def run(by: By = "", query: Query = None, most: Most = 10, library: Library = None, json: Json = False) -> None:
    """Count the records by repository, collection, kind, author and year.

    Example: citetool info --by year --query 'repository:"Library of Congress"'
    """
    from citetool.library.stats import overview

    home = records.home(library)
    records.say_whose(home)
    numbers = overview(home, query or "", [by] if by else [])
    if json:
        console.out_json({name: dict(counts) for name, counts in numbers.items()})
    elif not any(numbers.values()):
        records.say_nothing_found(home, query)
    else:
        console.out_pieces(bar_chart.pieces(numbers, most, console.width()))
