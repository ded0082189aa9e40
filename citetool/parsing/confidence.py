"""The probability that people, date and levels of a reading are all right, by what can be seen in it.

A logistic function of some twenty features; the weights are in `data/confidence.txt`, fitted by
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
_NAMED = word_set("collection series record_group")  # levels whose name may say what they are
_CODES = word_set("item file_code file collection_id volume")
_FOR = ("orders agree", "known body")
_AGAINST = ("unread", "supplied title", "one level", "brackets", "twice", "short name", "mixed name")
_SHORT_NAME = 6  # letters that the name of a collection has at least
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
    boxed = bool(names & _BOXES)
    # the title of a folder in a box is any text, and its place tells it as surely as a word would
    placed = [lv for lv in levels if lv.name not in _BODIES and not (boxed and lv.name == "folder")]
    bare = [lv for lv in placed if not is_told(lv, reading.tradition, gaz)]
    people = bool(reading.recipients)
    found = {
        "bias": 1.0,
        "bare": min(_MAX_BARE, len(bare)),
        "bare code": float(any(level.name in _CODES for level in bare)),
        "bare number": float(any(_SOME_DIGIT.search(level.value) for level in bare)),
        "orders agree": float(reading.agreed),
        "twice": float(len(names) < len(levels)),
        "short name": float(any(lv.name == "collection" and len(lv.value) < _SHORT_NAME for lv in levels)),
        "mixed name": float(any(_mixed(level.value) for level in placed if level.name in _BY_PLACE)),
        "known body": float(known),
        "unknown body": float(bool(bodies) and not known),
        "home code": float(any(is_home(level.value) for level in levels)),
        "supplied title": float(bool(reading.title) and reading.supplied),
        "letter": float(people),
        "writer alone": float(bool(reading.creators) and not people),
        "day": float(_DAY.match(reading.date) is not None),
        "unread": min(_MAX_UNREAD, unread),
        "source note": float(reading.string.lstrip(" [").startswith("Source:")),
        "order": 1.0 - fit,
        "box": float(boxed),
        "one level": float(len(levels) == 1),
        "brackets": float("(" in reading.string or "[" in reading.string),
    }
    sure = not bare and all(found[name] for name in _FOR) and not any(found[name] for name in _AGAINST)
    found["sure"] = float(sure)  # together these say more than one by one
    return found


def is_told(level: Level, tradition: str, gaz: Gazetteer) -> bool:
    """Return whether a level says itself what it is: by its word, by the form of its code, as a collection."""
    value = level.value
    if level.name in _MARKED or is_home(value) or (tradition == "german" and level.name == "file"):
        return True
    words = [word.casefold() for word in _WORD.findall(value)[:2]]
    if words and (words[0] in gaz.levels or " ".join(words) in gaz.levels):
        return True
    if level.name not in _NAMED:
        return False
    said = gaz.token_types.get(value)
    if said is None:
        said = gaz.token_types[value] = token_type_of(value, gaz)
    return said in ("collection", "series")


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
    return logistic(sum(weights.get(name, 0.0) * value for name, value in seen.items() if value))


def logistic(total: float) -> float:
    """Return 1 / (1 + e to the power of -total)."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
