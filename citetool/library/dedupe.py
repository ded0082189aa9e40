"""Records that are likely one: found by what they share, with the reasons, and merged by a plan that can be looked at.

Comparing each with each would take forever; only records of one *block* are compared: those with the same address,
number, archival reference, or the same first words of the title. A pair is likely one when it shares an address or
number, or when title and date agree and nothing speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.library.changes.journal import Edit, Removal
from citetool.library.changes.plans import Plan, edited_bytes
from citetool.record.merge import merged
from citetool.record.schema import from_plain, to_plain

from .files import read_bytes
from .similarity import ALIKE, likeness, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.record.model import Record

    from .library import Library

_LARGEST_BLOCK = 60  # what so many records share says nothing
_OF_SERIES = frozenset({"issn", "eissn"})  # the number of a journal, which all its articles bear
_OF_BOOK = frozenset({"isbn"})  # the number of a book, which all its chapters bear
_SOMEWHAT = 0.6  # titles so far alike may be one, where something else says so
_TITLES = ("title", "supplied_title", "translated_title", "original_title")


class Pair(NamedTuple):
    """Two records that are likely one, by their files; why, and how likely (0 to 1). The first is the fuller one."""

    first: str
    second: str
    keys: tuple[str, str]
    reasons: tuple[str, ...]
    score: float


class _Seen(NamedTuple):
    path: str
    data: dict[str, Any]
    title: str


def duplicates(library: Library, query: str = "") -> list[Pair]:
    """Return the pairs of records that are likely one, the likeliest first. Raises QueryError."""
    seen = [_seen(hit.path, hit.data()) for hit in library.search(query)]
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(seen):
        for block in set(_blocks(one)):
            blocks[block].append(number)
    pairs: dict[tuple[int, int], None] = {}
    for members in blocks.values():
        if len(members) <= _LARGEST_BLOCK:
            pairs.update(dict.fromkeys(combinations(members, 2)))
    found = (_compared(seen[first], seen[second]) for first, second in pairs)
    return sorted((pair for pair in found if pair), key=lambda pair: (-pair.score, pair.keys))


def _seen(path: str, data: dict[str, Any]) -> _Seen:
    title = next((data[name] for name in _TITLES if data.get(name)), "")
    return _Seen(path, data, plain_name(title))


def _blocks(one: _Seen) -> Iterator[tuple[str, str]]:
    data = one.data
    if url := _url(data):
        yield "url", url
    for name, value in data.get("identifiers", {}).items():
        if name not in _OF_SERIES:
            yield name, value.casefold()
    if one.title:
        yield "title", " ".join(one.title.split()[:3])
        yield "end", one.title[-12:]
    archive = data.get("archive", {})
    if len(archive) > 2:
        yield "archive", repr(sorted((name, str(value)) for name, value in archive.items())) + str(data.get("date"))


def _url(data: dict[str, Any]) -> str:
    url = str(data.get("digital", {}).get("url", "")).casefold()
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _compared(first: _Seen, second: _Seen) -> Pair | None:
    one, two = first.data, second.data
    reasons: list[str] = []
    score = 0.0
    like = likeness(first.title, second.title) if first.title and second.title else 0.0
    shared = {name: f"same {name}" for name in _same_numbers(one, two)}
    chapters = bool(_OF_BOOK & {*shared}) and like < _SOMEWHAT and bool(first.title and second.title)
    if _url(one) and _url(one) == _url(two):
        reasons.append("same address")
        score = 0.0 if chapters else 0.95
    reasons += shared.values()
    if {*shared} - (_OF_BOOK if chapters else frozenset()):
        score = 0.98
    if like >= ALIKE:
        reasons.append("same title" if like == 1 else f"titles alike ({like:.0%})")
    weight, agreeing = _agreement(one, two)
    reasons += agreeing
    if score == 0.0 and (like >= ALIKE or (like >= _SOMEWHAT and "same reference" in agreeing)):
        score = like * 0.6 + weight
    if score < 0.75 or (score < 0.95 and _contradict(one, two)):
        return None
    fuller = (first, second) if len(str(one)) >= len(str(two)) else (second, first)
    keys = (fuller[0].data["id"], fuller[1].data["id"])
    return Pair(fuller[0].path, fuller[1].path, keys, tuple(reasons), round(min(score, 1.0), 2))


def _same_numbers(one: dict[str, Any], two: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the numbers that both have alike, without those that many works bear."""
    other = two.get("identifiers", {})
    for name, value in one.get("identifiers", {}).items():
        if name not in _OF_SERIES and value.casefold() == other.get(name, "").casefold():
            yield name


def _agreement(one: dict[str, Any], two: dict[str, Any]) -> tuple[float, list[str]]:
    """Return the weight of all else that agrees."""
    reasons: list[str] = []
    weight = 0.0
    if one.get("date") and one.get("date") == two.get("date"):
        reasons.append("same date")
        weight += 0.2
    names = [{plain_name(_name(creator)) for creator in data.get("creators", [])} for data in (one, two)]
    if names[0] and names[0] & names[1]:
        reasons.append("same people" if names[0] == names[1] else "people in common")
        weight += 0.1
    archives = [data.get("archive", {}) for data in (one, two)]
    if len(archives[0]) > 2 and archives[0] == archives[1]:
        reasons.append("same reference")
        weight += 0.15
    return weight, reasons


def _name(creator: dict[str, Any]) -> str:
    return str(creator.get("name") or creator.get("literal") or creator.get("family") or "")


def _contradict(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Return True if they differ in date, in number on one site, or in place in the box, and so are two."""
    if one.get("date") and two.get("date") and one["date"] != two["date"]:
        return True
    for part, names in (
        ("digital", ("id",)),
        ("archive", ("list", "page", "frame", "item", "piece", "delo", "folder")),
    ):
        for name in names:
            values = [data.get(part, {}).get(name) for data in (one, two)]
            if all(values) and values[0] != values[1]:
                return True
    return False


def groups(pairs: Iterable[Pair]) -> list[list[str]]:
    """Return the files of records that are likely one, together: the fullest of each group first."""
    leader: dict[str, str] = {}

    def head(path: str) -> str:
        while leader.get(path, path) != path:
            path = leader[path]
        return path

    for pair in pairs:
        first, second = head(pair.first), head(pair.second)
        if first != second:
            leader[second] = first
            leader.setdefault(first, first)
    members: dict[str, list[str]] = defaultdict(list)
    for path in leader:
        members[head(path)].append(path)
    return [[first, *(path for path in paths if path != first)] for first, paths in members.items()]


def plan_merge(library: Library, paths: Iterable[list[str]]) -> Plan:
    """Merge the records of each group into its first: what the first has not got comes from the others.

    The others go to the trash, their keys become aliases, the files that they name stay. What they say otherwise
    stands in the plan's `disagreements`.
    """
    plan = Plan()
    for first, *others in paths:
        data = read_bytes(library.root, first)
        record = library.read(first)
        before = to_plain(record)
        whole: Record = record
        for path in others:
            plain, disagreements = merged(whole, library.read(path))
            plan.disagreements += [(record.id, one) for one in disagreements]
            whole = from_plain(plain)[0]
            plan.steps.append(Removal(path))
        after = to_plain(whole)
        changes = {name: after.get(name) for name in {**before, **after} if before.get(name) != after.get(name)}
        plan.steps.append(Edit(first, data, edited_bytes(data, changes, first)))
        plan.note("merged", record.id)
    return plan
