"""Options of `convert`, `export`, `import` and `add`, and the output of text and summary."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from citetool import plugins
from citetool.cli.ui import console, outfile
from citetool.problems import CitetoolError, InputError, NotFoundError, Problem, UsageError, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from citetool.formats.base import Attachment, WriteOptions
    from citetool.formats.base import Rejected as Refused
    from citetool.formats.convert import Transfer
    from citetool.record.model import Record

From = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--from", metavar="FORMAT", help="Format of the source, if it is not recognized."),
]
To = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--to", metavar="FORMAT", help="Format to write; by default that of the output file's name."),
]
Target = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file instead of stdout; it is replaced only when all went well.",
    ),
]
For = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--for", metavar="PROGRAM", help="Adapt the output to zotero, endnote, mendeley or jabref."),
]
Dialect = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--dialect", metavar="NAME", help="BibLaTeX for chicago or mla (biblatex-chicago, biblatex-mla)."),
]
Lossless = Annotated[
    bool,
    typer.Option(
        "--lossless/--no-lossless",
        help="Keep what the format has no field for in one note, which citetool reads back.",
        envvar="CITETOOL_LOSSLESS",
        show_envvar=False,
    ),
]
Files = Annotated[
    bool,
    typer.Option(
        "--files/--no-files", help="Name the files of the records, with whole paths, in RIS, .bib and Zotero RDF."
    ),
]
Explain = Annotated[bool, typer.Option("--explain", help="List for each record what the format cannot hold.")]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict/--no-strict",
        help="Exit with 1 if an entry is rejected or information is lost.",
        envvar="CITETOOL_STRICT",
        show_envvar=False,
    ),
]
Encoding = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--encoding", metavar="NAME", help="Encoding of the source, if it is not recognized."),
]
Select = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--select", metavar="WHAT", help="Read only these records, as of a finding aid: 'box:173'."),
]
Columns = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--map", metavar="FILE", help="For tables, a TOML file that says which column is what."),
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes to read with, where there is much to read."),
]
Rejected = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--rejected", metavar="FILE", help="Save entries that could not be read to this file."),
]


def target(to: str | None, output: Path | None) -> str:
    """Return the name of the format to write: the one given, else that of the output file's extension.

    Raises UsageError where neither tells, NotFoundError for an unknown format.
    """
    from citetool.formats.registry import FORMATS, find_format
    from citetool.output.writers import is_for_readers

    if to and is_for_readers(to) and not (to in FORMATS and FORMATS[to].writes):
        hint = "a bibliography for readers: citetool bib -o bib.rtf, .html, .md, .tex or .typ"
        raise UsageError(Problem(f"{to!r} is no format of references", hint=hint))
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
        raise UsageError(Problem("the output format is not known; name it with --to", hint=f"one of: {writable}"))
    return "csl-json" if "csl-json" in fit else fit[0]


def options(program: str | None, dialect: str | None, *, lossless: bool, pretty: bool = True) -> WriteOptions:
    """Return the options for writing."""
    from citetool.formats.base import WriteOptions

    return WriteOptions(program=program, dialect=dialect, lossless=lossless, pretty=pretty)


def put_out(pieces: Iterable[str], output: Path | None) -> None:
    """Write the pieces to stdout, or to a file whole or not at all."""
    if output is None:
        console.out_pieces(pieces if console.is_terminal() else _blocks(pieces))
        return
    outfile.write_file(output, pieces)


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the same text in larger pieces: without a buffer each piece is a system call."""
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
    """Report problems and the summary, save rejected entries. Raises typer.Exit(1) for a failed or lossy conversion."""
    console.problems(transfer.problems)
    for line in transfer.summary(name):
        console.err(line)
    if rejected is not None and transfer.rejected:
        put_out([transfer.rejected_text()], rejected)
        console.err(f"{rejected}: {len(transfer.rejected):,} rejected entries")
    nothing = bool(transfer.rejected) and not transfer.read
    if nothing or transfer.cut_off or transfer.refused or (strict and (transfer.rejected or transfer.loss.lost)):
        raise typer.Exit(1)


def choice(answer: str, known: tuple[str, ...], option: str) -> str:
    """Return the answer if it is one of those known. Raises UsageError otherwise."""
    if answer not in known:
        hint = suggest(answer, known) or f"one of: {', '.join(known)}"
        raise UsageError(Problem(f"invalid value for {option!r}: {answer!r}", hint=hint))
    return answer


