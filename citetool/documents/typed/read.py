"""Read the typed notes of a document: each citation with its record, its key, and what stands against it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from citetool.documents.locators import Split, labels, split_locator
from citetool.formats.csl.to_csl import make_item
from citetool.lazy_re import lazy
from citetool.parsing import Context, read_note
from citetool.parsing.model import THRESHOLD
from citetool.record.keys import Keys
from citetool.record.model import Holding, Level
from citetool.struct import replace
from citetool.text import fold

from .match import Known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.documents.model import Document, Note
    from citetool.documents.sources import Sources
    from citetool.parsing import NoteCitation
    from citetool.parsing.model import Reading
    from citetool.parsing.spans import Part
    from citetool.record.model import Record

# A word in lower case that is no particle of the names of places.
_SENTENCE = lazy(
    r"(?:^|\s)(?!(?:of|the|on|upon|and|in|near|am|an|der|den|die|und|bei|de|la|le|les|du|des|sur|et|y|e|di|del|della|do|da|dos|van|het"
    r"|aan|na|nad|pri|pod|v)\b)[^\W\d_A-ZÀ-ÞА-Я][^\W\d_]+"
)
# Words before a short form that are the author's.
_SIGNAL = lazy(r"(?i)(?:(?:see|also|cf|compare|vgl|siehe|auch|voir|aussi)\b\.?,?\s+)+")
_WORD = lazy(r"\W+")
_LEAF = lazy(r"(?:Bll?|Fols?|Folios?|лл?|Л|ff?|foll?)\.?\s(?=\d)")
_LANGUAGES = ("", "de", "fr", "it", "es", "ru", "nl", "pl")
Titles = dict[str, dict[str, frozenset[str]]]
_PAGES = {"page": "page", "folio": "folio", "leaf": "folio", "frame": "page"}
_TYPES = {"letter": "archival", "article-journal": "article", "article-newspaper": "newspaper", "chapter": "chapter"}
_OP_CIT = lazy(r"(?i)\b(?:(?:op|art|loc)\.?\s*cit|a\.\s?a\.\s?O|указ\. соч|цит\. соч)\b")
_FORMS = {"archival": "full", "published": "full"}


@dataclass(slots=True)
class TypedCitation:
    """A citation in a typed note.

    `number` counts the citations of the note from 1, `text` is the stretch `note.text[start:end]`. `key` is that of
    the library or of the files where one of their records is the same source, else one of its own; citations of one
    source share it. `goes_back_to` is the earlier citation of a short form. `reason` says why the citation is not sure.
    `defined` has the names that it introduces short forms of, each with the name and its short form as in the note:
    later notes rely on it. `written` has the names that such a short form stands for, each with the short form.
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
    defined: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """Return the words of the citation."""
        return self.note.text[self.start : self.end]

    @property
    def closes(self) -> bool:
        """Return whether a full stop of its own ends it, as in `Ibid.`"""
        return self.text.endswith(".") and not self.note.text[self.end : self.end + 1].strip()

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
        """Return the citation as plain data: type, form, what it goes back to, and its values as in the note.

        `carried`: the values are those of the citation that it goes back to.
        """
        origin = first = self.goes_back_to
        own = told = self.reading
        while first is not None and not (told.levels or told.title or told.recipients):
            told, first = first.reading, first.goes_back_to
        found: dict[str, Any] = {
            "type": "archival" if self.record.archive.levels else _TYPES.get(make_item(self.record)[0]["type"], "book"),
            "form": _form(self),
            "id": self.key,
            "confidence": round(self.confidence, 2),
        }
        if self.record.archive.levels:
            found["levels"] = [{"level": level.name, "value": level.value} for level in told.levels]
            found |= {"creators": told.creators, "recipients": told.recipients}
        else:
            found |= {"authors": told.creators}
        found |= {"title": told.title, "date": told.date, "pages": self.locator, "uncertain": self.doubt}
        if origin is not None:
            found["refers_to"] = {"note": origin.note.number, "citation": origin.number}
            found["carried"] = told is not own
        return {name: value for name, value in found.items() if value not in ("", None, [], False)}


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


