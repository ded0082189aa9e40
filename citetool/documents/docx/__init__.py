"""Word: citations in fields, bookmarks and content controls, and typed ones, in text and notes."""

from __future__ import annotations

from .document import WordDocument


def read(data: bytes, source: str) -> WordDocument:
    """Return the document in these bytes; raises InputError where they are no package of Word's."""
    return WordDocument(data, source)
