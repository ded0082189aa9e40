"""Output formats: the one table of writers, each loaded when it is first asked for.

`get_writer("latex")` gives the `Writer`; `WRITERS` names them all without loading any. Commands, help and completion
take the names from it; a writer of another package (`citetool.plugins`) is found by its name.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from citetool import plugins
from citetool.problems import Problem, UsageError, suggest

if TYPE_CHECKING:
    from .base import Writer

WRITERS: dict[str, str] = {
    "text": "plain",
    "html": "html",
    "markdown": "markdown",
    "rtf": "rtf",
    "latex": "latex",
    "typst": "typst",
    "org": "org",
    "rst": "rst",
}


@cache
def get_writer(name: str) -> Writer:
    """Return the writer of that name, of citetool or of a plug-in. Raises UsageError, naming near ones."""
    writer: Writer | None
    if name in WRITERS:
        writer = import_module(f"citetool.output.writers.{WRITERS[name]}").WRITER
    else:
        from .base import Writer  # noqa: PLC0415 - see `WRITERS`

        writer = plugins.find("citetool.writers", name, Writer)
    if writer is None:
        known = [*WRITERS, *plugins.names("citetool.writers")]
        hint = suggest(name, known) or f"known formats: {', '.join(known)}"
        raise UsageError(Problem(f"unknown output format {name!r}", hint=hint))
    return writer
