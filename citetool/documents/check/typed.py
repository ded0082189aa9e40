"""Checks of notes that were typed by hand: ibid., op. cit. and short forms over the whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.text import fold

from .findings import DocumentFinding, at_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetool.documents.model import Document, Note
    from citetool.documents.typed import TypedCitation

_IBID = lazy(r"(?i)\W*(?:ibid|ibidem|ebd|ebda|ebenda|id|idem|там же|loc\.? ?cit)\b")
_BACK = lazy(r"(?i)\b(?:op\. ?cit|loc\. ?cit|a\. ?a\. ?o|ук\. соч)\b")
_FULL = 40  # letters that a citation in full has at least
_ARTICLES = ("a ", "an ", "the ", "der ", "die ", "das ", "le ", "la ", "les ", "l'")


def check_typed(document: Document, citations: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find what is wrong with the short forms of typed notes."""
    if document.places:
        for note in document.notes:
            if _IBID.match(note.text):
                message = "ibid. is typed by hand in a document with keys"
                yield at_note("typed-ibid", message, note, document, "write the key: the style makes ibid. of it")
        return
    yield from _back(document, citations)
    yield from _repeated(document, citations)
    yield from _short_forms(document, citations)


def _back(document: Document, citations: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find ibid. and op. cit. without a source, with several, or behind a note that cites nothing."""
    by_note: dict[int, list[TypedCitation]] = {}
    for citation in citations:
        by_note.setdefault(id(citation.note), []).append(citation)
    last: list[TypedCitation] = []  # the citations of the last note that has any
    before: Note | None = None
    for note in document.notes:
        found = by_note.get(id(note), [])
        for citation in found:
            fault = _fault(citation, last, before)
            if fault is not None:
                check, message = fault
                hint = "name the source in a short form" if last else None
                yield at_note(check, f"{short(citation.text)} {message}", note, document, hint)
        last = found or last
        before = note


def _fault(citation: TypedCitation, last: list[TypedCitation], before: Note | None) -> tuple[str, str] | None:
    """Return the check and what it says of a citation that goes back, or None; `before` is the note before."""
    alone = citation.goes_back_to is None
    if citation.kind == "ibid" and citation.number == 1 and last and last[0].note is not before:
        return "ibid-behind-words", f"follows a note that cites nothing; the citation before it is in {_name(last[0])}"
    if citation.kind == "ibid" and alone:
        return "ibid-of-nothing", "follows no citation"
    if citation.kind == "ibid" and citation.number == 1 and len(last) > 1:
        return "ibid-of-several", "follows a note with several sources"
    if citation.kind == "short" and alone and _BACK.search(citation.text):
        return "ibid-of-nothing", "goes back to nothing that was cited before"
    return None


def _name(citation: TypedCitation) -> str:
    return f"{citation.note.kind} {citation.note.number}"


def _repeated(document: Document, citations: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find citations that stand in full, word for word, in an earlier note."""
    seen: dict[str, int] = {}
    for citation in citations:
        bare = " ".join(citation.text.split()).strip(" .,;")
        if citation.kind == "ibid" or len(bare) < _FULL:
            continue
        first = seen.setdefault(bare, citation.note.number)
        if first != citation.note.number:
            message = f"{short(bare)} stands in full in note {first}"
            yield at_note("full-after-short", message, citation.note, document)


def _short_forms(document: Document, citations: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find short forms of published works that are given in full nowhere, or only later."""
    full = [one for one in citations if one.kind == "published" and one.record.date]
    for citation in citations:
        if not is_short(citation):
            continue
        same = [one.note.number for one in full if _stands_for(citation, one)]
        if same and same[0] <= citation.note.number:
            continue
        words = short(citation.text)
        message = f"{words} is given in full only in note {same[0]}" if same else f"{words} is given in full nowhere"
        yield at_note("short-never-full", message, citation.note, document, "give the first citation in full")


def is_short(citation: TypedCitation) -> bool:
    """Return whether it names a published work by author and title alone."""
    record = citation.record
    known = record.date or record.archive.levels or record.digital or record.publication
    return citation.kind == "published" and bool(record.creators and record.title and not known)


def _stands_for(citation: TypedCitation, full: TypedCitation) -> bool:
    """Return whether a short form is one of that work: a name in common, and its title begins so."""
    names = [{fold(name.split()[-1]) for name in one.reading.creators if name.split()} for one in (citation, full)]
    titles = [_bare(one.record.title) for one in (citation, full)]
    return bool(names[0] & names[1]) and titles[0] in titles[1]


def _bare(title: str) -> str:
    folded = fold(title)
    return next((folded[len(word) :] for word in _ARTICLES if folded.startswith(word)), folded)


def short(text: str) -> str:
    """Return the words in quotation marks, cut where they are long."""
    bare = " ".join(text.split())
    return repr(bare if len(bare) <= 50 else bare[:49] + "…")
