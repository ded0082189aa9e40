"""The probability that people, date and levels of a reading are all right, by what can be seen in it.

A logistic function of some fifteen features; the weights are in `data/confidence.txt`, fitted by
`tests/parsing/fit_confidence.py` on labelled citations that no rule was made from.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .folding import word_set
from .gazetteer import DATA, gazetteer
from .token_types import SHELFMARK, token_type_of

if TYPE_CHECKING:
    from citetool.record.model import Level

    from .gazetteer import Gazetteer
    from .model import Reading

_BY_PLACE = word_set("collection division series subseries folder")
_BODIES = word_set("repository parent_institution division")
_BESIDE = word_set("place page published_in digital")
_MARKED = word_set("fond fonds opis delo list papka file_code frame piece")  # levels that only a mark or form gives
_BOXES = word_set("box container carton reel volume")
_WORD = lazy(r"[^\W\d_]+")
_YEARS = lazy(r",?\s?\(?1[5-9]\d\d(?:[-–]\d{1,4})?\)?")
_SOME_DIGIT = lazy(r"\d")
_DAY = lazy(r"\d{4}-\d\d-\d\d$")
_MAX_BARE = 3
_MAX_UNREAD = 0.5
CODE = lazy(r"[A-Z][A-Za-z]{0,4}\.?\s?\d{0,4}(?:/[\w-]+)+$|[A-Z]{1,4}\s?\([A-Z\d]{1,3}\)\s?\d+$")


@lru_cache(maxsize=1024)
def is_home(value: str) -> bool:
    """Return whether a level is the code of one archive, or a manuscript of a library: it names its home by itself."""
    return CODE.match(value) is not None or SHELFMARK.match(value) is not None


def features(reading: Reading, fit: float, unread: float) -> dict[str, float]:
    """Return what is seen in a reading as numbers, most of them 0 or 1; `unread` is the share of words not covered."""
    gaz = gazetteer()
    levels = [level for level in reading.levels if level.name not in _BESIDE]
    names = {level.name for level in levels}
    bodies = [level.value for level in levels if level.name in _BODIES]
    known = any(gaz.repository(value) for value in bodies)
    bare = sum(not is_told(level, reading.tradition, gaz) for level in levels if level.name not in _BODIES)
    people = bool(reading.recipients)
    return {
        "bias": 1.0,
        "told": float(not bare),
        "bare": min(_MAX_BARE, bare),
        "mixed name": float(any(_mixed(level.value) for level in levels if level.name in _BY_PLACE)),
        "known body": float(known),
        "unknown body": float(bool(bodies) and not known),
        "home code": float(any(is_home(level.value) for level in levels)),
        "supplied title": float(bool(reading.title) and reading.supplied),
        "letter": float(people),
        "writer alone": float(bool(reading.creators) and not people),
        "day": float(_DAY.match(reading.date) is not None),
        "unread": min(_MAX_UNREAD, unread),
        "order": 1.0 - fit,
        "box": float(bool(names & _BOXES)),
        "one level": float(len(levels) == 1),
        "brackets": float("(" in reading.string or "[" in reading.string),
    }


def is_told(level: Level, tradition: str, gaz: Gazetteer) -> bool:
    """Return whether a level says itself what it is: by its word, by the form of its code, as a collection."""
    value = level.value
    if level.name in _MARKED or is_home(value) or (tradition == "german" and level.name == "file"):
        return True
    said = gaz.token_types.get(value) or token_type_of(value, gaz)
    if level.name in ("collection", "series", "record_group") and said in ("collection", "series"):
        return True
    words = [word.casefold() for word in _WORD.findall(value)[:2]]
    return bool(words) and (words[0] in gaz.levels or " ".join(words) in gaz.levels)


def _mixed(value: str) -> bool:
    """Return whether the name of a level has a comma or a number in it, as one that was cut wrongly has."""
    bare = _YEARS.sub("", value)
    return "," in bare or (_SOME_DIGIT.search(bare) is not None and bare.count(" ") > 1)


@cache
def _weights() -> dict[str, float]:
    rows = (line.split(" | ") for line in (DATA / "confidence.txt").read_text(encoding="utf-8").splitlines())
    return {row[0].strip(): float(row[1]) for row in rows if len(row) == 2 and not row[0].startswith("#")}


def probability(seen: dict[str, float]) -> float:
    """Return the probability that a reading with these features is all right, between 0 and 1."""
    weights = _weights()
    return logistic(sum(weights.get(name, 0.0) * value for name, value in seen.items()))


def logistic(total: float) -> float:
    """Return 1 / (1 + e to the power of -total)."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
