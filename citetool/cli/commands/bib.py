"""`citetool bib`: a bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

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
from citetool.cli.workflows import preferred_style, records
from citetool.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.record.model import Record

Collections = Annotated[
    bool, typer.Option("--collections", help="List a collection once instead of its items, if several are cited.")
]
Split = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--split", metavar="primary", help="List primary sources first, each part under a heading."),
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
    input: Input = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Print a bibliography.

    Entries come in the order of the style. --style preferred prints each in the style its archive asks for.

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

    def render(some: Sequence[Record], name: str) -> list[tuple[str, str]]:
        return bibliography(some, style=name, format=format, locale=locale, links=links, engine=engine, folders=folders)

    data = []
    for heading, members in sections(by_collection(found) if collections else found, split):
        entries = preferred_style.merged(members, style, library, render)
        data += [{"id": key, "style": style, "entry": text, "section": heading} for key, text in entries]
        if not json:
            console.out_section(heading, [text for _, text in entries])
        printed = {key for key, _ in entries}
        missing = [record.id for record in members if record.id not in printed]
        console.problems([Problem(f"{style} prints no entry for {key!r}", severity="warning") for key in missing])
    if json:
        console.out_json(data)
