"""Dates as people write them: what is understood, what is not guessed, dates inside a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.edtf import days_in_month, parse_edtf
from citetool.edtf.written import find_dates, normalise_date

WRITTEN = """
June 26, 1944 = 1944-06-26
26 June 1944 = 1944-06-26
26 Jun. 1944 = 1944-06-26
Friday, June 26th, 1944 = 1944-06-26
1944/06/26 = 1944-06-26
1944 June 26 = 1944-06-26
26.6.1944 = 1944-06-26
31/05/1968 = 1968-05-31
05/31/1968 = 1968-05-31
04/04/1950 = 1950-04-04
11-Jun-2002 = 2002-06-11
26.VI.1944 = 1944-06-26
19440626 = 1944-06-26
1944-06 = 1944-06
11/1997 = 1997-11
1944/06 = 1944-06
August, 1962 = 1962-08
November 01, 1962 = 1962-11-01
Spring 1944 = 1944-21
Winter, 1985 = 1985-24
c. 1944 = 1944~
ca. June 1944 = 1944-06~
circa 1936 = 1936~
ca. 1870-1890 = 1870~/1890~
1870-ca. 1890 = 1870/1890~
1944? = 1944?
1815-1820? = 1815/1820?
possibly 1944 = 1944?
[1944] = 1944
[ca. 1944] = 1944~
1[8]36 = 1836
1950s = 195X
1960's = 196X
1900s = 19XX
1950s-1980s = 195X/198X
1950er Jahre = 195X
194? = 194X
194- = 194X
19-- = 19XX
19uu = 19XX
19th century = 18XX
XIX век = 18XX
XIXe siècle = 18XX
nineteenth century = 18XX
undated = XXXX
n.d. = XXXX
No date = XXXX
undated- = XXXX
б. г. = XXXX
between 1930 and 1935 = [1930..1935]
between 1930-1935 = [1930..1935]
1930-1935 = 1930/1935
1930 – 1935 = 1930/1935
1930 to 1935 = 1930/1935
from 1930 to 1935 = 1930/1935
1944-45 = 1944/1945
1939-41 = 1939/1941
1904–05 = 1904/1905
1912–7 = 1912/1917
1944/45 = 1944/1945
1944- = 1944/..
1944-present = 1944/..
since 1950 = 1950/..
until 1944 = ../1944
ca. 1882-? = 1882~/
June 26-28, 1944 = 1944-06-26/1944-06-28
26-28 June 1944 = 1944-06-26/1944-06-28
June 26-July 3, 1944 = 1944-06-26/1944-07-03
1944 June 26-July 3 = 1944-06-26/1944-07-03
1978 September 19-20 = 1978-09-19/1978-09-20
1944 Jun 26-1945 Jan 3 = 1944-06-26/1945-01-03
1944-06-26 - 1944-07-03 = 1944-06-26/1944-07-03
September/October 1983 = 1983-09/1983-10
1967- Feb. 1971 = 1967/1971-02
before 1944 = [..1943]
before June 2, 1944 = [..1944-06-01]
before June 1, 1944 = [..1944-05-31]
before January 1944 = [..1943-12]
after 1950 = [1951..]
after 31 December 1950 = [1951-01-01..]
after the 1950s = [1960..]
not before 1944 = [1944..]
not after June 1944 = [..1944-06]
no later than 1944 = [..1944]
1944 or later = [1944..]
by 1944 = [..1944]
1798 or 1799 = [1798,1799]
27 & 30 Oct. 1978 = {1978-10-27,1978-10-30}
13, 21-22 Feb. 2001 = {2001-02-13,2001-02-21..2001-02-22}
1864-1867, 1877, undated = {1864..1867,1877}
1944, 1950- = {1944,1950..}
1920s but undated = 192X
bulk 1930-1940 = 1930/1940
1810-1927, bulk 1850-1896 = 1810/1927
1950s-1980s (Bulk 1982) = 195X/198X
June 23, 1986, 4:55–5:35 p.m. = 1986-06-23
January 13, 1987, 0116Z = 1987-01-13
2015-07-29 17:33:10 -0400 = 2015-07-29
Januar 1945 = 1945-01
26. Juni 1944 = 1944-06-26
le 1er janvier 1945 = 1945-01-01
26 июня 1944 г. = 1944-06-26
26 de junio de 1944 = 1944-06-26
26 giugno 1944 = 1944-06-26
26 mei 1944 = 1944-05-26
2014-07-01T15:09:55Z = 2014-07-01T15:09:55Z
1944~ = 1944~
[1667,1668] = [1667,1668]
1985-04-12/.. = 1985-04-12/..
1944-21 = 1944-21
"""


@pytest.mark.parametrize("case", WRITTEN.strip().splitlines())
def test_written(case: str) -> None:
    text, edtf = case.rsplit(" = ", 1)
    assert normalise_date(text) == edtf
    assert str(parse_edtf(edtf)) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "03/04/1950",  # April or March
        "3.4.1950",
        "6/26/44",  # which century
        "1911/12",  # December, or the winter of two years
        "1912-7",  # July, or to 1917
        "June 31, 1944",
        "1944-02-30",
        "19201939",
        "July 4",  # no year
        "December-January 1945",
        "1950-1940",
        "early 1950s",  # EDTF has no word for it
        "FY 1976-1985",
        "The meeting of June 26, 1944",
        "May",
        "RG 59",
        "Box 1944",
        "-1944",
        "1944 1945",
        "before Spring 1944",
        "1944, 5",
        "4/10",
        "1955s",
        "1944 1945-1946",
        "June 26, 1944-28",
        "before 1944-1945",
        "between 1944 and June",
        "between 1944 and before",
        "between 1945 and 1944",
        "1944-, 1950",
        "1882-?, 1890",
        "until 1944, 1950",
        "before 1944, 1950",
        "12345",
        "",
        "?",
        ",",
        "1944 " * 100,
    ],
)
def test_not_guessed(text: str) -> None:
    assert normalise_date(text) is None


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Memo, May 8, 1979, RG 59, Box 1944", [("May 8, 1979", "1979-05-08")]),
        ("CFPF 1964–1966, PR 10", [("1964–1966", "1964/1966")]),
        ("MSS-2007-04-06, 1912–7", [("1912–7", "1912/1917")]),
        ("https://example.org/1944/06/26 and x1944y", []),
        ("which may 1944 times", [("1944", "1944")]),
        ("ф. 17, оп. 3, д. 1944, л. 5, 26 июня 1944 г.", [("26 июня 1944", "1944-06-26")]),
        ("between 1930 and 1935; Winter 1985", [("between 1930 and 1935", "[1930..1935]"), ("Winter 1985", "1985-24")]),
        ("clipping, no date; letter, n.d.", [("no date", "XXXX"), ("n.d.", "XXXX")]),
        ("[28 December 1859]", [("28 December 1859", "1859-12-28")]),
        ("in 1944, March 1945", [("1944", "1944"), ("March 1945", "1945-03")]),
        ("page 2500 of 2999", []),
        ("1944-06-26T10:00:00", []),
        ("June 26 and July 4", []),
    ],
)
def test_find_dates(text: str, dates: list[tuple[str, str]]) -> None:
    assert [(text[start:end], edtf) for start, end, edtf in find_dates(text)] == dates


MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
PIECES = st.sampled_from(
    re.split(
        " +",
        "June Jan. märz 26 3 31 1944 1945 45 7 1950s 19-- , , - – / . ( ) [ ] ? c. ca. circa before after not between "
        "and or & to from since bulk undated n.d. XIX VI century Spring present г. 1st the 10:30 p.m. box T ~ %",
    )
)
WRITTEN_TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=9).map(
    lambda pieces: "".join(word + space for word, space in pieces)
)


@pytest.mark.property
@given(st.one_of(WRITTEN_TEXTS, st.text(max_size=30)))
def test_whatever_is_understood_is_canonical_edtf(text: str) -> None:
    edtf = normalise_date(text)
    if edtf is not None:
        assert str(parse_edtf(edtf)) == edtf


@pytest.mark.property
@given(st.one_of(WRITTEN_TEXTS, st.text(max_size=30)))
def test_found_dates_are_in_order_and_canonical(text: str) -> None:
    last = 0
    for start, end, edtf in find_dates(text):
        assert last <= start < end <= len(text)
        assert str(parse_edtf(edtf)) == edtf
        last = end


@pytest.mark.property
@given(st.integers(1000, 2100), st.integers(1, 12), st.data())
def test_a_day_written_in_any_order_is_that_day(year: int, month: int, data: st.DataObject) -> None:
    day = data.draw(st.integers(1, days_in_month(year, month)))
    name = MONTHS[month - 1]
    expected = f"{year}-{month:02}-{day:02}"
    for text in (f"{name} {day}, {year}", f"{day} {name[:3]}. {year}", f"{year} {name} {day}", f"{year}/{month}/{day}"):
        assert normalise_date(text) == expected
    assert find_dates(f"Note, {name} {day}, {year}, Box 3")[0][2] == expected
