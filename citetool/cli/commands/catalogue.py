"""`citetool catalogue`: millions of descriptions in Parquet files, built, searched, cited and exported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from citetool.cli.commands.dedupe import MinScore
from citetool.cli.commands.list import Columns, Csv, KeysOnly, Template
from citetool.cli.options import (
    Form,
    Json,
    KeysOrAll,
    KeysOrQuery,
    Library,
    Limit,
    Locale,
    Locator,
    Output,
    Query,
    Style,
    Writer,
)
from citetool.cli.typer_app import Command, make_app
from citetool.cli.ui import console
from citetool.cli.workflows import catalogue, convert
from citetool.cli.workflows.catalogue import HERE, Folder
from citetool.cli.workflows.convert import Dialect, For, From, Lossless, Strict, Target, To
from citetool.problems import Problem, UsageError, Where

app = make_app(no_args_is_help=True, help="Build, search and cite catalogues of millions of descriptions.")

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, patterns ('*.xml'), archives (.zip, .tar.gz).")
]
Into = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder of the catalogue.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes to work with.")]
EngineName = Annotated[str, typer.Option("--engine", metavar="NAME", help="local, or spark for a Spark cluster.")]
Master = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--master", metavar="URL", help="Spark's master: local[2], spark://host:7077 ..."),
]
Words = Annotated[list[str], typer.Argument(metavar="QUERY...", help="The query language of citetool search.")]
Cited = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help="A manuscript, a file with one citation a line (-: stdin), or a citation."),
]
Sure = Annotated[
    float,
    typer.Option(
        "--sure", metavar="P", min=0.5, max=1.0, help="Probability from which a description is taken as found."
    ),
]
Add = Annotated[bool, typer.Option("--add", help="Put what was found into the library.")]
By = Annotated[str, typer.Option("--by", metavar="FIELD", help="repository, collection, kind, author, year or source.")]


@app.command(cls=Command)
def build(
    sources: Sources,
    output: Into = HERE,
    from_: From = None,
    jobs: Jobs = 1,
    engine: EngineName = "local",
    master: Master = None,
) -> None:
    """Make a catalogue of files in any format, or bring it up to date.

    Only what has changed is read again, and what is gone disappears. What could not be read is listed by citetool
    catalogue rejects.

    Example: citetool catalogue build finding-aids/ -o catalogue --jobs 4
    """
    with catalogue.extra("catalogue"):
        from citetool.catalogue.build import build as make
        from citetool.catalogue.engines import local, spark
        from citetool.catalogue.sources import find_sources
    name = convert.choice(engine, ("local", "spark"), "--engine")
    run = local.engine(jobs) if name == "local" else spark.engine(master)
    with catalogue.extra("spark"):
        made = make(
            find_sources(sources),
            output,
            run,
            format=from_,
            say=lambda unit: console.err(f"{unit.unit}: {unit.records:,}"),
        )
    rejected = f", {made.rejected:,} rejected (citetool catalogue rejects)" if made.rejected else ""
    console.err(f"{output}: {made.records:,} records{rejected}")
    if not made.records:
        raise typer.Exit(1)


@app.command(cls=Command)
def search(
    query: Words,
    columns: Columns = "",
    template: Template = None,
    keys_only: KeysOnly = False,
    csv: Csv = False,
    limit: Limit = None,
    output: Output = None,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """List the records of a catalogue that match a query.

    Example: citetool catalogue search collection:harriman date:1944
    """
    from citetool.cli.ui import tables

    layout = tables.layout(columns, template, keys=keys_only, csv=csv, json=json)
    with catalogue.opened(folder) as opened:
        console.out_pieces(layout(opened.search(" ".join(query), limit or None), console.width()))


@app.command(cls=Command)
def show(keys: KeysOrQuery = None, query: Query = None, output: Output = None, folder: Folder = HERE) -> None:
    """Print whole records of a catalogue.

    Example: citetool catalogue show 219945
    """
    from citetool.record.yamltext import write_record

    _wanted(keys, query)
    with catalogue.opened(folder) as opened:
        for number, record in enumerate(catalogue.chosen(opened, keys, query)):
            console.out(("---\n" if number else "") + write_record(record).rstrip("\n"))


@app.command(cls=Command)
def cite(
    keys: KeysOrQuery = None,
    query: Query = None,
    style: Style = "",
    form: Form = "",
    locator: Locator = None,
    locale: Locale = None,
    format: Writer = "",
    output: Output = None,
    folder: Folder = HERE,
) -> None:
    """Print one citation for each record of a catalogue.

    Example: citetool catalogue cite 219945 --style chicago
    """
    from citetool.citation.render import cite as render

    _wanted(keys, query)
    with catalogue.opened(folder) as opened:
        found = list(catalogue.chosen(opened, keys, query))
    for text in render(found, style=style, form=form or None, locator=locator, locale=locale, format=format):
        console.out(text)


@app.command(cls=Command)
def export(
    keys: KeysOrAll = None,
    query: Query = None,
    output: Target = None,
    to: To = None,
    for_: For = None,
    dialect: Dialect = None,
    lossless: Lossless = False,
    strict: Strict = False,
    folder: Folder = HERE,
) -> None:
    """Write records of a catalogue in a format of references.

    Example: citetool catalogue export --query repository:nara --to ris -o nara.ris
    """
    from citetool.formats.convert import Transfer

    name = convert.target(to, output)
    transfer = Transfer(apart=True)
    with catalogue.opened(folder) as opened:
        pieces = transfer.pieces(
            transfer.records(catalogue.chosen(opened, keys, query)),
            name,
            convert.options(for_, dialect, lossless=lossless),
        )
        convert.put_out(pieces, output)
    convert.finish(transfer, name, None, strict=strict)


@app.command(cls=Command)
def link(
    source: Cited,
    sure: Sure = 0.8,
    add: Add = False,
    output: Output = None,
    library: Library = None,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """Find the descriptions that citations mean: those of a manuscript, of a list, or one in quotes.

    Each citation is found, unsure or not found; several descriptions that fit alike share the probability. With --add,
    what was found goes into the library, with the levels and the address of its description.

    Example: citetool catalogue link chapter.docx --json -o links.json
    """
    from citetool.cli.workflows import linking

    with catalogue.opened(folder) as opened:
        from citetool.catalogue.link import link as find

        cited = linking.cited(source, library)
        found = list(find(opened, [(one.text, one.record) for one in cited]))
    if json:
        console.out_json([linking.as_dict(one, said.where, sure) for one, said in zip(found, cited, strict=True)])
    else:
        for one, said in zip(found, cited, strict=True):
            console.out_pieces(linking.shown(one, said.where, sure))
    console.err(linking.summary(found, sure))
    if add:
        linking.put([one for one in found if one.verdict(sure) == "found"], library)


@app.command(cls=Command)
def dedupe(
    query: Query = None,
    min_score: MinScore = 0.75,
    output: Output = None,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """Find descriptions that are likely one, as where several sites describe the same letter.

    Each pair is printed with its similarity (0.75 to 1), its keys, its sources and the reasons.

    Example: citetool catalogue dedupe --query collection:harriman --min-score 0.9
    """
    with catalogue.opened(folder) as opened:
        from citetool.catalogue.dedupe import duplicates

        pairs = (twins for twins in duplicates(opened, query or "") if twins.pair.score >= min_score)
        if json:
            console.out_json([catalogue.as_dict(twins) for twins in pairs])
            return
        number = 0
        for twins in pairs:
            console.out(catalogue.shown(twins))
            number += 1
    console.err(f"{number:,} likely pairs" if number else "no likely duplicates")


@app.command(cls=Command)
def stats(
    by: By = "repository", query: Query = None, output: Output = None, folder: Folder = HERE, json: Json = False
) -> None:
    """Count the records of a catalogue by repository, collection, kind, author, year or source.

    Example: citetool catalogue stats --by kind
    """
    with catalogue.extra("catalogue"):
        from citetool.catalogue.read import COUNTED
    name = convert.choice(by, tuple(COUNTED), "--by")
    with catalogue.opened(folder) as opened:
        counts = opened.count(name, query or "")
    if json:
        console.out_json([{"value": value, "records": number} for value, number in counts])
    else:
        for value, number in counts:
            console.out(f"{number:>12,}  {value or '-'}")


@app.command(cls=Command)
def rejects(output: Output = None, folder: Folder = HERE, json: Json = False) -> None:
    """List the files and entries that could not be read, with the reason.

    Example: citetool catalogue rejects
    """
    with catalogue.opened(folder) as opened:
        found = [Problem(what, Where(source, line), hint or None) for source, line, what, hint in opened.rejects()]
    if json:
        console.out_json([problem.as_dict() for problem in found])
    else:
        for problem in found:
            console.out(str(problem._replace(hint=None)))


def _wanted(keys: list[str] | None, query: str | None) -> None:
    if not keys and query is None:
        raise UsageError(Problem("no records are named", hint="give keys or a --query"))
