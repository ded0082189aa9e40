"""`citetool parse`: an archival citation as people write it, to a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from citetool.cli.options import Json, Library
from citetool.cli.ui import console
from citetool.cli.workflows.convert import Jobs

Text = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[TEXT]", help="A citation, or a note with several; `-` or nothing: stdin."),
]
Lines = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--lines", metavar="FILE", help="A file with one citation a line (`-`: stdin)."),
]
FromFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--from-file", metavar="FILE", help="A manuscript: its notes (.docx, .odt, .md, .tex, .html ...)."),
]
Add = Annotated[bool, typer.Option("--add", help="Put the records into the library, after showing what was read.")]
MinScore = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option("--min-score", metavar="SCORE", min=0, max=1, help="The least confidence that --add takes (0.21)."),
]
Key = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--key", metavar="KEY", help="The key of the record, where there is one citation."),
]


def run(
    text: Text = None,
    lines: Lines = None,
    from_file: FromFile = None,
    add: Add = False,
    min_score: MinScore = None,
    key: Key = None,
    library: Library = None,
    json: Json = False,
    jobs: Jobs = 1,
) -> None:
    """Read archival citations as people write them.

    Each part is printed with its name, and how sure the reading is.

    With --json each citation is a line of JSON: string, record, reading, confidence, problems. A line of --lines may
    itself be a JSON object: its "string" is read, and "title", "date" and "url" beside it are kept. Of --from-file the
    number of the note is given too, and `Ibid.` goes back over all notes.

    Example: citetool parse "Blair to McManaway, May 8, 1979, NARA, RG 59, Lot File 82D297, Box 6"
    """
    from citetool.cli.workflows import parse

    context = parse.context_of(library)
    found = parse.read_all(text, lines, context, key=key, document=from_file, jobs=jobs)
    for item in found:
        if json:
            console.out(parse.json_line(item))
        else:
            console.out(parse.shown(item))
            console.problems(item.reading.problems)
    parse.offer(found, context)
    if add and not parse.put(found, library, min_score):
        raise typer.Exit(1)
