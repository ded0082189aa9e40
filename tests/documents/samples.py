"""A small library, and documents of text rendered with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from citetool.citation.styles.source import find_style
from citetool.documents.registry import read_document
from citetool.documents.render import render
from citetool.documents.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = [
    {
        "id": "doe",
        "type": "book",
        "title": "First Title",
        "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [[2001]]},
        "publisher": "Press",
    },
    {
        "id": "roe",
        "type": "book",
        "title": "Second Title",
        "author": [{"family": "Roe", "given": "Richard"}],
        "issued": {"date-parts": [[1990]]},
        "publisher": "House",
    },
]


def library(folder: Path) -> str:
    """Write the library of `doe` and `roe`; return its path."""
    path = folder / "items.json"
    path.write_text(json.dumps(ITEMS), encoding="utf-8")
    return str(path)


def rendered(text: str, name: str, folder: Path, style: str = "mhra-notes") -> str:
    """Return the document of that name and text, rendered."""
    path = folder / name
    path.write_bytes(text.encode())
    document = read_document(path)
    rendering, _ = render(document, Sources(document, [library(folder)]), find_style(style))
    return document.write(rendering).decode()
