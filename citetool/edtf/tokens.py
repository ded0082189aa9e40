"""A written date as a row of tokens; the kinds are listed in words.py.

Words without weight (`of`, `г.`) are left out of the row. Nothing is decided here: that `5` is a day and not a box
is for the reader of the row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .words import ROMAN, SIGNS, WORDS

if TYPE_CHECKING:
    import re

_TOKEN = lazy(
    r"([0-9]{2}(?:--|XX|xx|uu|\?\?)(?![0-9A-Za-z])|[0-9]{3}(?:-(?![0-9])|[Xxu?])(?![0-9A-Za-z]))"  # 1: 19--, 194?
    r"|([0-9]+)(?:(['’]?s|er|-?[ехй])(?![^\W\d_])|(?:st|nd|rd|th|e|re|te|ten|º|ª|°)(?![^\W\d_]))?"  # 2 and 3: 1950s
    r"|(n\.\s?d\.)"  # 4
    r"|([^\W\d_]+\.?)"  # 5
    r"|([-–—‒−]+|\S)"  # 6
)
# Inside a text a semicolon parts two things, and these are a verb and a noun unless written as names.
_BREAKS = frozenset((";", "may", "march"))
HYPHEN = 1  # the value of a `-` token that is one plain hyphen


class Tokens:
    """One letter for each token in `shape`, with its value and its span in the text.

    The value of a year, day or month is its number; of a decade or century (`E`) it is the first year times 256
    plus the mask of its unspecified digits.
    """

    __slots__ = ("shape", "spans", "values")

    def __init__(self, shape: str, values: list[int], spans: list[tuple[int, int]]) -> None:
        self.shape = shape
        self.values = values
        self.spans = spans

    def width(self, index: int) -> int:
        """Length of the token in the text."""
        start, end = self.spans[index]
        return end - start

    def touches(self, index: int) -> bool:
        """Return whether the token stands without space between its neighbours."""
        spans = self.spans
        return spans[index - 1][1] == spans[index][0] and spans[index][1] == spans[index + 1][0]


def tokenise(text: str) -> Tokens | None:
    """Return the tokens of a text that is a date and nothing else; None as soon as a token is foreign to dates."""
    kinds: list[str] = []
    values: list[int] = []
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        kind, value = _classify(match)
        if kind == " ":
            continue
        if not kind:
            return None
        kinds.append(kind)
        values.append(value)
        spans.append(match.span())
    return Tokens("".join(kinds), values, spans)


def token_runs(text: str) -> list[Tokens]:
    """Return the runs of tokens of dates in a longer text, in order; spans are those of the text."""
    runs: list[Tokens] = []
    kinds: list[str] = []
    values: list[int] = []
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        kind, value = _classify(match)
        if kind == " ":
            continue
        if kind and match[0] not in _BREAKS:
            kinds.append(kind)
            values.append(value)
            spans.append(match.span())
        elif kinds:
            runs.append(Tokens("".join(kinds), values, spans))
            kinds, values, spans = [], [], []
    if kinds:
        runs.append(Tokens("".join(kinds), values, spans))
    return runs


def _classify(match: re.Match[str]) -> tuple[str, int]:
    """Kind and value of a token; the kind is empty when no date has such a token."""
    group = match.lastindex
    if group == 5:
        word = match[5]
        if word[0].isupper():
            numeral = ROMAN.get(word) or ROMAN.get(word[:-1])  # XIX, XIXe
            if numeral is not None and word not in ("C", "C."):
                return "R", numeral
        return WORDS.get(word.lower().rstrip("."), ("", 0))
    if group in (2, 3):
        return _number(match[2], match[3])
    if group == 6:
        sign = match[6]
        if sign[0] in "-–—‒−":
            return "-", HYPHEN if sign == "-" else 2
        return (sign, 0) if sign in "/." else (SIGNS.get(sign, ""), 0)
    if group == 1:
        digits = match[1][:3] if match[1][2].isdecimal() else match[1][:2]
        unspecified = 4 - len(digits)
        return "E", int(digits) * 10**unspecified << 8 | (1 << unspecified) - 1
    return "U", 0


def _number(digits: str, suffix: str | None) -> tuple[str, int]:
    if len(digits) > 4:
        return "", 0
    number = int(digits)
    if len(digits) <= 2:
        return ("D" if 1 <= number <= 31 else "N"), number
    if len(digits) == 3 or not 1000 <= number <= 2999:
        return "", 0
    if suffix is None or suffix.endswith("й"):
        return "Y", number
    if number % 10:
        return "", 0
    return "E", number << 8 | (0b11 if number % 100 == 0 else 0b1)
