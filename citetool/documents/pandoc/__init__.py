"""Pandoc's document tree as JSON: what a filter reads and writes (pandoc-types 1.22 and later).

`inlines` goes between rendered text and pandoc's inline elements, `document` walks through the tree.
"""

from __future__ import annotations

from .document import PandocDocument

__all__ = ["PandocDocument", "read"]


def read(data: bytes, source: str) -> PandocDocument:
    """Return the document in these bytes; raises InputError where they are no tree of pandoc's."""
    return PandocDocument(data, source)
