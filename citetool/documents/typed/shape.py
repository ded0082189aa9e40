"""The record of a typed citation as it is to be printed: pages apart, codes whole, commentary and short forms known."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from citetool.documents.locators import Split, split_locator
from citetool.lazy_re import lazy
from citetool.parsing.notes.citations import is_another_document
from citetool.parsing.notes.context import named_by
from citetool.record.model import Holding, Level
from citetool.struct import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.parsing import NoteCitation
    from citetool.parsing.model import Reading
    from citetool.parsing.spans import Part
    from citetool.record.model import Record

# A word in lower case that is no particle of the names of places.
_SENTENCE = lazy(
    r"(?:^|\s)(?!(?:of|the|on|upon|and|in|near|am|an|der|den|die|und|bei|de|la|le|les|du|des|sur|et|y|e|di|del|della|do|da|dos|van|het"
    r"|aan|na|nad|pri|pod|v)\b)[^\W\d_A-ZÀ-ÞА-Я][^\W\d_]+"
)
_DIGIT = lazy(r"\d")
_LEAF = lazy(r"(?:Bll?|Fols?|Folios?|лл?|Л|ff?|foll?)\.?\s(?=\d)")
_LANGUAGES = ("", "de", "fr", "it", "es", "ru", "nl", "pl")
_FOLLOWING = lazy(r"\s(?:ff?|sqq?)$")
# Words that single pages out of those of an article.
ESPECIALLY = r"esp\.|especially|particularly|bes\.|besonders|insbes\.|insbesondere|notamment|surtout|specialmente"
_ESPECIALLY = lazy(rf"\b({ESPECIALLY})\s(?:(?:pp?|S)\.\s)?")
_PAGES = {"page": "page", "folio": "folio", "leaf": "folio", "frame": "page"}


def shaped(one: NoteCitation) -> tuple[int, Record, str, str]:
    """Return where the citation ends, its record, and label and locator of the page that it names."""
    end, record = _without_sentence(one)
    for reading in _origins(one.reading):  # the levels of a short form are those of what it goes back to
        record = _with_whole_codes(_without_acronyms(record, reading), reading)
    record, label, locator = _without_pages(record)
    if one.kind == "short" or is_another_document(one.reading):
        own = {level.name for level in one.reading.levels}
        label, locator = (
            (label, locator) if own & _PAGES.keys() else ("", "")
        )  # the page before is that of a letter before
    if one.locator:
        split = _split(one.locator)
        label, locator = split.label or "page", split.locator or one.locator
    locator = _as_written(locator, one.reading.string)
    work = one.reading.work
    if not locator and work is not None and work.kind == "chapter" and work.data.get("page"):
        label, locator = "page", work.data["page"]  # in a note they are what is cited
    return end, record, label, locator


def _origins(reading: Reading) -> Iterator[Reading]:
    """Yield a reading and what it goes back to, one after the other."""
    while True:
        yield reading
        if reading.source is None:
            return
        reading = reading.source


def _as_written(locator: str, text: str) -> str:
    """Return a locator with the stop of `12 sq.` that may close the note as well, and the `esp.` that stands before."""
    if locator and _FOLLOWING.search(locator) and f"{locator}." in f"{text}.":
        locator += "."
    if locator and (only := _ESPECIALLY.search(text)) and text.startswith(locator, only.end()):
        locator = f"{only[1]} {locator}"
    return locator


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


def definitions(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the names of a citation with the short form that stands in brackets behind each: `Archives (TNA)`."""
    found = []
    for before, part in pairwise(reading.parts):
        if before.role == "level" and (part.role == "short_form" or _is_acronym(reading, part)):
            body = named_by(reading, part) or before
            name = reading.string[body.start : body.end]
            behind = reading.string[part.end : part.end + 1]
            end = part.end + (behind in ")]" and behind != "")
            found.append((name, name + reading.string[before.end : end]))
    return tuple(found)


def _without_sentence(one: NoteCitation) -> tuple[int, Record]:
    """Return end and record of a citation without a sentence of the author's behind it, read as if it were a place."""
    parts = [part for part in one.reading.parts if part.end <= one.end - one.start]
    behind_page = len(parts) > 1 and parts[-1].level == "folder" and parts[-2].level in _PAGES
    if len(parts) > 1 and (parts[-1].level == "place" or behind_page):
        last, behind = parts[-1], parts[-2].end
        told = one.reading.string[last.start : last.end]
        between = one.reading.string[behind : last.start]
        sentence = is_sentence(Level("place", told)) and not _DIGIT.search(told)
        if sentence and between.rstrip().endswith((".", ";")):
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


def is_sentence(level: Level) -> bool:
    """Return whether what stands where a place would are words of the author: `I agree with it`."""
    return level.name == "place" and bool(_SENTENCE.search(level.value))
