"""The vocabulary of archival levels, in several traditions.

Each level has a *group*, which says what it is in a citation: `item` (page, list, frame, piece), `folder`, `container`,
`series`, `collection`, `division`, `repository`, `place`. The order of a citation is the record's own (as cited); the
groups say which CSL variable or RIS tag a level belongs to. Sources of the terms: ISAD(G) 3.1.4 and DACS 2.1 (levels of
description), EAD `@level` and `container/@type`; fond, opis, delo, list of the Soviet tradition; class and piece of
The National Archives (UK); record group, entry, lot of NARA.

A value is written as cited (`Box 173`, `f. 5`). A bare number gets the level's label when it is printed: `box: 173`
is cited `Box 173`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from citetool.lazy_re import lazy
from citetool.struct import NamedTuple

from .model import Holding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")


class LevelTerm(NamedTuple):
    """One level of the vocabulary: its group, the label that a bare number gets, where the term is at home."""

    group: str
    label: str = ""
    tradition: str = ""


# Small to large; the order is also the default one of a new record.
LEVELS: dict[str, LevelTerm] = {
    "page": LevelTerm("item", "p."),
    "frame": LevelTerm("item", "frame", "microfilm"),
    "list": LevelTerm("item", "l.", "fond/opis/delo/list"),
    "sheet": LevelTerm("item", "sheet"),
    "item": LevelTerm("item", "item"),
    "piece": LevelTerm("item", "", "class/piece"),
    "document": LevelTerm("item", "doc."),
    "call_number": LevelTerm("item"),
    "accession": LevelTerm("item", "Accession"),
    "folder": LevelTerm("folder", "Folder"),
    "file": LevelTerm("folder", "File"),
    "file_unit": LevelTerm("folder", "File Unit", "NARA"),
    "file_code": LevelTerm("folder", "", "NARA"),
    "dossier": LevelTerm("folder", "dossier"),
    "delo": LevelTerm("folder", "d.", "fond/opis/delo/list"),
    "box": LevelTerm("container", "Box"),
    "container": LevelTerm("container", "Container"),
    "carton": LevelTerm("container", "Carton"),
    "volume": LevelTerm("container", "vol."),
    "reel": LevelTerm("container", "Reel", "microfilm"),
    "roll": LevelTerm("container", "Roll", "microfilm"),
    "drawer": LevelTerm("container", "Drawer"),
    "album": LevelTerm("container", "Album"),
    "bundle": LevelTerm("container", "Bundle"),
    "tape": LevelTerm("container", "Tape"),
    "papka": LevelTerm("container", "p.", "fond/opis/delo/list"),
    "lot": LevelTerm("series", "Lot", "NARA"),
    "entry": LevelTerm("series", "Entry", "NARA"),
    "opis": LevelTerm("series", "op.", "fond/opis/delo/list"),
    "subseries": LevelTerm("series", "Subseries"),
    "series": LevelTerm("series", "Series"),
    "subgroup": LevelTerm("series", "Subgroup"),
    "subfonds": LevelTerm("series"),
    "section": LevelTerm("series"),
    "class": LevelTerm("collection", "", "class/piece"),
    "fond": LevelTerm("collection", "f.", "fond/opis/delo/list"),
    "fonds": LevelTerm("collection"),
    "record_group": LevelTerm("collection", "Record Group", "NARA"),
    "collection_id": LevelTerm("collection"),
    "collection": LevelTerm("collection"),
    "division": LevelTerm("division"),
    "department": LevelTerm("division"),
    "repository": LevelTerm("repository"),
    "institution": LevelTerm("repository"),
    "parent_institution": LevelTerm("repository"),
    "place": LevelTerm("place"),
    "country": LevelTerm("place"),
}
_BELOW = frozenset({"item", "folder", "container", "series"})
GROUPS = ("item", "folder", "container", "series", "collection", "division", "repository", "place")

# Levels whose values make one reference, which is never taken apart or turned round.
SOVIET = frozenset({"fond", "opis", "delo", "list", "papka"})
CLASS_PIECE = frozenset({"class", "piece"})

_FIXED = SOVIET | CLASS_PIECE

_BARE = lazy(r"(?:\d[\w./–-]*|[IVXLC]+(?:[./–-][\w./–-]*)?)(?:\s*(?:,|and|&|–|-)\s*\d[\w./-]*)*$")


def group_of(name: str) -> str:
    """Return the group of a level; a level that the vocabulary does not have counts as a container."""
    return _GROUP.get(name, "container")


def size_of(name: str) -> int:
    """Return how large a level is, to draw a hierarchy: a series more than a subseries; an unknown one as a box."""
    return _ORDER.get(name, _ORDER["box"])


_GROUP = {name: term.group for name, term in LEVELS.items()}
_ORDER = {name: place for place, name in enumerate(LEVELS)}


def with_level(levels: Mapping[str, T], name: str, value: T) -> dict[str, T]:
    """Return levels with one more, a known one before the first that is larger, an unknown one at the end."""
    pairs = list(levels.items())
    mine = _ORDER.get(name, len(_ORDER))
    at = next((i for i, (other, _) in enumerate(pairs) if _ORDER.get(other, -1) > mine), len(pairs))
    return dict([*pairs[:at], (name, value), *pairs[at:]])


@lru_cache(maxsize=4096)
def cited(level: Level) -> str:
    """Return the level as it stands in a citation: a bare number with its label (`Box 173`), all else as written."""
    term = LEVELS.get(level.name)
    if term and term.label and not level.value.startswith(term.label) and _BARE.match(level.value):
        return f"{term.label} {level.value}"
    return level.value


def bare(level: Level) -> str:
    """Return the value without the word of its level: `173` of `Box 173` or `Container 173`; else as written."""
    # a figure that is written with letters does not begin within a word, as the end of `General` would
    figure = r"(?=\d|(?<![^\W\d_])(?:[A-Z]\d|[IVXLC]+$))"
    match = re.match(rf"(?i)[^\W\d_]+\.?\s*(?:no\.?|number|#)?\s*#?\s*{figure}", level.value)
    rest = level.value[match.end() :] if match else ""
    return rest or level.value


def in_group(holding: Holding, *groups: str) -> list[Level]:
    """Return the levels of these groups, in the holding's order."""
    return [level for level in holding.levels if group_of(level.name) in groups]