def _form(citation: TypedCitation) -> str:
    if _OP_CIT.search(citation.text):
        return "op.cit."
    return _FORMS.get(citation.kind, citation.kind)


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
    before: list[TypedCitation] | None = []
    for note in document.notes:
        if note.cites:
            before = None
            continue
        read = read_note(note.text, context)
        citations = [_typed(note, number, one) for number, one in enumerate(read, 1)]
        for citation, one in zip(citations, read, strict=True):
            citation.goes_back_to = by_reading.get(id(one.reading.source))
            citation.reason = _reason(citation, one, before, titles)
            _remember(citation, titles)
            citation.written = tuple(
                (known.name, short)
                for short, known in context.short_forms.items()
                if short in citation.text and known.name not in citation.text
            )
            by_reading[id(one.reading)] = citation
        found += citations
        before = citations or before
    _give_keys(found, sources)
    return found


def _typed(note: Note, number: int, one: NoteCitation) -> TypedCitation:
    end, whole = _without_sentence(one)
    record, label, locator = _without_pages(_with_whole_codes(_without_acronyms(whole, one.reading), one.reading))
    signal = _SIGNAL.match(note.text, one.start, one.end) if one.kind in ("ibid", "short") else None
    if one.locator:
        split = _split(one.locator)
        label, locator = split.label or "page", split.locator or one.locator
    return TypedCitation(
        note,
        number,
        signal.end() if signal else one.start,
        end,
        one.kind,
        record,
        one.confidence,
        "",
        label,
        locator,
        reading=one.reading,
        defined=_definitions(one.reading),
    )


def _with_whole_codes(record: Record, reading: Reading) -> Record:
    """Return the record with a code as the note has it: `N 46/130`, and not its parts, which a style would name."""
    levels = list(record.archive.levels)
    parts = [part for part in reading.parts if part.role == "level"]
    for before, part in pairwise(parts):
        large, small = (reading.string[one.start : one.end] for one in (before, part))
        gap = reading.string[before.end : part.start]
        town = gap == " " and before.level == "place" and part.level == "repository"  # `Mass. Archives`
        if not town and (gap != "/" or {before.level, part.level} & {"class", "piece"}):
            continue
        told = next((n for n, level in enumerate(levels) if level.name == before.level and level.value == large), None)
        if told is not None and any(level.name == part.level and level.value == small for level in levels):
            levels[told] = Level(part.level if town else before.level, f"{large}{gap}{small}")
            levels = [level for level in levels if (level.name, level.value) != (part.level, small)]
    return replace(record, archive=Holding(tuple(levels))) if len(levels) < len(record.archive.levels) else record


def _is_acronym(reading: Reading, part: Part) -> bool:
    """Return whether a level is letters in brackets, which stand for the body before: `Amt, Berlin (PA AA)`."""
    if part.level != "repository" or reading.string[part.start - 1 : part.start] != "(":
        return False
    return reading.string[part.end : part.end + 1] == ")" and reading.string[part.start : part.end].isupper()


def _without_acronyms(record: Record, reading: Reading) -> Record:
    """Return the record without the levels that are only letters for another one."""
    gone = {reading.string[part.start : part.end] for part in reading.parts if _is_acronym(reading, part)}
    kept = tuple(level for level in record.archive.levels if level.value not in gone)
    return replace(record, archive=Holding(kept)) if gone else record


