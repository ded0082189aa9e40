"""The table of document formats, one module each, found by a file's name or content.

A module has `read(data, source) -> Document`; it may have `sniff(data) -> bool`, which is asked where no suffix fits.
Modules are imported when they are used.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citetool.problems import InputError, NotFoundError, Problem, UsageError, Where, suggest

if TYPE_CHECKING:
    from .model import Document


class DocumentFormat(NamedTuple):
    """One row: the module below `citetool.documents`, suffixes of files, what `--help` and messages say."""

    module: str
    suffixes: tuple[str, ...]
    title: str


FORMATS: dict[str, DocumentFormat] = {
    "markdown": DocumentFormat(
        "markdown", (".md", ".markdown", ".qmd", ".rmd", ".mkd", ".mmd"), "Markdown (pandoc, Quarto, R Markdown)"
    ),
    "pandoc": DocumentFormat("pandoc", (".json", ".ast"), "pandoc's AST as JSON"),
    "latex": DocumentFormat("latex", (".tex", ".ltx", ".latex"), "LaTeX (natbib, biblatex)"),
    "latex-run": DocumentFormat("latex_run", (".aux", ".bcf"), "LaTeX's .aux and .bcf"),
    "typst": DocumentFormat("typst", (".typ",), "Typst"),
    "org": DocumentFormat("org", (".org",), "Org mode"),
    "rst": DocumentFormat("rst", (".rst", ".rest"), "reStructuredText (sphinxcontrib-bibtex)"),
    "docx": DocumentFormat("docx", (".docx", ".docm", ".dotx"), "Word"),
    "odt": DocumentFormat("odt", (".odt", ".ott", ".fodt"), "LibreOffice Writer"),
}
_PACKAGES = (("word/document.xml", "docx"), ("[Content_Types].xml", "docx"), ("application/vnd.oasis", "odt"))


def format_of(source: str, data: bytes = b"") -> str:
    """Return the name of the format of a file, by its suffix, else by its first bytes.

    Raises InputError where neither is known.
    """
    suffix = Path(source).suffix.lower()
    for name, row in FORMATS.items():
        if suffix in row.suffixes:
            return name
    if data.startswith(b"PK\x03\x04"):
        head = data[:4096].decode("latin-1")
        for mark, name in _PACKAGES:
            if mark in head:
                return name
    if data.lstrip()[:1] == b"{" and b'"pandoc-api-version"' in data:
        return "pandoc"
    known = ", ".join(suffix for row in FORMATS.values() for suffix in row.suffixes[:1])
    raise InputError(
        Problem("not a kind of document that is known", Where(source), hint=f"name it with --from, or one of {known}")
    )


def read_document(path: Path | str, name: str | None = None, data: bytes | None = None) -> Document:
    """Return the document in that file; `data` are its bytes where they are already here.

    Raises NotFoundError where there is no such file, UsageError for an unknown format name, and InputError where the
    file is not what its name says.
    """
    source = str(path)
    if data is None:
        try:
            data = Path(path).read_bytes()
        except FileNotFoundError:
            raise NotFoundError(Problem("there is no such file", Where(source))) from None
        except OSError as error:
            raise InputError(Problem(f"cannot be read: {error.strerror or error}", Where(source))) from error
    if name is not None and name not in FORMATS:
        hint = suggest(name, FORMATS) or f"one of: {', '.join(FORMATS)}"
        raise UsageError(Problem(f"there is no document format {name!r}", hint=hint))
    known = name or format_of(source, data)
    try:
        module = import_module(f"citetool.documents.{FORMATS[known].module}")
    except ModuleNotFoundError as error:
        if error.name != f"citetool.documents.{FORMATS[known].module}":
            raise
        raise UsageError(Problem(f"{FORMATS[known].title} cannot be read yet", Where(source))) from error
    document: Document = module.read(data, source)
    document.number_places()
    return document
