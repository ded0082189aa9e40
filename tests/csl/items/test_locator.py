"""Labels inside of locators are found, and printed as terms of the locale."""

from __future__ import annotations

import pytest

from citetool.csl import Processor
from citetool.csl.items.locator import split_locator


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12", [("", "12", "")]),
        ("12 n. 4", [("", "12", " "), ("note", "4", "")]),
        ("vol. 2, p. 33", [("volume", "2", ", "), ("page", "33", "")]),
        ("p. 33 and n. 2", [("page", "33", " and "), ("note", "2", "")]),
        ("12 & nn. 4-5", [("", "12", " & "), ("note", "4-5", "")]),
        ("A n. 3", [("", "A n. 3", "")]),
        ("p.33", [("", "p.33", "")]),
        ("12 cf. 4", [("", "12 cf. 4", "")]),
        ("p. 33 et seq.", [("page", "33 et seq.", "")]),
        ("", [("", "", "")]),
    ],
)
def test_parts(text: str, parts: list[tuple[str, str, str]]) -> None:
    assert split_locator(text) == parts


@pytest.mark.parametrize(
    ("locator", "label", "expected"),
    [
        ("12 n. 4", "page", "S. 12 Anm. 4"),
        ("vol. 2, pp. 33-35", "page", "Bd. 2, S. 33–35"),
        ("12; n. 4", "chapter", "Kap. 12; Anm. 4"),
        ("art. 3 para. 2", "page", "art. 3 Abs. 2"),
        ("12-14 n. 4", "page", "S. 12–14 Anm. 4"),
    ],
)
def test_labels_are_terms(locator: str, label: str, expected: str) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation><layout>'
        '<group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group>'
        "</layout></citation></style>"
    )
    processor = Processor(style, [{"id": "a", "type": "book"}], "de-DE")
    assert processor.cite([[{"id": "a", "locator": locator, "label": label}]]) == [expected]
