"""`citetool info`: the library in numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from citetool.cli.options import Json, Library, Limit, Output, Query
from citetool.cli.ui import bar_chart, console
from citetool.cli.workflows import records

By = Annotated[str, typer.Option("--by", metavar="FIELD", help="Count by one field only.")]
_ROWS = 10


def run(
    by: By = "",
    query: Query = None,
    limit: Limit = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Count records by repository, collection, kind, author, year and tag.

    Each table has 10 rows; --limit changes that.

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
        console.out_pieces(bar_chart.pieces(numbers, _ROWS if limit is None else limit, console.width()))
