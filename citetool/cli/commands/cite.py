"""`citetool cite`: the citation of each key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from citetool.cli.options import (
    Engine,
    Form,
    Input,
    Json,
    Library,
    Links,
    Locale,
    Locator,
    OptionalKeys,
    Style,
    Writer,
)
from citetool.cli.ui import console
from citetool.cli.workflows import preferred_style, records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.record.model import Record

Copy = Annotated[bool, typer.Option("--copy", help="Put it on the clipboard as well.")]


def run(
    keys: OptionalKeys = None,
    style: Style = "chicago",
    form: Form = None,
    locator: Locator = None,
    locale: Locale = None,
    format: Writer = "text",
    links: Links = False,
    engine: Engine = "citetool",
    input: Input = None,
    library: Library = None,
    copy: Copy = False,
    json: Json = False,
) -> None:
    """Print the citation of each key.

    By default a note in note styles, a bibliography entry in the others.

    Example: citetool cite 219945 --style chicago --locator "p. 2"
    """
    from citetool.citation.render import cite

    found = records.chosen(keys, library, input, required=True)
    folders = records.style_folders(library)
    styles = preferred_style.styles_of(found, style, library)

    def render(some: Sequence[Record], name: str) -> Sequence[str]:
        return cite(
            some,
            style=name,
            form=form,
            format=format,
            locale=locale,
            locator=locator,
            engine=engine,
            links=links,
            folders=folders,
        )

    texts = preferred_style.by_style(found, styles, render)
    if json:
        console.out_json(
            [
                {"id": record.id, "style": name, "citation": text}
                for record, name, text in zip(found, styles, texts, strict=True)
            ]
        )
    else:
        for text in texts:
            console.out(text)
    if copy:
        from citetool.cli.ui import clipboard

        clipboard.copy("\n".join(texts))
