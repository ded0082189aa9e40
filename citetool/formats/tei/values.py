"""Names, dates and texts as TEI marks them up: chapters 13.1 (names and dates) and 3.6.4 of the Guidelines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.formats.shared.headings import heading_name
from citetool.lazy_re import lazy
from citetool.names import Name, parse_direct_name
from citetool.xmlio import attribute, children, descendants, local_name, text_of

if TYPE_CHECKING:
    from citetool.xmlio import Element

# Elements that stand inside a name or title and are no part of it.
ASIDES = ("note", "email", "ref", "pb", "fw", "graphic", "affiliation", "idno", "app", "address")
_BODIES = ("orgName", "org", "objectName")
_PARTS = ("surname", "forename", "nameLink", "genName")
_BYNAME = lazy(r"^[^,]+ (?:of|the) [^,]+$")
_ISO = lazy(r"\d{4}(?:-\d{2}){0,2}")


def tidy_text(element: Element | None, *, skip: tuple[str, ...] = ASIDES) -> str:
    """Return the text of an element without what stands aside of it, blanks before commas and stops closed up."""
    return re.sub(r"\s+([,;.:)])", r"\1", text_of(element, skip=skip)).strip(" ,;")


def name_of(element: Element) -> Name | None:
    """Return the person or body that an element names; None where it is empty.

    Parts that are marked up are taken as such, else the words: with a comma the family name first, as in a catalogue.
    """
    inner = next(descendants(element, "persName", *_BODIES), None)
    if inner is not None and local_name(element) not in ("persName", *_BODIES):
        return name_of(inner)
    parts = {name: " ".join(tidy_text(e) for e in descendants(element, name)).strip() for name in _PARTS}
    if parts["surname"]:
        return Name(parts["surname"], parts["forename"], non_dropping=parts["nameLink"], suffix=parts["genName"])
    words = tidy_text(element)
    if not words:
        return None
    if local_name(element) in _BODIES:
        return heading_name(words, body=True)
    if _BYNAME.search(words):  # `Florus of Lyons` has no family name
        return Name(literal=words)
    return heading_name(words) if "," in words else parse_direct_name(words)


def names_of(element: Element) -> list[Name]:
    """Return all persons and bodies inside an element, or the one that the element itself names."""
    inner = children(element, "persName", "orgName", "name")
    return [name for e in inner or [element] if (name := name_of(e)) is not None]


def date_of(element: Element | None) -> tuple[str, str]:
    """Return `(date, words)` of a date: EDTF by its attributes, else by its words, which stand where they say more."""
    if element is None:
        return "", ""
    words = tidy_text(element)
    written = normalise_date(words) or "" if words else ""
    date = _by_attributes(element)
    if not date or (written and "/.." in date):
        return written, "" if written else words
    return date, "" if written in (date, "") and (written or not words) else words


def _by_attributes(element: Element) -> str:
    when = _day(attribute(element, "when", "when-iso"))
    if when:
        return normalise_date(when + "?" * (attribute(element, "cert") == "low")) or ""
    for start, end in (
        ("notBefore", "notAfter"),
        ("from", "to"),
        ("notBefore-iso", "notAfter-iso"),
        ("from-iso", "to-iso"),
    ):
        first, last = _day(attribute(element, start)), _day(attribute(element, end))
        if first or last:
            return normalise_date(first if first == last else f"{first or '..'}/{last or '..'}") or ""
    return ""


def _day(text: str) -> str:
    """Return year, month and day of a date in XML, without its time; empty for one without a year."""
    found = _ISO.match(text)
    return found[0] if found else ""
