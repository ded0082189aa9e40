"""`citetool convert`: files of any formats into one of another."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Optional

import typer

from citetool.cli.ui import console
from citetool.cli.workflows import convert
from citetool.cli.workflows.convert import (
    Columns,
    Dialect,
    Encoding,
    Explain,
    For,
    From,
    Jobs,
    Lossless,
    Rejected,
    Select,
    Strict,
    Target,
    To,
)

Sources = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
    typer.Argument(metavar="[FILE]...", help="Files, or folders of them, to convert; - for stdin."),
]


def run(
    files: Sources = None,
    output: Target = None,
    from_: From = None,
    to: To = None,
    for_: For = None,
    dialect: Dialect = None,
    encoding: Encoding = None,
    select: Select = None,
    map_: Columns = None,
    lossless: Lossless = False,
    explain: Explain = False,
    strict: Strict = False,
    rejected: Rejected = None,
    jobs: Jobs = 1,
) -> None:
    """Convert files of references into another format.

    Finding aids can be converted too. Several files, or folders of them, go into one, with a line for each. Without a
    file, stdin is converted to stdout, one record at a time.

    Example: citetool convert refs.bib --to ris --for endnote -o refs.ris
    """
    from citetool.formats.convert import Transfer

    name = convert.target(to, output)
    transfer = Transfer(apart=True)
    transfer.loss.explain = explain
    count = output is not None or not console.is_terminal()  # the count and the data would stand in one line
    options = convert.options(for_, dialect, lossless=lossless, pretty=False)
    found = convert.read_each(
        convert.files_of(files or ["-"]),
        transfer,
        partial(convert.read, name=from_, encoding=encoding, select=select, columns=map_, count=count and jobs == 1),
        jobs,
    )
    convert.put_out(transfer.pieces((record for _, record in found), name, options), output)
    convert.finish(transfer, name, rejected, strict=strict)
