"""The reading of a citation that has the form of a published work."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.parsing.gazetteer import gazetteer
from citetool.parsing.spans import Part
from citetool.problems import Problem

from .forms import read_work
from .gazettes import read_law

if TYPE_CHECKING:
    from citetool.parsing.model import Reading

    from .work import Work

_ARCHIVAL = frozenset(
    ("box", "container", "carton", "record_group", "fond", "fonds", "opis", "delo", "lot", "reel", "roll", "piece",
     "folder")
)  # fmt: skip
_CHAPTER = lazy(r"(?:chaps?|chs?|Kap|cap|no|doc)\.\s")  # of a book, though it is a folder elsewhere
_MAX_CONFIDENCE = 0.35  # that it is archival
_YEAR = 4  # letters
_ROLES = (("authors", "creator"), ("editors", "editor"))


def with_work(reading: Reading) -> Reading:
    """Return the reading with the published work that its text cites; as it is where that is archival or no work."""
    levels = reading.levels
    gaz = gazetteer()
    held = any(level.name not in ("page", "frame") for level in levels)
    keepers = [level.value for level in levels if level.name == "repository" and gaz.repository(level.value)]
    written = bool(keepers) and all(_may_write(reading.string, body) for body in keepers)
    boxed = any(level.name in _ARCHIVAL and not _CHAPTER.match(level.value) for level in levels)
    if not written and (keepers or boxed):
        return reading
    if reading.recipients and held:
        return reading
    work = read_work(reading.string) or read_law(reading.string)
    if work is None:
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
        places = (one.start() for one in re.finditer(re.escape(value), text)) if value else ()
        place = next((n for n in places if not any(p.start < n + len(value) and n < p.end for p in parts)), -1)
        parts += [Part(place, place + len(value), role)] if place >= 0 else []
    imprint = [value for name, value in work.data.items() if name != "container-title"]
    imprint += [*work.locator.split(":"), work.date[:4]]
    if len(work.date) > _YEAR and (season := re.search(rf"[A-ZÀ-Þ][^\W\d]+\.?\s(?={work.date[:4]})", text)):
        parts.append(Part(season.start(), season.end() - 1, "date"))
    taken: list[Part] = []
    for value in sorted(filter(None, imprint), key=len, reverse=True):  # Princeton, of the Princeton University Press
        span = r"(?:[-–/]\d{2,4})?" if value == work.date[:4] else ""
        found = re.finditer(rf"(?<!\w){re.escape(value)}{span}(?!\w)", text)
        free = [one for one in found if not any(p.start < one.end() and one.start() < p.end for p in taken)]
        taken += [Part(*one.span(), "imprint") for one in free[-1:]]
    return parts + taken
