"""`citetool show`: a whole record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from citetool.cli.options import Input, Json, Keys, Library, Output
from citetool.cli.ui import console
from citetool.cli.workflows import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.record.model import Record

Yaml = Annotated[bool, typer.Option("--yaml", help="Print YAML, as in the files of the library.")]
_WIDEST = 100  # columns: longer lines are hard to read


def run(
    keys: Keys,
    yaml: Yaml = False,
    input: Input = None,
    output: Output = None,
    library: Library = None,
    json: Json = False,
) -> None:
    """Print whole records: citation, people, both homes, files, and what is wrong.

    Example: citetool show 219945
    """
    from citetool.record.schema import to_plain

    found = records.chosen(keys, library, input)
    if json:
        console.out_json([to_plain(record) for record in found])
    elif yaml:
        from citetool.record.yamltext import dump_yaml

        console.out("---\n".join(dump_yaml(to_plain(record)) for record in found))
    else:
        for number, record in enumerate(found):
            if number:
                console.out("")
            console.out_pieces(f"{line}\n" for line in _card(record))


def _card(record: Record) -> Iterator[str]:
    from citetool import api
    from citetool.cli.ui import card
    from citetool.problems import CitetoolError

    try:
        (citation,) = api.cite(record)
    except CitetoolError:
        citation = ""  # there is nothing to print of it yet, as the problems say
    problems = [one for one in api.check([record]) if one.severity != "info"]
    width = min(console.width(), _WIDEST) if console.is_terminal() else console.width()
    return card.lines(
        record, citation, problems, width, lambda text, colour: console.paint(text, colour, stream=sys.stdout)
    )
