"""Facts that a program's own import drops, though the file has them: measured by importing and printing with it."""

from __future__ import annotations

_KEEPS = "--to zotero-rdf, ris or csl-json keep it"
_BIB = (
    f"Zotero has no field for an archive in what it imports from .bib: it stands in a note, not in citations; {_KEEPS}"
)
_UNREAD = {
    ("bibtex", "zotero"): _BIB,
    ("biblatex", "zotero"): _BIB,
    ("mods", "zotero"): f"Zotero imports no word on the kind (memorandum, telegram) from MODS; {_KEEPS}",
}


def not_imported(format_name: str, program: str | None) -> str:
    """Return a sentence on what the program does not take from archival records in a format; empty where it does."""
    return _UNREAD.get((format_name, program or ""), "")
