"""The reading of a citation that has the form of a published work."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from citetool.parsing.gazetteer import gazetteer
from citetool.parsing.spans import Part
from citetool.problems import Problem

from .forms import read_work
from .gazettes import read_law

if TYPE_CHECKING:
    from citetool.parsing.model import Reading

_ARCHIVAL = frozenset(
    ("box", "container", "carton", "record_group", "fond", "fonds", "opis", "delo", "lot", "reel", "roll", "piece",
     "folder")
)  # fmt: skip
_MAX_CONFIDENCE = 0.35  # that it is archival
_ROLES = (("authors", "creator"), ("editors", "editor"))


def with_work(reading: Reading) -> Reading:
    """Return the reading with the published work that its text cites; as it is where that is archival or no work."""
    levels = reading.levels
    gaz = gazetteer()
    if any(level.name in _ARCHIVAL for level in levels):
        return reading
    held = any(level.name not in ("page", "frame") for level in levels)
    if (reading.recipients and held) or any(
        level.name == "repository" and gaz.repository(level.value) for level in levels
    ):
        return reading
    work = read_work(reading.string) or read_law(reading.string)
    if work is None:
        return reading
    text = reading.string
    found = [(value, role) for name, role in _ROLES for value in getattr(work, name)]
    found += [(work.title, "title"), (work.data.get("container-title", ""), "container"), (work.url, "url")]
    imprint = [value for name, value in work.data.items() if name != "container-title"]
    found += [(value, "imprint") for value in (*imprint, work.locator, work.date[:4])]
    parts = [part for value, role in found if (part := _part_of(text, value, role))]
    kept = [part for part in reading.parts if part.role in ("opening", "date")]
    parts = sorted([*parts, *kept], key=lambda part: (part.start, -part.end))
    problem = Problem("this looks like a publication, not like an archival source", severity="warning")
    return dataclasses.replace(
        reading, parts=tuple(parts), date=work.date, kind=work.kind, published=True, supplied=False, work=work,
        confidence=min(reading.confidence, _MAX_CONFIDENCE), problems=(problem,),
    )  # fmt: skip


def _part_of(text: str, value: str, role: str) -> Part | None:
    place = text.rfind(value) if role == "imprint" and value else text.find(value) if value else -1
    return Part(place, place + len(value), role) if place >= 0 else None
