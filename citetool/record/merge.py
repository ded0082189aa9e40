"""Two records of one source made into one: what either knows, and where they disagree.

The first record wins; from the second comes what the first has not got. Lists become unions, mappings are merged name
by name. A person who is named more fully in one of them is one person with the fuller name. What the second says
otherwise is reported, field by field, for a person to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.names import parse_name

from .levels import LEVELS, bare, with_level
from .model import Level
from .schema import FIELDS, to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Plain, Record


class Disagreement(NamedTuple):
    """A field (`archive.box`) of which the two records say different things; the first one's is kept."""

    field: str
    kept: Plain
    dropped: Plain


def merged(first: Record, second: Record) -> tuple[dict[str, Plain], list[Disagreement]]:
    """Both records as plain data of one, with the first one's key, and where they disagree.

    Another key of the second becomes an alias, so that old citations go on working.
    """
    other = to_plain(second)
    key = other.pop("id")
    if key != first.id:
        aliases = other.get("aliases", [])
        other["aliases"] = [key, *(aliases if isinstance(aliases, list) else [])]
    mine = to_plain(first)
    if isinstance(other.get("aliases"), list):
        other["aliases"] = [alias for alias in other["aliases"] if alias != first.id]
    found: list[Disagreement] = []
    whole = _mapping(mine, other, "", found)
    order = {name: place for place, name in enumerate(FIELDS)}
    return dict(sorted(whole.items(), key=lambda item: order.get(item[0], len(order)))), found


def _mapping(mine: Mapping[str, Any], other: Mapping[str, Any], path: str, found: list[Disagreement]) -> dict[str, Any]:
    whole = dict(mine)
    for name, theirs in other.items():
        place = f"{path}.{name}" if path else name
        if name in whole:
            whole[name] = _value(whole[name], theirs, place, found)
        elif path in ("archive", "copies") and name in LEVELS:
            whole = with_level(whole, name, theirs)
        else:
            whole[name] = theirs
    return whole


def _value(mine: Any, theirs: Any, place: str, found: list[Disagreement]) -> Any:
    if mine == theirs:
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _mapping(mine, theirs, place, found)
    if place == "creators" and isinstance(mine, list) and isinstance(theirs, list):
        return _people(mine, theirs)
    if isinstance(mine, list) and isinstance(theirs, list):
        return [*mine, *(item for item in theirs if not _is_known(item, mine))]
    if isinstance(mine, str) and isinstance(theirs, str) and _says_the_same(mine, theirs, place):
        return mine
    found.append(Disagreement(place, mine, theirs))
    return mine


def _says_the_same(mine: str, theirs: str, place: str) -> bool:
    """Return whether two texts differ in capitals at most, those of a level also in its word: `12` and `Box 12`."""
    home, _, level = place.rpartition(".")
    if home == "archive":
        mine, theirs = (bare(Level(level, value)) for value in (mine, theirs))
    return mine.casefold() == theirs.casefold()


def _people(mine: list[Any], theirs: list[Any]) -> list[Any]:
    """Return everybody once, in the order of the first list, each by the fuller name."""
    every = list(mine)
    for person in theirs:
        if _is_known(person, every):
            continue
        name = _name_of(person)
        place = next((n for n, one in enumerate(every) if _is_one_person(one, person)), None)
        if place is None:
            every.append(person)
        elif len(name) > len(_name_of(every[place])):
            every[place] = {**every[place], "name": name}
    return every


def _is_one_person(one: Any, other: Any) -> bool:
    """Return whether both have one role and the name of one says all that the name of the other says."""
    names = [_name_of(person) for person in (one, other)]
    if not all(names) or one.get("role") != other.get("role"):
        return False
    short, full = sorted(names, key=len)
    if (
        parse_name(full).direct().casefold() == short.casefold()
        or parse_name(short).direct().casefold() == full.casefold()
    ):
        return True
    (family, given), (whole_family, whole_given) = (_parts(name) for name in (short, full))
    return family == whole_family and len(given) <= len(whole_given) and all(map(str.startswith, whole_given, given))


def _parts(name: str) -> tuple[str, list[str]]:
    """Return the family name and the given names, folded, without stops."""
    family, _, given = name.casefold().partition(",")
    return family.strip(), given.replace(".", " ").split()


def _name_of(person: Any) -> str:
    return str(person.get("name") or "") if isinstance(person, dict) else ""


def _is_known(item: Any, items: list[Any]) -> bool:
    """Return whether the list has the item; of a person or file with the same name and role one entry is enough."""
    if not isinstance(item, dict):
        return item in items
    marks = [name for name in ("name", "family", "given", "literal", "role", "path") if name in item]
    return item in items or bool(
        marks and any(isinstance(o, dict) and all(o.get(name) == item[name] for name in marks) for o in items)
    )
