"""Names of people, bodies and archives from EAC-CPF (persons, families, corporate bodies) and EAG (archives).

They describe no source, and so make no record: a library takes them into its `repositories.yaml`, by which spellings
are put right. Life dates are no part of a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.formats.shared.headings import heading_name, unique
from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where
from citetool.xmlio import XmlEvents, attribute, child, children, descendants, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.xmlio import Element


class Named(NamedTuple):
    """A name that is right, other spellings of it, and of an archive its place and country.

    `part` says of what: `people` (creators of all sorts) or `repositories`.
    """

    part: str
    name: str
    also: tuple[str, ...] = ()
    place: str = ""
    country: str = ""


def read_names(stream: BinaryIO, source: str) -> Iterator[Named | Problem]:
    """Yield the names in the order of the file, then what was wrong with it; raises InputError where there is none."""
    events = XmlEvents(stream, source, end=("eac-cpf", "eac", "eag"))
    found = False
    for _, kind, element in events:
        named = _archive(element) if kind == "eag" else _agent(element)
        if named is not None:
            found = True
            yield named
        events.release(element)
    if not found:
        hint = "names are taken from EAC-CPF (people and bodies) and EAG (archives)"
        raise InputError(Problem("there is no name in this file", Where(source), hint), *events.problems)
    yield from events.problems


def _agent(element: Element) -> Named | None:
    identity = next(descendants(element, "identity"), None)
    sort = child(identity, "entityType")
    body = sort is not None and (attribute(sort, "value") or text_of(sort)) != "person"
    entries = sorted(descendants(identity, "nameEntry"), key=_rank)
    names = unique([str(heading_name(_YEARS.sub("", _written(e)), body=body)) for e in entries])
    return Named("people", names[0], names[1:]) if names else None


_YEARS = lazy(r"\s*\(\d{4}\s*[-–]\s*(?:\d{4}|\.{2,4})?\)$")  # behind the name of a body


def _rank(entry: Element) -> int:
    """Return 0 for the form that is authorized or preferred, 1 for one of which nothing is said, 2 for another one."""
    said = " ".join((attribute(entry, "status"), attribute(entry, "type"), attribute(entry, "localType"))).casefold()
    if "authori" in said or "autori" in said or "prefer" in said:
        return 0
    if child(entry, "authorizedForm") is not None or child(entry, "preferredForm") is not None:
        return 0
    return 2 if said.strip() or child(entry, "alternativeForm") is not None else 1


_FAMILY = ("surname", "familyname", "nom", "nachname", "lastname")
_GIVEN = ("forename", "givenname", "prenom", "prénom", "vorname", "firstname")
_OUTSIDE = ("date", "dates", "existdates", "birthdate", "100$c", "100$d", "epithet")


def _written(entry: Element) -> str:
    """Return the parts of a name as a catalogue writes it: family name, comma, given name; else one after the other."""
    parts = [(attribute(e, "localType").casefold().rpartition("#")[2], text_of(e)) for e in children(entry, "part")]
    family = " ".join(text for sort, text in parts if sort in _FAMILY)
    given = " ".join(text for sort, text in parts if sort in _GIVEN)
    if family:
        return f"{family}, {given}" if given else family
    return " ".join(text for sort, text in parts if sort not in _OUTSIDE)


def _archive(element: Element) -> Named | None:
    right = [text_of(e) for e in descendants(element, "autform")]
    others = [text_of(e) for e in descendants(element, "parform", "nonpreform")]
    names = unique([*right, *others])
    place = next((text_of(e) for e in descendants(element, "municipality", "municipalityPostalcode")), "")
    country = next((text_of(e) for e in descendants(element, "country", "geogarea")), "")
    return Named("repositories", names[0], names[1:], place, country) if names else None
