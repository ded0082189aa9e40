"""Documents printed in an edition: `Grey to Bertie, 31 July 1914, BD, vol. XI (London, 1926), no. 352`.

The name of the edition is one of `data/editions.txt`; what follows has a grammar of its own: years, series, volume,
part, the volume's title, an imprint, the document's number and its pages. A text in which anything else stands behind
the name does not cite the edition, or not by document.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from citetool.lazy_re import lazy

from .folding import CAPITALS
from .gazetteer import rows

_ROMAN = r"(?=[IVXLC])[IVXLC]{1,7}"
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th|re|e|ère|\.)?|X|IX|IV|V?I{1,3}|V|[A-E])"
_NUMBER = r"\d{1,5}[a-z]?(?:\s?[-–]\s?\d{1,5})?"
# what may follow the name, each once; the letter of a series and a bare volume stand between commas
_PIECES = (
    ("years", r"\(?(?:für\s|for\s)?(?:1[5-9]|20)\d\d(?:\s?[-–/]\s?(?:\d{4}|\d\d))?\)?(?=[\s,:.;]|$)"),
    ("series", rf"(?i:{_ORDINAL}\s?(?:series|serie|série|ser\.?|reihe|tsarstvo))"
     rf"|(?i:series|serie|série|ser\.|sér\.|reihe)\s{_ORDINAL}(?:/\d)?\b|[A-E](?=,\s)"),
    ("volume", r"(?i:vols?\.?|volume|band|bde?\.?|tome|tomo|tom|t\.|т\.|том|deel|dl\.|köt\.|diel|sv\.)"
     rf"\s?(?:{_ROMAN}|\d{{1,3}})(?:[/.]\w{{1,3}})?(?!\w)"
     rf"|[ivxl]{{1,6}}(?=[,;]|\s\()|{_ROMAN}(?:[/.]\w{{1,3}})?(?=[,:;.]|\s\(|\s(?:nos?|doc|Nr|n[°º])|$)|\d{{1,2}}(?:/\d)?(?=:\s?\d)"),
    ("part", r"(?i:pt\.|part|teil|teilband|partie|parte|cz\.|ч\.)\s?(?:\d{1,2}|[IVX]{1,4})\b"),
    ("imprint", r"\([^()]*\b(?:1[5-9]|20)\d\d\)"),
    ("number", r"(?i:docs?\.?|documents?|dok\.?|dokumente?|nos?\.?|nr[.n]?|n\.?\s?[°º]|n\.|№|#|док\.|numbers?)"
     rf"\s?(?i:nos?\.\s?|nr\.\s?)?{_NUMBER}"),
    ("page", rf"(?i:pp?\.|s\.|с\.|pages?|str\.)\s?{_NUMBER}(?:\s?ff?\.?)?|{_NUMBER}(?=\.?\s*$)"),
    ("title", rf"[{CAPITALS}][^,;:()\d]{{2,60}}(?=,|\s\(|$)"),
)  # fmt: skip
_PIECE = lazy("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PIECES))
_BETWEEN = lazy(r"[\s,:;.]*")
_IN = lazy(
    r"(?i)(?:[,;.(]?\s*(?:(?:re)?printed|published|reproduced|abgedruckt|gedruckt|publié\w*)?\s?(?:in|dans|en|w|v|в)\b:?|[,;.(]+)?\s*$"
)
_DIGITS = lazy(rf"{_NUMBER}")
_IMPRINT = lazy(r"\((?:(?P<place>[^(),:;]+?)(?::\s(?P<publisher>[^():;]+?))?,?\s)?(?P<year>(?:1[5-9]|20)\d\d)\)")
_EDITORS = lazy(
    rf"(?:^|[,;]\s|\bin\s)(?P<names>[{CAPITALS}][\w.]*(?:\s[{CAPITALS}][\w.]*){{1,3}}"
    rf"(?:,?\s(?:and|&|und|et)\s[{CAPITALS}][\w.]*(?:\s[{CAPITALS}][\w.]*){{1,3}})?)"
    r",?\s\(?(?:eds?\.?|Hgg?\.|Hrsg\.|dir\.)\)?,?\s$"
)
_MAX_SHORT = 3  # letters of a short name that may mean anything
_FIRST_LETTERS = 2


class Edition(NamedTuple):
    """An edition in a text: the span from its name to the end, its parts and the CSL variables of them.

    `title` and `book` (volume, date, locator) are those of the volume as a book, `data` those of a document in it.
    """

    start: int
    end: int
    title: str
    book: dict[str, str]
    data: dict[str, str]
    container: tuple[int, int]


@cache
def _hints() -> tuple[str, ...]:
    """Return what a text has in it that has one of the names, in small letters."""
    cells = ["|".join(row).partition("|") for row in rows("editions.txt")]
    shorts = [word.strip() for _, _, short in cells for word in short.split(";")]
    return tuple({word.casefold() for word in (*shorts, *(name.strip()[:12] for name, _, _ in cells)) if word})


@cache
def _names() -> re.Pattern[str]:
    """Return the pattern of all names, the longest first."""
    names: list[str] = []
    shorts: list[str] = []
    for row in rows("editions.txt"):
        name, _, short = "|".join(row).partition("|")
        names.append(name.strip())
        shorts += [one for word in short.split(";") if (one := word.strip())]
    whole = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    short = "|".join(map(re.escape, sorted(shorts, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:(?i:{whole})|{short})(?!\w)")


def find_edition(text: str, begin: int, end: int) -> Edition | None:
    """Return the edition that the text between two places ends with, or None."""
    small = text.casefold()
    if not any(hint in small for hint in _hints()):
        return None
    for named in _names().finditer(text, begin, end):
        if found := _read(text, begin, end, named):
            return found
    return None


def _read(text: str, begin: int, end: int, named: re.Match[str]) -> Edition | None:
    found: dict[str, re.Match[str]] = {}
    place = named.end()
    stop = len(text[:end].rstrip(" .;,"))
    while place < stop:
        between = _BETWEEN.match(text, place, stop)
        place = between.end() if between else place
        piece = _PIECE.match(text, place, stop)
        if piece is None or piece.lastgroup is None or piece.lastgroup in found or place == named.end():
            return None
        if piece.lastgroup == "page" and not found:
            return None
        found[piece.lastgroup] = piece
        place = piece.end()
    if not found or not _is_enough(named[0], found):
        return None
    before = _EDITORS.search(text, begin, named.start())
    start = before.start("names") if before else named.start()
    lead = _IN.search(text, begin, start)
    return Edition(
        lead.start() if lead else start,
        stop,
        *_volume(text, named, found),
        _data(text, named, found),
        _container(named, found),
    )


def _is_enough(name: str, found: dict[str, re.Match[str]]) -> bool:
    """Return whether what follows a name says volume and document, or year and volume, as citations do."""
    told = {"volume", "years"} & set(found)
    if len(name) <= _MAX_SHORT:
        return bool(told) and bool({"number", "page"} & set(found))
    return bool(told or "number" in found) and set(found) != {"years"}


def _container(named: re.Match[str], found: dict[str, re.Match[str]]) -> tuple[int, int]:
    """Return the span of name, years, series, volume and part."""
    kept = [piece.end() for role, piece in found.items() if role in ("years", "series", "volume", "part")]
    return named.start(), max([named.end(), *kept])


def _volume(text: str, named: re.Match[str], found: dict[str, re.Match[str]]) -> tuple[str, dict[str, str]]:
    """Return the title of the edition with its years and series, and the number and year of the volume as a book."""
    ends = [found[role].end() for role in ("years", "series") if role in found]
    title = text[named.start() : max([named.end(), *ends])].rstrip(" ,")
    number = found["volume"][0].rpartition(" ")[2].rpartition(".")[2] if "volume" in found else ""
    number += f", {found['part'][0]}" if "part" in found else ""
    book = {"volume": number, "locator": ", ".join(found[role][0] for role in ("number", "page") if role in found)}
    if "imprint" in found and (imprint := _IMPRINT.fullmatch(found["imprint"][0])):
        book["date"] = imprint["year"]
    return title, {name: value for name, value in book.items() if value}


def _data(text: str, named: re.Match[str], found: dict[str, re.Match[str]]) -> dict[str, str]:
    parts = [found[role] for role in ("years", "series", "volume", "part") if role in found]
    title = " ".join([named[0], *([] if not parts else [""])]).strip()
    for part in sorted(parts, key=lambda one: one.start()):
        joint = (
            " "
            if part is found.get("years") and text[part.start() - 1] == " " and text[part.start() - 2] != ","
            else ", "
        )
        value = part[0].strip("()")
        bare = part is found.get("volume") and not any(sign in value for sign in ". ")
        title += joint + (f"vol. {value}" if bare else value)
    data = {"container-title": title}
    if "title" in found:
        data["volume-title"] = found["title"][0].strip()
    if "number" in found and (number := _DIGITS.search(found["number"][0])):
        data["section"] = number[0]
    if "page" in found and (pages := _DIGITS.search(found["page"][0])):
        data["page"] = pages[0]
    if "imprint" in found and (imprint := _IMPRINT.fullmatch(found["imprint"][0])):
        values = (("publisher-place", imprint["place"]), ("publisher", imprint["publisher"]))
        data.update({name: value for name, value in values if value})
    return data
