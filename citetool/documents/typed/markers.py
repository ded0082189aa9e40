"""Put keys in the place of typed citations: `Doe to Roe, May 3, 1944, Box 5` becomes `[@doe1944]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.model import CitedItem, Content, NoteEdit

from .restyle import Restyled, RestyledNote, reported

if TYPE_CHECKING:
    from citetool.documents.model import Document

    from .citation import TypedCitation


def to_markers(document: Document, citations: list[TypedCitation]) -> Restyled:
    """Return the notes with the document's own markup for citations; what is not sure stays, as in `restyle_notes`.

    Raises NotImplementedError for a format without such markup.
    """
    edits: dict[int, NoteEdit] = {}
    notes: dict[int, RestyledNote] = {}
    for citation in citations:
        note = citation.note
        edit = edits.setdefault(id(note), NoteEdit(note))
        told = notes.setdefault(id(note), RestyledNote(note, note.text))
        entry = reported(citation)
        reason = citation.doubt or document.hindrance(note, citation.start, citation.end)
        if reason:
            citation.reason = citation.reason or reason
            edit.comment = "; ".join(filter(None, (edit.comment, f"{citation.text!r} stays as it is: {reason}")))
            told.citations.append(entry | {"kept": reason})
            continue
        item = CitedItem(citation.key, locator=citation.locator, label=citation.label)
        stop = "." if citation.closes else ""
        edit.pieces.append((citation.start, citation.end, Content([*document.citation(item).events, stop])))
        told.citations.append(entry | {"new": document.citation_markup(item) + stop})
    for number, told in notes.items():
        told.after = _after(edits[number], told)
    return Restyled(list(edits.values()), list(notes.values()), "")


def _after(edit: NoteEdit, told: RestyledNote) -> str:
    parts: list[str] = []
    done = 0
    news = [one["new"] for one in told.citations if "new" in one]
    for (start, end, _), new in zip(edit.pieces, news, strict=True):
        parts += [edit.note.text[done:start], new]
        done = end
    return "".join([*parts, edit.note.text[done:]])
