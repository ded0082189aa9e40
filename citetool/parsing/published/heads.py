"""The head of a printed work: people or a body, and the year where it stands behind them."""

from __future__ import annotations

from typing import NamedTuple

from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy

from . import patterns
from .imprint import begins_title
from .names import leading_names, split_names

_DATED = lazy(
    r"(?P<authors>.{2,300}?),?\s(?:\((?P<year>(?:1[4-9]\d\d|20\d\d)(?:[-–/]\d{2})?[a-z]?)(?:\s\[\d{4}\])?"
    r"(?:,\s(?P<day>[^()]{2,30}))?\)|(?P<bare>(?:1[4-9]\d\d|20\d\d)[a-z]?)"
    r"(?=[.,:]\s|\s[\"“«‘]|(?<=\.\s\d{4})\s[A-ZÀ-Þ]))(?:[.,:]|\s[-–]|(?=\s))\s?"
)
QUOTED = lazy(
    r"(?:[“\"„](?P<a>(?:[^”\"“„]|[„“][^”“„]{1,80}[”“](?=[^”]*[”“])){2,300}?)[”\"“]"
    r"|[«»]\s?(?P<b>[^»«]{2,300}?)\s?[»«]|[‘‚'](?P<c>.{2,300}?)[’‘'](?=[.,;:)\s]|$))"
)
_ROLE = lazy(
    r",?\s*[(\[]?\b(?:[Ee]ds?|[Ee]ditors?|[Hh]gg?|[Hh]rsg|dir|coords?|comps?|[Éé]ds?|Bearb|a\scura\sdi)\b\.?[)\]]?"
    r"[.,:]?\s*$"
)
_SENTENCE = lazy(r"[a-zà-ÿ]{3}\. ")
_FAMILIES = lazy(r"(?P<one>[A-ZÀ-Þ][\w’'-]+)(?:\s(?:and|und|et|&)\s(?P<two>[A-ZÀ-Þ][\w’'-]+))?[.,:]?$")
# whose name may list what it is for: `Bundesministerium für Familie, Senioren, Frauen und Jugend`
_MINISTRY = lazy(
    r"(?:\w*[Mm]inisterium|Ministry|Ministère|Ministerio|Ministero|Department)\s(?:für|of|for|de|des|della)\b"
)
_MAX_BEFORE = 160  # letters before a title in quotes


class Head(NamedTuple):
    """The head of a citation: people, whether these are editors, the year behind them; `rest` is what follows.

    `linked` says that the citation gives the address of a page.
    """

    people: tuple[str, ...]
    editors: bool
    date: str
    rest: str
    linked: bool = False


def heads(text: str) -> list[Head]:
    """Return the ways in which the beginning of a text can be people, the likeliest first; last, that it names none."""
    found: list[Head] = []
    quoted = QUOTED.search(text)
    if (dated := _dated(text)) and (quoted is None or len(text) - len(dated.rest) <= quoted.start() + 1):
        found.append(dated)
    if quoted and quoted.start() < _MAX_BEFORE:
        before = text[: quoted.start()].strip(" –-")
        names, editors = people(before) if before.strip(" .,:") else ((), False)
        if names or not before.strip(" .,:"):
            found.append(Head(names, editors, "", text[quoted.start() :]))
    named = leading_names(text)
    found += [Head(names, editors, "", text[end:].strip()) for names, editors, end in named]
    if not named:
        found.append(Head((), False, "", text))
    return found


def _dated(text: str) -> Head | None:
    """Return the head of a citation whose year stands behind the people: `Roe, J. (1984). ...`, `Roe 1984, ...`"""
    match = _DATED.match(text)
    names, editors = people(match["authors"]) if match else ((), False)
    if match is None or not names:
        return None
    year = (match["year"] or match["bare"]).rstrip("abcdefgh")
    day = match["day"] or ""
    date = day and (normalise_date(f"{day} {year}") or normalise_date(f"{day}, {year}"))
    return Head(names, editors, date or normalise_date(year) or "", text[match.end() :].strip())


def people(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the people or the body that all of a text names, and whether they are editors."""
    bare = _ROLE.sub("", text)
    closed = bare.strip(" .,:") + ("." if patterns.ABBREVIATION.search(bare.strip(" ,:")) else "") + ", X"
    names = next((names for names, _, end in leading_names(closed) if end == len(closed) - 1), ())
    if not names and not _SENTENCE.search(bare):
        names = split_names(bare)
        names = () if any(map(begins_title, ", ".join(names).split(", "))) else names
    if not names and (families := _FAMILIES.match(bare.strip())):
        names = tuple(name for name in families.groups() if name)
    return names or _body(bare.strip(" ,:")), bare != text


def _body(text: str) -> tuple[str, ...]:
    """Return a body that is the author: `U.S. Department of Commerce`, `INSEE`."""
    listed = _MINISTRY.match(text) is not None and not any(map(str.isdigit, text))
    is_acronym = text.isupper() and text.replace(" ", "").isalpha()
    if not listed and not is_acronym and not patterns.BODY.search(text.rstrip(".")):
        return ()
    return (text if patterns.ABBREVIATION.search(text) else text.rstrip("."),)
