"""Numbers: what is numeric, ranges of pages, ordinals and Roman numerals.

SPEC (CSL 1.0.2, "Number"): content is numeric if it solely consists of numbers; numbers may have prefixes and
suffixes ("D2", "2b", "L2d") and may be separated by a comma, hyphen or ampersand, with or without spaces.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .locator import split_locator

if TYPE_CHECKING:
    from citetool.csl.style.locale import Locale

_ONE = r"[^\W\d_]{0,4}\d+[^\W\d_]{0,4}"
_FIRST = rf"(?:{_ONE}|[ivx][ivxlcdm]*)"
_ANY = rf"(?:{_ONE}|[ivxlcdm]+|[A-Z]{{1,4}}|\b[a-z]\b)"
_NUMERIC = lazy(rf"\s*{_FIRST}(?:(?:\s*(?:[-–—&/]|\band\b)+\s*|\s*,\s+){_ANY})*\s*\Z")
_ROMANS = lazy(r"[ivx]+(?:\s*[-–,&]\s*[ivx]+)*$")
_RANGE = lazy(r"(?<!\w)((?:\w*[^\W\d_])?)(\d+)([^\W\d_]*)\s*-+\s*((?:\w*[^\W\d_])?)(\d+)([^\W\d_]*)(?!\w)")
# longer runs of digits are no numbers to count with
MAX_DIGITS = 15
_WORDS = lazy(r"[;:()+]|\w\s+\w")
_LISTED = lazy(r"&|,\s+|\band\b")
_HYPHENS = lazy(r"\s*[-–—]+\s*")
_JOINED = lazy(r"[^\W_]+(?:\s*[-–—]+\s*[^\W_]+)+")
_BEGINS_WITH_NUMBER = lazy(r"(?:[^\W_]*\d[^\W\d_]*|[ivxlcdmIVXLCDM]+)(?:\s*[-–—]|$)")
_SHAPE = lazy(r"([^\W\d_]*)\d+[^\W\d_]{0,5}$")
_SMALL_ROMAN = lazy(r"(?:[ivx]|[ivxlcdm]{2,})$")  # letters that stand alone are letters
_CAPITAL_ROMAN = lazy(r"(?:[IVX]|[IVXLCDM]{2,})$")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@lru_cache(maxsize=4096)  # asked several times of the same field, and fields repeat: an issue, an edition
def is_numeric(text: str, *, labelled: bool = False) -> bool:
    """Return whether the content solely consists of numbers.

    DEVIATION: as in the reference, small Roman numerals up to 39 are numbers (`iv`), so are `1/2` and a number with
    other ones behind it that have labels (`12 n. 4`); `1,234`, which may be one number or two, is none. With `labelled`
    it may begin with a label as well (`pp. 3-8`).
    """
    if len(text) >= 200:
        return False
    if "." in text:
        parts = split_locator(text)
        return (labelled or not parts[0].label) and all(_is_number(part.value) for part in parts)
    return _is_number(text)


def _is_number(text: str) -> bool:
    return bool(_NUMERIC.match(text)) and (any(map(str.isdigit, text)) or bool(_ROMANS.match(text)))


def is_plural(text: str) -> bool:
    """Return whether a label for this content is plural: a list that begins with a number, or a range.

    `1,234` is one number, and so is what hyphens join without being a range (`306-NT-1234`).
    """
    first, *more = _LISTED.split(text.replace("\\-", ""), maxsplit=1)
    if more:
        return bool(_BEGINS_WITH_NUMBER.match(first.strip()))
    joined = _JOINED.match(first.strip())
    return joined is not None and is_range(joined[0])


def is_range(text: str) -> bool:
    """Return whether hyphens join two numbers of one shape: `12-13`, `xii-15`, `II-IV`, `A1-B5`, `12a-13b`, `S1-2`.

    DEVIATION: to the reference everything that begins with a number is a range, but few call numbers are: `12-A`,
    `1-2-3`, `USF34-9058`. Pages are numbered by chapter at times (`5-12-5-18`).
    """
    pieces = _HYPHENS.split(text.strip())
    if len(pieces) == 4:
        return pieces[0] == pieces[2] and is_range(f"{pieces[1]}-{pieces[3]}")
    if len(pieces) != 2:
        return False
    if all(map(_CAPITAL_ROMAN.match, pieces)):
        return True
    first, second = map(_shape, pieces)
    return first is not None and second is not None and (first == second or (not second and len(first) == 1))


def _shape(piece: str) -> str | None:
    """Return the letters before a number as `a` and `A`; None for what is none."""
    if _SMALL_ROMAN.match(piece):
        return ""
    found = _SHAPE.match(piece)
    return found and "".join("A" if letter.isupper() else "a" for letter in found[1])


def to_roman(number: int) -> str:
    """Lower-case Roman numeral; numbers beyond 3999 stay Arabic."""
    if not 0 < number < 4000:
        return str(number)
    parts = []
    for value, letters in _ROMAN:
        while number >= value:
            parts.append(letters)
            number -= value
    return "".join(parts)


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """Return the number with the locale's ordinal suffix, in the gender of its noun where the locale has such forms."""
    return f"{number}{ordinal_suffix(number, locale, gender)}"


