"""The source notes of *Foreign Relations*: where the original lies, classification, drafting.

`Source: Central Intelligence Agency, Job 79–01025A, Box 104, Folder 1. Secret; RYBAT. Drafted by Playdon.` The path
ends where the classification begins or, without one, with its sentence. A printed source is told by its words (a
series of published papers, volume and page) when nothing archival stands beside them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from citetool.formats.shared.headings import holding_of
from citetool.lazy_re import lazy
from citetool.parsing import read_levels
from citetool.record.model import Holding

_CLASSES = (
    r"(?:Strictly |For )?(?:Top Secret|Secret|Confidential|Restricted|Unclassified|Limited Official Use"
    r"|Official Use Only|Administratively Restricted|Personal|Eyes Only|No classification marking|Sensitive|Urgent"
    r"|Priority|Niact|Immediate|Flash|Routine|Official[–-]Informal|Private|Operational Immediate|Plain)"
)
_CLASS = lazy(rf"(?<=[^\s])[.;]\s+(?=(?:{_CLASSES})\b)")
_CLASS_AT = lazy(rf"(?:{_CLASSES})\b[^.]*(?:\.(?=[^\s])[^.]*)*\.?")
_SENTENCE = lazy(
    r"(?<![A-Z])(?<!\bNo)(?<!\bvol)(?<!\bpp)(?<!\bDr)(?<!\bMr)(?<!\bSt)(?<!\bJr)(?<!\bed)\.\s+(?=[\[“\"]?[A-Z])"
)
_DRAFTED = lazy(r"\b[Dd]rafted (?:by|in|on [^.;]*? by) ((?:[A-Z]\. )*[^.;(]+(?:\.(?=[^\s])[^.;(]*)*)")
_PRINTED = lazy(
    r"(?i)\b(?:public papers of|department of state bulletin|congressional record|weekly compilation|printed in"
    r"|documents on|current documents|new york times|washington post|american foreign policy|treaty series|TIAS|stat\."
    r"|hearings|vol\.)"
)
_ARCHIVAL = lazy(
    r"(?i)\b(?:box|folder|RG|record group|lot file|lot \d|library|central files?|decimal file|job \d|archives"
    r"|papers, |telegrams)"
)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Note(NamedTuple):
    """Return what a source note says: the holding or the printed source, marks of classification, who drafted it."""

    archive: Holding
    printed: str
    markings: tuple[str, ...]
    drafters: tuple[str, ...]


def tidy(text: str) -> str:
    """Text without the space that mark-up leaves before punctuation and inside brackets."""
    return re.sub(r"(?<=[(\[])\s+|\s+(?=[,;:.)\]](?:\W|$))", "", text)


def read_note(text: str) -> Note:
    """Return the parts of a source note; what it says besides stays in its text."""
    body = re.sub(r"^\[?\s*(?:Source|Provenance):\s*", "", tidy(" ".join(text.split())))
    path, rest = _path(body)
    classified = _CLASS_AT.match(rest)
    markings = tuple(
        mark
        for part in re.split(r"\s*;\s*", classified[0].rstrip(". ") if classified else "")
        if (mark := part.strip()) and mark != "No classification marking"
    )
    drafted = _DRAFTED.search(rest)
    drafters = tuple(_names(drafted[1])) if drafted else ()
    if _PRINTED.search(path) and not _ARCHIVAL.search(path):
        return Note(Holding(), path, markings, drafters)
    return Note(holding_of(read_levels(path)), "", markings, drafters)


def _path(body: str) -> tuple[str, str]:
    """Return the archival path and what follows it."""
    marked, sentence = _CLASS.search(body), _SENTENCE.search(body)
    ends = [match for match in (marked, sentence) if match is not None]
    if not ends:
        return body.rstrip(". ]"), ""
    # a series or lot may end with a full stop inside the path: the classification decides where it is near
    end = marked if marked is not None and marked.start() < 250 else min(ends, key=lambda m: m.start())
    return body[: end.start()].rstrip(". "), body[end.end() :]


def _names(text: str) -> list[str]:
    """`Parris; cleared by ...`, `Cobb and Linhard`, `Davies (EUR) on May 3`: the names alone."""
    text = re.split(
        r"\s+(?:(?:on|in|at|from|of|for|with|after|,? and (?:cleared|approved|sent|initialed))\s|(?:{})\b)".format(
            "|".join(_MONTHS)
        ),
        text,
    )[0]
    parts = re.split(r"\s*,\s*|\s+and\s+", text)
    return [part.strip() for part in parts if re.fullmatch(r"[A-Z][\w.'’ -]{1,40}", part.strip())]
