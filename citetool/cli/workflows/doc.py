"""Parts shared by the `doc` commands: the manuscript, its sources, its style, and where the result goes."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from citetool.cli.ui import completion, console, outfile
from citetool.cli.workflows import records
from citetool.paths import create
from citetool.problems import CitetoolError, InputError, Problem, UsageError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citetool.citation.styles.source import StyleSource
    from citetool.documents.check import DocumentFinding
    from citetool.documents.model import Document, Rendering, Tracking
    from citetool.documents.sources import Sources

AUTHOR = "citetool"  # of tracked changes
DEFAULT_STYLE = "chicago"
# Pandoc runs a filter by one name, so that a command with arguments needs a filter in Lua.
LUA_FILTER = """\
function Pandoc(document)
  return pandoc.utils.run_json_filter(document, "citetool", {"doc", "filter", FORMAT})
end"""

Manuscript = Annotated[str, typer.Argument(metavar="MANUSCRIPT", help="The document; `-` for stdin, with --from.")]
From = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--from", metavar="FORMAT", help="Its format, where the name does not say: markdown, latex, docx ..."),
]
Inputs = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--input", "-i", metavar="FILE", help="Look keys up in this file first (again for more files)."),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="FILE", help="Write there, whole or not at all; else to stdout."),
]
DocumentStyle = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help=f"A style by its name, or a .csl file; by default the document's own, else {DEFAULT_STYLE}.",
        autocompletion=completion.styles,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Go on in spite of unknown keys; they are printed with a `?`.")]


def opened(manuscript: str, name: str | None) -> Document:
    """Return the document that the argument names, read; raises as `read_document` does."""
    from citetool.collector import collect_rarely
    from citetool.documents.registry import read_document

    collect_rarely()
    if manuscript == "-":
        if name is None:
            raise UsageError(Problem("the format of stdin is not known", hint="name it with --from"))
        return read_document("<stdin>", name, sys.stdin.buffer.read())
    return read_document(manuscript, name)


def sources_of(
    document: Document, inputs: list[str] | None, library: Path | None, output: Path | None = None
) -> Sources:
    """Return what the document's keys are looked up in: files, the document itself, the library."""
    from citetool.documents.sources import Sources

    return Sources(document, inputs or (), records.home(library), output)


def style_of(document: Document, name: str | None, library: Path | None) -> StyleSource:
    """Return the style that was asked for, else the one that the document names, else the default."""
    from citetool.citation.styles.source import find_style

    folders = records.style_folders(library)
    own = document.settings.style
    if name is None and own and own.endswith(".csl"):
        beside = Path(document.source).parent / own
        own = str(beside) if beside.is_file() else own
    return find_style(name or own or DEFAULT_STYLE, folders=folders)


def rendered_to(
    output: Path | None,
    document: Document,
    style: str | None,
    library: Path | None,
    inputs: list[str] | None,
    **options: Any,
) -> None:
    """Render the document and write it; the exit code is 1 where an error was met. `options` are those of `render`."""
    from citetool.documents.render import render

    sources = sources_of(document, inputs, library)
    rendering, problems = render(document, sources, style_of(document, style, library), **options)
    finish(output, document, rendering, [*sources.problems, *problems])


def converted_to(
    output: Path | None,
    document: Document,
    style: str | None,
    library: Path | None,
    inputs: list[str] | None,
    locale: str | None = None,
    *,
    to: str,
) -> None:
    """Turn the citations of a document into `zotero` fields, `markers` or `plain` text, and finish it."""
    from citetool.documents import conversion

    sources = sources_of(document, inputs, library)
    if to == "markers":
        rendering, problems = conversion.to_keys(document, sources)
    else:
        source = style_of(document, style, library)
        plain, named = to == "plain", style is not None
        rendering, problems = conversion.to_fields(document, sources, source, named=named, locale=locale, plain=plain)
    finish(output, document, rendering, [*sources.problems, *problems])


def finish(output: Path | None, document: Document, rendering: Rendering, problems: list[Problem]) -> None:
    """Write the document, and say what was met; the exit code is 1 where an error was."""
    put_out(written(document, rendering), output, document)
    if said([*document.problems, *problems]):
        raise typer.Exit(1)


def keep_rendered(
    output: Path,
    manuscript: str,
    name: str | None,
    style: str | None,
    library: Path | None,
    inputs: list[str] | None,
    every: float,
    **options: Any,
) -> bool:
    """Write the rendered manuscript now and whenever it changes; return whether the last time went well.

    What is wrong with it is reported, and the file stays as it was. `options` are those of `render`.
    """
    from citetool.documents.render import render
    from citetool.documents.watch import changes, files_of

    watched: set[Path] = {Path(manuscript)}  # changed in place: `changes` asks it each time
    went_well = False
    for _ in changes(watched, every):
        try:
            document = opened(manuscript, name)
            sources = sources_of(document, inputs, library)
            watched |= files_of(document, sources)
            rendering, problems = render(document, sources, style_of(document, style, library), **options)
            changed = put_out_if_changed(written(document, rendering), output, document)
        except CitetoolError as error:
            console.problems(error.problems)
            went_well = False
            continue
        went_well = not said([*document.problems, *sources.problems, *problems])
        if changed:
            console.err(f"{output}: {_number(document.places, 'citation')}, {_number(rendering.entries, 'source')}")
    return went_well


