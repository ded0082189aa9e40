from __future__ import annotations

import pytest

from citetool.citation.locators import parse_locator


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("p. 2", "page", "2"),
        ("pp. 2-5", "page", "2-5"),
        ("p.2", "page", "2"),
        ("12", "page", "12"),
        ("fol. 3v", "folio", "3v"),
        ("fols. 3–5", "folio", "3–5"),
        ("chapter 4", "chapter", "4"),
        ("Chap. IV", "chapter", "IV"),
        ("§ 12", "section", "12"),
        ("§12", "section", "12"),
        ("s.v. Stalin", "sub-verbo", "Stalin"),
        ("para. 3", "paragraph", "3"),
        ("n. 7", "note", "7"),
        ("xii", "page", "xii"),
        ("frontispiece", "page", "frontispiece"),
        ("  p.  2 ", "page", "2"),
        ("", "page", ""),
    ],
)
def test_locator(text: str, label: str, value: str) -> None:
    assert parse_locator(text) == (label, value)
