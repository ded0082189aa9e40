"""Dates as EDTF sees them: one date, an interval of two, a set of several.

The model is the mask model of EDTF level 2: a date has up to three components, year, month (or season) and day,
written as eight digits YYYYMMDD; three masks over these digits say which are uncertain (`?`), approximate (`~`) and
unspecified (`X`). Nothing is kept of the way a date was written: equal dates are equal values, and `str()` gives the
one canonical text.

Values are made by `parse_edtf` and are not changed afterwards; the constructors check nothing.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from citetool.struct import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

Day = tuple[int, int, int]
"""Year (astronomical: 0 is 1 BC), month, day. Triples, since `datetime.date` ends at the years 1 and 9999."""

YEAR, MONTH, DAY = 0b11110000, 0b00001100, 0b00000011
COMPONENTS = (YEAR, MONTH, DAY)

_MARKS = ("", "?", "~", "%")  # index: 1 for uncertain + 2 for approximate
_MONTH_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# First and last month of each season code, ISO 8601-2, 4.8; a last month over 12 is in the following year.
# Seasons without a hemisphere (21-24) are taken as those of the north, in whole months.
_SEASON_MONTHS = {
    **dict.fromkeys((21, 25, 31), (3, 5)),
    **dict.fromkeys((22, 26, 32), (6, 8)),
    **dict.fromkeys((23, 27, 29), (9, 11)),
    **dict.fromkeys((24, 28, 30), (12, 14)),
    **{33 + n: (1 + 3 * n, 3 + 3 * n) for n in range(4)},
    **{37 + n: (1 + 4 * n, 4 + 4 * n) for n in range(3)},
    **{40 + n: (1 + 6 * n, 6 + 6 * n) for n in range(2)},
}


class Open:
    """The type of `OPEN`, the end of an interval that has none (`1950/..`); there is one value of it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "OPEN"


OPEN = Open()


