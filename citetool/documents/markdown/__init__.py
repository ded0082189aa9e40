"""Markdown: pandoc's dialect with Quarto, R Markdown, MultiMarkdown and Obsidian.

`opaque` finds where no citation can be, `grammar` reads citations, `footnotes` the notes, `document` puts text back.
"""

from __future__ import annotations

from .document import MarkdownDocument

__all__ = ["MarkdownDocument", "read"]


def read(data: bytes, source: str) -> MarkdownDocument:
    """Return the document in these bytes; raises InputError where they are no text."""
    return MarkdownDocument(data, source)
