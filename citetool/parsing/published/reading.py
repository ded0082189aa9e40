"""The reading of a citation that has the form of a published work."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.confidence import is_told
from citetool.parsing.gazetteer import gazetteer
from citetool.parsing.spans import Part
from citetool.problems import Problem

from .forms import read_work
from .gazettes import read_law

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.parsing.model import Reading

    from .work import Work

_ARCHIVAL = frozenset(
    ("box", "container", "carton", "record_group", "fond", "fonds", "opis", "delo", "lot", "reel", "roll", "piece",
     "folder")
)  # fmt: skip
_MAX_CONFIDENCE = 0.35  # that it is archival
_YEAR, _DAY = 4, 10  # letters
_DIPLOMA = lazy(r"(?i)\b(?:diss|dissertation|thesis|thèse|tesi|tesis|habil)\b")
_CHAPTER = lazy(r"(?:chaps?|chs?|Kap|cap|no|doc)\.\s")  # of a book, though it is a folder elsewhere
_SECOND_YEAR = lazy(r"[-–/]\d{2,4}(?!\d)")
_SEASON = lazy(r"([A-ZÀ-Þ][^\W\d]+\.?)\s\d{4}")
_ROLES = (("authors", "creator"), ("editors", "editor"))


def with_work(reading: Reading) -> Reading:
    """Return the reading with the published work that its text cites; as it is where that is archival or no work."""
    levels = reading.levels
    gaz = gazetteer()
    held = any(level.name not in ("page", "frame") for level in levels)
    keepers = [level.value for level in levels if level.name == "repository" and gaz.repository(level.value)]
    written = bool(keepers) and all(_may_write(reading.string, body) for body in keepers)
    boxes = [lv for lv in levels if lv.name in _ARCHIVAL and not _CHAPTER.match(lv.value)]
    told = any(is_told(level, "", gaz) for level in boxes)
    work = None
    if not written and (keepers or told):
        work = read_work(reading.string) if keepers and not told and _DIPLOMA.search(reading.string) else None
        if work is None or work.kind != "thesis":  # which universities keep, and grant
            return reading
    work = work or read_work(reading.string) or read_law(reading.string)
    if work is None or (reading.recipients and held and not work.data.get("publisher")):
        return reading
    text = reading.string
    kept = [part for part in reading.parts if part.role in ("opening", "date")]
    parts = sorted([*_parts(text, work), *kept], key=lambda part: (part.start, -part.end))
    problem = Problem("this looks like a publication, not like an archival source", severity="warning")
    return dataclasses.replace(
        reading, parts=tuple(parts), date=work.date, kind=work.kind, published=True, supplied=False, work=work,
        confidence=min(reading.confidence, _MAX_CONFIDENCE), problems=(problem,),
    )  # fmt: skip


def _may_write(text: str, body: str) -> bool:
    """Return whether a body that keeps records is the author: `U.S. Department of Commerce. (1921). ...`."""
    return text.startswith((f"{body} (", f"{body}. ("))


def _parts(text: str, work: Work) -> list[Part]:
    """Return the words of the text that the facts of a work are; no two facts are the same words."""
    named = [(value, role) for name, role in _ROLES for value in getattr(work, name)]
    named += [(work.title, "title"), (work.data.get("container-title", ""), "container"), (work.url, "url")]
    parts: list[Part] = []
    for value, role in named:
        place = next((n for n in _places(text, value) if _is_free(parts, n, n + len(value))), -1)
        parts += [Part(place, place + len(value), role)] if place >= 0 else []
    imprint = [value for name, value in work.data.items() if name != "container-title"]
    imprint += [*work.locator.split(":"), work.date[:_YEAR]]
    if _YEAR < len(work.date) < _DAY and (season := _SEASON.search(text)):
        parts.append(Part(*season.span(1), "date"))
    taken: list[Part] = []
    for value in sorted(filter(None, imprint), key=len, reverse=True):  # Princeton, of the Princeton University Press
        spans = [(n, _end_of_range(text, n + len(value), value == work.date[:_YEAR])) for n in _places(text, value)]
        free = [span for span in spans if _is_word(text, *span) and _is_free(taken, *span)]
        taken += [Part(*span, "imprint") for span in free[-1:]]
    return parts + taken


def _places(text: str, value: str) -> Iterator[int]:
    """Yield where a value stands in a text."""
    place = text.find(value) if value else -1
    while place >= 0:
        yield place
        place = text.find(value, place + 1)


def _is_free(parts: list[Part], start: int, end: int) -> bool:
    return not any(part.start < end and start < part.end for part in parts)


def _is_word(text: str, start: int, end: int) -> bool:
    """Return whether no letter or number goes on before or behind a span."""
    return not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()


def _end_of_range(text: str, end: int, dated: bool) -> int:
    """Return where a year ends, with the second one of a range: `1884–90`."""
    match = _SECOND_YEAR.match(text, end) if dated else None
    return match.end() if match else end
