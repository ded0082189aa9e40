"""Dates of RIS: `2014/12/01/other`, and what other programs write in their place."""

from __future__ import annotations

from functools import lru_cache

from citetool.formats.csl.dates import from_written
from citetool.lazy_re import lazy


def odd_year(dates: dict[str, list[tuple[str, str]]]) -> str:
    """Return the year that was changed by hand: we write a day twice and its year once, so of three one is odd."""
    full = {tag: dates[tag][0][0] for tag in ("PY", "DA", "Y1") if tag in dates}
    if len(full) < 3 or not all(len(full[tag]) > 4 for tag in ("DA", "Y1")):
        return ""
    years = [edtf[:4] for edtf in full.values()]
    odd = [year for year in years if years.count(year) == 1]
    return odd[0] if len(odd) == 1 else ""


_RIS_DATE = lazy(r"(\d{4})/(\d{1,2})?(?:/(\d{1,2})?(?:/(.*))?)?$")


@lru_cache(maxsize=8192)
def ris_date(text: str) -> tuple[str, str]:
    """Return `(edtf, text)` of `2014/12/01/other`, `2014///spring`, `2014`, EDTF, or a date as written.

    Both are empty for the placeholder `0000`.
    """
    if not text.strip(" 0/-"):
        return "", ""
    match = _RIS_DATE.match(text.strip())
    if not match:
        return from_written(text.strip().rstrip("/"))
    year, month, day, other = match.groups()
    edtf = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    if other and not month and (found := from_written(f"{other} {year}")[0]):
        return found, ""
    return from_written(edtf) if month or not day else from_written(year)
