"""Output formats: the one table of writers, each loaded when it is first asked for.

`get_writer("latex")` gives the `Writer`; `WRITERS` names them all without loading any. Commands, help and completion
take the names from it; a writer of another package (`citetool.plugins`) is found by its name.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from citetool import plugins
from citetool.problems import Problem, UsageError, Where, suggest

if TYPE_CHECKING:
    from pathlib import Path

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

# The markup that a file is of by its name; `.tex` and others may be parts of a document, these two are whole pages.
SUFFIXES: dict[str, str] = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".rtf": "rtf",
    ".tex": "latex",
    ".typ": "typst",
    ".org": "org",
    ".rst": "rst",
}
PAGES = ("html", "rtf")
_OFFICE = (".docx", ".odt", ".doc", ".pdf")


def is_for_readers(name: str) -> bool:
    """Return whether a name is that of a markup or a kind of document, which a bibliography is written in."""
    return name in WRITERS or f".{name}" in _OFFICE or f".{name}" in SUFFIXES


def writer_of(path: Path) -> str:
    """Return the name of the writer for a file by its name; empty where that says nothing.

    Raises UsageError for files of word processors, which no writer makes.
    """
    suffix = path.suffix.lower()
    if suffix in _OFFICE:
        hint = f"write {path.with_suffix('.rtf').name}, which Word and LibreOffice open"
        raise UsageError(Problem(f"citations are not written as {suffix} files", Where(str(path)), hint))
    return SUFFIXES.get(suffix, "")


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
