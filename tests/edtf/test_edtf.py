"""EDTF: what each level means and how it is printed again, bounds, errors."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.edtf import OPEN, Date, DateSet, Edtf, Interval, caret, days_in_month, parse_edtf
from citetool.edtf.model import DAY, MONTH, YEAR
from citetool.problems import InputError

# --- canonical texts: text, earliest, latest, first parts, last parts --------------------------------------------

LEVELS: list[tuple[str, object, object, tuple[int, ...], tuple[int, ...]]] = [
    ("1944", (1944, 1, 1), (1944, 12, 31), (1944,), ()),
    ("1944-02", (1944, 2, 1), (1944, 2, 29), (1944, 2), ()),
    ("1900-02", (1900, 2, 1), (1900, 2, 28), (1900, 2), ()),
    ("1944-06-26", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("0000", (0, 1, 1), (0, 12, 31), (0,), ()),
    ("-0333", (-333, 1, 1), (-333, 12, 31), (-333,), ()),
    ("1944-06-26T10:10:10Z", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("1944-06-26T24:00:00+05:30", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("1944/1945-02", (1944, 1, 1), (1945, 2, 28), (1944,), (1945, 2)),
    ("Y170000002", (170000002, 1, 1), (170000002, 12, 31), (170000002,), ()),
    ("1944-21", (1944, 3, 1), (1944, 5, 31), (1944,), ()),
    ("1944-24", (1944, 12, 1), (1945, 2, 28), (1944,), ()),
    ("1944-30", (1944, 12, 1), (1945, 2, 28), (1944,), ()),
    ("1944-36", (1944, 10, 1), (1944, 12, 31), (1944,), ()),
    ("1944-39", (1944, 9, 1), (1944, 12, 31), (1944,), ()),
    ("1944-41", (1944, 7, 1), (1944, 12, 31), (1944,), ()),
    ("1944?", (1944, 1, 1), (1944, 12, 31), (1944,), ()),
    ("1944-06~", (1944, 6, 1), (1944, 6, 30), (1944, 6), ()),
    ("1944-06-26%", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("195X", (1950, 1, 1), (1959, 12, 31), (1950,), (1959,)),
    ("19XX", (1900, 1, 1), (1999, 12, 31), (1900,), (1999,)),
    ("XXXX", (0, 1, 1), (9999, 12, 31), (), ()),
    ("1944-XX", (1944, 1, 1), (1944, 12, 31), (1944,), ()),
    ("1944-06-XX", (1944, 6, 1), (1944, 6, 30), (1944, 6), ()),
    ("1944-XX-XX", (1944, 1, 1), (1944, 12, 31), (1944,), ()),
    ("1944/..", (1944, 1, 1), None, (1944,), ()),
    ("../1944", None, (1944, 12, 31), (), (1944,)),
    ("1944/", (1944, 1, 1), None, (1944,), ()),
    ("/1944", None, (1944, 12, 31), (), (1944,)),
    ("1930~/1935?", (1930, 1, 1), (1935, 12, 31), (1930,), (1935,)),
    ("Y-17E7", (-170000000, 1, 1), (-170000000, 12, 31), (-170000000,), ()),
    ("1950S2", (1900, 1, 1), (1999, 12, 31), (1900,), (1999,)),
    ("-1950S2", (-1999, 1, 1), (-1900, 12, 31), (-1999,), (-1900,)),
    ("Y3388E2S3", (338000, 1, 1), (338999, 12, 31), (338000,), (338999,)),
    ("[1667,1668,1670..1672]", (1667, 1, 1), (1672, 12, 31), (1667,), (1672,)),
    ("{1960,1961-12}", (1960, 1, 1), (1961, 12, 31), (1960,), (1961, 12)),
    ("[..1760-12-03]", None, (1760, 12, 3), (), (1760, 12, 3)),
    ("{1760-12..}", (1760, 12, 1), None, (1760, 12), ()),
    ("[1944]", (1944, 1, 1), (1944, 12, 31), (1944,), ()),
    ("[195X]", (1950, 1, 1), (1959, 12, 31), (1950,), (1959,)),
    ("1944-06~-26", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("1944?-06-26", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("1944?-06-~26", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("1944-%06-26", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("1944?-06-26~", (1944, 6, 26), (1944, 6, 26), (1944, 6, 26), ()),
    ("156X-12-25", (1560, 12, 25), (1569, 12, 25), (1560,), (1569,)),
    ("XXXX-12-XX", (0, 12, 1), (9999, 12, 31), (), ()),
    ("1XXX-12", (1000, 12, 1), (1999, 12, 31), (1000,), (1999,)),
    ("19XX-02-29", (1904, 2, 29), (1996, 2, 29), (1904,), (1996,)),
    ("19XX-24", (1900, 12, 1), (2000, 2, 29), (1900,), (2000,)),
    ("1944-0X-3X", (1944, 1, 30), (1944, 9, 30), (1944,), ()),
    ("1944-X0-X1", (1944, 10, 1), (1944, 10, 31), (1944,), ()),
    ("-000X", (-9, 1, 1), (-1, 12, 31), (-9,), (-1,)),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "first", "last"), LEVELS)
def test_canonical(text: str, earliest: object, latest: object, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    date = parse_edtf(text)
    assert str(date) == text
    assert (date.earliest, date.latest) == (earliest, latest)
    assert (date.start_parts, date.end_parts) == (first, last)


def test_components_and_masks() -> None:
    assert parse_edtf("1944-06~-26") == Date(1944, 6, 26, approximate=YEAR | MONTH)
    assert parse_edtf("1944-?06-26~") == Date(1944, 6, 26, uncertain=MONTH, approximate=YEAR | MONTH | DAY)
    assert parse_edtf("195X-1X-XX") == Date(1950, 10, None, unspecified=0b00010111)
    assert parse_edtf("1944-22") == Date(1944, season=22)
    assert parse_edtf("XXXX") == Date(None, unspecified=YEAR)
    assert parse_edtf("../1944") == Interval(OPEN, Date(1944))
    assert parse_edtf("/1944") == Interval(None, Date(1944))
    assert parse_edtf("[1667, 1670..1672]") == DateSet((Date(1667), Interval(Date(1670), Date(1672))))


def test_a_date_made_by_hand_may_be_impossible() -> None:
    assert not Date(1944, 2, 30).is_possible
    assert not Date(None, 6, 26).is_possible
    assert Date(1944, 2, 29).is_possible


def test_one_meaning_has_one_text() -> None:
    assert parse_edtf("?1944-06-~26") == parse_edtf("1944?-06-~26")
    assert str(parse_edtf("1944?-06?-26?")) == "1944-06-26?"
    assert len({parse_edtf("?1944-06"), parse_edtf("1944?-06")}) == 1


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("1944", False, False),
        ("1944?", True, False),
        ("1944-06-~26", False, True),
        ("1944%", True, True),
        ("1944/1945~", False, True),
        ("[1944?,1945]", True, False),
        ("{1944..1945~}", False, True),
        ("1944/..", False, False),
    ],
)
def test_qualified(text: str, uncertain: bool, approximate: bool) -> None:
    date = parse_edtf(text)
    assert (date.is_uncertain, date.is_approximate) == (uncertain, approximate)
    assert date.is_circa == (uncertain or approximate)


@pytest.mark.parametrize(("text", "season"), [("1944-21", 1), ("1944-28", 4), ("1944-29", 1), ("1944-33", None)])
def test_season_number(text: str, season: int | None) -> None:
    date = parse_edtf(text)
    assert isinstance(date, Date)
    assert date.season_number == season


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ("", 1, "nothing", "XXXX"),
        ("1944-13-01", 6, "no month 13", "01 to 12"),
        ("1944-2X", 6, "no month 2X", "season"),
        ("1944-06-32", 9, "no day 32", "01 to 31"),
        ("1944-02-30", 10, "no such day", "1944-02-29"),
        ("XXX1-02-29", 10, "no such day", "day"),
        ("1944-13-01T10:00:00", 6, "no month 13", "01 to 12"),
        ("1944-6-26", 7, "'-' does not belong", "write 1944-06-26"),
        ("circa 1944", 1, "'c' does not belong", "write 1944~"),
        ("June 1944", 1, "'J' does not belong", "write 1944-06"),
        ("something else", 1, "'s' does not belong", "1944~ for circa"),
        ("1944-06-", 9, "something is missing", "1944-06-26"),
        ("1944-21-01", 9, "a day after a season", "1944-21"),
        ("1944/194", 9, "something is missing", "1944/1945"),
        ("1945/1944", 1, "the end is before the start", "earlier"),
        ("../..", 1, "without a date", "XXXX"),
        ("[..]", 2, "without a date", "1670..1672"),
        ("[1944,1945", 10, "is missing", "1944"),
        ("{1944,..1945}", 7, "open range", "first"),
        ("-0000", 1, "no year -0000", "0000"),
        ("Y1944", 1, "short year", "four digits"),
        ("Y1E999999999999", 1, "a year of", "at most"),
        ("1944S9", 6, "9 significant digits", "4 digits"),
        ("١٩٤٤", 1, "does not belong", "1944"),
        ("-0000S1", 1, "no year -0000", "0000"),
    ],
)
def test_faults(text: str, column: int, message: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_edtf(text)
    (problem,) = caught.value.problems
    assert problem.where.column == column
    assert message in problem.message
    assert hint in (problem.hint or "")


def test_caret_stands_under_the_fault() -> None:
    with pytest.raises(InputError) as caught:
        parse_edtf("1944-13-01")
    assert caret("1944-13-01", caught.value) == "1944-13-01\n     ^"


def test_a_long_text_is_not_repeated_whole() -> None:
    with pytest.raises(InputError, match="…"):
        parse_edtf("x" * 10_000)


# --- properties --------------------------------------------------------------------------------------------------

MARKS = st.sampled_from(["", "", "", "?", "~", "%"])


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    """Texts of possible dates of level 2, canonical or not."""
    year = draw(st.integers(1, 9999))
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, days_in_month(year, month)))
    digits = f"{draw(st.sampled_from(['', '', '-']))}{year:04}", f"{month:02}", f"{day:02}"
    if digits[0][0] == "-":  # leap years fall elsewhere before 0
        digits = digits[0], digits[1], f"{min(day, 28):02}"
    count = draw(st.integers(1, 3))
    masked = [re.sub(r"\d", lambda m: draw(st.sampled_from([m[0], m[0], m[0], "X"])), part) for part in digits[:count]]
    return "-".join(f"{draw(MARKS)}{part}{draw(MARKS)}" for part in masked)


LONG_YEARS = st.builds(
    lambda sign, number, exponent, significant, mark: f"Y{sign}{number}{exponent}{significant}{mark}",
    st.sampled_from(["", "-"]),
    st.integers(10_000, 10**9),
    st.sampled_from(["", "E1", "E7"]),
    st.sampled_from(["", "S1", "S3"]),
    MARKS,
)
SEASONS = st.builds(
    lambda year, code, mark: f"{year:04}-{code}{mark}", st.integers(0, 9999), st.integers(21, 41), MARKS
)
SINGLE = st.one_of(date_texts(), SEASONS, LONG_YEARS)


def parsed_range(first: str, last: str, pattern: str) -> Edtf | None:
    """The pair as a range, None when it runs backwards; any other fault is one of the parser."""
    try:
        return parse_edtf(pattern.format(first, last))
    except InputError as error:
        if "before the start" in str(error):
            return None
        raise


def check(date: Edtf) -> None:
    assert parse_edtf(str(date)) == date
    assert str(parse_edtf(str(date))) == str(date)
    if date.earliest is not None and date.latest is not None:
        assert date.earliest <= date.latest


@pytest.mark.property
@given(SINGLE)
def test_any_date_prints_and_parses(text: str) -> None:
    check(parse_edtf(text))


@pytest.mark.property
@given(SINGLE, st.one_of(SINGLE, st.sampled_from(["", ".."])), st.sampled_from(["{}/{}", "[{}..{}]", "{{{},{}}}"]))
def test_any_pair_prints_and_parses(first: str, last: str, pattern: str) -> None:
    if pattern != "{}/{}" and last in ("", ".."):
        pattern = "[{}..]"
    date = parsed_range(first, last, pattern)
    if date is not None:
        check(date)


@pytest.mark.property
@given(st.text(alphabet="0123456789XYES-/.,[]{}?~%T:Z ", max_size=16))
def test_any_text_is_a_date_or_an_input_error(text: str) -> None:
    try:
        date = parse_edtf(text)
    except InputError as error:
        (problem,) = error.problems
        assert problem.hint
        assert 1 <= (problem.where.column or 0) <= len(text) + 1
    else:
        check(date)


@pytest.mark.parametrize("text", ["3/4/1950", "03/04/1950"])
def test_a_date_that_may_be_two_days_names_both(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_edtf(text)
    assert "two days can be meant" in caught.value.problems[0].message
    assert caught.value.problems[0].hint == "write 1950-03-04 or 1950-04-03"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2/21/47", "the century is missing", "write the year in full: 2/21/1947, if it is that"),
        ("3-3-44", "the century is missing", "write the year in full: 3-3-1944, if it is that"),
        ("30/02/1947", "there is no such day", "write the day as 1944-06-26"),
    ],
)
def test_a_date_in_numbers_says_what_is_wrong_with_it(text: str, message: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_edtf(text)
    assert message in caught.value.problems[0].message
    assert caught.value.problems[0].hint == hint
