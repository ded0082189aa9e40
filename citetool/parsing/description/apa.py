"""The head of a citation in the way of APA: `Roe, J. (1905, May 3). Notes on Crete [Manuscript]. Archive, Box 3`."""

from __future__ import annotations

from citetool.lazy_re import lazy
from citetool.parsing.published.names import split_names
from citetool.parsing.spans import Part

_HEAD = lazy(
    r"(?P<author>[^\W\d_][^()\d]{2,80}?)\s\((?P<date>n\.\s?d\.|(?:ca?\.\s)?[12]\d{3}(?:[-–/]\d{2,4})?(?:,\s[A-Z][a-z]+\.?(?:\s\d{1,2})?)?)\)"
    r"\.\s\*?(?P<title>[^.\[\]*]{3,200}?)\*?(?:\s\[(?P<kind>[^\[\]]{3,80})\])?\.\s(?=\S)"
)


def read_apa(text: str, begin: int) -> tuple[int, list[Part]]:
    """Return where the location begins behind a head in that form, and its parts; `begin` and none without one."""
    match = _HEAD.match(text, begin)
    names = split_names(match["author"]) if match else ()
    if match is None or not names or not all("," in name for name in names):
        return begin, []
    parts = [Part(*match.span("date"), "date"), Part(*match.span("title"), "title")]
    for name in names:
        place = text.find(name, begin)
        parts.append(
            Part(place, place + len(name), "creator") if place >= 0 else Part(*match.span("author"), "creator")
        )
    if match["kind"]:
        parts.append(Part(*match.span("kind"), "note"))
    return match.end(), parts
