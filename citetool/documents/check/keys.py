"""Checks of keys and of the sources that they stand for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citetool.problems import Where, suggest
from citetool.record.check import check_record

from .findings import DocumentFinding, at_place, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.documents.model import CitedItem, Document, Place
    from citetool.documents.sources import Sources
    from citetool.record.model import Record


def check_keys(document: Document, sources: Sources) -> Iterator[DocumentFinding]:
    """Find keys that are nowhere, each place of them, and those of `nocite`."""
    for place in document.places:
        for item in place.items:
            if sources.item(item) is None:
                problem = sources.unknown(item, place)
                yield at_place("unknown-key", problem.message, place, document, hint=problem.hint, key=item.id)
    for key in document.settings.nocite:
        if key != "*" and not sources.knows(key):
            hint = suggest(key, sources.records)
            message = f"there is no source {key!r}, which nocite names"
            yield found("unknown-key", message, Where(document.source), hint=hint, key=key)


def check_files(document: Document, sources: Sources) -> Iterator[DocumentFinding]:
    """Find faults of the document and its files, keys that stand twice, and sources that nobody cites."""
    for problem in document.problems:
        yield DocumentFinding("document", problem)
    for problem in sources.problems:
        yield DocumentFinding("bibliography", problem)
    for key, times, path in sources.repeated:
        yield found("duplicate-key", f"{key!r} stands there {times} times", Where(path), key=key)
    if "*" in document.settings.nocite:
        return
    cited = {item.id for place in document.places for item in place.items} | set(document.settings.nocite)
    for key in sources.of_document:
        if key not in cited:
            yield found("unused-source", f"{key!r} is cited nowhere", Where(sources.file_of[key]), key=key)


def check_spellings(document: Document, sources: Sources) -> Iterator[DocumentFinding]:
    """Find one source under two keys: the same DOI, or the same title, author and year."""
    seen: dict[tuple[str, ...], CitedItem] = {}
    for place, item, record in _cited(document, sources):
        for mark in _marks(record):
            first = seen.setdefault(mark, item)
            if first is not item:
                if item.name != first.name:
                    message = f"{item.name!r} looks like the source that {first.name!r} stands for"
                else:
                    message = f"{item.name!r} stands for two items, {first.id!r} and {item.id!r}"
                hint = "cite both by one key" if item.data is None else "merge them in the program that they are from"
                yield at_place("two-keys", message, place, document, hint=hint, key=item.id)
                break


def check_records(document: Document, sources: Sources) -> Iterator[DocumentFinding]:
    """Find cited records that lack a level or the place of their archive."""
    for place, item, record in _cited(document, sources):
        for _, finding in check_record(record, ("missing-level",)):
            yield at_place("missing-level", f"{item.name!r}: {finding.message}", place, document, key=item.id)


def check_repeats(document: Document) -> Iterator[DocumentFinding]:
    """Find a source that stands twice in one citation with the same locator."""
    for place in document.places:
        counts = Counter((document.identity(item), item.label, item.locator) for item in place.items)
        for (_, _, locator), times in counts.items():
            if times > 1:
                item = next(item for item in place.items if counts[document.identity(item), item.label, locator] > 1)
                message = f"{item.name!r} is cited {times} times in one citation"
                yield at_place("cited-twice", message, place, document, key=item.id)


def _cited(document: Document, sources: Sources) -> Iterator[tuple[Place, CitedItem, Record]]:
    """Yield each cited record once, with its first place."""
    done: set[str] = set()
    for place in document.places:
        for item in place.items:
            if item.id in done:
                continue
            done.add(item.id)
            record = sources.cited_record(item)
            if record is not None:
                yield place, item, record


def _marks(record: Record) -> Iterator[tuple[str, ...]]:
    """Yield what is the same for two records of one source."""
    doi = record.publication.get("doi", "")
    if doi:
        yield "doi", doi.casefold()
    title = "".join(letter for letter in record.title.casefold() if letter.isalnum())
    names = tuple(creator.name.family.casefold() or str(creator.name).casefold() for creator in record.creators[:1])
    if title and names and not record.archive.levels:
        yield "title", title, *names, record.date[:4]
