"""Checks of the sources in typed notes: spellings, levels, abbreviations, pages, and the typed bibliography."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from citetool.documents.model import CitedItem
from citetool.formats.csl.to_csl import make_item
from citetool.lazy_re import lazy
from citetool.parsing.model import THRESHOLD
from citetool.record.check import check_record
from citetool.record.levels import in_group
from citetool.text import fold

from .findings import DocumentFinding, at_note, found
from .locators import QUOTED, wrong_pages
from .typed import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citetool.documents.model import Document
    from citetool.documents.typed import TypedCitation

_NEAR = 400  # letters before the mark of a note in which a quotation may end
_ALIKE = 0.9  # share of letters from which two titles are one in two spellings
_NEAR_WORD = 0.8  # the same of two words
_LONG = 12  # letters that a name has at least before one wrong letter counts as another spelling
_SHORT_NAME = lazy(r"[A-ZÀ-Þ][A-ZÀ-Þ&.]{1,7}\Z")
_NUMBERS = lazy(r"\d+")


def check_typed_sources(document: Document, citations: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find faults of the sources that typed notes cite."""
    if document.places:
        return
    firsts = _firsts(citations)
    yield from _spellings(document, firsts)
    yield from _archive_names(document, firsts)
    yield from _levels(document, firsts)
    yield from _abbreviations(document, citations)
    yield from _pages(document, citations)
    yield from _never_cited(document, firsts)


def _firsts(citations: Sequence[TypedCitation]) -> list[TypedCitation]:
    """Return the first citation of each source that was read for sure, without short forms."""
    seen: set[str] = set()
    firsts: list[TypedCitation] = []
    for citation in citations:
        sure = citation.confidence >= THRESHOLD
        if citation.kind in ("archival", "published") and sure and citation.key not in seen:
            seen.add(citation.key)
            firsts.append(citation)
    return firsts


