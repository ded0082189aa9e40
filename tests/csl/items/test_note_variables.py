"""Variables in the note are read by the rules of citeproc-js."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl.items.item import read_item
from citetool.csl.items.note_variables import split_note, with_note_variables


def _read(note: str, **item: Any) -> dict[str, Any]:
    whole = with_note_variables({**item, "note": note})
    return {**item, "note": note} if whole is None else whole


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("original-date: 1855\nSeen in 1999", {"original-date": {"raw": "1855"}, "note": "Seen in 1999"}),
        ("Words first\nDOI: 10.1/x\nLast words", {"DOI": "10.1/x", "note": "Words first\nLast words"}),
        ("tex.x: y\nscale: 1:50000", {"scale": "1:50000", "note": "tex.x: y"}),
        ("See {:genre: letter} there", {"genre": "letter", "note": "See \n there"}),
        ("genre: letter\n\nmedium: wire", {"genre": "letter", "medium": "wire", "note": ""}),
        ("genre: letter\nwords\nmedium: wire", {"genre": "letter", "note": "words\nmedium: wire"}),
        ("Type: letter", {"note": "Type: letter"}),
        ("genre: a } b", {"note": "genre: a } b"}),
        ("genre:\nmedium: wire", {"medium": "wire", "note": "genre:"}),
        ("OCLC: 123", {"OCLC": "123", "note": ""}),
    ],
)
def test_lines_are_variables_up_to_the_first_words(note: str, expected: dict[str, Any]) -> None:
    assert _read(note) == expected


def test_several_lines_name_several_people() -> None:
    item = _read("editor: Roe || Jane\neditor: State Department")
    assert item["editor"] == [{"family": "Roe", "given": "Jane"}, {"literal": "State Department"}]


def test_the_items_own_value_stands_but_for_type_and_dates() -> None:
    item = _read("type: map\nissued: 1855\nmedium: wire\ngenre: letter", type="book", medium="ink", genre="letter")
    assert item == {
        "type": "map",
        "issued": {"raw": "1855"},
        "medium": "ink",
        "genre": "letter",
        "note": "medium: wire",
    }


def test_unknown_variables_may_stay_in_the_note() -> None:
    item = with_note_variables({"note": "OCLC: 123\ngenre: letter"}, keep_unknown=True)
    assert item == {"genre": "letter", "note": "OCLC: 123"}


def test_a_note_of_words_has_no_variables() -> None:
    assert with_note_variables({"note": "Seen in 1999"}) is None
    assert with_note_variables({"note": "Seen: in 1999"}) is None
    assert with_note_variables({"note": 12}) is None


def test_words_before_a_braced_variable_end_the_reading() -> None:
    lines = split_note("{:genre: letter}\nwords {:medium: wire}")
    assert [(line.name, line.value) for line in lines if line.name] == [("genre", "letter")]
    assert lines[-1].text == "words {:medium: wire}"


def test_an_item_has_the_variables_of_its_note() -> None:
    item = read_item({"id": "a", "type": "book", "note": "original-date: 1855\npage: 3-9\nSeen"}, 0, [])
    assert item.text["note"] == "Seen"
    assert item.text["page-first"] == "3"
    assert item.has("original-date")
