"""`citetool formats`: what can be read and written."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from citetool.cli.options import Json
from citetool.cli.ui import console

Name = Annotated[Optional[str], typer.Argument(metavar="[FORMAT]", help="A format to tell about.")]  # noqa: UP045


def _show(name: str, json: bool) -> None:
    from citetool.formats.loss.coverage import supported_fields
    from citetool.formats.registry import find_format

    row = find_format(name)
    inside, outside = supported_fields(name) if row.writes else ([], [])
    if json:
        console.out_json({"name": name, **row._asdict(), "has": inside, "has_not": outside})
        return
    does = " and ".join(word for word, so in (("read", row.reads), ("written", row.writes)) if so)
    console.out(f"{row.title}: {does}; {' '.join(row.extensions)}".rstrip("; "))
    for label, names in (("has", inside), ("has not", outside)):
        if names:
            console.out(f"{label}: {', '.join(names)}")


def run(name: Name = None, json: Json = False) -> None:
    """List the formats that can be read and written.

    Each with the programs and dialects that it can be written for. Of one format: which fields of a record it has, and
    which it has not.

    Example: citetool formats ris
    """
    from citetool.formats.registry import FORMATS
    from citetool.text import pad

    if name:
        _show(name, json)
        return
    if json:
        console.out_json([{"name": name, **row._asdict()} for name, row in FORMATS.items()])
        return
    widths = [max(len(name) for name in FORMATS), max(len(row.title) for row in FORMATS.values())]
    for key, row in sorted(FORMATS.items()):
        does = f"{'reads' if row.reads else '':6}{'writes' if row.writes else '':7}"
        forms = ", ".join([*(f"--for {program}" for program in row.programs), *row.dialects])
        parts = (pad(key, widths[0]), pad(row.title, widths[1]), does, " ".join(row.extensions), forms)
        console.out("  ".join(part for part in parts if part).rstrip())