def days_in_month(year: int, month: int) -> int:
    """Length of a month in the proleptic Gregorian calendar."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _MONTH_DAYS[month]


class Date(Value):
    """A day, month, season or year, with what is not sure about it (EDTF levels 0-2).

    `year` is None when no digit of it is known (`XXXX`); of a year with some digits unspecified it is the earliest
    (1950 for `195X`), and so are `month` and `day`, which are None when absent or wholly unspecified. `season` is the
    EDTF code 21-41 in place of a month. `significant` counts the sure digits of the year (`1950S2`), 0 for all;
    `exponent` is that of `Y-17E7`; `time` is what stood after the `T`.
    """

    __slots__ = ("approximate", "day", "exponent", "month", "season", "significant", "time", "uncertain",
                 "unspecified", "year")  # fmt: skip

    def __init__(
        self,
        year: int | None,
        month: int | None = None,
        day: int | None = None,
        season: int | None = None,
        uncertain: int = 0,
        approximate: int = 0,
        unspecified: int = 0,
        significant: int = 0,
        exponent: int = 0,
        time: str = "",
    ) -> None:
        self.year = year
        self.month = month
        self.day = day
        self.season = season
        self.uncertain = uncertain
        self.approximate = approximate
        self.unspecified = unspecified
        self.significant = significant
        self.exponent = exponent
        self.time = time

    def __str__(self) -> str:
        """Return the canonical EDTF text."""
        parts = self._components()
        if self.uncertain or self.approximate:
            parts = self._marked(parts)
        text = "-".join(parts)
        return f"{text}T{self.time}" if self.time else text

    @property
    def earliest(self) -> Day:
        """Return the first day that the date can mean; of `XXXX` that is the first day of year 0."""
        return self._bound(last=False) or (0, 1, 1)

    @property
    def latest(self) -> Day:
        """Return the last day that the date can mean; of `XXXX` that is the last day of year 9999.

        A winter ends in the following February. Uncertainty and approximation do not widen a date.
        """
        return self._bound(last=True) or (9999, 12, 31)

    @property
    def is_possible(self) -> bool:
        """Return whether the calendar has a day for it: not so for `1944-02-30`, nor for `XXX1-02-29`."""
        return self._bound(last=False) is not None

    @property
    def is_uncertain(self) -> bool:
        """Return whether any component is marked `?` or `%`."""
        return self.uncertain != 0

    @property
    def is_approximate(self) -> bool:
        """Return whether any component is marked `~` or `%`."""
        return self.approximate != 0

    @property
    def is_circa(self) -> bool:
        """Return whether any component is marked at all: the `circa` of CSL-JSON."""
        return bool(self.uncertain or self.approximate)

    @property
    def parts(self) -> tuple[int, ...]:
        """Return the exactly known parts from the year down: `(year[, month[, day]])`, `()` where the year is not."""
        if self.year is None or self.unspecified & YEAR or self.significant:
            return ()
        if self.month is None or self.unspecified & MONTH:
            return (self.year,)
        if self.day is None or self.unspecified & DAY:
            return (self.year, self.month)
        return (self.year, self.month, self.day)

    @property
    def start_parts(self) -> tuple[int, ...]:
        """Return `parts`; for a year with unspecified digits the first of its years (`(1950,)` for `195X`)."""
        return self.parts or (() if self.year is None else (self.earliest[0],))

    @property
    def end_parts(self) -> tuple[int, ...]:
        """Return the last of the years for a year with unspecified digits (`(1959,)`), else `()`: there is one date."""
        return () if self.parts or self.year is None else (self.latest[0],)

    @property
    def season_number(self) -> int | None:
        """Return the season as CSL-JSON counts it: 1 spring, 2 summer, 3 autumn, 4 winter; None for other divisions."""
        return (self.season - 21) % 4 + 1 if self.season is not None and self.season <= 32 else None

    def _components(self) -> list[str]:
        parts = [self._year_text()]
        if self.season is not None:
            parts.append(str(self.season))
        elif self.month is not None or self.unspecified & MONTH:
            parts.append(_digits(self.month, 2, self.unspecified >> 2))
            if self.day is not None or self.unspecified & DAY:
                parts.append(_digits(self.day, 2, self.unspecified))
        return parts

    def _year_text(self) -> str:
        year = self.year
        if year is None:
            return "XXXX"
        if self.exponent:
            text = f"Y{year // 10**self.exponent}E{self.exponent}"
        elif abs(year) > 9999:
            text = f"Y{year}"
        else:
            text = ("-" if year < 0 else "") + _digits(abs(year), 4, self.unspecified >> 4)
        return f"{text}S{self.significant}" if self.significant else text

    def _marked(self, parts: list[str]) -> list[str]:
        """Return the components with their marks: right of a component for it and all left of it, left for it alone."""
        before, after = [0] * len(parts), [0] * len(parts)
        for mark, mask in ((1, self.uncertain), (2, self.approximate)):
            flags = [bool(mask & component) for component in COMPONENTS[: len(parts)]]
            group = flags.index(False) if False in flags else len(flags)
            if group:
                after[group - 1] += mark
            for index in range(group, len(flags)):
                before[index] += mark * flags[index]
        return [f"{_MARKS[b]}{p}{_MARKS[a]}" for b, p, a in zip(before, parts, after, strict=True)]

    def _bound(self, *, last: bool) -> Day | None:
        year, month, day = self.year, self.month, self.day
        if self.unspecified:
            return self._search(last=last)
        if year is None:  # only a hand-made date has no year and no mask
            return None
        if self.significant:
            year = self._significant_year(last=last)
        if self.season is not None:
            month = _SEASON_MONTHS[self.season][last]
            year, month = (year + 1, month - 12) if month > 12 else (year, month)
        if month is None:
            return (year, 12, 31) if last else (year, 1, 1)
        length = days_in_month(year, month)
        if day is None:
            return (year, month, length if last else 1)
        return (year, month, day) if day <= length else None

    def _significant_year(self, *, last: bool) -> int:
        year = self.year or 0
        step = int(10 ** (len(_digits(abs(year), 4, 0)) - self.significant))
        low = abs(year) // step * step
        if year < 0:
            return -low if last else -(low + step - 1)
        return low + step - 1 if last else low

    def _search(self, *, last: bool) -> Day | None:
        """Return the first or last day of the calendar whose digits agree with those that are specified."""
        parts = [*self._components(), "XX", "XX"][:3]
        if self.season is not None:
            first, end = _SEASON_MONTHS[self.season]
            year = next(_values(parts[0], last=last))
            month = end if last else first
            year, month = (year + 1, month - 12) if month > 12 else (year, month)
            return (year, month, days_in_month(year, month) if last else 1)
        for year in _values(parts[0], last=last):
            for month in _values(parts[1], last=last):
                if 1 <= month <= 12:
                    length = days_in_month(year, month)
                    for day in _values(parts[2], last=last):
                        if 1 <= day <= length:
                            return (year, month, day)
        return None


Endpoint = Date | Open | None
"""The end of an interval: a date, `OPEN` (`..`), or None where it is not known."""


class Interval(Value):
    """The time from one date to another (EDTF level 0), or without end (level 1). One end at least is a date."""

    __slots__ = ("end", "start")

    def __init__(self, start: Endpoint, end: Endpoint) -> None:
        self.start = start
        self.end = end

    def __str__(self) -> str:
        """Return the canonical EDTF text."""
        return f"{_endpoint_text(self.start)}/{_endpoint_text(self.end)}"

    @property
    def earliest(self) -> Day | None:
        """Return the first day, None when the start is open or unknown."""
        return self.start.earliest if isinstance(self.start, Date) else None

    @property
    def latest(self) -> Day | None:
        """Return the last day, None when the end is open or unknown."""
        return self.end.latest if isinstance(self.end, Date) else None

    @property
    def is_uncertain(self) -> bool:
        """Return whether one of the ends is."""
        return any(end.is_uncertain for end in self.dates)

    @property
    def is_approximate(self) -> bool:
        """Return whether one of the ends is."""
        return any(end.is_approximate for end in self.dates)

    @property
    def is_circa(self) -> bool:
        """Return whether one of the ends is uncertain or approximate."""
        return any(end.is_circa for end in self.dates)

    @property
    def dates(self) -> tuple[Date, ...]:
        """Return the ends that are dates, in order."""
        return tuple(end for end in (self.start, self.end) if isinstance(end, Date))

    @property
    def start_parts(self) -> tuple[int, ...]:
        """Return `Date.start_parts` of the start, `()` when it is open or unknown."""
        return self.start.start_parts if isinstance(self.start, Date) else ()

    @property
    def end_parts(self) -> tuple[int, ...]:
        """Return the parts of the end (of `195X` the last year), `()` when it is open or unknown."""
        return _last_parts(self.end) if isinstance(self.end, Date) else ()


class DateSet(Value):
    """Several dates of which one is meant (`[1667,1668]`) or all (`{1667,1668}`), EDTF level 2.

    A member `1670..1672` is an Interval; the first may start, the last may end with `OPEN` (on or before, on or
    after).
    """

    __slots__ = ("all_of", "members")

    def __init__(self, members: tuple[Date | Interval, ...], all_of: bool = False) -> None:
        self.members = members
        self.all_of = all_of

    def __str__(self) -> str:
        """Return the canonical EDTF text, without spaces."""
        inner = ",".join(map(_member_text, self.members))
        return f"{{{inner}}}" if self.all_of else f"[{inner}]"

    @property
    def earliest(self) -> Day | None:
        """Return the first day of all members, None when the set is open towards the past."""
        days = [member.earliest for member in self.members]
        known = [day for day in days if day is not None]
        return min(known) if len(known) == len(days) else None

    @property
    def latest(self) -> Day | None:
        """Return the last day of all members, None when the set is open towards the future."""
        days = [member.latest for member in self.members]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    @property
    def is_uncertain(self) -> bool:
        """Return whether one of the members is."""
        return any(member.is_uncertain for member in self.members)

    @property
    def is_approximate(self) -> bool:
        """Return whether one of the members is."""
        return any(member.is_approximate for member in self.members)

    @property
    def is_circa(self) -> bool:
        """Return whether one of the members is uncertain or approximate."""
        return any(member.is_circa for member in self.members)

    @property
    def start_parts(self) -> tuple[int, ...]:
        """Return `start_parts` of the first member, `()` when it has no start."""
        return self.members[0].start_parts

    @property
    def end_parts(self) -> tuple[int, ...]:
        """Return the parts of the last member's end, `()` when it has none or the set is one date."""
        last = self.members[-1]
        if isinstance(last, Interval):
            return last.end_parts
        return _last_parts(last) if len(self.members) > 1 else last.end_parts


