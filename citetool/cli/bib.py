"""`citetool bib`: a bibliography."""

from __future__ import annotations

from citetool.problems import Problem

from . import console, records
from .options import Engine, Input, Json, Library, Locale, OptionalKeys, Style, Writer


def run(
    keys: OptionalKeys = None,
    style: Style = "chicago",
    locale: Locale = None,
    format: Writer = "text",
    engine: Engine = "citetool",
    input: Input = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Print a bibliography, of all records where no key is given, in the order of the style.

    Example: citetool bib --style mla --format html
    """
    from citetool.citation.render import bibliography, is_format

    found = records.chosen(keys, library, input)
    if is_format(style):
        from citetool.formats.table import write_text

        console.out_pieces(write_text(found, style))
        return
    entries = bibliography(
        found,
        style=style,
        format=format,
        locale=locale,
        engine=engine,
        folders=records.style_folders(library),
    )
    unprinted = [record.id for record in found if record.id not in {key for key, _ in entries}]
    if json:
        console.out_json([{"id": key, "style": style, "entry": text} for key, text in entries])
    else:
        for _, text in entries:
            console.out(text)
    console.problems([Problem(f"{style} prints no entry for {key!r}", severity="warning") for key in unprinted])
