"""`citetool bib`: a bibliography."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Engine, Input, Json, Library, Links, Locale, OptionalKeys, Query, Style, Writer
from citetool.cli.ui import console
from citetool.cli.workflows import records
from citetool.problems import Problem

Collections = Annotated[
    bool, typer.Option("--collections", help="Name a collection once, where several of its items are cited.")
]
Split = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--split", metavar="primary", help="Primary sources first, under headings of their own."),
]


def run(
    keys: OptionalKeys = None,
    query: Query = None,
    style: Style = "chicago",
    locale: Locale = None,
    format: Writer = "text",
    links: Links = False,
    engine: Engine = "citetool",
    collections: Collections = False,
    split: Split = None,
    input: Input = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Print a bibliography.

    It is of all records where no key is given, and in the order of the style.

    Example: citetool bib --style mla --format html
    """
    from citetool.citation.bibliography import by_collection, sections
    from citetool.citation.render import bibliography, is_format

    found = records.chosen(keys, library, input, query=query)
    if not found:
        records.say_nothing_found(records.home(library), query)
    if is_format(style):
        from citetool.formats.registry import write_text

        console.out_pieces(write_text(found, style))
        return
    folders = records.style_folders(library)
    data = []
    for heading, members in sections(by_collection(found) if collections else found, split):
        entries = bibliography(
            members, style=style, format=format, locale=locale, links=links, engine=engine, folders=folders
        )
        data += [{"id": key, "style": style, "entry": text, "section": heading} for key, text in entries]
        if not json:
            console.out_section(heading, [text for _, text in entries])
        printed = {key for key, _ in entries}
        missing = [record.id for record in members if record.id not in printed]
        console.problems([Problem(f"{style} prints no entry for {key!r}", severity="warning") for key in missing])
    if json:
        console.out_json(data)