def _definitions(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the names of a citation with the short form that stands in brackets behind each: `Archives (TNA)`."""
    found = []
    for before, part in pairwise(reading.parts):
        if before.role == "level" and (part.role == "short_form" or _is_acronym(reading, part)):
            levels = [one for one in reading.parts if one.role == "level" and one.end <= before.end]
            body = levels[-2] if before.level == "place" and len(levels) > 1 else before
            name = reading.string[body.start : body.end]
            behind = reading.string[part.end : part.end + 1]
            end = part.end + (behind in ")]" and behind != "")
            found.append((name, name + reading.string[before.end : end]))
    return tuple(found)


def _without_sentence(one: NoteCitation) -> tuple[int, Record]:
    """Return end and record of a citation without a sentence of the author's behind it, read as if it were a place."""
    parts = [part for part in one.reading.parts if part.end <= one.end - one.start]
    if len(parts) > 1 and parts[-1].level == "place":
        last, behind = parts[-1], parts[-2].end
        told = one.reading.string[last.start : last.end]
        between = one.reading.string[behind : last.start]
        if _is_sentence(Level("place", told)) and between.rstrip().endswith((".", ";")):
            levels = tuple(level for level in one.record.archive.levels if level.value != told)
            return one.start + behind, replace(one.record, archive=Holding(levels))
    return one.end, one.record


def _without_pages(record: Record) -> tuple[Record, str, str]:
    """Return the record without the page or folio that a note names, with label and locator of CSL."""
    levels = record.archive.levels
    pages = [level for level in levels if level.name in _PAGES]
    if not pages:
        return record, "", ""
    kept = tuple(level for level in levels if level is not pages[0])
    split = _split(pages[0].value)
    label = split.label if split.locator and split.label != "page" else _PAGES[pages[0].name]
    return replace(record, archive=Holding(kept)), label, split.locator or pages[0].value


def _split(text: str) -> Split:
    """Return label and locator of a place in a source, whatever the language: `S. 43 f.`, `Bl. 12`, `л. 5`."""
    leaf = _LEAF.match(text)
    if leaf is not None:
        return Split("folio", text[leaf.end() :], "")
    found = (split_locator(text, language) for language in _LANGUAGES)
    split = next((split for split in found if split.locator), Split("", "", text))
    return split._replace(locator=f"{split.locator}{split.suffix}") if split.locator else split  # `88 sq.`


def _reason(citation: TypedCitation, one: NoteCitation, before: list[TypedCitation] | None, titles: Titles) -> str:
    """Return why the citation is not sure, or nothing; `before` is None behind a note with citations of its own."""
    if one.kind == "ibid" and citation.number == 1 and before is None:
        return "the note before has citations that are not typed"
    if one.kind in ("ibid", "short") and citation.goes_back_to is None:
        return "it goes back to nothing that was read before"
    if one.kind == "ibid" and citation.number == 1 and before is not None and len(before) > 1:
        return "the note before has several sources"
    source = one.reading.source
    of_work = one.reading.work is not None or (source is not None and source.work is not None)
    named = _named(citation, titles) if one.kind == "short" and of_work else set()
    if len(named) > 1:
        return f"its words stand in several titles: {'; '.join(sorted(named))}"
    if one.confidence < THRESHOLD and not named:
        return "it is not sure what it cites"
    inside = one.reading.string[: citation.end - one.start]
    said = {one.reading.string[part.start : part.end] for part in one.reading.parts}  # a place that its press repeats
    unread = [text for text in one.reading.unread if text in inside and text not in said]
    unread += [level.value for level in citation.record.archive.levels if _is_sentence(level)]
    return f"these words are not understood: {'; '.join(unread)}" if unread else ""


def _named(citation: TypedCitation, titles: Titles) -> set[str]:
    """Return the titles before, by the author whom a short form names, in which all its other words stand.

    These are all of that author where it has no other words: `Gordon, op. cit.`
    """
    text = citation.text.rpartition(citation.locator)[0] if citation.locator else citation.text
    said = words(_OP_CIT.sub(" ", text))
    found: set[str] = set()
    for author in said:
        rest = [word for word in said if word != author and word not in labels()]
        known = titles.get(author, {})
        found.update(title for title, its in known.items() if its.issuperset(rest))
    return found


def _remember(citation: TypedCitation, titles: Titles) -> None:
    """Keep the words of a published title under the last word of its first author's name."""
    work = citation.reading.work
    if work is not None and citation.kind == "published" and (work.authors or work.editors):
        for author in words((work.authors or work.editors)[0])[-1:]:
            titles.setdefault(author, {})[work.title] = frozenset(words(work.title))


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents and marks."""
    return str(_WORD.sub(" ", fold(text))).split()


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
