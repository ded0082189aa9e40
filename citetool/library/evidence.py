"""The evidence for and against two records being of one source.

Titles, people, dates and archival references are compared; the kind is not, since a footnote, a database and a finding
aid call one letter three things. What speaks against outweighs all else but an equal address or number: another day,
another box, another author or recipient, another volume, another title. A title that only describes (`Letter to
Harriman`) is none. A book may be with its subtitle or without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.lazy_re import lazy
from citetool.library.index.normalize import words
from citetool.record.kinds import KINDS
from citetool.record.levels import group_of
from citetool.record.roles import ROLES

from .similarity import ALIKE, likeness, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SOMEWHAT = 0.6  # titles so far alike may be one, where something else says so
_TELLING = 5  # letters of a word that titles are told apart by
_SAME_WORD = 0.7
_TITLES = ("title", "supplied_title", "translated_title", "original_title")
_MONTHS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec"
)
_DESCRIBING = {
    word
    for phrase in (*KINDS, _MONTHS, "to from by with on dated entry correspondence president secretary colonel general")
    for word in phrase.split()
}
_SUBTITLE = lazy(r"[:.?!;]\s+|\s[-–—]\s")
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
_AUTHORS = {role for role, row in ROLES.items() if row.csl == "author"} | {"editor"}
# Levels that are compared by their numbers; a collection, which has a name, is compared by that.
_NUMBERED = {"item", "folder", "container", "series", "collection"}


class Person(NamedTuple):
    """A name folded: the family name, and the first letter of the given one (empty where there is none)."""

    family: str
    initial: str


class Seen(NamedTuple):
    """One record as it is compared."""

    path: str
    data: dict[str, Any]
    title: str  # folded, without what only describes; empty where nothing is left
    whole: str  # folded, all of it
    main: str  # the title before its subtitle
    date: str
    authors: frozenset[Person]
    recipients: frozenset[Person]
    numbers: dict[str, frozenset[str]]  # by level or group, the numbers of the archival reference
    collection: frozenset[str]


def seen(path: str, data: dict[str, Any]) -> Seen:
    """Return a record's plain data as it is compared."""
    title = next((str(data[name]) for name in _TITLES if data.get(name)), "")
    authors, recipients = _people(data, _AUTHORS), _people(data, {"recipient"})
    archive = data.get("archive", {})
    levels = archive if isinstance(archive, dict) else {}
    return Seen(
        path,
        data,
        _without_description(title, authors | recipients),
        plain_name(title),
        plain_name(_SUBTITLE.split(title, maxsplit=1)[0]),
        str(data.get("date") or "").rstrip("~?%"),
        authors,
        recipients,
        _numbers(levels),
        frozenset(plain_name(str(levels.get("collection", ""))).split()),
    )


def _people(data: Mapping[str, Any], roles: Iterable[str]) -> frozenset[Person]:
    creators = data.get("creators")
    return frozenset(
        _person(one)
        for one in (creators if isinstance(creators, list) else [])
        if isinstance(one, dict) and one.get("role", "author") in roles
    )


def _person(creator: Mapping[str, Any]) -> Person:
    name = str(creator.get("name") or creator.get("literal") or "")
    family = creator.get("family") or name.partition(",")[0]
    given = words(str(creator.get("given") or name.partition(",")[2]))
    return Person(" ".join(words(str(family))), given[0][:1] if given else "")


def _without_description(title: str, people: Iterable[Person]) -> str:
    names = {word for person in people for word in person.family.split()}
    left = [word for word in plain_name(title).split() if word not in _DESCRIBING and word not in names]
    return plain_name(title) if any(len(word) > 1 and not word.isdecimal() for word in left) else ""