def _spellings(document: Document, firsts: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find published works that are cited with two titles, or with two years."""
    works: dict[str, list[TypedCitation]] = {}
    for citation in firsts:
        names = citation.reading.creators
        if citation.kind != "published" or not names or not citation.record.title:
            continue
        earlier = works.setdefault(fold(names[0].split()[-1]) if names[0].split() else "", [])
        for other in earlier:
            said = _difference(other, citation)
            if said:
                message = f"{said}, in note {other.note.number}"
                yield at_note("two-spellings", message, citation.note, document, "one of them is a slip")
                break
        earlier.append(citation)


def _difference(first: TypedCitation, second: TypedCitation) -> str:
    """Return in which words two citations of one work differ; nothing where they are of two works, or agree."""
    titles = [one.record.title for one in (first, second)]
    years = [one.record.date[:4] for one in (first, second)]
    same_title = fold(titles[0]) == fold(titles[1])
    equal = sum(a == b for a, b in zip(*years, strict=False))
    if same_title and all(years) and equal == len(years[0]) - 1:
        return f"{titles[1]!r} is of {years[1]} here, of {years[0]}"
    if titles[0] != titles[1] and years[0] == years[1] and _is_alike(*titles):
        return f"{titles[1]!r} is {titles[0]!r}"
    return ""


def _archive_names(document: Document, firsts: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find collections and archives that are named in two spellings."""
    for group in ("collection", "repository"):
        names: dict[str, int] = {}
        alike: dict[str, list[str]] = {}  # by the initials of their words, which two spellings have in common
        for citation in firsts:
            for level in in_group(citation.record.archive, group):
                name = level.value
                if name in names:
                    continue
                earlier = alike.setdefault("".join(word[0] for word in _words(name)), [])
                other = next((one for one in earlier if _is_name_again(one, name)), None)
                if other is not None:
                    message = f"{name!r} is {other!r} in note {names[other]}"
                    yield at_note("two-spellings", message, citation.note, document, "name it in one way")
                names[name] = citation.note.number
                earlier.append(name)


def _words(name: str) -> list[str]:
    return [word for word in fold(name).replace(".", " ").split() if word != "the"]


def _is_name_again(one: str, other: str) -> bool:
    """Return whether two names are one: `W. A. Harriman Papers` and `W. Averell Harriman Papers`, or one letter off."""
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return False
    pairs = zip(_words(one), _words(other), strict=True)
    return all(a == b or 1 in (len(a), len(b)) or _is_word_again(a, b) for a, b in pairs)


def _is_word_again(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 3 and SequenceMatcher(None, one, other).ratio() >= _NEAR_WORD


def _is_alike(one: str, other: str) -> bool:
    folded = fold(one), fold(other)
    if min(map(len, folded)) < _LONG or _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return False
    return SequenceMatcher(None, *folded).ratio() >= _ALIKE


def _levels(document: Document, firsts: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find documents of archives without a level; the name of the archive is asked for once for a collection."""
    named: set[str] = set()
    for citation in firsts:
        levels = citation.record.archive.levels
        if not levels:
            continue
        collections = {fold(level.value) for level in in_group(citation.record.archive, "collection")}
        for _, finding in check_record(citation.record, ("missing-level",)):
            if not (finding.field == "archive.repository" and collections and collections <= named):
                yield at_note("missing-level", f"{short(citation.text)}: {finding.message}", citation.note, document)
        named |= collections


def _abbreviations(document: Document, citations: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find archives and collections that are abbreviated before a note or the text says what the letters stand for."""
    introduced: dict[str, int] = {}
    for citation in citations:
        for part in citation.reading.parts:
            if part.role == "short_form":
                name = citation.reading.string[part.start : part.end].split()[-1].strip(" \"“”'‘’.)")
                introduced.setdefault(name, citation.note.number)
    told: set[str] = set()
    for citation in citations:
        for level in in_group(citation.record.archive, "collection", "repository"):
            name = level.value
            if name in told or not _SHORT_NAME.match(name) or name not in citation.text:
                continue
            told.add(name)
            later = introduced.get(name)
            if later is not None and later > citation.note.number:
                message = f"{name!r} is introduced only in note {later}"
                yield at_note("abbreviation-first", message, citation.note, document)


def _pages(document: Document, citations: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find pages outside of an article, and quotations whose note names no page."""
    cited: set[int] = set()
    for citation in citations:
        item = make_item(citation.record)[0]
        whole, _, page = str(item.get("page", "")).partition(",")
        locator = citation.locator or page.strip()
        if locator:
            one = CitedItem(citation.key, locator=locator, label=citation.label or "page")
            for message in wrong_pages(one, item | {"page": whole.strip()}, short(citation.text)):
                yield at_note("locator-range", message, citation.note, document)
        first = id(citation.note) not in cited
        cited.add(id(citation.note))
        asked = first and citation.kind == "published" and not locator and not item.get("page")
        if asked and QUOTED.search(document.text_before_note(citation.note, _NEAR)):
            message = f"the quotation before {short(citation.text)} has no page"
            yield at_note("missing-locator", message, citation.note, document)


def _never_cited(document: Document, firsts: Sequence[TypedCitation]) -> Iterator[DocumentFinding]:
    """Find entries of a typed bibliography that no note cites."""
    if not firsts:
        return
    for entry, where in document.typed_bibliography():
        text = fold(entry)
        if not any(_is_entry_of(text, citation) for citation in firsts):
            message = f"no note cites {short(entry)}, which stands in the bibliography"
            yield found("entry-never-cited", message, where)


def _is_entry_of(entry: str, citation: TypedCitation) -> bool:
    """Return whether an entry is of what was cited: of its collection, or of its first name and its title."""
    record = citation.record
    collections = in_group(record.archive, "collection")
    if any(fold(level.value) in entry for level in collections):
        return True
    names = citation.reading.creators
    if names and fold(names[0].split()[-1]) not in entry:
        return False
    return bool(record.title) and fold(record.title) in entry
