"""`citetool styles`: list, search, show, check, preview and compare citation styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from citetool.cli.options import Engine, Input, Json, KeysOrAll, Library, Limit, Output
from citetool.cli.typer_app import Command, make_app
from citetool.cli.ui import completion, console
from citetool.cli.workflows import records, style_samples

if TYPE_CHECKING:
    from citetool.citation.styles.catalog import StyleInfo

app = make_app(no_args_is_help=True, help="Search, show, check, preview and compare styles.")

Name = Annotated[
    str,
    typer.Argument(metavar="STYLE", help="Name of a style, or a .csl file.", autocompletion=completion.styles),
]
Words = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[WORD...]", help="Words of the id, title, summary, field or ISSN; all must match."),
]
Field = Annotated[
    str,
    typer.Option(
        "--field", metavar="NAME", help="Only styles of this category: history, note, author-date, numeric ..."
    ),
]
All = Annotated[bool, typer.Option("--all", help="Include the 10,000 stock styles.")]
Flatten = Annotated[bool, typer.Option("--flatten", help="Print the style as plain CSL, for Zotero or Word.")]

_LISTED = 50  # styles that a search prints by default


@app.command(cls=Command, name="list")
def list_(everything: All = False, output: Output = None, library: Library = None, json: Json = False) -> None:
    """List the styles of citetool and of the library.

    Example: citetool styles list
    """
    from citetool.citation.styles.catalog import search

    _print(search([], folders=records.style_folders(library), stock=everything), json)


@app.command(cls=Command)
def search(
    words: Words = None,
    field: Field = "",
    limit: Limit = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Search all styles, stock styles included.

    The first 50 are printed, in JSON all; --limit changes that.

    Example: citetool styles search chicago --field history
    """
    from citetool.citation.styles.catalog import search
    from citetool.problems import NotFoundError, Problem

    found = search(words or [], folders=records.style_folders(library), field=field)
    if not found:
        wanted = " ".join([*(words or []), *([f"--field {field}"] if field else [])])
        raise NotFoundError(
            Problem(f"no style matches {wanted!r}", hint="use fewer words, or a category such as history")
        )
    most = (len(found) if json else _LISTED) if limit is None else limit or len(found)
    _print(found[:most], json)
    if len(found) > most and not json:
        console.err(f"{len(found) - most} more: add a word, or raise --limit")


@app.command(cls=Command)
def show(
    name: Name, flatten: Flatten = False, output: Output = None, library: Library = None, json: Json = False
) -> None:
    """Show the description of a style, or the style itself as plain CSL.

    Example: citetool styles show chicago --flatten > chicago.csl
    """
    from citetool.citation.styles import catalog
    from citetool.citation.styles.source import find_style

    folders = records.style_folders(library)
    if flatten and not json:
        console.out_pieces([find_style(name, folders=folders).text])
        return
    data = catalog.show(name, folders=folders).as_dict()
    if json:
        console.out_json(data | ({"csl": find_style(name, folders=folders).text} if flatten else {}))
        return
    width = max(map(len, data))
    for label, value in data.items():
        console.out(f"{label:{width}}  {', '.join(value) if isinstance(value, list) else _said(value)}")


@app.command(cls=Command)
def check(
    names: Annotated[list[str], typer.Argument(metavar="STYLE...", help="Names of styles, or .csl files.")],
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Check styles, and report each fault with its line and a correction.

    Example: citetool styles check my-style.csl
    """
    from citetool.citation.styles.validate import check_style

    folders = records.style_folders(library)
    faults = {name: check_style(name, folders=folders) for name in names}
    if json:
        console.out_json([{"style": name, "problems": [p.as_dict() for p in found]} for name, found in faults.items()])
    else:
        for name, found in faults.items():
            console.problems(found)
            if not found:
                console.out(f"{name}: no problems found")
    if any(problem.severity == "error" for found in faults.values() for problem in found):
        raise typer.Exit(1)


@app.command(cls=Command)
def preview(
    name: Name,
    keys: KeysOrAll = None,
    engine: Engine = "",
    input: Input = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Show records in a style: note, shortened note, in-text citation, bibliography entry.

    Without keys, one record of each type is shown.

    Example: citetool styles preview chicago
    """
    from citetool.citation.styles.source import find_style

    folders = records.style_folders(library)
    forms = style_samples.FORMS[find_style(name, folders=folders).style_class]
    found = records.chosen(keys, library, input)
    wanted = found if keys else style_samples.samples(found)
    shown = [style_samples.shown(record, name, forms, engine, folders) for record in wanted]
    if json:
        console.out_json(shown)
        return
    width = max(map(len, forms))
    for sample in shown:
        lines = [f"{form:{width}}  {sample[form] or '(nothing)'}" for form in forms]
        console.out_section(f"{sample['id']} ({sample['kind']})", lines)


@app.command(cls=Command)
def diff(
    left: Name,
    right: Name,
    keys: KeysOrAll = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what both styles print alike.")] = False,
    engine: Engine = "",
    input: Input = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Show records in two styles side by side, where these print different things.

    Without keys, one record of each type is shown.

    Example: citetool styles diff chicago chicago-notes-bibliography
    """
    folders = records.style_folders(library)
    found = records.chosen(keys, library, input)
    rows = style_samples.compared(
        found if keys else style_samples.samples(found), left, right, engine, folders, differing=not everything
    )
    if json:
        console.out_json([{"id": row.id, "kind": row.kind, "form": row.form, left: row.left, right: row.right}
                          for row in rows])  # fmt: skip
        return
    columns = console.width()
    same = True
    for row in rows:
        if same:
            console.out_section("", [*style_samples.side_by_side(left, right, columns), ""])
        same = False
        lines = style_samples.side_by_side(row.left, row.right, columns)
        console.out_section(f"{row.id} ({row.kind}), {row.form}", list(lines))
    if same:
        console.out("both styles print the same")


def _print(styles: list[StyleInfo], json: bool) -> None:
    if json:
        console.out_json([style.as_dict() for style in styles])
        return
    width = min(max((len(style.id) for style in styles), default=0), 60)
    for style in styles:
        like = f" (as {style.parent})" if style.dependent else ""
        console.out(f"{style.id:{width}}  {style.title}{like}")


def _said(value: str | bool) -> str:
    return value if isinstance(value, str) else ("yes" if value else "no")
