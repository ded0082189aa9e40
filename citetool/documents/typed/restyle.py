"""Bring typed notes into another style: what is sure is rendered anew in its place, all other words stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetool.csl.document.processor import Processor
from citetool.documents.model import Content, NoteEdit
from citetool.documents.notes import capitalized, without_stop
from citetool.formats.csl.to_csl import make_item

if TYPE_CHECKING:
    from citetool.citation.styles.source import StyleSource
    from citetool.documents.model import Note

    from .read import TypedCitation

_ENDS = (".", "!", "?")


@dataclass(slots=True)
class RestyledNote:
    """A note before and after, and its citations: `text`, `id`, `confidence`, and `new` or `kept` with the reason."""

    note: Note
    after: str
    citations: list[dict[str, Any]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Return whether the note reads differently now."""
        return self.after != self.note.text

    def as_dict(self) -> dict[str, Any]:
        """Return the note as plain data."""
        return {
            "note": self.note.number,
            "where": self.note.kind,
            "before": self.note.text,
            "after": self.after,
            "citations": self.citations,
        }


@dataclass(slots=True)
class Restyled:
    """What becomes of the notes: changes for `Document.write_notes`, and a report of each note with citations."""

    edits: list[NoteEdit]
    notes: list[RestyledNote]


def restyle_notes(citations: list[TypedCitation], style: StyleSource, locale: str | None = None) -> Restyled:
    """Return the notes in the style, with positions over the whole document.

    A citation with a doubt stays as it is, and its place is taken by a source that nothing goes back to: what follows
    it is never `ibid.`
    """
    items: dict[str, dict[str, Any]] = {}
    clusters = [_cluster(citation, items) for citation in citations]
    processor = Processor(style.parsed(), items.values(), locale=locale)
    processor.set_clusters(clusters)
    edits: dict[int, NoteEdit] = {}
    notes: dict[int, RestyledNote] = {}
    for citation, events in zip(citations, processor.citation_events(), strict=True):
        note = citation.note
        edit = edits.setdefault(id(note), NoteEdit(note))
        told = notes.setdefault(id(note), RestyledNote(note, note.text))
        entry = {"text": citation.text, "id": citation.key, "confidence": round(citation.confidence, 2)}
        content = _content(citation, events)
        if citation.doubt or not content:
            reason = citation.doubt or "the style prints nothing for it"
            edit.comment = "; ".join(filter(None, (edit.comment, f"{citation.text!r} stays as it is: {reason}")))
            told.citations.append(entry | {"kept": reason})
            continue
        edit.pieces.append((citation.start, citation.end, content))
        told.citations.append(entry | {"new": content.plain})
    for number, edit in edits.items():
        notes[number].after = after(edit)
    return Restyled(list(edits.values()), list(notes.values()))


def after(edit: NoteEdit) -> str:
    """Return the plain text of the note with the edit made."""
    parts: list[str] = []
    done = 0
    for start, end, content in sorted(edit.pieces, key=lambda piece: piece[:2]):
        parts += [edit.note.text[done:start], content.plain]
        done = end
    return "".join([*parts, edit.note.text[done:]])


def _cluster(citation: TypedCitation, items: dict[str, dict[str, Any]]) -> dict[str, Any]:
    key = citation.key
    if citation.doubt:
        key = f"\0{len(items)}"
        items[key] = {"id": key, "type": "document", "title": citation.text}
    elif key not in items:
        items[key] = {**make_item(citation.record)[0], "id": key}
    cite: dict[str, Any] = {"id": key}
    if citation.locator and not citation.doubt:
        cite |= {"locator": citation.locator, "label": citation.label or "page"}
    number = citation.note.number
    return {"citationID": f"{number}-{citation.number}", "citationItems": [cite], "properties": {"noteIndex": number}}


def _content(citation: TypedCitation, events: list[Any]) -> Content:
    """Return the rendered citation as it fits into its note: no full stop of its own, a capital where it opens."""
    content = Content(without_stop(events))
    before = citation.note.text[: citation.start].rstrip()
    return capitalized(content) if not before or before.endswith(_ENDS) else content