def reference(holding: Holding) -> str:
    """Return the levels below the collection as one text, as cited: `Folder 6, Box 10`; `f. 5, op. 49, d. 131`; `FO
    371/123`; with several of each, `f. 5, op. 1, d. 3; op. 2, d. 4`.

    A collection level is part of the reference in the fond and class traditions, and where it is paired with smaller
    levels.
    """
    return "; ".join(", ".join(one) for one in _references(holding.levels)[0])


def turned(holding: Holding, *, below: bool = True, above: bool = True) -> Holding:
    """Return the holding with its levels from large to small: those `below` the collection (`Box 4, Folder 2`), and
    those `above` (`Yale University, Beinecke Library`).

    References that are never turned round stay as they are: `f. 5, op. 49, d. 131`, `FO 371/123, E 45`.
    """
    names = {level.name for level in holding.levels}
    fixed = names >= CLASS_PIECE or len(SOVIET & names) > 1
    small = [level for level in holding.levels if group_of(level.name) in _BELOW or (fixed and level.name in _FIXED)]
    large = [level for level in holding.levels if level not in small]
    return Holding((*(small[::-1] if below and not fixed else small), *(large[::-1] if above else large)))


def collection(holding: Holding) -> str:
    """Return the collection levels as one text (`W. Averell Harriman Papers`), without those that `reference` has
    taken.
    """
    taken = _references(holding.levels)[1]
    return ", ".join(cited(lv) for lv in in_group(holding, "collection") if lv.name not in taken)


