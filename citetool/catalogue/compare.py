"""The probability that a description is the one that a citation means, after Fellegi and Sunter.

Each comparison looks at one trait of both and finds one of a few outcomes; an outcome counts the logarithm of how much
more often it is seen with the right description than with other candidates (`WEIGHTS`, counted by
`tests/benchmarks/linking.py` over citations of known origin). The sum of a description is set against those of the
other candidates and against there being none: two that fit alike get half of the probability each.

    I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969), 1183-1210
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.library.similarity import likeness

from .traits import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .cited import Cited
    from .traits import Traits

NONE = 5.0
"""The weight of there being no description of it, as if it were one more candidate."""
_SHARPNESS = 1.2  # the comparisons depend on each other, so that their sum says too much

_ROMAN = lazy(r"(?=.)(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_OF_EDITION = 0.5
"""The part of its words from which on an edition is the one that is cited."""
_SLIP = 0.85
"""The likeness of a long word and the same with one letter wrong."""

WEIGHTS: dict[str, dict[str, float]] = {
    "address": {"same": 14.0},  # this and `printed` are set, not counted: finding aids have neither
    "printed": {"other": -8.0, "same": 8.0},
    "behind": {"far": -4.82, "little": -0.35, "none": 3.7, "some": -2.62},
    "bodies": {"": 0.25, "all": 0.02, "few": -0.56, "most": 0.02, "some": -0.01},
    "box and folder": {"": -0.36, "same": 5.15},
    "collection": {"": 0.26, "all": 0.02, "few": -6.21, "most": 0.08, "some": 0.03},
    "collection code": {"": -0.0, "elsewhere": 0.96, "missing": 0.88, "same": 1.63, "unknown": 0.0},
    "container code": {"": 0.2, "elsewhere": -1.46, "missing": -0.86, "other": -7.98, "same": 1.25, "unknown": -0.78},
    "date": {"": -0.0, "far": -4.13, "near": -1.43, "overlap": -1.15, "same": 2.1, "unknown": -1.21, "within": -1.71},
    "extra": {"": -0.01, "all": -1.72, "few": 0.63, "most": -1.93, "none": 1.45},
    "file": {"": 0.01, "all": 0.88, "few": -0.28, "most": -2.54, "some": -1.22},
    "folder code": {"": 0.09, "elsewhere": -2.42, "missing": -0.59, "other": -7.47, "same": 1.74, "unknown": -1.65},
    "item code": {"": -0.01, "elsewhere": 2.74, "missing": -0.27, "other": -0.72, "same": 3.92, "unknown": -0.25},
    "opening": {"level": -3.57, "none": -1.18, "person": 2.02, "title": 1.85, "word": -1.78},
    "people": {"": 0.0, "all": 1.79, "none": -1.52, "some": -0.09},
    "series": {"": 0.13, "all": 0.16, "few": -0.24, "most": -1.23, "some": -0.37},
    "series code": {"": 0.0, "elsewhere": 0.11, "missing": -0.2, "other": -0.38, "same": 0.52, "unknown": -0.01},
    "title": {"": 0.58, "all": 1.81, "few": -1.9, "most": -1.58, "some": -3.13},
}


def outcomes(citation: Cited, described: Traits) -> dict[str, str]:
    """Return the outcome of each comparison, "" where one side says nothing.

    Names are looked for among all words of the citation: a title or a level that was read as something else is there
    all the same.
    """
    cited, words = citation.traits, citation.words
    printed = _printed(citation, described)
    if printed:  # it is cited as it is printed, and says nothing of where it is kept
        same = _dates(cited.days, described.days) == "same"
        return {"printed": printed, "people": _people(cited.people, described), "date": "same" if same else ""}
    found = {
        "address": "same" if described.address and "@" + described.address in words else "",
        "opening": _opening(citation, described),
        "title": _title(cited, described, words),
        "extra": _extra(cited, described),
        "people": _people(cited.people, described),
        "date": _dates(cited.days, described.days),
        "bodies": _share(described.bodies, words),
        "collection": _share(described.names.get("collection", frozenset()), words),
        "series": _share(described.names.get("series", frozenset()), words),
        "file": _share(described.names.get("folder", frozenset()), words),
    }
    groups = {*cited.codes, *described.codes} & {"container", "folder", "series", "collection", "item"}
    for group in ("collection", "series", "container", "folder", "item"):
        found[f"{group} code"] = _codes(cited, described, group, words) if group in groups else ""
    # a folder in a box is one place, whatever lies in it
    found["box and folder"] = "same" if found["container code"] == found["folder code"] == "same" else ""
    return found


def behind(weight: float, best: float) -> str:
    """Return how far the words that a candidate shares weigh less than those of the best candidate."""
    less = best - weight
    return "none" if less < 0.5 else "little" if less < 3 else "some" if less < 8 else "far"


def weight(found: Mapping[str, str]) -> float:
    """Return the sum of the weights of these outcomes."""
    return sum(WEIGHTS.get(name, {}).get(outcome, 0.0) for name, outcome in found.items())


def probabilities(weights: Sequence[float]) -> list[float]:
    """Return for each candidate of one citation how likely it is what the citation means, given all their weights."""
    highest = max([NONE, *weights])
    shares = [math.exp((one - highest) * _SHARPNESS) for one in weights]
    total = sum(shares) + math.exp((NONE - highest) * _SHARPNESS)
    return [share / total for share in shares]


def _share(described: frozenset[str], words: frozenset[str]) -> str:
    """Return how many of the words of the description the citation has."""
    if not described:
        return ""
    found = sum(_has(word, words) for word in described) / len(described)
    return "all" if found == 1 else "most" if found > 0.6 else "some" if found > 0.3 else "few"


@lru_cache(maxsize=4096)
def _has(word: str, words: frozenset[str]) -> bool:
    """Return whether a word is among others, or a long one with a slip in it."""
    if marked(word) in words:
        return True
    near = (other for other in words if other[0] == word[0] and abs(len(other) - len(word)) < 2)
    return len(word) > 3 and any(likeness(word, other) >= _SLIP for other in near)


def _title(cited: Traits, described: Traits, words: frozenset[str]) -> str:
    """Return how much of the title the citation has; one that tells only where things lie has none on purpose."""
    found = _share(described.title, words)
    return found if cited.title or found in ("all", "most") else ""


def _printed(citation: Cited, described: Traits) -> str:
    """Return whether the citation has the number of the description in the edition that prints it, or another one.

    The edition is the same if the citation has the number of its volume, and half of its words or its initials.
    """
    edition = described.printed
    if not edition or not citation.numbers:
        return ""
    volume = all(word in citation.words for word in edition if _ROMAN.fullmatch(word))
    known = sum(marked(word) in citation.words for word in edition)
    least = 2 if described.series in citation.words else max(2.0, len(edition) * _OF_EDITION)
    if not volume or known < least:
        return ""
    return "same" if described.number in citation.numbers else "other"


def _extra(cited: Traits, described: Traits) -> str:
    """Return how many words of the title that was read are nowhere in the description."""
    if not cited.title:
        return ""
    everything = frozenset(map(marked, described.everything))
    strange = sum(not _has(word, everything) for word in cited.title) / len(cited.title)
    return "none" if strange == 0 else "few" if strange < 0.4 else "most" if strange < 1 else "all"


def _opening(citation: Cited, described: Traits) -> str:
    """Return what the citation begins with: the title, a part of it, a person, or what is said of another level.

    It tells a file from the papers in it and the volume from its chapters, which have each other's words.
    """
    opening = citation.opening
    if not opening or opening[0] in citation.traits.bodies:
        return ""  # from the archive down to the box, where the title comes last, if there is one
    first = frozenset(map(marked, opening[: max(len(described.title), 1)]))
    if described.title and all(_has(word, first) for word in described.title):
        return "title"
    for outcome, some in (
        ("person", described.people),
        ("word", described.title),
        ("level", described.everything),
    ):
        if _has(opening[0], frozenset(map(marked, some))):
            return outcome
    return "none"


def _people(cited: frozenset[str], described: Traits) -> str:
    if not cited:
        return ""
    shared = len(cited & (described.people | described.title | described.everything))
    return "none" if not shared else "all" if shared == len(cited) else "some"


def _dates(cited: tuple[int, int] | None, described: tuple[int, int] | None) -> str:
    if cited is None or described is None:
        return "" if cited is None else "unknown"
    if cited == described:
        return "same"
    if described[0] <= cited[0] and cited[1] <= described[1]:
        return "within"
    if cited[0] <= described[1] and described[0] <= cited[1]:
        return "overlap"
    years = max(cited[0] // 10000 - described[1] // 10000, described[0] // 10000 - cited[1] // 10000)
    return "near" if years <= 1 else "far"


def _codes(cited: Traits, described: Traits, group: str, words: frozenset[str]) -> str:
    """Return whether the numbers of a level agree; a number that was read as another level's is `elsewhere`."""
    mine, yours = cited.codes.get(group, frozenset()), described.codes.get(group, frozenset())
    if mine & yours:
        return "same"
    if not yours:
        return "unknown"
    if any("#" + code in words for code in yours) or any(yours & other for other in cited.codes.values()):
        return "elsewhere"
    return "other" if mine else "missing"


