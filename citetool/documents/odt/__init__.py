"""LibreOffice Writer: marks of Zotero, Mendeley, JabRef and LibreOffice itself, and typed citations."""

from __future__ import annotations

from .document import OdtDocument


def read(data: bytes, source: str) -> OdtDocument:
    """Return the document."""
    return OdtDocument(data, source)
