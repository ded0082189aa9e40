"""`citetool styles`: which styles there are, what they say of themselves, whether they are sound, how they look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from citetool.cli.options import Engine, Input, Json, Library, OptionalKeys
from citetool.cli.typer_app import make_app
from citetool.cli.ui import completion, console
from citetool.cli.workflows import records

if TYPE_CHECKING:
    from citetool.citation.styles.catalog import StyleInfo
    from citetool.record.model import Record

app = make_app(no_args_is_help=True, help="Search, show, check and preview styles.")

Name = Annotated[
    str,
    typer.Argument(metavar="STYLE", help="A style's name, or a .csl file.", autocompletion=completion.styles),
]
Words = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[WORD...]", help="Words of the id, title, summary, field or ISSN; all must be there."),
]
Field = Annotated[
    str, typer.Option("--field", metavar="NAME", help="Only this category: history, note, author-date, numeric ...")
]
All = Annotated[bool, typer.Option("--all", help="The 10,000 stock styles too.")]
Flatten = Annotated[bool, typer.Option("--flatten", help="Print the style itself as plain CSL, for Zotero or Word.")]
Limit = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option("--limit", metavar="N", min=1, help="Print at most so many; by default 50, in JSON all."),
]

# The shown parts of a citation, by the class of the style.
_FORMS = {"note": ("note", "short", "bibliography"), "in-text": ("in-text", "bibliography")}
# How many styles a search prints where nothing else is said.
_LISTED = 50
# How many sources a preview shows where none is named.
_SAMPLES = 6


@app.command(name="list")
def list_(everything: All = False, library: Library = None, json: Json = False) -> None:
    """List citetool's own styles and those of the library.

    Example: citetool styles list
    """
    from citetool.citation.styles.catalog import search

    _print(search([], folders=records.style_folders(library), stock=everything), json)


@app.command()
def search(
    words: Words = None, field: Field = "", limit: Limit = None, library: Library = None, json: Json = False
) -> None:
    """Search all styles, the stock ones too, by the words of their titles.

    Example: citetool styles search chicago --field history
    """
    from citetool.citation.styles.catalog import search
    from citetool.problems import NotFoundError, Problem

    found = search(words or [], folders=records.style_folders(library), field=field)
    if not found:
        wanted = " ".join([*(words or []), *([f"--field {field}"] if field else [])])
        raise NotFoundError(Problem(f"no style has {wanted!r}", hint="try fewer words, or a field such as history"))
    most = limit or (len(found) if json else _LISTED)
    _print(found[:most], json)
    if len(found) > most and not json:
        console.err(f"{len(found) - most} more: name another word, or a higher --limit")


@app.command()
def show(name: Name, flatten: Flatten = False, library: Library = None, json: Json = False) -> None:
    """Show what a style says of itself, or the style itself as plain CSL.

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


@app.command()
def check(
    names: Annotated[list[str], typer.Argument(metavar="STYLE...", help="Styles by name, or .csl files.")],
    library: Library = None,
    json: Json = False,
) -> None:
    """Check styles: every fault with its line and what to write instead.

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
                console.out(f"{name}: no faults")
    if any(problem.severity == "error" for found in faults.values() for problem in found):
        raise typer.Exit(1)


@app.command()
def preview(
    name: Name,
    keys: OptionalKeys = None,
    engine: Engine = "citetool",
    input: Input = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Show a few records of the library in a style: notes, shortened notes, in the text, bibliography.

    Example: citetool styles preview chicago
    """
    from citetool.citation.styles.source import find_style

    folders = records.style_folders(library)
    forms = _FORMS[find_style(name, folders=folders).style_class]
    found = records.chosen(keys, library, input)
    shown = [_shown(record, name, forms, engine, folders) for record in (found if keys else _samples(found))]
    if json:
        console.out_json(shown)
        return
    width = max(map(len, forms))
    for sample in shown:
        lines = [f"{form:{width}}  {sample[form] or '(nothing)'}" for form in forms]
        console.out_section(f"{sample['id']} ({sample['kind']})", lines)


def _shown(record: Record, style: str, forms: tuple[str, ...], engine: str, folders: list[Path]) -> dict[str, Any]:
    """One record in each form; None where the style prints nothing in it."""
    from citetool.citation.render import cite
    from citetool.problems import UsageError

    shown: dict[str, Any] = {"id": record.id, "kind": record.kind}
    for form in forms:
        try:
            shown[form] = cite([record], style=style, form=form, engine=engine, folders=folders)[0]
        except UsageError:
            # the style leaves such a source out of this form, which is what a preview is to show
            shown[form] = None
    return shown


def _samples(found: list[Record]) -> list[Record]:
    """A few records as unlike as can be: the first of each CSL type, archival ones before publications."""
    from citetool.record.kinds import csl_type, kind_of

    by_type: dict[str, Record] = {}
    for record in sorted(found, key=lambda record: not kind_of(record.kind).archival):
        by_type.setdefault(csl_type(record.kind, record.type), record)
    return list(by_type.values())[:_SAMPLES]


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
