"""Dates of CSL-JSON: `date-parts`, `season`, `circa`, `literal`, and `raw` text as people write it.

A `CslDate` holds one or two (year, month, day) triples with 0 for what is not known; a missing end of a range is an
end of (0, 0, 0). Months 13 to 24 are seasons, four in turn. Left out: calendars other than the
Gregorian and times of the day.
"""

from __future__ import annotations

import re
from functools import lru_cache

from citetool.lazy_re import lazy
from citetool.struct import Struct

Triple = tuple[int, int, int]

_MONTHS = {
    name: i + 1
    for i, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
_SEASONS = {"spr": 1, "sum": 2, "fal": 3, "aut": 3, "win": 4}
_ISO = lazy(r"(-?\d{1,6})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?$")
_DOTTED = lazy(r"\d+\.\d+\.\d+$")
_WORD = lazy(r"[^\W\d_]+|\d+(?:st|nd|rd|th)?")
_US = lazy(r"(\d{1,2})/(\d{1,2})/(\d{1,4})$")
_MONTH_YEAR = lazy(r"(\d{1,2})/(\d{3,4})$")
_YEAR_MONTH = lazy(r"\d{4}/\d{1,2}$")
_TIME = lazy(r"(?:[T ]\s*|^)\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?(?=\s|$)")
_CJK = lazy(r"(\d{1,4})年(\d{1,2})月(\d{1,2})日")
_SHORT_END = lazy(r"^(.*\b)(\d\d)(\d\d)([/–-])(\d\d)$")
_DAYS = frozenset(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
_YMD = lazy(r"(\d{3,4})/(\d{1,2})/(\d{1,2})$")


class CslDate(Struct):
    """A date or a range; a `literal` date has no parts.

    `season` is 1 to 4 where it stands in place of the month, else the name of its term or a text.
    """

    __slots__ = ("circa", "end", "end_season", "literal", "season", "start")

    def __init__(
        self,
        start: Triple = (0, 0, 0),
        end: Triple | None = None,
        season: str = "",
        end_season: str = "",
        circa: bool = False,
        literal: str = "",
    ) -> None:
        self.start = start
        self.end = end
        self.season = season
        self.end_season = end_season
        self.circa = circa
        self.literal = literal


def parse_date(value: object) -> CslDate | None:
    """Return the date in a CSL-JSON value; None where there is none or none can be read."""
    if isinstance(value, (int, str)):
        value = {"raw": str(value)}
    if isinstance(value, list):
        value = {"date-parts": value}
    if not isinstance(value, dict):
        return None
    circa = "circa" in value and bool(value["circa"]) and str(value["circa"]) not in ("0", "false")
    parts = value.get("date-parts")
    date: CslDate | None = None
    if isinstance(parts, list) and parts:
        date = _from_parts(parts)
    if date is None and value.get("raw"):
        date = parse_raw(str(value["raw"]))
    if date is None and value.get("literal"):
        date = CslDate(literal=str(value["literal"]))
    if date is None and value.get("year") is not None:
        date = _from_parts([[value.get("year"), value.get("month", 0), value.get("day", 0)]])
    if date is None:
        return None
    date.circa = date.circa or circa
    season = value.get("season")
    if season not in (None, "", 0) and not date.season:
        date.season = _season(str(season))
    return date


def _season(text: str) -> str:
    number = re.fullmatch(r"(?:season-)?0?([1-4])", text)
    return f"season-0{number[1]}" if number else text


def _from_parts(parts: list[object]) -> CslDate | None:
    triples: list[Triple] = []
    seasons: list[str] = []
    for part in parts[:2]:
        numbers = [_integer(p) for p in (part[:3] if isinstance(part, list) else [part])]
        year, month, day = (*numbers, 0, 0)[:3] if numbers else (0, 0, 0)
        season = ""
        if 13 <= month <= 24:
            season = str((month - 13) % 4 + 1)
            month = 0
        triples.append(_triple(year, month if 0 <= month <= 12 else 0, day if 0 <= day <= 31 else 0))
        seasons.append(season)
    if not triples or triples[0] == (0, 0, 0):
        return None
    date = CslDate(triples[0], season=seasons[0])
    if len(triples) > 1:
        date.end, date.end_season = triples[1], seasons[1]
    return date


@lru_cache(maxsize=8192)
def _triple(year: int, month: int, day: int) -> Triple:
    """Return the same object for the same day: a long bibliography has few."""
    return year, month, day


def _integer(value: object) -> int:
    if type(value) is int:
        return value if -(10**9) < value < 10**9 else 0
    if isinstance(value, bool):
        return 0
    if isinstance(value, (int, float)):
        return int(value) if abs(value) < 10**9 else 0
    if isinstance(value, str):
        match = re.match(r"\s*(-?\d{1,9})", value)
        return int(match[1]) if match else 0
    return 0


def parse_raw(text: str) -> CslDate:
    """Read a written date: ISO, `26 June 1944`, `June 26, 1944`, `Spring 1999`, `1998/1999`, `1987–1990`, `1944?`."""
    raw = _TIME.sub("", _CJK.sub(r"\1-\2-\3", text)).strip()
    circa = False
    if raw.endswith(("?", "~")) or re.match(r"(?i)(?:circa|ca?\.)\s", raw):
        circa = True
        raw = re.sub(r"(?i)^(?:circa|ca?\.)\s*", "", raw).rstrip("?~").strip()
    raw = _SHORT_END.sub(_in_full, raw)
    start, end = _split_range(raw)
    if end is not None and start in ("", ".."):  # nothing is known of the beginning
        start, end = end, None
    first = _parse_one(start)
    if first is None:
        return CslDate(literal=raw or text.strip(), circa=circa)
    date = CslDate(first[0], season=first[1], circa=circa)
    if end is not None:
        if end in ("", ".."):
            date.end = (0, 0, 0)
            return date
        second = _parse_one(end)
        if second is None or 0 < second[0][0] < first[0][0] > 31:
            return CslDate(literal=raw, circa=circa)
        if start.isdecimal() and len(start) <= 2 and second[0][2]:  # `3-7 May 1999`
            date.start = (*second[0][:2], int(start))
        elif first[0][0] == 0 and second[0][0]:
            date.start = (second[0][0], first[0][1], first[0][2])
        date.end, date.end_season = second
    return date if date.start[0] else CslDate(literal=text.strip(), circa=circa)


def _in_full(match: re.Match[str]) -> str:
    """Return a range of years in full, `1944/45` as `1944/1945`; what may be a month or season stays as it is."""
    before, century, year, separator, end = match.groups()
    known = 24 if separator == "-" else 12
    return f"{before}{century}{year}{separator}{century}{end}" if int(end) > max(int(year), known) else match[0]


def _split_range(raw: str) -> tuple[str, str | None]:
    if _YEAR_MONTH.match(raw):
        return raw.replace("/", "-"), None
    if _US.match(raw) or _YMD.match(raw) or _MONTH_YEAR.match(raw):
        return raw, None
    for separator in ("/", "–", " - ", "--"):
        if separator in raw:
            start, _, end = raw.partition(separator)
            return start.strip(), end.strip()
    if re.fullmatch(r"\d{3,4}-(\d{3,4})", raw):
        start, _, end = raw.partition("-")
        return start, end
    if re.search(r"[^\W\d]", raw) and raw.count("-") == 1:
        start, _, end = raw.partition("-")
        return start.strip(), end.strip()
    return raw, None


def _parse_one(text: str) -> tuple[Triple, str] | None:
    match = _ISO.match(text)
    if match:
        date = _from_parts([[match[1], match[2] or 0, match[3] or 0]])
        return (date.start, date.season) if date else None
    us = _US.match(text)
    if us:
        month, day = (int(us[1]), int(us[2])) if int(us[1]) <= 12 else (int(us[2]), int(us[1]))
        return (int(us[3]), month, day), ""
    month_year = _MONTH_YEAR.match(text)
    if month_year:
        return (int(month_year[2]), int(month_year[1]), 0), ""
    if _DOTTED.match(text):
        return None
    ymd = _YMD.match(text)
    if ymd:
        return (int(ymd[1]), int(ymd[2]), int(ymd[3])), ""
    return _parse_words(text)


def _parse_words(text: str) -> tuple[Triple, str] | None:
    year = month = day = 0
    season = ""
    negative = bool(re.search(r"(?i)\bB\.?C\.?(?:E\.?)?", text))
    text = re.sub(r"(?i)\b(?:B\.?C\.?(?:E\.?)?|A\.?D\.?|C\.?E\.?)(?!\w)", " ", text)
    for word in _WORD.findall(text):
        key = word[:3].lower()
        if word[0].isdecimal():
            if len(word) > 12:
                return None
            number = int(re.match(r"\d+", word)[0])  # type: ignore[index] # begins with a digit
            if len(word) >= 3 and word.isdecimal():
                year = number
            elif not day and number <= 31 and (month or not year):
                day = number
            else:
                year = number
        elif key in _DAYS and word.lower().endswith(("day", key)):
            continue
        elif key in _MONTHS:
            month = _MONTHS[key]
        elif key in _SEASONS and len(word) > 3:
            season = f"season-0{_SEASONS[key]}"
        else:
            return None
    if not (year or month or season):
        return None
    if negative:
        year = -year
    return (year, month, day), season
