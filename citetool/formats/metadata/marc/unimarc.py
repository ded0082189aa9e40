"""UNIMARC, which libraries in France, Italy, Portugal, Russia and elsewhere use, as the same record in MARC 21.

Only what `fields.record_of` reads is carried over: coded dates and languages (100, 101), title, edition, imprint and
extent (200, 205, 210, 215), series, notes, subjects, people with their numeric roles (7XX), host, holdings, address.
"""

from __future__ import annotations

import re

from citetool.lazy_re import lazy

from .parts import Field, Marc

_CODED = lazy(r"\d{8}[a-z ]")

# Tag and subfields in UNIMARC, then in MARC 21, for fields that say the same under another number.
_SAME = {
    "010": ("020", {"a": "a"}), "011": ("022", {"a": "a"}), "101": ("041", {"a": "a", "c": "h"}),
    "205": ("250", {"a": "a"}), "215": ("300", {"a": "a", "c": "b", "d": "c"}), "225": ("490", {"a": "a", "v": "v"}),
    "300": ("500", {"a": "a"}), "304": ("500", {"a": "a"}), "317": ("561", {"a": "a"}), "327": ("505", {"a": "a"}),
    "328": ("502", {"a": "a", "b": "b", "e": "c"}), "330": ("520", {"a": "a"}), "371": ("506", {"a": "a"}),
    "461": ("773", {"t": "t", "v": "g"}), "463": ("773", {"t": "t", "v": "g"}),
    "600": ("600", {"a": "a", "x": "x", "y": "z", "z": "y"}), "601": ("610", {"a": "a", "b": "b", "x": "x"}),
    "606": ("650", {"a": "a", "x": "x", "y": "z", "z": "y"}), "607": ("651", {"a": "a", "x": "x", "z": "y"}),
    "608": ("655", {"a": "a"}), "610": ("653", {"a": "a"}), "676": ("082", {"a": "a"}),
    "852": ("852", {"a": "a", "b": "b", "j": "h"}), "856": ("856", {"u": "u", "y": "y", "z": "z"}),
}  # fmt: skip
_IMPRINT = {"a": "a", "c": "b", "d": "c"}
_TITLE = {"a": "a", "e": "b", "h": "n", "i": "p", "f": "c"}
_PEOPLE = {"700": "100", "710": "110", "701": "700", "702": "700", "711": "710", "712": "710", "720": "700"}

# The numbers of roles (appendix C of the manual) as relators of MARC 21.
_ROLES = {
    "010": "adp", "070": "aut", "080": "aui", "100": "ant", "180": "ctg", "205": "ctb", "210": "cmm", "220": "com",
    "230": "cmp", "300": "drt", "320": "dnr", "340": "edt", "390": "fmo", "440": "ill", "460": "ive", "470": "ivr",
    "600": "pht", "650": "pbl", "660": "rcp", "710": "red", "721": "trl", "730": "trl",
}  # fmt: skip
_SORTS = {"b": "t", "l": "m", "m": "o"}
_DATES = {"a": "c", "b": "d", "f": "q", "g": "m"}


def is_unimarc(marc: Marc) -> bool:
    """Return whether the record has the coded field and the title of UNIMARC, and no title of MARC 21."""
    return bool(marc.first("200").get("a")) and not marc.all("245") and bool(_CODED.match(marc.first("100").get("a")))


def marc21_of(unimarc: Marc) -> Marc:
    """Return a UNIMARC record as one of MARC 21."""
    leader = unimarc.leader
    sort = _SORTS.get(unimarc.sort, unimarc.sort)
    marc = Marc(leader[:6] + sort + leader[7:], dict(unimarc.control))
    marc.control["008"] = _fixed(unimarc.first("100").get("a"))
    for f in unimarc.fields:
        if f.tag == "200":
            marc.fields.append(_moved(f, "245", _TITLE))
            marc.fields += [Field("246", " ", " ", (("a", text),)) for text in f.all("d")]
        elif f.tag in ("210", "214"):
            marc.fields.append(_moved(f, "264", _IMPRINT, ind2="1"))
        elif f.tag in _PEOPLE:
            marc.fields.append(_person(f))
        elif f.tag in _SAME:
            tag, codes = _SAME[f.tag]
            marc.fields.append(_moved(f, tag, codes, ind2="0" if tag == "856" else " "))
    return marc


def _moved(f: Field, tag: str, codes: dict[str, str], ind2: str = " ") -> Field:
    """Return the subfields that MARC 21 has, without the marks round articles that are not sorted."""
    pairs = tuple((codes[code], re.sub(r"[\x88\x89\x98\x9c]", "", text)) for code, text in f.subfields if code in codes)
    return Field(tag, " ", ind2, pairs)


def _person(f: Field) -> Field:
    """Return a person with both names in one subfield, or a body, with the role as a relator."""
    tag = _PEOPLE[f.tag]
    body = f.tag in ("710", "711", "712")
    parts = [text.strip(" ,") for text in (f.get("a"), f.get("b"))]
    name = (". " if body else ", ").join(filter(None, parts))
    roles = [("4", _ROLES.get(code, "")) for code in f.all("4") if code in _ROLES]
    return Field(tag, " " if body else "1", " ", (("a", name), *roles))


def _fixed(coded: str) -> str:
    """Return field 008 of MARC 21 with the sort of date and the two years of the coded data of UNIMARC."""
    return coded[2:8].ljust(6) + _DATES.get(coded[8:9], "s") + coded[9:17].ljust(8)
