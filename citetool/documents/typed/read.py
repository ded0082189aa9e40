"""Read the typed notes of a document: each citation with its record, its key, and what stands against it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetool.documents.locators import split_locator
from citetool.formats.csl.to_csl import make_item
from citetool.lazy_re import lazy
from citetool.parsing import Context, read_note
from citetool.record.keys import Keys
from citetool.record.model import Holding
from citetool.struct import replace

from .match import Known

if TYPE_CHECKING:
    from citetool.documents.model import Document, Note
    from citetool.documents.sources import Sources
    from citetool.parsing import NoteCitation
    from citetool.record.model import Level, Record

# A word in lower case that is no particle of the names of places.
_SENTENCE = lazy(
    r"(?:^|\s)(?!(?:of|the|on|upon|and|in|near|am|an|der|den|die|und|bei|de|la|le|les|du|des|sur|et|y|e|di|del|della|do|da|dos|van|het"
    r"|aan|na|nad|pri|pod|v)\b)[^\W\d_A-ZÀ-ÞА-Я][^\W\d_]+"
)
# Words before a short form that are the author's.
_SIGNAL = lazy(r"(?i)(?:(?:see|also|cf|compare|vgl|siehe|auch|voir|aussi)\b\.?,?\s+)+")
SURE = 0.5  # confidence from which a reading counts
_PAGES = {"page": "page", "folio": "folio", "leaf": "folio", "frame": "page"}
_TYPES = {"letter": "archival", "article-journal": "article", "article-newspaper": "newspaper", "chapter": "chapter"}
_FORMS = {"archival": "full", "published": "full"}


@dataclass(slots=True)
class TypedCitation:
    """A citation in a typed note.

    `number` counts the citations of the note from 1, `text` is the stretch `note.text[start:end]`. `key` is that of
    the library or of the files where one of their records is the same source, else one of its own; citations of one
    source share it. `goes_back_to` is the earlier citation of a short form. `reason` says why the citation is not sure.
    """

    note: Note
    number: int
    start: int
    end: int
    kind: str
    record: Record
    confidence: float
    key: str = ""
    label: str = ""
    locator: str = ""
    reason: str = ""
    goes_back_to: TypedCitation | None = None
    reading: Any = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """Return the words of the citation."""
        return self.note.text[self.start : self.end]

    @property
    def doubt(self) -> str:
        """Return why it is not sure, which may be that what it goes back to is not; nothing where it is sure."""
        if self.reason:
            return self.reason
        origin = self.goes_back_to
        while origin is not None and not origin.reason:
            origin = origin.goes_back_to
        return f"it goes back to note {origin.note.number}, which is not sure: {origin.reason}" if origin else ""

    def as_dict(self) -> dict[str, Any]:
        """Return the citation as plain data: type, form, what it goes back to, and its values as in the note."""
        reading, record = self.reading, self.record
        found: dict[str, Any] = {
            "type": _TYPES.get(make_item(record)[0].get("type", ""), "archival" if record.archive.levels else "book"),
            "form": _FORMS.get(self.kind, self.kind),
            "id": self.key,
            "confidence": round(self.confidence, 2),
        }
        if record.archive.levels:
            found["type"] = "archival"
            found["levels"] = [{"level": level.name, "value": level.value} for level in record.archive.levels]
            found |= {"creators": reading.creators, "recipients": reading.recipients}
        found |= {"title": reading.title, "date": record.date, "pages": self.locator}
        if self.goes_back_to is not None:
            found["refers_to"] = {"note": self.goes_back_to.note.number, "citation": self.goes_back_to.number}
        if self.doubt:
            found["uncertain"] = self.doubt
        return {name: value for name, value in found.items() if value not in ("", None, [])}


def read_typed(
    document: Document, sources: Sources | None = None, context: Context | None = None
) -> list[TypedCitation]:
    """Return the citations of all typed notes in printed order; those of `sources` are known by their keys.

    Notes in which the document has citation places of its own are left to it.
    """
    context = context if context is not None else Context()
    found: list[TypedCitation] = []
    before: list[TypedCitation] = []
    for note in document.notes:
        if note.cites:
            before = []
            continue
        read = read_note(note.text, context)
        citations = [_typed(note, number, one) for number, one in enumerate(read, 1)]
        for citation, one in zip(citations, read, strict=True):
            citation.goes_back_to = _source(one, found, citations[: citation.number - 1])
            citation.reason = _reason(citation, one, before)
        found += citations
        before = citations or before
    _give_keys(found, sources)
    return found


def _typed(note: Note, number: int, one: NoteCitation) -> TypedCitation:
    record, label, locator = _without_pages(one.record)
    signal = _SIGNAL.match(note.text, one.start, one.end) if one.kind in ("ibid", "short") else None
    if one.locator:
        split = split_locator(one.locator)
        label, locator = split.label or "page", split.locator or one.locator
    return TypedCitation(
        note,
        number,
        signal.end() if signal else one.start,
        one.end,
        one.kind,
        record,
        one.confidence,
        "",
        label,
        locator,
        reading=one.reading,
    )


def _without_pages(record: Record) -> tuple[Record, str, str]:
    """Return the record without the page or folio that a note names, with label and locator of CSL."""
    levels = record.archive.levels
    pages = [level for level in levels if level.name in _PAGES]
    if not pages:
        return record, "", ""
    kept = tuple(level for level in levels if level.name not in _PAGES)
    split = split_locator(pages[0].value)
    label = split.label if split.locator and split.label != "page" else _PAGES[pages[0].name]
    return replace(record, archive=Holding(kept)), label, split.locator or pages[0].value


def _source(one: NoteCitation, found: list[TypedCitation], here: list[TypedCitation]) -> TypedCitation | None:
    source = one.reading.source
    if source is None:
        return None
    return next((other for other in reversed([*found, *here]) if other.reading is source), None)


def _reason(citation: TypedCitation, one: NoteCitation, before: list[TypedCitation]) -> str:
    """Return why the citation is not sure, or nothing."""
    if one.kind in ("ibid", "short") and one.reading.source is None:
        return "it goes back to nothing that was read before"
    if one.kind == "ibid" and citation.number == 1 and len(before) > 1:
        return "the note before has several sources"
    if one.confidence < SURE:
        return "it is not sure what it cites"
    unread = [*one.reading.unread, *(level.value for level in one.reading.levels if _is_sentence(level))]
    return f"these words are not understood: {'; '.join(unread)}" if unread else ""


def _is_sentence(level: Level) -> bool:
    """Return whether what stands where a place would are words of the author: `I agree with it`."""
    return level.name == "place" and bool(_SENTENCE.search(level.value))


def _give_keys(found: list[TypedCitation], sources: Sources | None) -> None:
    """Give citations of one source one key, and the record of the library where it has that source."""
    known = Known(sources)
    firsts: dict[str, TypedCitation] = {}
    keys = Keys(sources.records if sources is not None else ())
    for citation in found:
        first = firsts.setdefault(_identity(citation.record), citation)
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
