"""An example of plug-ins for citetool: one writer, one format, one check, one command."""

from __future__ import annotations

import codecs
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from citetool.cli.options import Library  # noqa: TC001 - typer reads the annotations
from citetool.cli.ui import console
from citetool.formats.base import Format, ReadOptions, Rejected, WriteOptions
from citetool.output.writers.base import Writer
from citetool.problems import Problem, Where
from citetool.record.check import Check, Finding
from citetool.record.model import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# ---- a writer: marks as MediaWiki has them

MEDIAWIKI = Writer(
    name="mediawiki",
    escape=lambda text: text.replace("''", "&#39;&#39;"),
    marks={("font-style", "italic"): ("''", "''"), ("font-weight", "bold"): ("'''", "'''")},
    link=lambda url: (f"[{url} ", "]"),
)

# ---- a format: one line a record, its key, date and title with tabs between them

INVENTORY = Format("Inventory of a reading room", "citetool_example", True, True, (".inventory",))


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected]:
    """Yield a record for each line, `Rejected` for one that has no three columns."""
    for number, line in enumerate(codecs.getreader("utf-8")(stream), 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) == 3:
            key, date, title = cells
            yield Record(id=key, kind="letter", date=date, title=title)
        else:
            yield Rejected(Problem(f"{len(cells)} columns, 3 expected", Where(options.source, number)), line)


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield a line for each record."""
    for record in records:
        yield f"{record.id}\t{record.date}\t{record.any_title}\n"


# ---- a check


def _shouting(record: Record) -> Iterator[Finding]:
    if record.title.isupper():
        yield Finding(
            "title", "the title is in capitals", "write it as a sentence", {"title": record.title.capitalize()}
        )


SHOUTING = Check("info", "Styles print a title in capitals as it stands.", _shouting)

# ---- a command: a function with typer's annotations, the options it shares with others from `cli.options`


def years(library: Library = None) -> None:
    """Count the records by the first four characters of their date."""
    from citetool.library.library import open_library

    counts = Counter(record.date[:4] for record in open_library(library).values())
    for year, number in sorted(counts.items()):
        console.out(f"{year}  {number}")
