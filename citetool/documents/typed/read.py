"""Read the typed notes of a document: each citation with its record, its key, and what stands against it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citetool.formats.csl.to_csl import make_item
from citetool.lazy_re import lazy
from citetool.parsing import Context, read_note
from citetool.record.keys import Keys
from citetool.struct import replace

from .citation import TypedCitation
from .doubts import reason_of, remember
from .families import take_families
from .letters import Letters
from .match import Known
from .shape import definitions, shaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.documents.model import Document, Note
    from citetool.documents.sources import Sources
    from citetool.parsing import NoteCitation
    from citetool.record.model import Record

    from .doubts import Titles

# Words before a short form that are the author's.
_SIGNAL = lazy(r"(?i)(?:(?:see|also|cf|compare|vgl|siehe|auch|voir|aussi)\b\.?,?\s+)+")


def notes_as_dicts(document: Document, citations: Iterable[TypedCitation]) -> list[dict[str, Any]]:
    """Return the typed notes as plain data: number, kind, text, and their citations, none for commentary."""
    by_note: dict[int, list[TypedCitation]] = {}
    for citation in citations:
        by_note.setdefault(id(citation.note), []).append(citation)
    return [
        {
            "note": note.number,
            "where": note.kind,
            "text": note.text,
            "citations": [one.as_dict() for one in by_note.get(id(note), [])],
        }
        for note in document.notes
        if not note.cites
    ]


def read_typed(
    document: Document, sources: Sources | None = None, context: Context | None = None
) -> list[TypedCitation]:
    """Return the citations of all typed notes in printed order; those of `sources` are known by their keys.

    Notes in which the document has citation places of its own are left to it.
    """
    context = context if context is not None else Context()
    found: list[TypedCitation] = []
    by_reading: dict[int, TypedCitation] = {}
    titles: Titles = {}
    letters = Letters()
    before: list[TypedCitation] | None = []
    for note in document.notes:
        if note.cites:
            before = None
            continue
        read = read_note(note.text, context)
        citations = [_typed(note, number, one) for number, one in enumerate(read, 1)]
        for citation, one in zip(citations, read, strict=True):
            citation.goes_back_to = by_reading.get(id(one.reading.source))
            citation.reason = reason_of(citation, one, before, titles)
            remember(citation, titles)
            letters.refer(citation, context)
            citation.written = _written(citation, context)
            by_reading[id(one.reading)] = citation
        found += citations
        before = citations or before
    take_families(found)
    _give_keys(found, sources)
    return found


def _written(citation: TypedCitation, context: Context) -> tuple[tuple[str, str], ...]:
    """Return the names that the document has short forms for, where the note has these, or goes back to the name."""
    levels = {level.value for level in citation.record.archive.levels}
    return tuple(
        (known.name, short)
        for short, known in context.short_forms.items()
        if known.name not in citation.text
        and (short in citation.text or (citation.kind == "ibid" and known.name in levels))
    )


def _typed(note: Note, number: int, one: NoteCitation) -> TypedCitation:
    end, record, label, locator = shaped(one)
    signal = _SIGNAL.match(note.text, one.start, one.end) if one.kind in ("ibid", "short") else None
    start = signal.end() if signal else one.start
    made = TypedCitation(note, number, start, end, one.kind, record, one.confidence, "", label, locator)
    made.reading, made.defined = one.reading, definitions(one.reading)
    return made


def _give_keys(found: list[TypedCitation], sources: Sources | None) -> None:
    """Give citations of one source one key, and the record of the library where it has that source."""
    known = Known(sources)
    firsts: dict[str, TypedCitation] = {}
    keys = Keys(sources.records if sources is not None else ())
    for citation in found:
        first = firsts.setdefault(_identity(citation.record), citation.same or citation)
        if first is not citation:
            citation.key, citation.record = first.key, first.record
            continue
        there = known.match(citation.record)
        if there is None:
            citation.record = replace(citation.record, id="")
            there = replace(citation.record, id=keys.give(citation.record))
        citation.key, citation.record = there.id, there


def _identity(record: Record) -> str:
    """Return what is equal for two readings of one source: all that a style may print of it."""
    item = make_item(record)[0]
    item.pop("id", None)
    item.pop("note", None)
    return json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)
