"""Laws and decrees by the gazette that printed them: `RGBL. Nr. 43/1859`, `BGBl. I Nr. 12/1998`."""

from __future__ import annotations

from citetool.lazy_re import lazy
from citetool.parsing.gazetteer import gazetteer

from .work import Work

_FORM = lazy(
    r"\b(?P<gazette>[A-ZÀ-Þ][A-Za-zÀ-ÿ]{0,30}(?:\s(?:[a-z]+\s)?[A-Z][a-z]+)?)\.?\s(?:[IVX]+\s|\d{4}\s)?"
    r"(?P<number>(?:(?:Nr|No|Núm|núm|n|num)\.?°?\s?|S\.\s|n°\s?)\d+[a-z]?(?:/(?P<year>1[5-9]\d\d|20\d\d))?)"
)
_YEAR = lazy(r"(?:1[5-9]|20)\d\d")


def find_gazette(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the first gazette with its number in `text[start:end]`, or None."""
    for match in _FORM.finditer(text, start, end):
        if gazetteer().term("gazette", match["gazette"]):
            return match.span()
    return None


def read_law(text: str) -> Work | None:
    """Return the law or decree that a text cites by its gazette, where that ends it; else None."""
    text = text.rstrip(" .;,")
    span = find_gazette(text, 0, len(text))
    match = _FORM.match(text, span[0]) if span else None
    if match is None or match.end() < len(text):
        return None
    year = match["year"] or next(iter(_YEAR.findall(match.group())), "")
    title = text[: match.start()].strip(" ,;:(")
    return Work("legislation", title, date=year, data={"container-title": match["gazette"], "number": match["number"]})