def source(path: str) -> tuple[Path | None, str]:
    """Return the path of a source, None for stdin, and its name for messages."""
    return (None, "<stdin>") if path == "-" else (Path(path), path)


def read(
    path: str,
    name: str | None,
    encoding: str | None,
    select: str | None,
    *,
    columns: str | None = None,
    count: bool = True,
) -> Iterator[Record | Refused | Problem | Attachment]:
    """Read a source as `read_file` does; with `count`, a terminal shows how many entries were read so far."""
    from citetool.formats.api import read_file
    from citetool.formats.base import ReadOptions

    if path.startswith(("https://", "http://")):
        raise UsageError(Problem(f"{path!r} is an address on the web, not a file", hint=f"citetool add {path}"))
    file, shown = source(path)
    found = read_file(file or sys.stdin.buffer, name, ReadOptions(shown, encoding, select, columns))
    return console.counted(found, f"read of {shown}") if count else found


def files_of(paths: Sequence[str]) -> list[str]:
    """Return the files, in place of a folder those below it that have the extension of a format, by name.

    Hidden files are left out, and texts and YAML that are of no known format: notes and transcripts, settings. Raises
    UsageError for a folder without any.
    """
    found: list[str] = []
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            found.append(path)
            continue
        below = sorted(Path(path).rglob("*"))
        shown = (file for file in below if not any(part[0] == "." for part in file.relative_to(path).parts))
        inside = [str(file) for file in shown if _is_source(file)]
        if not inside:
            hint = "citetool formats lists them; photographs come in with citetool import --photos"
            raise UsageError(Problem(f"there is no file of a known format below {path!r}", hint=hint))
        found += inside
    return found


_LOOSE_ENDINGS = (".yaml", ".yml", ".txt", ".md")  # of which most files are of no format of ours


def _is_source(file: Path) -> bool:
    """Return whether a file of a folder is of a format that can be read, by its name or by its first bytes."""
    from citetool.formats.registry import FORMATS
    from citetool.formats.sniff import guess_format, read_head

    name = file.name.lower()
    if not name.endswith(tuple(extension for row in FORMATS.values() if row.reads for extension in row.extensions)):
        return False
    if not name.endswith(_LOOSE_ENDINGS) or name.endswith((".csl.yaml", ".csl.yml")) or not file.is_file():
        return not file.is_dir()
    try:
        with file.open("rb") as stream:
            guess_format(str(file), read_head(stream, str(file)))
    except InputError:
        return False
    return True


def read_each(
    files: Sequence[str],
    transfer: Transfer,
    read_one: Callable[[str], Iterator[Record | Refused | Problem | Attachment]],
    jobs: int = 1,
) -> Iterator[tuple[str, Record]]:
    """Yield the records of files, each with the name of its file; of several a line says what was in each.

    One of several that is refused does not stop the others. With `jobs` above 1 several files are read at once by
    processes of their own, to which `read_one` goes; the order stays that of the files. Raises InputError for one
    alone.
    """
    for path, items in _items_of(files, read_one, jobs):
        read, rejected = transfer.read, len(transfer.rejected)
        try:
            for record in transfer.records(items):
                yield path, record
        except InputError as error:
            if len(files) == 1:
                raise
            transfer.refuse(error.problems)
            console.err(f"{path}: refused")
            continue
        if len(files) > 1:
            bad = len(transfer.rejected) - rejected
            console.err(f"{path}: {transfer.read - read:,} read" + (f", {bad:,} rejected" if bad else ""))


def _items_of(
    files: Sequence[str], read_one: Callable[[str], Iterator[Any]], jobs: int
) -> Iterator[tuple[str, Iterator[Any]]]:
    if jobs <= 1 or len(files) <= 1:
        yield from ((path, read_one(path)) for path in files)
        return
    from citetool.parallel import in_order

    for path, (items, error) in zip(files, in_order(partial(_whole, read_one), files, jobs), strict=True):
        yield path, _again(items, error)


def _whole(read_one: Callable[[str], Iterator[Any]], path: str) -> tuple[list[Any], InputError | NotFoundError | None]:
    """Return what a file holds, and the error that ended its reading."""
    items: list[Any] = []
    try:
        items.extend(read_one(path))
    except (InputError, NotFoundError) as error:
        return items, error
    return items, None


def _again(items: list[Any], error: CitetoolError | None) -> Iterator[Any]:
    yield from items
    if error is not None:
        raise error
