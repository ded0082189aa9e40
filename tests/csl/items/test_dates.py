"""Dates of CSL-JSON: parts, seasons, and text as people write it."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl import Processor
from citetool.csl.items.dates import CslDate, parse_date, parse_raw

TEXT = '<date variable="issued" form="text"/>'
NUMERIC = '<date variable="issued" form="numeric"/>'


def printed(value: Any, layout: str = TEXT, locale: str = "en-US") -> str:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        f"<citation><layout>{layout}</layout></citation></style>"
    )
    processor = Processor(style, [{"id": "a", "type": "book", "issued": value}], locale)
    return processor.cite([[{"id": "a"}]])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1944/45", "1944–1945"), ("1944-45", "1944–1945"), ("1987–90", "1987–1990"), ("1944/1945", "1944–1945"),
        ("1999/2", "February 1999"), ("1909/10", "October 1909"), ("2005-21", "Spring 2005"),
        ("May 3-7, 1999", "May 3–7, 1999"), ("3-7 May 1999", "May 3–7, 1999"),
        ("May 3 - June 7, 1999", "May 3–June 7, 1999"), ("2015/..", "2015–"), ("../2015", "2015"), ("1999/", "1999–"),
        ("44 BC - 40 BC", "44–40 BC"), ("5 May", "5 May"), ("?", "?"), ("1999–12", "1999–12"), ("n.d.", "n.d."),
        ("Winter 1944/45", "Winter 1944–1945"), ("1950s", "1950s"), ("26 June 1944", "June 26, 1944"),
        ("1944年6月26日", "June 26, 1944"), ("6/26/1944", "June 26, 1944"), ("[1950]", "1950"),
    ],
)  # fmt: skip
def test_text_as_people_write_it(text: str, expected: str) -> None:
    assert printed({"raw": text}) == expected


@pytest.mark.parametrize("text", ["circa 1944", "c. 1944", "1944?", "1944~", "ca. 1944"])
def test_doubt_is_kept(text: str) -> None:
    date = parse_raw(text)
    assert (date.start, date.circa) == ((1944, 0, 0), True)


@pytest.mark.parametrize(
    ("month", "season"), [(13, "Spring"), (16, "Winter"), (20, "Winter"), (21, "Spring"), (23, "Autumn")]
)
def test_months_above_twelve_are_seasons(month: int, season: str) -> None:
    assert printed({"date-parts": [[1944, month]]}) == f"{season} 1944"


@pytest.mark.parametrize(
    ("layout", "locale", "expected"),
    [
        (TEXT, "zh-CN", "1944年春"),
        (TEXT, "ja-JP", "1944年春季"),
        (TEXT, "de-DE", "Frühjahr 1944"),
        (TEXT, "es-ES", "primavera de 1944"),
        (NUMERIC, "en-US", "1944"),
    ],
)
def test_a_season_takes_no_sign_of_the_month(layout: str, locale: str, expected: str) -> None:
    assert printed({"date-parts": [[1944, 21]]}, layout, locale) == expected


@pytest.mark.parametrize(
    ("years", "expected"),
    [((-44, -40), "44–40 BC"), ((-44, 40), "44 BC–40 AD"), ((44, 60), "44–60 AD"), ((1944, 1945), "1944–1945")],
)
def test_an_era_stands_once_in_a_range(years: tuple[int, int], expected: str) -> None:
    assert printed({"date-parts": [[year] for year in years]}) == expected


@pytest.mark.parametrize("value", [{}, [], "", None, {"date-parts": [[]]}, {"date-parts": [["x"]]}, True])
def test_no_date(value: Any) -> None:
    found = parse_date(value)
    assert found is None or found.literal or value is True


def test_what_is_no_date_of_a_month_is_left_out() -> None:
    assert parse_date({"date-parts": [[1944, 99, 77]]}) == CslDate((1944, 0, 0))
    assert parse_date({"date-parts": [["1944", "6"]]}) == CslDate((1944, 6, 0))
