"""`citetool lsp`: citation keys in an editor that speaks the Language Server Protocol."""

from __future__ import annotations

from citetool.cli.options import Library
from citetool.cli.workflows import records
from citetool.cli.workflows.extras import extra


def run(library: Library = None) -> None:
    """Serve the keys of the library to an editor (Language Server Protocol).

    They talk over stdin and stdout. In Markdown, Quarto, LaTeX and Typst the editor completes keys by key, person,
    title and year, shows the citation of a key, marks keys that no record has, and goes to the record.

    Example: citetool lsp --library records
    """
    with extra("lsp", "the language server"):
        from citetool.server.language.server import serve

    serve(records.home(library))
