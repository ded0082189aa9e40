"""`citetool cite`: one citation for each record."""

# no annotations as text here: typer would compile those of every option at each start
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from citetool.cli.options import (
    Engine,
    Form,
    Input,
    Json,
    KeysOrQuery,
    Library,
    Links,
    Locale,
    Locator,
    Output,
    Query,
    Style,
    Writer,
)
from citetool.cli.ui import console
from citetool.cli.workflows import preferred_style, records, where_kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.citation.trace import Part
    from citetool.record.model import Record

Trace = Annotated[
    bool, typer.Option("--trace", help="Below each citation, which element, macro and line of the style printed what.")
]
Copy = Annotated[bool, typer.Option("--copy", help="Also copy the citations to the clipboard.")]


def run(
    keys: KeysOrQuery = None,
    query: Query = None,
    style: Style = "",
    form: Form = "",
    locator: Locator = None,
    locale: Locale = None,
    format: Writer = "",
    links: Links = False,
    engine: Engine = "",
    input: Input = None,
    output: Output = None,
    library: Library = None,
    copy: Copy = False,
    trace: Trace = False,
    json: Json = False,
) -> None:
    """Print one citation for each record.

    --style preferred cites each record in the style its archive asks for (repositories.yaml).

    Example: citetool cite 219945 --style chicago --locator "p. 2"
    """
    from citetool.citation.render import cite

    found = records.chosen(keys, library, input, query=query, required=True)
    folders = records.style_folders(library)
    styles = preferred_style.styles_of(found, style, library)

    def render(some: "Sequence[Record]", name: str, locator: str | None = locator) -> "Sequence[str]":
        return cite(
            some, style=name, form=form or None, format=format, locale=locale, locator=locator, engine=engine,
            links=links, folders=folders,
        )  # fmt: skip

    texts = preferred_style.by_style(found, styles, render)
    if locator and texts == preferred_style.by_style(found, styles, partial(render, locator=None)):
        console.note("the locator is not printed in this form", "notes and in-text citations have one: --form in-text")
    if form in ("", "note", "bibliography"):
        where_kept.tell(zip(found, styles, texts, strict=True))
    traces: list[list[Part]] = []
    if trace:
        from citetool.cli.workflows.traced_citation import parts

        rows = zip(found, styles, strict=True)
        traces = [parts(record, name, form, locale, locator, engine, folders) for record, name in rows]
    if json:
        console.out_json(_rows(found, styles, texts, traces))
    else:
        _print(texts, traces)
    if copy:
        from citetool.cli.ui import clipboard

        clipboard.copy("\n".join(texts))


def _rows(
    found: "Sequence[Record]", styles: "Sequence[str]", texts: "Sequence[str]", traces: "Sequence[list[Part]]"
) -> list[dict[str, object]]:
    """Return the citations as plain data, with their parts where they were traced."""
    rows: list[dict[str, object]] = [
        {"id": record.id, "style": name, "citation": text}
        for record, name, text in zip(found, styles, texts, strict=True)
    ]
    for row, parts in zip(rows, traces, strict=False):
        row["parts"] = [part.as_dict() for part in parts]
    return rows


def _print(texts: "Sequence[str]", traces: "Sequence[list[Part]]") -> None:
    for place, text in enumerate(texts):
        console.out(text)
        if traces:
            from citetool.cli.workflows.traced_citation import lines

            console.out("\n".join(lines(traces[place])))
