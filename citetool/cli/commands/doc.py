"""`citetool doc`: citations inside manuscripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from citetool.cli.options import Interval, Json, Library, Limit, Links, Locale, Once
from citetool.cli.typer_app import make_app
from citetool.cli.ui import console
from citetool.cli.workflows import doc
from citetool.cli.workflows.convert import For, Lossless, Target, To
from citetool.cli.workflows.doc import DocumentStyle, Force, From, Inputs, Manuscript, Output
from citetool.problems import Problem, UsageError

app = make_app(no_args_is_help=True, help="Cite, check and take apart a manuscript.")

Plain = Annotated[bool, typer.Option("--plain", help="Word and LibreOffice: write text, not fields that stay live.")]
PandocTarget = Annotated[str, typer.Argument(metavar="[FORMAT]", help="What pandoc writes; it says so to its filters.")]
Lua = Annotated[bool, typer.Option("--lua", help="Print the filter for `pandoc -L` that calls this one.")]
Add = Annotated[bool, typer.Option("--add", help="Put the records into the library; what is there is completed.")]
Track = Annotated[
    Optional[bool],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--track/--plain", help="Write tracked changes (in Markdown CriticMarkup), or the new text alone."),
]
Report = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--report", metavar="FILE", help="Save the report: a page (.html), or JSON to decide in (.json)."),
]
Review = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--review", metavar="FILE", help='A report in which citations have "take": "new" or "old".'),
]
Interactive = Annotated[bool, typer.Option("--interactive", help="Ask about each citation that is not sure.")]
ConvertTo = Annotated[
    str,
    typer.Option("--to", metavar="FORMAT", help="zotero (live fields), markers (keys), or plain (text)."),
]
Only = Annotated[str, typer.Option("--only", metavar="LIST", help="Run only these checks, separated by commas.")]
WatchedOutput = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The rendered manuscript.")]
Remarked = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="FILE", help="Write a copy with the findings as remarks."),
]
Explain = Annotated[bool, typer.Option("--explain", help="List the checks and why each matters.")]
Sarif = Annotated[bool, typer.Option("--sarif", help="Print SARIF, for code hosts.")]


@app.command()
def render(
    manuscript: Manuscript,
    output: Output = None,
    style: DocumentStyle = None,
    locale: Locale = None,
    links: Links = False,
    plain: Plain = False,
    force: Force = False,
    from_: From = None,
    input: Inputs = None,
    library: Library = None,
) -> None:
    """Put the citations of a style in the place of keys and fields, with notes and a bibliography.

    Keys are looked up in the files of --input, in those that the document names, and in the library. All else stays
    as it was. Nothing is written where a key is unknown.

    Example: citetool doc render chapter.md --style mla -o chapter-mla.md
    """
    document = doc.opened(manuscript, from_)
    doc.rendered_to(output, document, style, library, input, locale=locale, links=links, plain=plain, force=force)


@app.command()
def watch(
    manuscript: Manuscript,
    output: WatchedOutput,
    style: DocumentStyle = None,
    locale: Locale = None,
    links: Links = False,
    force: Force = False,
    interval: Interval = 1.0,
    once: Once = False,
    from_: From = None,
    input: Inputs = None,
    library: Library = None,
) -> None:
    """Keep a manuscript rendered while you write it.

    The output is written anew whenever the manuscript, a file of its sources, its style or the library changes, until
    you press Ctrl-C. A slip, such as an unknown key, is reported, and the output stays until it is mended.

    Example: citetool doc watch chapter.md -o chapter-cited.md --style mla
    """
    options = {"locale": locale, "links": links, "force": force}
    every = 0.0 if once else interval
    if not doc.keep_rendered(output, manuscript, from_, style, library, input, every, **options):
        raise typer.Exit(1)


@app.command()
def places(manuscript: Manuscript, from_: From = None, json: Json = False) -> None:
    """List the citations of a document, with what they cite and where they stand.

    Example: citetool doc places chapter.docx --json
    """
    document = doc.opened(manuscript, from_)
    console.problems(document.problems)
    if json:
        console.out_json(doc.facts(document))
        return
    for place in document.places:
        where = f"{place.where} {place.note}" if place.note is not None else place.where
        cited = "; ".join(" ".join(filter(None, (item.name, item.label, item.locator))) for item in place.items)
        console.out(f"{place.n:>4}  {where:12}  {cited}")


@app.command()
def keys(manuscript: Manuscript, from_: From = None, json: Json = False) -> None:
    """List the keys that a document cites, in the order of their first citation, with how often.

    Example: citetool doc keys chapter.md
    """
    from collections import Counter

    document = doc.opened(manuscript, from_)
    console.problems(document.problems)
    counts = Counter(item.id for place in document.places for item in place.items)
    counts.update({key: 0 for key in document.settings.nocite if key != "*"})
    if json:
        console.out_json([{"id": key, "citations": times} for key, times in counts.items()])
        return
    for key in counts:
        console.out(key)


@app.command()
def extract(
    manuscript: Manuscript,
    output: Target = None,
    to: To = None,
    for_: For = None,
    lossless: Lossless = False,
    add: Add = False,
    input: Inputs = None,
    from_: From = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Take the sources out of a document: those of its keys, those it embeds, those of notes typed by hand.

    Without a format they are listed, each with the notes or lines that cite it. What is not sure in a typed note is
    reported and left out; then the exit code is 1.

    Example: citetool doc extract chapter.md -o sources.bib
    """
    from citetool.cli.workflows import extract

    document = doc.opened(manuscript, from_)
    found = extract.extracted(document, input, library, output)
    if add:
        extract.put(found, library)
    if to is not None or output is not None:
        extract.put_out(found, document, output, to, for_, lossless=lossless)
    elif json:
        console.out_json(extract.as_dict(found))
    elif not add:
        console.out_pieces(extract.listed(found))
    if doc.said([*document.problems, *found.problems]) or found.left_out:
        raise typer.Exit(1)


