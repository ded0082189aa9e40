"""`citetool bib`: a bibliography."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import (
    Engine,
    Input,
    Json,
    KeysOrAll,
    Library,
    Links,
    Locale,
    Output,
    Query,
    Style,
    Writer,
)
from citetool.cli.ui import console
from citetool.cli.workflows import bibliographies, records
from citetool.cli.workflows.bibliographies import Listing, Wanted

Collections = Annotated[
    bool, typer.Option("--collections", help="List a collection once instead of its items, if several are cited.")
]
Split = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option(
        "--split",
        metavar="primary",
        help="List primary sources first, each part under a heading; tags primary and secondary decide.",
    ),
]
GroupBy = Annotated[
    Optional[list[str]],  # noqa: UP045 - as above
    typer.Option("--group-by", metavar="GROUPS", help="kind, repository, language, a query, or groups.yaml."),
]
Annotate = Annotated[
    Optional[str],  # noqa: UP045 - as above
    typer.Option("--annotate", metavar="FIELD", help="Print a field under each entry: summary, notes ..."),
]
Archives = Annotated[bool, typer.Option("--archives", help="List the archives consulted, with their collections.")]
Standalone = Annotated[
    bool, typer.Option("--standalone", help="Write a whole page, with the indents and spacing of the style.")
]


def run(
    keys: KeysOrAll = None,
    query: Query = None,
    style: Style = "",
    locale: Locale = None,
    format: Writer = "",
    links: Links = False,
    engine: Engine = "",
    collections: Collections = False,
    split: Split = None,
    group_by: GroupBy = None,
    annotate: Annotate = None,
    archives: Archives = False,
    standalone: Standalone = False,
    input: Input = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Print a bibliography.

    Entries come in the order of the style. --style preferred prints each in the style its archive asks for. --group-by
    takes kind, repository, language, queries (a group each), or a file of groups: headings, queries, sort and style.

    Example: citetool bib --style mla --format html --standalone
    """
    from citetool.citation.render import is_format

    found = records.chosen(keys, library, input, query=query)
    if not found:
        records.say_nothing_found(records.home(library), query)
    if is_format(style):
        from citetool.formats.registry import write_text

        console.out_pieces(write_text(found, style))
        return
    wanted = Wanted(style, format, locale, links, engine, library)
    listing = Listing(collections, split, tuple(group_by or ()), annotate, archives)
    data = bibliographies.rendered(found, wanted, listing)
    console.problems(data.missing)
    if json:
        console.out_json(data.plain())
    else:
        console.out_pieces([data.page(format, standalone=standalone)])
