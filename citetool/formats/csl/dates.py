"""Dates between EDTF and CSL-JSON (CSL 1.0.2, csl-data.json, "date-variable").

CSL holds a day, month, season or year, a range of two, one mark `circa` for the whole, or a literal text. What EDTF
says beyond that (`?` apart from `~`, unspecified digits, sets, times) becomes the nearest range, so that a style prints
something sensible; the record itself is carried beside it where that loses a fact (`json.py`).

Years before Christ: EDTF counts a year 0, CSL does not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from citetool.edtf import OPEN, Date, DateSet, Interval, days_in_month, parse_edtf
from citetool.lazy_re import lazy
from citetool.problems import InputError

_PLAIN = lazy(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?$", re.A)


def to_csl_date(edtf: str, text: str = "") -> dict[str, Any] | None:
    """Return the CSL date of an EDTF text or of `text`, the date as written; None for no date."""
    match = _PLAIN.match(edtf)
    if match:
        year, month, day = match.groups()
        parts = [_csl_year(int(year))]
        if month:
            parts.append(int(month))
        if day:
            parts.append(int(day))
        return {"date-parts": [parts]}
    if not edtf:
        return {"literal": text} if text else None
    ranges, others = _odd_date(edtf, text)
    return {"date-parts": [[*parts] for parts in ranges], **others} if ranges else dict(others) or None


@lru_cache(maxsize=4096)
def _odd_date(edtf: str, text: str) -> tuple[list[list[int]], dict[str, Any]]:
    """Return the `date-parts` of a date that is no plain one, and what stands beside them; not to be changed."""
    try:
        date = _value_date(parse_edtf(edtf), text) or {}
    except InputError:
        date = {"literal": text or edtf}
    parts: list[list[int]] = date.pop("date-parts", [])
    return parts, date


def _value_date(value: Date | Interval | DateSet, text: str) -> dict[str, Any] | None:
    start, end = list(value.start_parts), list(value.end_parts)
    first = value.start if isinstance(value, Interval) else value
    last = value.end if isinstance(value, Interval) else None
    if not start and not end:
        return {"literal": text} if text else None
    if not start:  # CSL has no range without a beginning
        return {"literal": text or f"–{'-'.join(map(str, end))}"}
    date: dict[str, Any] = {}
    ranges = [_with_season(start, first, last is not None)]
    if end:
        ranges.append(_with_season(end, last, in_range=True))
    elif last is OPEN:
        ranges.append([0])
    date["date-parts"] = ranges
    if len(ranges) == 1 and isinstance(first, Date) and first.season_number:
        date["season"] = first.season_number
    if value.is_circa:
        date["circa"] = True
    return date


def _with_season(parts: list[int], date: object, in_range: bool) -> list[int]:
    parts = [_csl_year(parts[0]), *parts[1:]]
    if in_range and isinstance(date, Date) and date.season_number:
        parts.append(20 + date.season_number)
    return parts


def _csl_year(year: int) -> int:
    return year if year > 0 else year - 1


def from_csl_date(value: Any) -> tuple[str, str]:
    """Return `(edtf, text)` of a CSL date: EDTF where it is understood, else its text; `("", "")` for none.

    Also takes what is written in place of a date: a plain text, a bare list of parts, numbers as text.
    """
    if isinstance(value, dict):
        parts = value.get("date-parts")
        if len(value) == 1 and parts.__class__ is list and len(parts) == 1 and (plain := _plain_parts(parts[0])):
            return plain, ""
        edtf = _parts_edtf(parts, value) if parts else ""
        if edtf:
            return edtf, ""
        written = next((value[name] for name in ("literal", "raw", "edtf") if value.get(name)), "")
        if not written and parts:
            written = _loose_parts(parts)
        edtf, text = from_written(written)
        if not edtf and value.get("season") and parts:
            text = f"{value['season']} {_loose_parts(parts)}"
        return edtf, text
    if isinstance(value, list):
        return from_csl_date({"date-parts": value if value and isinstance(value[0], list) else [value]})
    return from_written(value)


def _plain_parts(parts: Any) -> str:
    """Return EDTF of the parts of a plain date, which nearly all are; empty for any other."""
    try:
        return plain_edtf(*parts)
    except TypeError:
        return ""


@lru_cache(maxsize=4096)
def plain_edtf(year: Any, month: Any = None, day: Any = None) -> str:
    """Return EDTF of year, month and day that stand in the calendar; empty for anything else."""
    if year.__class__ is not int or not 0 < year <= 9999:
        return ""
    if month is None:
        return f"{year:04d}" if day is None else ""
    if month.__class__ is not int or not 1 <= month <= 12:
        return ""
    if day is None:
        return f"{year:04d}-{month:02d}"
    if day.__class__ is not int or not _possible(year, month, day):
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}"


def from_written(value: Any) -> tuple[str, str]:
    """Return `(edtf, "")` of a date as EDTF or as people write it, `("", text)` where it is not understood."""
    text = str(value).strip() if isinstance(value, (str, int)) else ""
    return _from_text(text) if text else ("", "")


@lru_cache(maxsize=8192)
def _from_text(text: str) -> tuple[str, str]:
    if _is_plain_day(text):
        return text, ""
    try:
        parse_edtf(text)
    except InputError:
        from citetool.edtf.written import normalise_date  # noqa: PLC0415 - only a text needs it

        edtf = normalise_date(text)
        return (edtf, "") if edtf else ("", text)
    return text, ""


def _is_plain_day(text: str) -> bool:
    match = _PLAIN.match(text)
    if not match:
        return False
    year, month, day = match.groups()
    return _possible(int(year), int(month) if month else None, int(day) if day else None)


def _possible(year: int, month: int | None, day: int | None) -> bool:
    if month is None:
        return True
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= 28 or 1 <= day <= days_in_month(year, month)


def _parts_edtf(ranges: Any, value: dict[str, Any]) -> str:
    """Return EDTF of `date-parts`, empty where they are not a date."""
    if not isinstance(ranges, list) or not 1 <= len(ranges) <= 2:
        return ""
    mark = "~" if value.get("circa") not in (None, False, 0, "0", "false", "") else ""
    ends = [_one_edtf(parts, value.get("season") if len(ranges) == 1 else None, mark) for parts in ranges]
    if len(ends) == 1 or ends[1] == "empty":
        return ends[0] if ends[0] != "empty" else ""
    return "/".join(ends) if all(ends) and ends[0] not in ("empty", "..") else ""


def _one_edtf(parts: Any, season: Any, mark: str) -> str:
    try:
        numbers = [int(part) for part in parts if part not in (None, "")]
    except (TypeError, ValueError, OverflowError):
        return ""
    if not numbers:
        return "empty"
    year = numbers[0]
    if year == 0:
        return ".." if len(numbers) == 1 or not any(numbers) else ""
    if year < 0:
        year += 1
    text = f"{year:04d}" if 0 <= year <= 9999 else f"-{-year:04d}" if -9999 <= year < 0 else f"Y{year}"
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    if len(numbers) == 1:
        number = _season_code(season)
        if season and not number:
            return ""
        return f"{text}-{number}{mark}" if number else text + mark
    month = numbers[1]
    if 13 <= month <= 24:  # seasons as months: 13-16 of older processors, 21-24 of EDTF
        return f"{text}-{month + 8 if month <= 16 else month}{mark}" if month <= 16 or month >= 21 else ""
    day = numbers[2] if len(numbers) > 2 else None
    if not _possible(year, month, day) or text.startswith("Y"):
        return ""
    return f"{text}-{month:02d}" + ("" if day is None else f"-{day:02d}") + mark


_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def _season_code(season: Any) -> int | None:
    if season in (None, ""):
        return None
    word = str(season).strip().lower()
    if word in _SEASONS:
        return _SEASONS[word]
    return {"1": 21, "2": 22, "3": 23, "4": 24, "21": 21, "22": 22, "23": 23, "24": 24}.get(word)


def _loose_parts(ranges: Any) -> str:
    """Return the parts as text, for a date that no calendar has."""
    if not isinstance(ranges, list):
        return str(ranges)
    return "/".join("-".join(map(str, parts)) if isinstance(parts, list) else str(parts) for parts in ranges)
