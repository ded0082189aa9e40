"""Reasons against a typed citation, for which it is kept as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.documents.locators import labels
from citetool.lazy_re import lazy
from citetool.parsing.dates import find_date
from citetool.parsing.gazetteer import gazetteer
from citetool.parsing.model import THRESHOLD
from citetool.parsing.notes.citations import is_another_day, is_another_document

from .citation import OP_CIT, words
from .editions import edition_alone
from .shape import is_sentence

if TYPE_CHECKING:
    from citetool.parsing import NoteCitation
    from citetool.parsing.model import Reading
    from citetool.record.model import Level

    from .citation import TypedCitation

_MANUSCRIPTS = frozenset(("MS", "MSS", "Ms", "Mss"))
_DAY = lazy(r"(?<!\d)\d{1,2}(?!\d)")
_EDITED = lazy(r"(?i)\b(?:hg|hrsg|bearb|ed|eds|éd)\.\s(?:von|v\.|by|par)\s")  # as no papers are
# `Roe to Doe, 4 May 1942, in Roe, Tides`, of which the book alone would be read
_DOCUMENT_IN = lazy(r"(?:\d{1,2}\.?\s[^\W\d]+\.?\s\d{4}|[^\W\d]+\s\d{1,2},\s\d{4}),\s(?:in|dans):?\s")
_NUMBER = lazy(r"\d+")
Titles = dict[str, dict[str, frozenset[str]]]


def reason_of(citation: TypedCitation, one: NoteCitation, before: list[TypedCitation] | None, titles: Titles) -> str:
    """Return why the citation is not sure, or nothing; `before` is None behind a note with citations of its own."""
    if one.kind == "ibid" and citation.number == 1 and before is None:
        return "the note before has citations that are not typed"
    if one.kind in ("ibid", "short") and citation.goes_back_to is None:
        return "it goes back to nothing that was read before"
    if one.kind == "ibid" and citation.number == 1 and before is not None and len(before) > 1:
        return "the note before has several sources"
    source = one.reading.source
    if is_another_day(one.reading) and citation.record.kind != "diary":
        return "it is not sure what of that day it cites"
    if is_another_document(one.reading) and source is not None:
        if source.work is not None:
            return "it goes back to a published work"
        if citation.number == 1 and before is not None and len(before) > 1:
            return "the note before has several sources"
    elif one.kind in ("ibid", "short") and not citation.locator and not one.reading.levels:
        carried = source.string if source is not None else ""
        if numbers := [number for number in _NUMBER.findall(citation.text) if number not in carried]:
            return f"these words are not understood: {'; '.join(numbers)}"
    of_work = one.reading.work is not None or (source is not None and source.work is not None)
    named = _named(citation, titles) if one.kind == "short" and of_work else set()
    if len(named) > 1:
        return f"its words stand in several titles: {'; '.join(sorted(named))}"
    if one.confidence < THRESHOLD and not named:
        return "it is not sure what it cites"
    if one.kind == "archival" and _EDITED.search(one.reading.string):
        return "it is not sure what it cites"
    if named_wrong := _named_by_kind(one.reading):
        return f"it is not sure who {named_wrong!r} is"
    if misread := next((text for text in map(_text, citation.record.archive.levels) if _is_no_collection(text)), ""):
        return f"it is not sure what {misread!r} is"
    if one.reading.work is not None and _DOCUMENT_IN.search(one.reading.work.title):
        return "it is a document that a book prints"
    inside = "" if edition_alone(one.reading) else one.reading.string[: citation.end - one.start]
    said = {one.reading.string[part.start : part.end] for part in one.reading.parts}  # a place that its press repeats
    unread = [text for text in one.reading.unread if text in inside and text not in said]
    unread += [level.value for level in citation.record.archive.levels if is_sentence(level)]
    return f"these words are not understood: {'; '.join(unread)}" if unread else ""


def _text(level: Level) -> str:
    return level.value if level.name == "collection" else ""


def _is_no_collection(text: str) -> bool:
    """Return whether a collection has the name of a dated document, or of manuscripts of any kind: `MSS`."""
    date = find_date(text, 0, len(text))
    return text in _MANUSCRIPTS or (date is not None and _DAY.search(text, *date) is not None)


def _named_by_kind(reading: Reading) -> str:
    """Return the name of a person in which a kind of document was read: `W. E. B. Letter to Joel Spingarn`."""
    term = gazetteer().term
    people = (*reading.creators, *reading.recipients) if reading.work is None else ()
    return next((name for name in people if any(term("kind", word.strip(".,")) for word in name.split()[1:])), "")


def _named(citation: TypedCitation, titles: Titles) -> set[str]:
    """Return the titles before, by the author whom a short form names, in which all its other words stand.

    These are all of that author where it has no other words: `Gordon, op. cit.`
    """
    text = citation.text.rpartition(citation.locator)[0] if citation.locator else citation.text
    said = words(OP_CIT.sub(" ", text))
    found: set[str] = set()
    for author in said:
        rest = [word for word in said if word != author and word not in labels()]
        known = titles.get(author, {})
        found.update(title for title, its in known.items() if its.issuperset(rest))
    return found


def remember(citation: TypedCitation, titles: Titles) -> None:
    """Keep the words of a published title under the last word of its first author's name."""
    work = citation.reading.work
    if work is not None and citation.kind == "published" and (work.authors or work.editors):
        for author in words((work.authors or work.editors)[0])[-1:]:
            titles.setdefault(author, {})[work.title] = frozenset(words(work.title))