def paired_names(names: Iterable[str]) -> list[frozenset[str]]:
    """Return the sets of level names that are paired by position: two or more names, each given the same number of
    times, at least twice.

    `class: [FO 371, CAB 65]` with `piece: [1, 7]` are `FO 371/1` and `CAB 65/7`; a level given once belongs to all.
    Repositories and places are not paired: two homes are the original and its copies.
    """
    counts = Counter(name for name in names if group_of(name) not in ("division", "repository", "place"))
    by_count: dict[int, set[str]] = {}
    for name, count in counts.items():
        by_count.setdefault(count, set()).add(name)
    return [frozenset(same) for count, same in by_count.items() if count > 1 and len(same) > 1]


def apart(holding: Holding) -> list[Holding]:
    """Return a holding for each place of levels that are paired by position (`FO 371/1`, `CAB 65/7`); levels of other
    counts stand in all of them. A holding without pairs is the only one.
    """
    names = [level.name for level in holding.levels]
    same = max(paired_names(names), key=len, default=frozenset[str]())
    if not same:
        return [holding]
    places: list[list[Level]] = [[] for _ in range(names.count(next(iter(same))))]
    seen: Counter[str] = Counter()
    for level in holding.levels:
        if level.name in same:
            places[seen[level.name]].append(level)
            seen[level.name] += 1
        else:
            for place in places:
                place.append(level)
    return [Holding(tuple(place)) for place in places]


@lru_cache(maxsize=4096)
def _references(levels: tuple[Level, ...]) -> tuple[list[list[str]], frozenset[str]]:
    """Return the references, each as its parts, and the names of the collection levels that they take in."""
    names = [level.name for level in levels]
    pairs: list[frozenset[str]] = paired_names(names) if len(set(names)) < len(names) else []
    joined = set(names) >= CLASS_PIECE and (names.count("class") == 1 or any(same >= CLASS_PIECE for same in pairs))
    taken = set(CLASS_PIECE) if joined else set()
    if len(SOVIET.intersection(names)) > 1:
        taken.add("fond")
    for same in pairs:
        if any(group_of(name) in _BELOW for name in same):
            taken |= same
    parts: list[list[str]] = [[]]
    done: set[str] = set()
    values = {name: [level for level in levels if level.name == name] for name in names}
    kept = [name for name in values if group_of(name) in _BELOW or name in taken]
    for name in kept:
        if name in done:
            continue
        same = next((pair for pair in pairs if name in pair), frozenset[str]())
        if not same:
            parts[-1] += _cited(name, values, joined)
            continue
        last = max(index for index, other in enumerate(kept) if other in same)
        run = [other for other in kept[kept.index(name) : last + 1] if other not in done]
        done |= set(run)
        each = [_one_of_pairs(run, same, values, place, joined) for place in range(len(values[name]))]
        if all(len(one) == 1 for one in each):
            parts[-1] += [one[0] for one in each]
        else:
            parts[-1] += each[0]
            parts += each[1:]
    return [one for one in parts if one], frozenset(taken)


def _one_of_pairs(
    run: list[str], same: frozenset[str], values: dict[str, list[Level]], place: int, joined: bool
) -> list[str]:
    """Return the texts of the pair at one place, with the levels between that belong to all pairs."""
    own = {name: values[name][place : place + 1] if name in same else values[name] for name in run}
    return [text for name in run for text in _cited(name, own, joined)]


def _cited(name: str, values: dict[str, list[Level]], joined: bool) -> list[str]:
    """Return the texts of a level as cited, a class with its pieces (`FO 371/1`)."""
    if joined and name in CLASS_PIECE:
        pieces = values["piece"] if name == "class" else ()
        return [f"{level.value}/{piece.value}" for level in values.get("class", ()) for piece in pieces]
    return [cited(level) for level in values[name]]


def repository(holding: Holding) -> str:
    """Division and repository as one text: `Manuscript Division, Library of Congress`."""
    return ", ".join(level.value for level in in_group(holding, "division", "repository"))


def place(holding: Holding) -> str:
    """Return the place of the repository: `Washington, D.C.`."""
    return ", ".join(level.value for level in in_group(holding, "place"))
