"""The grammar of EDTF, levels 0 to 2 (Library of Congress EDTF specification; ISO 8601-2, 4 and annex A).

    edtf     = set | interval | date
    set      = ("[" members "]") | ("{" members "}")        members = member *("," member)
    member   = date | date ".." date | ".." date | date ".."
    interval = end "/" end                                   end = date | ".." | ""
    date     = time | long | [mark] year [mark] ["-" [mark] month [mark] ["-" [mark] day [mark]]]
    long     = "Y" ["-"] digits ["E" digits] ["S" digits] [mark] | ["-"] 4digits "S" digits [mark]
    mark     = "?" | "~" | "%"

Digits of year, month and day may be X; a month of 21 to 41 is a season. A mark right of a component holds for it and
all to its left, a mark left of a component for it alone. Stricter than the specification in two things: an interval
needs one date, and a day must be in the calendar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

from .model import DAY, MONTH, OPEN, YEAR, Date, DateSet, Edtf, Endpoint, Interval

if TYPE_CHECKING:
    import re

_MARK = "([?~%]?)"
_DATE = lazy(rf"{_MARK}(-?[0-9X]{{4}}){_MARK}(?:-{_MARK}([0-9X]{{2}}){_MARK}(?:-{_MARK}([0-9X]{{2}}){_MARK})?)?")
_LONG = lazy(rf"(?:Y(-?[1-9][0-9]*)(?:E([1-9][0-9]*))?|(-?[0-9]{{4}})(?=S))(?:S([1-9][0-9]*))?{_MARK}")
_TIME = lazy(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T"
    r"((?:(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:\.[0-9]+)?)?|24:00(?::00)?)"
    r"(?:Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)?)"
)
# As much of a date as is well formed; where it stops is the fault.
_START = lazy(
    r"[?~%]?-?[0-9X]{1,4}(?:(?<=[0-9X]{4})[?~%]?(?:-[?~%]?(?:[0-9X]{1,2}(?:(?<=[0-9X]{2})[?~%]?"
    r"(?:-[?~%]?(?:[0-9X]{1,2}(?:(?<=[0-9X]{2})[?~%]?)?)?)?)?)?)?)?"
)
_MOST_YEAR_DIGITS = 18
_FLAGS = {"": 0, "?": 1, "~": 2, "%": 3}


def fault(text: str, column: int, message: str, hint: str) -> InputError:
    """Return the error for a fault at a column (from 1) of the text."""
    shown = text if len(text) <= 60 else f"{text[:59]}…"
    return InputError(Problem(f"{message} in date {shown!r}", Where(column=column), hint))


def read(text: str) -> Edtf:
    """Parse an EDTF text. Raises InputError with the column of the fault."""
    if text[:1] in ("[", "{"):
        return _read_set(text)
    if "/" in text:
        return _read_interval(text)
    return _read_date(text, 0, len(text))


def _read_set(text: str) -> DateSet:
    closing = "]" if text[0] == "[" else "}"
    if text[-1] != closing:
        raise fault(text, len(text), f"{closing!r} is missing", f"close the set with {closing!r}")
    members: list[Date | Interval] = []
    position = 1
    pieces = text[1:-1].split(",")
    for index, piece in enumerate(pieces):
        start = position + len(piece) - len(piece.lstrip())
        members.append(_read_member(text, start, start + len(piece.strip())))
        member = members[-1]
        if isinstance(member, Interval) and (
            (member.start is OPEN and index > 0) or (member.end is OPEN and index < len(pieces) - 1)
        ):
            raise fault(
                text, start + 1, "an open range inside a set", "'..' opens only the first or closes only the last"
            )
        position += len(piece) + 1
    return DateSet(tuple(members), all_of=closing == "}")


def _read_member(text: str, start: int, end: int) -> Date | Interval:
    dots = text.find("..", start, end)
    if dots < 0:
        return _read_date(text, start, end)
    if end - start == 2:
        raise fault(text, start + 1, "a range without a date", "write 1670..1672, ..1672 or 1670..")
    first: Endpoint = _read_date(text, start, dots) if dots > start else OPEN
    last: Endpoint = _read_date(text, dots + 2, end) if dots + 2 < end else OPEN
    return _checked(text, start, Interval(first, last))


def _read_interval(text: str) -> Interval:
    slash = text.index("/")
    start, end = _read_end(text, 0, slash), _read_end(text, slash + 1, len(text))
    if not isinstance(start, Date) and not isinstance(end, Date):
        raise fault(text, 1, "an interval without a date", "write 1944/.., ../1944, or XXXX for an undated item")
    return _checked(text, 0, Interval(start, end))


def _read_end(text: str, start: int, end: int) -> Endpoint:
    if start == end:
        return None
    return OPEN if text[start:end] == ".." else _read_date(text, start, end)


def _checked(text: str, start: int, interval: Interval) -> Interval:
    first, last = interval.earliest, interval.latest
    if first is not None and last is not None and first > last:
        raise fault(text, start + 1, "the end is before the start", "write the earlier date first")
    return interval


def _read_date(text: str, start: int, end: int) -> Date:
    match = _DATE.fullmatch(text, start, end)
    if match:
        return _read_components(text, match)
    match = _TIME.fullmatch(text, start, end)
    if match:
        year, month, day = (int(digits) for digits in match.group(1, 2, 3))
        return _possible(text, match, Date(year, month, day, time=match[4]))
    match = _LONG.fullmatch(text, start, end)
    if match:
        return _read_long(text, match)
    well_formed = _START.match(text, start, end)
    column = (well_formed.end() if well_formed else start) + 1
    message = "something is missing" if column > end else f"{text[column - 1]!r} does not belong here"
    raise fault(text, column, message, "write 1944, 1944-06, 1944-06-26, 1944~ for circa, 194X, or 1944/1945")


def _read_components(text: str, match: re.Match[str]) -> Date:
    """Return the date of a match of `_DATE`: its groups are mark, component, mark, three times."""
    groups = match.groups()
    year, month, day = groups[1], groups[4], groups[7]
    uncertain = approximate = 0
    for index, component in enumerate((YEAR, MONTH, DAY)):
        alone, group = _FLAGS[groups[3 * index] or ""], _FLAGS[groups[3 * index + 2] or ""]
        leftwards = (YEAR, YEAR | MONTH, YEAR | MONTH | DAY)[index]
        uncertain |= (component if alone & 1 else 0) | (leftwards if group & 1 else 0)
        approximate |= (component if alone & 2 else 0) | (leftwards if group & 2 else 0)
    date = Date(_year(text, match, year), uncertain=uncertain, approximate=approximate)
    date.unspecified = _unspecified(year) << 4
    if month is None:
        return date
    if month.isdecimal() and 21 <= int(month) <= 41:
        if day is not None:
            raise fault(text, match.start(8) + 1, "a day after a season", "write the season alone, as in 1944-21")
        date.season = int(month)
        return date
    date.unspecified |= _unspecified(month) << 2
    date.month = _first(month, 12)
    if date.month == 0:
        hint = "a month is 01 to 12, a season 21 (spring) to 24 (winter), or up to 41"
        raise fault(text, match.start(5) + 1, f"there is no month {month}", hint)
    if day is not None:
        date.unspecified |= _unspecified(day)
        date.day = _first(day, 31)
        if date.day == 0:
            raise fault(text, match.start(8) + 1, f"there is no day {day}", "a day is 01 to 31")
    return _possible(text, match, date)


def _read_long(text: str, match: re.Match[str]) -> Date:
    """Return the date of a match of `_LONG`: a year after Y, with exponent, or with significant digits."""
    long, exponent_text, short, significant_text, mark = match.groups()
    if long is None and short == "-0000":
        raise fault(text, match.start() + 1, "there is no year -0000", "the year 0 is written 0000")
    exponent, significant = (int(digits[:4]) if digits else 0 for digits in (exponent_text, significant_text))
    digits = len((long or short).lstrip("-")) + exponent
    if digits > _MOST_YEAR_DIGITS:
        raise fault(text, match.start() + 1, f"a year of {digits} digits", f"at most {_MOST_YEAR_DIGITS} digits")
    if long is not None and not exponent and digits < 5:
        raise fault(text, match.start() + 1, "Y before a short year", "Y is for years of more than four digits")
    if significant > digits:
        hint = f"S gives how many of the {digits} digits are sure"
        raise fault(text, match.start(4) + 1, f"{significant} significant digits", hint)
    flags = _FLAGS[mark]
    return Date(
        int(long or short) * 10**exponent,
        uncertain=YEAR if flags & 1 else 0,
        approximate=YEAR if flags & 2 else 0,
        significant=significant,
        exponent=exponent,
    )


def _possible(text: str, match: re.Match[str], date: Date) -> Date:
    """Return the date itself when the calendar has it."""
    if date.month is not None and not 1 <= date.month <= 12:
        raise fault(text, match.start() + 6, f"there is no month {date.month:02}", "a month is 01 to 12")
    if date.is_possible:
        return date
    column = match.start() + len(match[0].partition("T")[0])
    raise fault(text, column, "the calendar has no such day", "check the day and the month: 1944-06-30, 1944-02-29")


def _year(text: str, match: re.Match[str], digits: str) -> int | None:
    """Return the earliest year with these digits, None for XXXX."""
    if digits == "XXXX":
        return None
    if digits == "-0000":
        raise fault(text, match.start(2) + 1, "there is no year -0000", "the year 0 is written 0000")
    return int(digits.replace("X", "9" if digits[0] == "-" else "0"))


def _unspecified(digits: str) -> int:
    mask = 0
    for digit in digits.lstrip("-"):
        mask = mask << 1 | (digit == "X")
    return mask


def _first(digits: str, most: int) -> int | None:
    """Return the first number from 1 to `most` with these digits, None for XX, 0 when there is none."""
    if digits == "XX":
        return None
    if "X" not in digits:
        return int(digits) if int(digits) <= most else 0
    for number in range(1, most + 1):
        if all(wanted in ("X", digit) for wanted, digit in zip(digits, f"{number:02}", strict=True)):
            return number
    return 0
