"""What `convert`, `export` and `import` share: their options, and where text and summary go."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from citetool import plugins
from citetool.cli.ui import console
from citetool.problems import InputError, Problem, UsageError, Where, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.formats.base import Attachment, WriteOptions
    from citetool.formats.base import Rejected as Refused
    from citetool.formats.convert import Transfer
    from citetool.record.model import Record

From = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--from", metavar="FORMAT", help="The format of the source, where it is not guessed."),
]
To = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--to", metavar="FORMAT", help="The format to write; by default what the output's name says."),
]
Output = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file and not to stdout."),
]
For = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--for", metavar="PROGRAM", help="Write as it suits zotero, endnote, mendeley or jabref."),
]
Dialect = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--dialect", metavar="NAME", help="Of BibLaTeX: chicago or mla."),
]
Carry = Annotated[
    bool, typer.Option("--carry/--no-carry", help="Put what the format has no field for into a note, or leave it out.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Say of each record what the format has no field for.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 where an entry was rejected or a fact is lost.")]
Encoding = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--encoding", metavar="NAME", help="The encoding of the source, where it is not guessed."),
]
Select = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--select", metavar="WHAT", help="Of a finding aid these components: 'box:173'."),
]
Rejected = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--rejected", metavar="FILE", help="Keep the entries that could not be read in this file."),
]


def target(to: str | None, output: Path | None) -> str:
    """The name of the format to write: as it was said, else by the extension of the output file."""
    from citetool.formats.registry import FORMATS, find_format

    if to:
        find_format(to, writes=True)
        return to
    name = output.name.lower() if output else ""
    fit = [key for key, row in FORMATS.items() if row.writes and row.extensions and name.endswith(row.extensions)]
    if not fit and name:
        rows = ((key, find_format(key)) for key in plugins.names("citetool.formats"))
        fit = [key for key, row in rows if row.writes and row.extensions and name.endswith(row.extensions)]
    if not fit:
        writable = ", ".join(key for key, row in FORMATS.items() if row.writes)
        raise UsageError(Problem("say which format to write with --to", hint=f"one of: {writable}"))
    return "csl-json" if "csl-json" in fit else fit[0]


def options(program: str | None, dialect: str | None, *, carry: bool, pretty: bool = True) -> WriteOptions:
    """How to write."""
    from citetool.formats.base import WriteOptions

    return WriteOptions(program=program, dialect=dialect, carry=carry, pretty=pretty)


def put_out(pieces: Iterable[str], output: Path | None) -> None:
    """The pieces on stdout, or in a file that is put in its place when it is complete.

    A link stays a link to the file; a device or a pipe is written to.
    """
    if output is None:
        console.out_pieces(pieces if console.is_terminal() else _blocks(pieces))
        return
    try:
        place = output.resolve()
        if place.exists() and not place.is_file():
            _write(place, pieces)
        else:
            _put_in_place(place, pieces)
    except OSError as error:
        message = f"the file cannot be written: {str(error.strerror).lower()}"
        raise InputError(Problem(message, Where(str(output)))) from None


def _put_in_place(place: Path, pieces: Iterable[str]) -> None:
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        _write(part, pieces)
        with suppress(OSError):  # one that is new has no mode to keep
            part.chmod(place.stat().st_mode)
        part.replace(place)
    finally:
        with suppress(OSError):  # where it could not be made, it cannot be taken away
            part.unlink()


def _write(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        stream.writelines(pieces)


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in larger pieces: each one is a call to the system where stdout has no buffer."""
    block: list[str] = []
    size = 0
    try:
        for piece in pieces:
            block.append(piece)
            size += len(piece)
            if size >= _BLOCK:
                yield "".join(block)
                block.clear()
                size = 0
    except Exception:  # what was made before a fault is written, too
        yield "".join(block)
        raise
    yield "".join(block)


_BLOCK = 1 << 16


def finish(transfer: Transfer, name: str, rejected: Path | None, *, strict: bool) -> None:
    """Problems and summary on stderr, rejected entries in their file; the exit code."""
    console.problems(transfer.problems)
    for line in transfer.summary(name):
        console.err(line)
    if rejected is not None and transfer.rejected:
        put_out([transfer.rejected_text()], rejected)
        console.err(f"{rejected}: {len(transfer.rejected):,} rejected entries")
    nothing = bool(transfer.rejected) and not transfer.read
    if nothing or (strict and (transfer.rejected or transfer.loss.lost)):
        raise typer.Exit(1)


def choice(answer: str, known: tuple[str, ...], option: str) -> str:
    """The answer, where it is one of those known; raises UsageError otherwise."""
    if answer not in known:
        hint = suggest(answer, known) or f"one of: {', '.join(known)}"
        raise UsageError(Problem(f"{option} knows no {answer!r}", hint=hint))
    return answer


def source(path: str) -> tuple[Path | None, str]:
    """The path of a source and its name for messages; no path for stdin."""
    return (None, "<stdin>") if path == "-" else (Path(path), path)


def read(
    path: str,
    name: str | None,
    encoding: str | None,
    select: str | None,
    *,
    count: bool = True,
) -> Iterator[Record | Refused | Problem | Attachment]:
    """What the source holds, as `read_file` gives it; `count`: a terminal is told how many there were so far."""
    from citetool.formats.base import ReadOptions
    from citetool.formats.registry import read_file

    if path.startswith(("https://", "http://")):
        raise UsageError(Problem(f"{path!r} is an address on the web, not a file", hint=f"citetool add {path}"))
    file, shown = source(path)
    found = read_file(file or sys.stdin.buffer, name, ReadOptions(shown, encoding, select))
    return console.counted(found, f"read of {shown}") if count else found
