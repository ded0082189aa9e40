"""When a unit of a finding aid was made: `unitdate`, and `unitdatestructured` of EAD3.

The words are what is displayed, `@normal` is for machines: where it only gives the years that a century or reign of
the words may mean, the words count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citetool.edtf import parse_edtf
from citetool.edtf.written import normalise_date
from citetool.lazy_re import lazy
from citetool.problems import CitetoolError
from citetool.xmlio import Element, attribute, child, children, descendants, local_name, text_of

_UNDATED = lazy(
    r"(?i)\(?\[?(?:undated|[nsozx]\.?\s?[dj]\.?|no date|date unknown|unknown|sans date|senza data|sin fecha|ohne datum"
    r"|zonder datum|без даты|б\.\s?д\.)\]?\)?\.?$"
)
_AND_UNDATED = lazy(r"(?i)[,;]?\s*(?:and\s+)?\(?(?:undated|n\.d\.)\)?\.?$")
_CIRCA = lazy(r"(?i)\b(?:ca?\.|circa|approximately|about)\s?")
_YEARS = lazy(r"\d{4}(?:/\d{4})?$")
_WITHIN_YEAR = lazy(r"(?i)[a-z]{3,}|(?<!\d)\d{1,2}[/.-]\d{1,2}(?!\d)|\d{4}-\d\d\b")


@dataclass(slots=True)
class UnitDates:
    """When a unit was made: EDTF, the words where EDTF says less, and the span in which most of it was made."""

    date: str = ""
    text: str = ""
    bulk: str = ""


def unit_dates(did: Element | None) -> UnitDates:
    """Return the dates of a unit: of `unitdate` wherever it stands, of `unitdatestructured` where there is no other."""
    found = UnitDates()
    words: list[str] = []
    if did is None:
        return found
    plain = [e for e in descendants(did, "unitdate") if text_of(e) or attribute(e, "normal")]
    structured = list(descendants(did, "unitdatestructured"))
    pairs = [(text_of(e).strip(" ,;"), _normal(attribute(e, "normal")), e) for e in plain]
    if not any(date for _, date, _ in pairs):
        pairs = [(text, date or _of_structured(structured), e) for text, date, e in pairs]
    if not pairs:
        pairs = [(_words(e), _of_structured([e]), e) for e in structured]
    for text, normal, element in pairs:
        if local_name(element) == "unitdatestructured" and text and normal:
            date, said = normal, text  # bounds that the cataloguer set
        else:
            date, said = _one_date(text, normal, approximate=attribute(element, "certainty") == "approximate")
        if attribute(element, "type", "unitdatetype") == "bulk" or re.match(r"(?i)\(?bulk", text):
            found.bulk = found.bulk or date
            continue
        words.append(text or date)
        if len(words) == 1:
            found.date, found.text = date, said
    if len(set(words)) > 1:
        found.text = "; ".join(word for word in dict.fromkeys(words) if word.strip())
    if not words and found.bulk:
        return UnitDates(found.bulk)
    return found


def _one_date(text: str, normal: str, *, approximate: bool) -> tuple[str, str]:
    """`(EDTF, words)`: words only where they say more than the EDTF."""
    if _UNDATED.match(text):
        return "", text
    plain = _AND_UNDATED.sub("", text)
    written = normalise_date(plain) or ""
    if normal and text and not written and _YEARS.match(_as_years(normal)) and not re.search(r"\d{3}", text):
        return "", text
    date = normal or written
    if normal and text and not _WITHIN_YEAR.search(_CIRCA.sub("", plain)):
        date = _as_years(normal)
    if normal and written and ("~" in written or "?" in written) and "~" not in date:
        date = written
    elif date and (approximate or _CIRCA.match(text)) and "~" not in date and "%" not in date:
        date = "/".join(f"{end}~" if end not in ("", "..") else end for end in date.split("/"))
        written = date
    return date, "" if date and plain == text and written == date else text


def _as_years(date: str) -> str:
    """`1945-01-01/2005-12-31` as `1945/2005`: machines fill in days that nobody wrote."""
    start, slash, end = date.partition("/")
    if slash and start.endswith("-01-01") and end.endswith("-12-31"):
        start, end = start[:-6], end[:-6]
    return start if not slash or start == end else f"{start}/{end}"


def _normal(value: str) -> str:
    """EDTF of a `@normal`: ISO 8601, `/` between the ends of a span; empty where it is neither."""
    ends = [_basic(end) for end in re.sub(r"\s+", "", value).split("/")]
    if not value or len(ends) > 2:
        return ""
    if len(ends) == 2:
        ends = [ends[0] or "..", "" if ends[1] in ("9999", "9999-12-31") else ends[1]]
        ends[1] = ends[1] or ".."
    date = ends[0] if len(set(ends)) == 1 else "/".join(ends)
    try:
        parse_edtf(date)
    except CitetoolError:
        return ""
    return "" if set(date) <= set("./") else date


def _basic(text: str) -> str:
    if re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.fullmatch(r"\d{6}", text):
        return f"{text[:4]}-{text[4:]}"
    return re.sub(r"T[\d:.Z+-]*$", "", text)


def _of_structured(elements: list[Element]) -> str:
    """EDTF of the EAD3 `unitdatestructured`: its range or single date, or the set of those in a `dateset`."""
    given = [
        date
        for element in elements
        for e in descendants(element, "daterange", "datesingle")
        if (date := _single(e) if local_name(e) == "datesingle" else _range(e))
    ]
    if len(given) < 2:
        return next(iter(given), "")
    return _normal_set(given) or given[0]


def _words(structured: Element) -> str:
    """Return the words of a single date that is given by its bounds."""
    single = [e for e in children(structured, "datesingle") if attribute(e, "notbefore", "notafter")]
    return text_of(single[0]) if len(single) == 1 else ""


def _single(e: Element) -> str:
    given = attribute(e, "standarddate")
    first, last = attribute(e, "notbefore"), attribute(e, "notafter")
    if not given and (first or last):
        return _normal(f"{first}/{last}")
    return _normal(given) or normalise_date(text_of(e)) or ""


def _range(e: Element) -> str:
    ends = [
        attribute(end, "standarddate") or normalise_date(text_of(end)) or text_of(end) if end is not None else ""
        for end in (child(e, "fromdate"), child(e, "todate"))
    ]
    return _normal("/".join(ends))


def _normal_set(dates: list[str]) -> str:
    """EDTF of several dates that are all meant: `{1931,1940..1944}`."""
    whole = "{" + ",".join(date.replace("/", "..") for date in dates) + "}"
    try:
        parse_edtf(whole)
    except CitetoolError:
        return ""
    return whole