@app.command()
def stats(
    manuscript: Manuscript,
    limit: Limit = None,
    input: Inputs = None,
    from_: From = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Count the citations of a document by kind, archive, collection, box and source.

    Each table has 10 rows; --limit changes that. Notes typed by hand count, unless it is not sure what they cite.

    Example: citetool doc stats chapter.md
    """
    from citetool.cli.ui import bar_chart
    from citetool.cli.workflows import extract
    from citetool.documents.stats import stats

    document = doc.opened(manuscript, from_)
    found = extract.extracted(document, input, library)
    numbers = stats(found)
    if json:
        console.out_json({name: dict(counts) for name, counts in numbers.items()})
    else:
        shown = {name: counts for name, counts in numbers.items() if counts}
        console.out_pieces(bar_chart.pieces(shown, 10 if limit is None else limit, console.width(), "citations"))
    if doc.said([*document.problems, *found.problems]):
        raise typer.Exit(1)


@app.command()
def restyle(
    manuscript: Manuscript,
    output: Output = None,
    style: DocumentStyle = None,
    locale: Locale = None,
    track: Track = None,
    report: Report = None,
    review: Review = None,
    interactive: Interactive = False,
    input: Inputs = None,
    from_: From = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Bring the citations of a document into another style, notes typed by hand too.

    Each note is read into citations and the author's words, and the words stay. What is not sure stays as it was and
    is named with the reason; then the exit code is 1. With --output the report goes to stdout.

    Example: citetool doc restyle chapter.md --style mla -o chapter-mla.md
    """
    from citetool.cli.workflows import restyle

    if json and output is None:
        raise UsageError(Problem("--json prints the report, not the document", hint="name a file with --output"))
    work = restyle.Work(doc.opened(manuscript, from_), library, input, style, locale)
    restyled = work.restyled(review, interactive=interactive)
    if report is not None:
        work.put_report(restyled, report)
    data = work.written(restyled, track=track)
    doc.put_out(data, output, work.document)
    if json:
        console.out_json(work.report(restyled))
    else:
        restyle.say(restyled, whole=output is not None)
    if work.live:
        console.note(f"citations that are live, rendered in the style: {work.live}")
    if doc.said(work.problems) or any(note.kept for note in restyled.notes):
        raise typer.Exit(1)


@app.command()
def convert(
    manuscript: Manuscript,
    output: Output = None,
    to: ConvertTo = "markers",
    style: DocumentStyle = None,
    locale: Locale = None,
    force: Force = False,
    input: Inputs = None,
    from_: From = None,
    library: Library = None,
) -> None:
    """Turn the citations of a document into another kind: fields of Zotero's, keys, or plain text.

    Word and LibreOffice: citations of any program, with the words that they show unless a --style is named. With
    `--to markers` notes typed by hand cite by keys, each of which stands for a source that `doc extract` takes
    out. What is not sure stays as it was and is named; then the exit code is 1.

    Example: citetool doc convert typed.md --to markers -o keyed.md; citetool doc extract typed.md -o sources.bib
    """
    from citetool.cli.workflows import restyle
    from citetool.cli.workflows.convert import choice

    document = doc.opened(manuscript, from_)
    kind = choice(to, ("zotero", "markers", "plain"), "--to")
    if document.has_fields and (document.places or kind != "markers"):
        doc.converted_to(output, document, style, library, input, locale, to=kind)
        return
    if kind == "zotero":
        message = "only documents of Word and LibreOffice have fields of Zotero's"
        raise UsageError(Problem(message, hint="write keys with --to markers"))
    if kind == "plain":
        doc.rendered_to(output, document, style, library, input, locale=locale, plain=True, force=force)
        return
    work = restyle.Work(document, library, input, style, locale)
    marked, data = work.marked()
    doc.put_out(data, output, document)
    restyle.say(marked, whole=output is not None)
    if doc.said(work.problems) or any(note.kept for note in marked.notes):
        raise typer.Exit(1)


@app.command(name="filter")
def filter_(
    target: PandocTarget = "",
    style: DocumentStyle = None,
    locale: Locale = None,
    force: Force = False,
    input: Inputs = None,
    library: Library = None,
    lua: Lua = False,
) -> None:
    """Be a filter of pandoc and Quarto: its document tree as JSON from stdin to stdout.

    It does what --citeproc does, with the styles of citetool and with keys of the library.

    Example: citetool doc filter --lua > citetool.lua; pandoc -L citetool.lua chapter.md -o chapter.docx
    """
    if lua:
        console.out(doc.LUA_FILTER)
        return
    doc.rendered_to(None, doc.opened("-", "pandoc"), style, library, input, locale=locale, force=force)


@app.command()
def check(
    manuscript: Manuscript,
    output: Remarked = None,
    only: Only = "",
    explain: Explain = False,
    sarif: Sarif = False,
    input: Inputs = None,
    from_: From = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Check the citations of a document: unknown and unused keys, locators, ibid., missing levels.

    Findings go to stderr, with --json or --sarif to stdout, with --output also into a copy of the document, as remarks.
    The exit code is 1 if there are errors or warnings.

    Example: citetool doc check chapter.md
    """
    from citetool.cli.workflows import parse
    from citetool.documents.check import CHECKS, check_document

    if explain:
        console.out_pieces(f"{name} ({severity}): {why}\n" for name, (severity, why) in CHECKS.items())
        return
    document = doc.opened(manuscript, from_)
    sources = doc.sources_of(document, input, library)
    names = [name for name in only.split(",") if name]
    findings = check_document(document, sources, names, parse.context_of(library))
    if output is not None:
        doc.put_out_remarked(document, findings, output)
    if sarif:
        from citetool.cli.ui.sarif import document_log

        console.out_json(document_log(findings, CHECKS))
    elif json:
        console.out_json(
            [{"check": one.check, "id": one.key, "note": one.note, **one.problem.as_dict()} for one in findings]
        )
    else:
        console.problems([one.problem for one in findings])
        doc.say_counts(document, findings)
    if any(one.problem.severity != "info" for one in findings):
        raise typer.Exit(1)