_RISING = (("few", "some", "most", "all"), ("all", "most", "few", "none"), ("far", "some", "little", "none"))
"""Outcomes from what speaks most against a description to what speaks most for it: shares, `extra`, `behind`."""


def count(pairs: Iterable[tuple[Mapping[str, str], bool]]) -> dict[str, dict[str, float]]:
    """Return the weights that fit outcomes of candidates, each right or wrong; what is seen in few says little.

    More agreement never counts less: outcomes of `_RISING` that would be in the wrong order count together.
    """
    seen: dict[str, dict[str, tuple[float, float]]] = {}
    totals = [1.0, 1.0]
    for found, right in pairs:
        totals[right] += 1
        for name, outcome in found.items():
            wrong_ones, right_ones = seen.setdefault(name, {}).get(outcome, (0.0, 0.0))
            seen[name][outcome] = (wrong_ones + (not right), right_ones + right)
    return {
        name: {
            outcome: round(math.log((right + 0.5) / totals[True] * totals[False] / (wrong + 0.5)), 2)
            for outcome, (wrong, right) in sorted(_rising(name, some).items())
        }
        for name, some in sorted(seen.items())
    }


def _rising(name: str, seen: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the numbers with those pooled that would let a weaker agreement count more than a stronger one."""
    kind = 1 if name == "extra" else 2 if name == "behind" else 0
    pools: list[tuple[list[str], float, float]] = []
    for outcome in _RISING[kind]:
        if outcome not in seen:
            continue
        pools.append(([outcome], *seen[outcome]))
        while len(pools) > 1 and _odds(pools[-1]) < _odds(pools[-2]):
            names, wrong, right = pools.pop()
            before, wrong_before, right_before = pools.pop()
            pools.append(([*before, *names], wrong_before + wrong, right_before + right))
    return seen | {outcome: (wrong, right) for names, wrong, right in pools for outcome in names}


def _odds(pool: tuple[list[str], float, float]) -> float:
    return (pool[2] + 0.5) / (pool[1] + 0.5)
