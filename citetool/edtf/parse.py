"""The way in: EDTF text to value, with a short path for the plain forms and a helpful error for the rest.

Nearly all dates are YYYY, YYYY-MM or YYYY-MM-DD. For a date written the way people write it (`circa 1944`) the
error says what to write instead.
"""

from __future__ import annotations

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem

from .model import Date, Edtf

_NUMBERS = lazy(r"([0-9]{1,2}([./-])[0-9]{1,2}\2)([0-9]{4}|[0-9]{2})")
_TWO_DAYS = lazy(r"(0?[1-9]|1[0-2])([/.-])(0?[1-9]|1[0-2])\2([12][0-9]{3})")
_PLAIN = lazy(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|1[0-9]|2[0-8]))?)?")


def parse_edtf(text: str) -> Edtf:
    """Parse an EDTF text of level 0, 1 or 2; `str()` of the result is the text in its canonical form.

    Raises InputError with one Problem: `where.column` (from 1) is the place in the text, the hint says what to write.

        >>> parse_edtf("1944-06-26").earliest
        (1944, 6, 26)
        >>> str(parse_edtf("1930~/1935"))
        '1930~/1935'
    """
    match = _PLAIN.fullmatch(text)
    if match:
        year, month, day = match.groups()
        if day:
            return Date(int(year), int(month), int(day))
        return Date(int(year), int(month)) if month else Date(int(year))
    return _parse_odd(text)


def _parse_odd(text: str) -> Edtf:
    # few dates need what knows all forms and the words of many languages
    from .grammar import fault, read  # noqa: PLC0415
    from .written import normalise_date  # noqa: PLC0415

    if not text:
        raise fault(text, 1, "nothing", "write a date as 1944-06-26, or XXXX for an undated item")
    try:
        return read(text)
    except InputError as error:
        meant = normalise_date(text)
        two = _TWO_DAYS.fullmatch(text)
        if meant is None and two:
            first, second, year = int(two[1]), int(two[3]), two[4]
            hint = f"write {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}"
            raise fault(text, 1, "two days can be meant", hint) from None
        if meant is None and (numbers := _NUMBERS.fullmatch(text)):
            year = int(numbers[3])
            if len(numbers[3]) == 2:
                hint = f"write the year in full: {numbers[1]}{year + 1900}, if it is that"
                raise fault(text, 1, "the century is missing", hint) from None
            raise fault(text, 1, "there is no such day", "write the day as 1944-06-26") from None
        if meant is None or meant == text:
            raise
        problem = error.problems[0]
        raise InputError(Problem(problem.message, problem.where, f"write {meant}")) from None


def caret(text: str, error: InputError) -> str:
    """Return two lines for a terminal: the text, and a `^` under the place of the fault."""
    column = error.problems[0].where.column or 1
    return f"{text}\n{' ' * (column - 1)}^"