def _numbers(levels: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, value in levels.items():
        group = group_of(name)
        numbers = frozenset(re.findall(r"[0-9]+", str(value)))
        if group in _NUMBERED and numbers:
            found[group if group in ("container", "folder") else name] = frozenset(n.lstrip("0") for n in numbers)
    return found


def title_likeness(one: Seen, two: Seen) -> float:
    """Return how far the titles are alike, 0 to 1; a title without its subtitle is that with it."""
    if one.main and one.main == two.main and min(len(one.whole), len(two.whole)) > 0:
        first, second = sorted((one.whole, two.whole), key=len)
        if second.startswith(first) or likeness(first, second) >= SOMEWHAT:
            return 1.0
    return likeness(one.whole, two.whole) if one.whole and two.whole else 0.0


def against(one: Seen, two: Seen) -> bool:
    """Return whether something says that these are two: date, people, reference, volume, number or title."""
    return (
        _differ_in_date(one.date, two.date)
        or _are_others(one.authors, two.authors, strict=True)
        or _are_others(one.recipients, two.recipients, strict=False)
        or any(
            not (a <= two.numbers[name] or two.numbers[name] <= a)
            for name, a in one.numbers.items()
            if name in two.numbers
        )
        or (bool(one.collection and two.collection) and not _one_collection(one, two))
        or _differ_in_edition(one.data, two.data)
        or bool(one.title and two.title and _are_other_titles(one, two))
    )


def _are_other_titles(one: Seen, two: Seen) -> bool:
    """Return whether titles are of two things: they have little in common, or each has a word that the other lacks.

    One letter more or less, or a shortened word, is no other word.
    """
    like = title_likeness(one, two)
    if like < SOMEWHAT or like == 1:
        return like < SOMEWHAT
    first, second = one.whole.split(), two.whole.split()
    return _has_own(first, second) and _has_own(second, first)


def _has_own(side: Sequence[str], other: Sequence[str]) -> bool:
    own = (word for word in side if len(word) >= _TELLING and word not in other)
    return any(all(likeness(word, near) < _SAME_WORD for near in other) for word in own)


def _differ_in_date(first: str, second: str) -> bool:
    return bool(first and second) and not (first.startswith(second) or second.startswith(first))


def _are_others(first: frozenset[Person], second: frozenset[Person], *, strict: bool) -> bool:
    """Return whether both name people, and nobody twice; not strict, a family name is enough for being the same."""
    return bool(first and second) and not any(_same_person(a, b, strict) for a in first for b in second)


def _same_person(one: Person, two: Person, strict: bool) -> bool:
    if one.family != two.family and not {*one.family.split()} & {*two.family.split()}:
        return False
    return not strict or not (one.initial and two.initial) or one.initial == two.initial


def _one_collection(one: Seen, two: Seen) -> bool:
    if one.collection & two.collection - {"papers", "records", "collection", "files", "file", "fonds"}:
        return True
    names = [str(side.data["archive"].get("collection", "")) for side in (one, two)]
    initials = ["".join(word[0] for word in re.findall(r"\w+", name) if len(word) > 1).casefold() for name in names]
    return any(names[i].casefold().rstrip("s") == initials[1 - i] for i in (0, 1))


def _differ_in_edition(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Return whether two publications are different volumes, editions or books by their ISBN, or articles elsewhere."""
    first, second = one.get("publication") or {}, two.get("publication") or {}
    for name in ("volume", "edition"):
        values = [_ROMAN.get(str(side.get(name, "")).casefold(), str(side.get(name, ""))) for side in (first, second)]
        if all(values) and values[0] != values[1]:
            return True
    isbns = [re.sub(r"\W", "", str((side.get("identifiers") or {}).get("isbn", ""))) for side in (one, two)]
    return all(isbns) and isbns[0] != isbns[1]


def agreement(one: Seen, two: Seen) -> tuple[float, list[str]]:
    """Return the weight of all that agrees, from 0.6 on enough, and the reasons in words."""
    weight, reasons = 0.0, []
    like = title_likeness(one, two)
    if like >= ALIKE:
        weight += 0.5 if one.title and two.title else 0.15
        reasons.append("same title" if like == 1 else f"titles alike ({like:.0%})")
    elif one.title and two.title:
        weight += 0.3
    if one.date and two.date:
        exact = one.date == two.date
        weight += 0.05 if not exact else 0.25 if len(one.date) >= 10 else 0.1
        reasons += ["same date"] if exact else []
    for first, second, gain, word in (
        (one.authors, two.authors, 0.2, "same author"),
        (one.recipients, two.recipients, 0.15, "same recipient"),
    ):
        if first and second:  # nothing speaks against, so they are the same
            weight += gain
            reasons.append(word)
    shared = sum(bool(one.numbers[name] & two.numbers.get(name, frozenset())) for name in one.numbers)
    if shared:
        weight += 0.25 if shared > 1 else 0.15
        reasons.append("same reference")
    if "collection" in (one.data.get("kind"), two.data.get("kind")) and _one_repository(one.data, two.data):
        weight += 0.15
        reasons.append("same repository")
    return weight, reasons


def _one_repository(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    first, second = (plain_name(str((side.get("archive") or {}).get("repository", ""))) for side in (one, two))
    return bool(first) and first == second
