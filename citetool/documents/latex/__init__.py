r"""LaTeX: the commands of natbib and biblatex, in the text and in `\footnote`.

`commands` says what each command prints, `scan` reads a source text, `document` puts rendered text back.
"""

from __future__ import annotations

from .document import LatexDocument

__all__ = ["LatexDocument", "read"]


def read(data: bytes, source: str) -> LatexDocument:
    """Return the document in these bytes; raises InputError where they are no text."""
    return LatexDocument(data, source)
