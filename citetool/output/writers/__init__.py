"""Output formats: a literal table of writers, each loaded when it is first asked for.

`get_writer("latex")` gives the `Writer`; `WRITERS` names them all without loading any.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

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
}


@cache
def get_writer(name: str) -> Writer:
    """The writer of that name; `UsageError` with a suggestion where there is none."""
    if name not in WRITERS:
        hint = suggest(name, WRITERS) or f"known formats: {', '.join(WRITERS)}"
        raise UsageError(Problem(f"unknown output format {name!r}", hint=hint))
    module = import_module(f"citetool.output.writers.{WRITERS[name]}")
    writer: Writer = module.WRITER
    return writer