def put_out_if_changed(data: bytes, output: Path, document: Document) -> bool:
    """Write the document as `put_out` does, if the file holds another one; return whether it did."""
    with suppress(FileNotFoundError):
        if output.read_bytes() == data:
            return False
    put_out(data, output, document)
    return True


def written(document: Document, rendering: Rendering) -> bytes:
    """Return the document with the rendering. Raises UsageError for a format that is only read."""
    try:
        return document.write(rendering)
    except NotImplementedError:
        raise only_read(document) from None


def only_read(document: Document) -> UsageError:
    """Return the error of a format that is only read."""
    from citetool.documents.registry import FORMATS

    message = f"documents of {FORMATS[document.format].title} are only read"
    return UsageError(Problem(message, Where(document.source), "take the sources out with citetool doc extract"))


def put_out(data: bytes, output: Path | None, document: Document) -> None:
    """Write the document whole, or not at all. Raises UsageError for the input itself, InputError for a full disk."""
    if output is None:
        sys.stdout.buffer.write(data)
        return
    if Path(document.source).exists() and output.exists() and output.samefile(document.source):
        raise UsageError(Problem("the manuscript itself is never overwritten", hint="name another file with --output"))
    outfile.check_target(output)
    _check_name(output, document)
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with open(create(part), "wb") as file:  # noqa: PTH123 - an open descriptor, not a path
            file.write(data)
        part.replace(output)
    except OSError as error:
        message = f"the file cannot be written: {str(error.strerror).lower()}"
        raise InputError(Problem(message, Where(str(output)))) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _check_name(output: Path, document: Document) -> None:
    """Raise UsageError for a file named as a document of another format: no program would open it."""
    from citetool.documents.registry import FORMATS

    suffix = output.suffix.lower()
    named = next((name for name, row in FORMATS.items() if suffix in row.suffixes), document.format)
    if named not in (document.format, "pandoc") or suffix == ".pdf":
        message = f"a manuscript in {document.format} stays one: no {suffix} file comes of it"
        name = output.with_suffix(Path(document.source).suffix or ".md").name
        if name == Path(document.source).name:
            name = f"cited-{name}"
        hint = f"write {name}, then: pandoc {name} -o {output.name}"
        raise UsageError(Problem(message, Where(str(output)), hint))


def put_out_remarked(document: Document, findings: Sequence[DocumentFinding], output: Path) -> None:
    """Write a copy of the document with the findings as remarks, and say how many have no place for one.

    Raises UsageError for a format without remarks.
    """
    remarks = [(one.at, one.problem.message) for one in findings if one.at is not None]
    placed = [(at, text) for at, text in remarks if document.takes_remark(at)]
    try:
        data = document.write_remarks(placed, tracking_now()) if placed else document.data
    except NotImplementedError:
        message = f"{document.format} has no remarks that citetool writes"
        raise UsageError(Problem(message, Where(document.source), "--json has the findings")) from None
    put_out(data, output, document)
    left = len(findings) - len(placed)
    console.note(
        f"{_number(placed, 'remark')} written"
        + (f"; {left} finding{' has' if left == 1 else 's have'} no place for one" if left else "")
    )


def tracking_now() -> Tracking:
    """Return the author and the time of tracked changes and remarks that are made now."""
    from datetime import UTC, datetime

    from citetool.documents.model import Tracking

    return Tracking(AUTHOR, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def say_counts(document: Document, findings: Sequence[DocumentFinding]) -> None:
    """Say on stderr how many citations were looked at, and how often each check found something."""
    from collections import Counter

    counts = Counter(one.check for one in findings)
    sums = ", ".join(f"{number} {name}" for name, number in counts.most_common()) or "no problems found"
    console.note(f"{_number(document.places, 'citation')} and {_number(document.notes, 'note')}: {sums}")


def _number(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}" if len(things) == 1 else f"{len(things)} {name}s"


def facts(document: Document) -> dict[str, Any]:
    """Return the places of a document as plain data; of one with typed notes `notes` as well, with their citations."""
    from citetool.documents.typed import notes_as_dicts, read_typed

    found = document.as_dict()
    if any(not note.cites for note in document.notes):
        found["notes"] = notes_as_dicts(document, read_typed(document))
    return found


def said(problems: list[Problem]) -> bool:
    """Print the problems on stderr; return whether an error is among them."""
    console.problems(problems)
    return any(problem.severity == "error" for problem in problems)
