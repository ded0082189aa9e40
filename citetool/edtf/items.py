"""One written date or range out of a row of tokens.

A table knows the orders in which year, month and day are written. What one end of a range leaves out is taken from
the other (`June 26-28, 1944`; `1944 June 26-July 3`; `1944-45`). A date may still lack its year afterwards: in a
list the next item has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import DAY, MONTH, OPEN, YEAR, Date, DateSet, Endpoint, Interval, days_in_month
from .tokens import HYPHEN

if TYPE_CHECKING:
    from .tokens import Tokens

# Where year, month (or season) and day stand in a part of this shape; -1 for what it lacks.
_PARTS: dict[str, tuple[int, int, int]] = {
    "Y": (0, -1, -1), "E": (0, -1, -1),
    "MY": (1, 0, -1), "M,Y": (2, 0, -1), "YM": (0, 1, -1), "Y,M": (0, 2, -1),
    "SY": (1, 0, -1), "S,Y": (2, 0, -1), "YS": (0, 1, -1), "Y,S": (0, 2, -1),
    "MDY": (2, 0, 1), "MD,Y": (3, 0, 1), "MD.Y": (3, 0, 1), "M,DY": (3, 0, 2), "M,D,Y": (4, 0, 2),
    "DMY": (2, 1, 0), "DM,Y": (3, 1, 0), "D.MY": (3, 2, 0), "D.M,Y": (4, 2, 0), "D,MY": (3, 2, 0),
    "YMD": (0, 1, 2), "Y,MD": (0, 2, 3), "YM,D": (0, 1, 3), "Y,M,D": (0, 2, 4),
    "YDM": (0, 2, 1), "Y,DM": (0, 3, 2), "YD.M": (0, 3, 1), "Y,D.M": (0, 4, 2),
    "D-M-Y": (4, 2, 0), "D/M/Y": (4, 2, 0), "D.M.Y": (4, 2, 0), "Y-M-D": (0, 2, 4), "Y/M/D": (0, 2, 4),
    "DRY": (2, 1, 0), "D.RY": (3, 2, 0), "D.R.Y": (4, 2, 0), "D/R/Y": (4, 2, 0), "D-R-Y": (4, 2, 0),
    "Y-D-D": (0, 2, 4), "Y/D/D": (0, 2, 4), "Y.D.D": (0, 2, 4),
    "M": (-1, 0, -1), "S": (-1, 0, -1), "D": (-1, -1, 0), "D.": (-1, -1, 0), "N": (-1, -1, 0),
    "MD": (-1, 0, 1), "DM": (-1, 1, 0), "D.M": (-1, 2, 0),
    "DY": (1, -1, 0), "D,Y": (2, -1, 0),
}  # fmt: skip
_DAY_OR_MONTH_FIRST = frozenset(("D/D/Y", "D.D.Y", "D-D-Y"))
_CENTURY = frozenset(("DH", "D.H", "RH", "HR"))
_MARKS = {"Q": 1, "C": 2}  # uncertain, approximate
UNKNOWN_DATE = Date(None, unspecified=YEAR)


def read_item(tokens: Tokens, start: int, end: int) -> Date | Interval | DateSet | None:
    """Read the date in the tokens from `start` to before `end`, one at least; None when they are no date.

    A Date or an Interval of dates may lack the year (`is_complete` tells).
    """
    shape = tokens.shape[start:end]
    first = shape[0]
    if first in "BAI!T" or shape[-1] in "BA":
        return UNKNOWN_DATE if shape == "!P" else _one_of_range(tokens, start, end)
    if first == "U":
        return UNKNOWN_DATE if shape == "U" else None
    if first == "F":
        since = read_range(tokens, start + 1, end)
        return Interval(since, OPEN) if isinstance(since, Date) else since
    if first == "-":
        until = None if tokens.values[start] else read_range(tokens, start + 1, end)  # a word, not a dash
        return Interval(OPEN, until) if isinstance(until, Date) else None
    return read_range(tokens, start, end)


def is_complete(date: Date) -> bool:
    """Return whether the date has a year, what its day needs, and a place in the calendar."""
    if date.year is None or (date.month is None and date.day is not None):
        return date is UNKNOWN_DATE
    if date.month is None:
        return True
    return 1 <= date.month <= 12 and (date.day is None or 1 <= date.day <= days_in_month(date.year, date.month))


def read_range(tokens: Tokens, start: int, end: int) -> Date | Interval | None:
    """Return a date, or two with a dash or `to` between them; a mark before a range holds for both ends."""
    start, end, lead, trail = _without_marks(tokens.shape, start, end)
    date = _point(tokens, start, end)
    if date is not None:
        return _mark(date, lead | trail)
    shape = tokens.shape[start:end]
    dash = _middle_dash(shape)
    if dash < 1:
        return None
    dash += start
    left_start, left_end, left_lead, left_trail = _without_marks(tokens.shape, start, dash)
    left = _point(tokens, left_start, left_end)
    if left is None:
        return None
    right_start, right_end, right_lead, right_trail = _without_marks(tokens.shape, dash + 1, end)
    left_marks, right_marks = lead | left_lead | left_trail, lead | right_lead | right_trail | trail
    if tokens.shape[right_start:right_end] in ("", "P"):
        unknown = right_start == right_end and trail & 1  # `1882-?`
        return Interval(_mark(left, left_marks), None if unknown else OPEN) if is_complete(left) else None
    right = _point(tokens, right_start, right_end)
    if right is None:
        return None
    if _is_bare_year(left) and right.day is not None and right.month is None and right.year is None:
        return _year_and_suffix(tokens, dash, left, left_marks, right_marks)
    if not _fill(left, right, year_first=tokens.shape[left_start] == "Y"):
        return None
    return _interval(_mark(left, left_marks), _mark(right, right_marks))


def _without_marks(shape: str, start: int, end: int) -> tuple[int, int, int, int]:
    """Return the span without `ca.` and `?`, and its marks (1 uncertain, 2 approximate) at both ends."""
    lead = trail = 0
    while start < end and shape[start] in _MARKS:
        lead |= _MARKS[shape[start]]
        start += 1
    while start < end and shape[end - 1] in _MARKS:
        trail |= _MARKS[shape[end - 1]]
        end -= 1
    return start, end, lead, trail


def _mark(date: Date, marks: int) -> Date:
    """Return the date with all its components marked; one whose year is still to come is marked for that year too."""
    if marks:
        mask = YEAR | (MONTH if date.month is not None or date.season is not None else 0)
        mask |= DAY if date.day is not None else 0
        date.uncertain |= mask if marks & 1 else 0
        date.approximate |= mask if marks & 2 else 0
    return date


def _point(tokens: Tokens, start: int, end: int) -> Date | None:
    """Return the date, maybe without year or month, that the tokens are, without marks."""
    shape, values = tokens.shape[start:end], tokens.values
    where = _PARTS.get(shape)
    if where is None:
        return _numeric_point(tokens, start, end, shape)
    year, month, day = where
    if shape == "E":
        return Date(values[start] >> 8, unspecified=(values[start] & 15) << 4)
    date = Date(values[start + year] if year >= 0 else None)
    if month >= 0:
        if "S" in shape:
            date.season = values[start + month]
        else:
            date.month = values[start + month]
    if day >= 0:
        date.day = values[start + day]
    return date


def _numeric_point(tokens: Tokens, start: int, end: int, shape: str) -> Date | None:
    """Return a date of numbers only, where the numbers themselves decide what they are."""
    values = tokens.values[start:end]
    if shape in _DAY_OR_MONTH_FIRST:
        first, second, year = values[0], values[2], values[4]
        if first > 12 or first == second:
            return Date(year, second, first)
        return Date(year, first, second) if second > 12 else None
    if shape in _CENTURY:
        century = values[1] if shape[0] == "H" else values[0]
        return Date((century - 1) * 100, unspecified=0b11 << 4) if 10 < century < 22 else None
    if shape == "D/Y":
        return Date(values[2], values[0])
    # 1944/06 is a month, 1911/12 may be a winter of two years
    if shape == "Y/D" and tokens.width(end - 1) == 2 and values[2] <= min(12, values[0] % 100):
        return Date(values[0], values[2])
    return None


def _middle_dash(shape: str) -> int:
    """Return the place of the dash that parts the two ends, -1 for none; without a dash, that of a slash."""
    sign = "-" if "-" in shape else "/"
    places = [index for index, kind in enumerate(shape) if kind == sign]
    return places[len(places) // 2] if len(places) % 2 else -1


def _is_bare_year(date: Date) -> bool:
    return not (date.month or date.season or date.day or date.unspecified) and date.year is not None


def _year_and_suffix(
    tokens: Tokens, dash: int, left: Date, left_marks: int, right_marks: int
) -> Date | Interval | None:
    """Return `1944-45`, `1912–7` as two years; a plain hyphen before 01 to 12 is the ISO month."""
    width, number = tokens.width(dash + 1), tokens.values[dash + 1]
    year = left.year or 0
    if number <= 12 and tokens.values[dash] < 2:
        iso = width == 2 and tokens.values[dash] == HYPHEN and tokens.touches(dash)
        return _mark(Date(year, number), left_marks | right_marks) if iso and number else None
    last = year - year % 10**width + number
    return _interval(_mark(left, left_marks), _mark(Date(last), right_marks)) if last > year else None


def _fill(left: Date, right: Date, *, year_first: bool) -> bool:
    """Give each end what it takes from the other; False when the two do not go together."""
    if right.year is None and left.year is not None:
        if right.month is None and right.season is None:
            if not year_first or left.day is None:
                return False
            right.month = left.month
        elif left.month is None and left.season is None:  # `1944-June`
            return False
        right.year = left.year
        return True
    if left.year is None:
        left.year = right.year
        if left.month is None and left.season is None:
            left.month = right.month
        if right.month is None and right.season is None and right.day is not None:
            right.month = left.month
    return True


def _interval(left: Date, right: Date) -> Interval | None:
    """Return the interval, None when it runs backwards or one end is no date."""
    if left.year is None and right.year is None:
        return Interval(left, right)
    if not is_complete(left) or not is_complete(right) or left.earliest > right.latest:
        return None
    return Interval(left, right)


def _one_of_range(tokens: Tokens, start: int, end: int) -> DateSet | None:
    """Return `before`, `after`, `by`, `not before`, `between` and `or later`: one unnamed date in a range."""
    shape = tokens.shape[start:end]
    if shape[0] == "T":
        bounds = _between(tokens, start + 1, end)
        return DateSet((bounds,)) if bounds is not None else None
    if shape[-2:] in ("|A", "&A", "|B", "&B"):
        kind, inclusive, end = shape[-1], True, end - 2
    else:
        inclusive = shape[0] in "!I"
        start += 2 if shape[0] == "!" else 1
        kind = {"!A": "B", "!B": "A"}.get(shape[:2], "") if shape[0] == "!" else "B" if shape[0] == "I" else shape[0]
    date = read_range(tokens, start, end)
    if not isinstance(date, Date) or not is_complete(date):
        return None
    bound = date if inclusive else _next_to(date, after=kind == "A")
    if bound is None or kind not in ("A", "B"):
        return None
    ends: tuple[Endpoint, Endpoint] = (bound, OPEN) if kind == "A" else (OPEN, bound)
    return DateSet((Interval(*ends),))


def _between(tokens: Tokens, start: int, end: int) -> Interval | None:
    middle = tokens.shape.find("&", start, end)
    if middle < 0:
        found = read_range(tokens, start, end)
        return found if isinstance(found, Interval) and len(found.dates) == 2 else None
    left, right = read_range(tokens, start, middle), read_range(tokens, middle + 1, end)
    if not isinstance(left, Date) or not isinstance(right, Date) or not _fill(left, right, year_first=False):
        return None
    return _interval(left, right) if left.year is not None else None


def _next_to(date: Date, *, after: bool) -> Date | None:
    """Return the day, month or year after or before the date, with its marks; None for a season."""
    if date.season is not None:
        return None
    step = 1 if after else -1
    year, month, day = date.latest if after else date.earliest
    if date.day is not None:
        day += step
        if not 1 <= day <= days_in_month(year, month):
            year, month = _month_next_to(year, month, step)
            day = 1 if after else days_in_month(year, month)
        return Date(year, month, day, None, date.uncertain, date.approximate)
    if date.month is not None:
        year, month = _month_next_to(year, month, step)
        return Date(year, month, None, None, date.uncertain, date.approximate)
    return Date(year + step, None, None, None, date.uncertain, date.approximate)


def _month_next_to(year: int, month: int, step: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + step
    return index // 12, index % 12 + 1
