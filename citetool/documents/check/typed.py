"""Checks of notes that were typed by hand: ibid., op. cit. and short forms over the whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing import Context, read_note

from .findings import DocumentFinding, at_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.documents.model import Document

_IBID = lazy(r"(?i)\W*(?:ibid|ibidem|ebd|ebda|ebenda|id|idem|там же|loc\.? ?cit)\b")
_BACK = lazy(r"(?i)\b(?:op\. ?cit|loc\. ?cit|a\. ?a\. ?o|ук\. соч)\b")
_FULL = 40  # letters that a citation in full has at least


def check_typed(document: Document) -> Iterator[DocumentFinding]:
    """Find what is wrong with the short forms of typed notes, read in order with one context."""
    context = Context()
    several = 0
    seen: dict[str, int] = {}
    for note in document.notes:
        if document.places:
            if _IBID.match(note.text):
                message = "ibid. is typed by hand in a document with keys"
                yield at_note("typed-ibid", message, note, document, "write the key: the style makes ibid. of it")
            continue
        citations = read_note(note.text, context)
        for number, citation in enumerate(citations):
            root = citation.reading.source
            if citation.kind == "ibid" and root is None:
                yield at_note(
                    "ibid-of-nothing", f"{_short(citation.reading.string)} follows no citation", note, document
                )
            elif citation.kind == "ibid" and number == 0 and several > 1:
                message = f"{_short(citation.reading.string)} follows a note with several sources"
                yield at_note("ibid-of-several", message, note, document, "name the source in a short form")
            elif citation.kind == "short" and root is None and _BACK.search(citation.reading.string):
                message = f"{_short(citation.reading.string)} goes back to nothing that was cited before"
                yield at_note("ibid-of-nothing", message, note, document)
            elif citation.kind != "ibid":
                yield from _again(document, note.number, citation.reading.string, seen)
        if citations:
            several = len(citations)


def _again(document: Document, number: int, text: str, seen: dict[str, int]) -> Iterator[DocumentFinding]:
    """Find a citation that stands in full in an earlier note word for word."""
    bare = " ".join(text.split()).strip(" .,;")
    if len(bare) < _FULL:
        return
    before = seen.setdefault(bare, number)
    if before == number:
        return
    note = next(note for note in document.notes if note.number == number)
    yield at_note("full-after-short", f"{_short(text)} stands in full in note {before}", note, document)


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return repr(bare if len(bare) <= 50 else bare[:49] + "…")