def ordinal_suffix(number: int, locale: Locale, gender: str = "") -> str:
    """SPEC ("Ordinal Suffixes"): the most specific of ordinal-00..99 whose `match` fits, else `ordinal`."""
    terms = locale.ordinals
    for digits, default in ((100, "last-two-digits"), (10, "last-digit")):
        name = f"ordinal-{number % digits:02}"
        for form in (gender, "") if gender else ("",):
            found = terms.get((name, form))
            if found is not None:
                match = found[1] or default
                if digits == 100 and number % 100 < 10:
                    match = found[1] or "last-digit"
                if match == "whole-number" and number != number % digits:
                    continue
                if match == "last-two-digits" and digits == 10 and number % 100 >= 10:
                    continue
                return found[0]
    for form in (gender, ""):
        found = terms.get(("ordinal", form))
        if found is not None:
            return found[0]
    return ""


def long_ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """`first` to `tenth` in words, other numbers as short ordinals."""
    for form in (gender, ""):
        found = locale.ordinals.get((f"long-ordinal-{number:02}", form))
        if found is not None:
            return found[0]
    return ordinal(number, locale, gender)


def format_numbers(text: str, delimiter: str) -> str:
    r"""Give the ranges of a number the locale's delimiter.

    Hyphens stay inside of one number, in what is no number, and where they are written as `\-`.
    """
    if "-" in text and (is_numeric(text) or is_range(text)):
        return _JOINED.sub(lambda found: _dashed(found[0], delimiter) if is_range(found[0]) else found[0], text)
    return text.replace("\\-", "-")


def _dashed(numbers: str, delimiter: str) -> str:
    """Put the delimiter in the middle of a range."""
    pieces = _HYPHENS.split(numbers)
    half = len(pieces) // 2
    return "-".join(pieces[:half]) + delimiter + "-".join(pieces[half:])


def format_range(text: str, form: str, delimiter: str) -> str:
    r"""Page ranges in the form that the style asks for, with the locale's delimiter; `\-` is a hyphen that stays.

    `form` is a CSL page-range-format or ''. Pieces between commas and ampersands are ranges of their own.
    """
    if "-" not in text:
        return text.replace("\\-", "-")
    protected = text.replace("\\-", "\0")
    protected = _JOINED.sub(lambda found: _by_chapter(found[0]), protected)
    if form and not _WORDS.search(text):  # beside words a number may be something else than a page
        protected = _RANGE.sub(lambda m: _one_range(m, form, delimiter), protected)
    protected = re.sub(r"(?<=\w)\s*--?\s*(?=\w)", lambda _: delimiter, protected)
    return protected.replace("\0", "-").replace("\1", delimiter)


def _by_chapter(numbers: str) -> str:
    """Protect the hyphens of pages that are numbered by chapter: `A-1-A-10` has one dash."""
    if numbers.count("-") == 3 and is_range(numbers):
        return _dashed(numbers, "\1").replace("-", "\0")
    return numbers


def _one_range(match: re.Match[str], form: str, delimiter: str) -> str:
    prefix1, first, suffix1, prefix2, second, suffix2 = match.groups()
    if suffix1 or suffix2 or prefix1 != prefix2:
        if prefix1 or prefix2:
            return f"{prefix1}{first}{suffix1}\0{prefix2}{second}{suffix2}"
        return f"{first}{suffix1}{delimiter}{second}{suffix2}"
    if len(first) > MAX_DIGITS or len(second) > MAX_DIGITS:
        return f"{first}{delimiter}{second}"
    if first == second:
        return match[0].replace("-", delimiter)
    full = first[: len(first) - len(second)] + second if len(second) < len(first) else second
    if int(full) < int(first):
        return f"{prefix1}{first}{delimiter}{prefix2}{second}"
    if len(full) != len(first):
        # DEVIATION: as in the reference, a letter before both numbers is printed once, unless ranges are expanded
        return f"{prefix1}{first}{delimiter}{prefix2 if form == 'expanded' else ''}{full}"
    if form == "expanded":
        return f"{prefix1}{first}{delimiter}{prefix1}{full}"
    if form == "minimal":
        shown = _minimal(first, full, 1)
    elif form == "minimal-two":
        shown = _minimal(first, full, 2)
    else:
        shown = _chicago(first, full, four_digits=form in ("chicago", "chicago-15"))
    return f"{prefix1}{first}{delimiter}{shown}"


def _minimal(first: str, full: str, least: int) -> str:
    same = 0
    while same < len(full) - least and first[same] == full[same]:
        same += 1
    return full[same:]


def _chicago(first: str, full: str, *, four_digits: bool) -> str:
    """Chicago Manual of Style: below 100 and multiples of 100 in full; 101 to 109 the changed part; else two digits."""
    number = int(first)
    if number < 100 or number % 100 == 0:
        return full
    if number % 100 < 10:
        return _minimal(first, full, 1)
    shown = _minimal(first, full, 2)
    if four_digits and len(first) == 4 and len(shown) == 3:
        return full
    return shown
