"""Numbers of CSL: which texts are numbers, plurals, ordinals, and ranges in the forms of styles."""

from __future__ import annotations

import pytest

from citetool.csl.items.numbers import (
    format_numbers,
    format_range,
    is_numeric,
    is_plural,
    is_range,
    long_ordinal,
    ordinal,
    to_roman,
)
from citetool.csl.style.locale import load_locale


@pytest.mark.parametrize("text", ["2", "2nd", "D2", "1, 3", "2-4", "1 & 2", "1/2", "12a", "iv", "ii-iv", "12 n. 4"])
def test_numbers(text: str) -> None:
    assert is_numeric(text)


@pytest.mark.parametrize(
    "text", ["", "second", "mix", "c", "2nd edition", "Summer 1999", "vol", "1,234", "no. 3", "9" * 300]
)
def test_texts(text: str) -> None:
    assert not is_numeric(text)


def test_pages_may_have_a_label() -> None:
    assert is_numeric("pp. 5-8", labelled=True)
    assert not is_numeric("pp. end", labelled=True)


@pytest.mark.parametrize(
    "text", ["LC-USF34-9058-C", "C-9", "DC-3", "I-12", "MG-42", "II", "NT-306", "CD-12", "D-C", "mix-5", "iv-C"]
)
def test_letters_before_a_hyphen_are_no_number(text: str) -> None:
    assert not is_numeric(text)


@pytest.mark.parametrize("text", ["306-NT-1234", "12-A", "12-13-C", "USF34-9058", "12a-b", "76-DCA-11", "v-12"])
def test_numbers_with_letters_behind_a_hyphen(text: str) -> None:
    assert is_numeric(text)


@pytest.mark.parametrize(
    "text",
    [
        "12-13", "12–13", "iv-x", "II-IV", "xii-15", "A1-A5", "A12-B13", "12a-13b", "S1-2", "e1-11", "12-12a",
        "5-12-5-18", "A-1-A-10",
    ],
)  # fmt: skip
def test_two_numbers_of_one_shape_are_a_range(text: str) -> None:
    assert is_range(text)
    assert is_plural(text)


@pytest.mark.parametrize(
    "text",
    [
        "12", "12-A", "306-NT-1234", "USF34-9058", "LC-USF34-9058-C", "12-13-C", "1-2-3", "12-II", "I-12", "C-9",
        "C9-D", "D-C", "1-A5", "MG42-I", "12a-c", "1-2-3-4", "CD-ROM",
    ],
)  # fmt: skip
def test_other_hyphens_stand_in_one_number(text: str) -> None:
    assert not is_range(text)
    assert not is_plural(text)
    assert format_numbers(text, "–") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12-13", "12–13"), ("12 -- 13", "12–13"), ("II-IV", "II–IV"), ("1, 3-5 & 12-A", "1, 3–5 & 12-A"),
        ("3\\-5", "3-5"), ("Band 2-3", "Band 2-3"), ("12–A", "12–A"),
    ],
)  # fmt: skip
def test_ranges_of_numbers_have_a_dash(text: str, expected: str) -> None:
    assert format_numbers(text, "–") == expected


@pytest.mark.parametrize(
    "text",
    [
        "1, 2", "1-3", "A1-A3", "1 and 2", "1 & 2", "xi-xii", "12, appendix", "1–3", "1-3;7-11", "12-15,18",
        "29-50 + Plates", "12recto-13verso",
    ],
)  # fmt: skip
def test_plural(text: str) -> None:
    assert is_plural(text)


@pytest.mark.parametrize(
    "text", ["", "1", "xii", "1,234", "volume 1, number 14", "12/13", "S\\-1", "3 ff.", "Band a-b"]
)
def test_singular(text: str) -> None:
    assert not is_plural(text)


@pytest.mark.parametrize(
    ("number", "roman"), [(1, "i"), (4, "iv"), (1944, "mcmxliv"), (3999, "mmmcmxcix"), (4000, "4000")]
)
def test_roman(number: int, roman: str) -> None:
    assert to_roman(number) == roman


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (21, "21st"), (112, "112th")],
)
def test_ordinals_of_english(number: int, expected: str) -> None:
    assert ordinal(number, load_locale("en-US")) == expected


def test_long_ordinals() -> None:
    english = load_locale("en-US")
    assert [long_ordinal(number, english) for number in (1, 10, 11)] == ["first", "tenth", "11th"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("", "321–8"), ("expanded", "321–328"), ("minimal", "321–8"), ("minimal-two", "321–28"), ("chicago", "321–28"),
        ("chicago-16", "321–28"),
    ],
)  # fmt: skip
def test_ranges_in_the_forms_of_styles(form: str, expected: str) -> None:
    assert format_range("321-8", form, "–") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("71-72", "71–72"), ("100-104", "100–104"), ("101-108", "101–8"), ("1103-04", "1103–4"), ("498-532", "498–532"),
        ("76-76", "76–76"), ("N110-N115", "N110–15"), ("3\\-5", "3-5"), ("12, 14-16", "12, 14–16"), ("12-8", "12–18"),
        ("1-3;31-35", "1–3;31–35"), ("5-12-5-18", "5-12–5-18"), ("A-1-A-10, 7-9", "A-1–A-10, 7–9"),
    ],
)  # fmt: skip
def test_ranges_of_chicago(text: str, expected: str) -> None:
    assert format_range(text, "chicago-16", "–") == expected
