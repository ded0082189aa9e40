"""Records that are likely one: found by what they share, with the reasons, and merged by a plan that can be looked at.

Comparing each with each would take forever; only records of one *block* are compared: those with the same address,
number, person and date, box and date, or the same first or last words of the title. A pair is likely one when it shares
an address or number, or when enough agrees and nothing speaks against it (`evidence`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.library.changes.journal import Edit, Removal
from citetool.library.changes.plans import Plan, edited_bytes
from citetool.record.merge import merged
from citetool.record.schema import from_plain, to_plain

from .evidence import SOMEWHAT, Seen, against, agreement, seen, title_likeness
from .files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.record.model import Record

    from .library import Library

_LARGEST_BLOCK = 60  # what so many records share says nothing
_OF_SERIES = frozenset({"issn", "eissn"})  # the number of a journal, which all its articles bear
_OF_BOOK = frozenset({"isbn"})  # the number of a book, which all its chapters bear
# Numbers that one source has in all the world; others (`unitid`, `local`) are those of one house or one finding aid.
_OF_THE_WORLD = frozenset(
    ("doi", "isbn", "naid", "oclc", "lccn", "pmid", "pmcid", "hdl", "handle", "ark", "urn", "uuid", "arxiv", "wikidata")
)
_ENOUGH = 0.6  # weight of what agrees
_ROUNDING = 1e-9


class Pair(NamedTuple):
    """Two records that are likely one, by their files; why, and how likely (0 to 1). The first is the fuller one."""

    first: str
    second: str
    keys: tuple[str, str]
    reasons: tuple[str, ...]
    score: float


def duplicates(library: Library, query: str = "") -> list[Pair]:
    """Return the pairs of records that are likely one, the likeliest first. Raises QueryError."""
    return likely_pairs((hit.path, hit.data()) for hit in library.search(query))


def likely_pairs(records: Iterable[tuple[str, dict[str, Any]]]) -> list[Pair]:
    """Return the same for records as plain data, each with the name of its file."""
    found = [seen(path, data) for path, data in records]
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        for block in set(_blocks(one)):
            blocks[block].append(number)
    together: dict[tuple[int, int], None] = {}
    for members in blocks.values():
        if len(members) <= _LARGEST_BLOCK:
            together.update(dict.fromkeys(combinations(members, 2)))
    pairs = (compared(found[first], found[second]) for first, second in together)
    return sorted((pair for pair in pairs if pair), key=lambda pair: (-pair.score, pair.keys))


def _blocks(one: Seen) -> Iterator[tuple[str, ...]]:
    if url := _url(one.data):
        yield "url", url
    for name, value in one.data.get("identifiers", {}).items():
        if name not in _OF_SERIES:
            yield name, _number(value)
    if one.whole:
        yield "title", " ".join(one.whole.split()[:3])
        yield "main", one.main
        yield "end", one.whole[-12:]
    for person in one.authors | one.recipients:
        yield "person", person.family, one.date
    if one.numbers and one.date:
        yield "archive", one.date, *sorted(one.numbers.get("container", ()))


def _url(data: dict[str, Any]) -> str:
    url = str(data.get("digital", {}).get("url", "")).casefold()
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _number(value: object) -> str:
    return re.sub(r"[\s-]", "", str(value)).casefold()


def compared(one: Seen, two: Seen) -> Pair | None:
    """Return the pair that two records are, with the reasons; None where they are not likely one."""
    shared = list(_same_numbers(one.data, two.data))
    # the chapters of a book bear its number, and often its address
    chapters = bool(_OF_BOOK & {*shared}) and bool(one.title and two.title) and title_likeness(one, two) < SOMEWHAT
    reasons = [f"same {name}" for name in shared]
    apart = against(one, two) or _other_number(one.data, two.data)
    alike = not apart and title_likeness(one, two) >= SOMEWHAT
    sure = {name for name in shared if alike or name in _OF_THE_WORLD} - (_OF_BOOK if chapters else frozenset())
    score = 0.98 if sure else 0.0
    if _url(one.data) and _url(one.data) == _url(two.data):
        reasons.insert(0, "same address")
        score = score or (0.0 if chapters else 0.95)
    weight, agreeing = (0.0, []) if apart else agreement(one, two)
    if not score and weight < _ENOUGH - _ROUNDING:
        return None
    reasons += agreeing
    score = score or min(0.15 + weight, 0.97)
    fuller = sorted((one, two), key=lambda side: (-_fullness(side.data), len(side.data["id"]), side.data["id"]))
    keys = (fuller[0].data["id"], fuller[1].data["id"])
    return Pair(fuller[0].path, fuller[1].path, keys, tuple(reasons), round(score, 2))


def _fullness(data: dict[str, Any]) -> int:
    """Return how much a record says of its source; where that comes from says nothing."""
    return len(
        str({name: value for name, value in data.items() if name not in ("id", "aliases", "citation", "metadata")})
    )


def _other_number(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Return whether both have a number of one site, and not the same."""
    numbers = [str(side.get("digital", {}).get("id", "")) for side in (one, two)]
    return all(numbers) and numbers[0] != numbers[1]


def _same_numbers(one: dict[str, Any], two: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the numbers that both have alike, without those that many works bear."""
    other = two.get("identifiers", {})
    for name, value in one.get("identifiers", {}).items():
        if name not in _OF_SERIES and name in other and _number(value) == _number(other[name]):
            yield name


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