Edtf = Date | Interval | DateSet
"""The meaning of an EDTF text."""


def _last_parts(date: Date) -> tuple[int, ...]:
    return date.end_parts or date.parts


def _endpoint_text(end: Endpoint) -> str:
    if end is None:
        return ""
    return ".." if isinstance(end, Open) else str(end)


def _member_text(member: Date | Interval) -> str:
    if isinstance(member, Date):
        return str(member)
    ends = ("" if isinstance(end, Open) else _endpoint_text(end) for end in (member.start, member.end))
    return "..".join(ends)


def _digits(value: int | None, width: int, mask: int) -> str:
    """Return the number with leading zeros, X for each digit whose bit is set; the lowest bit is the last digit."""
    text = f"{value or 0:0{width}}"
    if not mask:
        return text
    return "".join("X" if mask >> (width - 1 - index) & 1 else digit for index, digit in enumerate(text))


def _values(pattern: str, *, last: bool) -> Iterator[int]:
    """Yield the numbers that agree with digits and Xs, ascending, or descending from the `last`."""
    sign = -1 if pattern.startswith("-") else 1
    descending = last == (sign > 0)
    choice = "9876543210" if descending else "0123456789"
    for digits in product(*(choice if digit == "X" else digit for digit in pattern.lstrip("-"))):
        value = int("".join(digits))
        if value or sign > 0:  # there is no year -0000
            yield sign * value
