"""Where a citation is cut, and where it is not."""

from __future__ import annotations

import pytest

from citetool.parsing.tokenizer import pairs, tokenize


def segments(text: str) -> list[str]:
    return [text[segment.start : segment.end] for segment in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Roe to Doe, May 8, 1979, NARA", ["Roe to Doe", "May 8, 1979", "NARA"]),
        ("Roe, August, 1962; Box 3", ["Roe", "August, 1962", "Box 3"]),
        ("M. L. King, Jr., Box 3", ["M. L. King, Jr.", "Box 3"]),
        ("Klein Papers. Vol. 3. Mr. A. Roe", ["Klein Papers", "Vol. 3", "Mr. A. Roe"]),
        ("Box 3 (of 5, red), RG 59", ["Box 3 (of 5, red)", "RG 59"]),
        ("May 3. (Example Library, Box 3)", ["May 3", "Example Library", "Box 3"]),
        ("“Ice, and Snow,” Box 3", ["Ice, and Snow", "Box 3"]),
        ("‘The Earl’s Tale’, MS 3", ["The Earl’s Tale", "MS 3"]),
        ("*Daily Sun* May 3", ["Daily Sun", "May 3"]),
        ("[Item 7](http://example.org/7).", ["Item 7", "http://example.org/7"]),
        ("X, see https://example.org/a(b).", ["X", "see", "https://example.org/a(b)"]),
        ("University of Example -- Libraries", ["University of Example", "Libraries"]),
        ("Soviet Union - Trade", ["Soviet Union - Trade"]),
        ("SANTA_FE,541,L.3", ["SANTA_FE,541,L.3"]),
        ("Vermerk, 12. März 1958, Bd. 4", ["Vermerk", "12. März 1958", "Bd. 4"]),
        ("Washington, D.C. Secret", ["Washington", "D.C.", "Secret"]),
        ("", []),
        (" ,; ()", ["()"]),
    ],
)
def test_cut(text: str, wanted: list[str]) -> None:
    assert segments(text) == wanted


def test_unpaired_brackets_and_quotes_are_plain_text() -> None:
    assert segments("Roe (Paris, Box 3") == ["Roe (Paris", "Box 3"]
    assert segments("“Ice, Box 3") == ["“Ice", "Box 3"]


def test_pairs() -> None:
    assert pairs("(a[b]c)(") == {0: 6, 2: 4}
    assert pairs("(a[b)c") == {0: 4}
    assert pairs(")]") == {}
