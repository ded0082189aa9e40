"""Records as tables for pandas, and back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings

import citetool
from citetool.record.kinds import kind_of
from tests.strategies import records

pandas = pytest.importorskip("pandas", reason="pip install 'citetool[pandas]'")

if TYPE_CHECKING:
    from citetool.record.model import Record

LETTER = {
    "id": "hull", "kind": "letter", "date": "1944-05-03",
    "creators": [{"name": "Hull, Cordell", "role": "author"}, {"name": "Kennan, G. F.", "role": "recipient"}],
    "archive": {"box": "6", "collection": "Hull Papers"}, "tags": ["one", "two"],
}  # fmt: skip
BOOK = {"id": "hull1948", "kind": "book", "title": "Memoirs", "publication": {"publisher": "Macmillan"}}


def test_a_table_has_a_row_a_record_and_a_column_a_field() -> None:
    frame = citetool.to_dataframe([citetool.from_dict(LETTER), citetool.from_dict(BOOK)])
    assert list(frame.columns) == [
        "id", "kind", "title", "author", "recipient", "date", "archive.box", "archive.collection",
        "publication.publisher", "tags",
    ]  # fmt: skip
    assert list(frame["archive.box"].fillna("")) == ["6", ""]
    assert frame.groupby("kind").size().to_dict() == {"book": 1, "letter": 1}
    assert list(citetool.to_dataframe([]).columns) == ["id"]


def test_a_table_as_people_make_it(tmp_path: Any) -> None:
    frame = pandas.DataFrame(
        {
            "kind": ["letter", "book", "photo"],
            "author": ["Hull, Cordell; Kennan, George F.", "Gaddis, John Lewis", None],
            "date": ["5 May 1950", 1982.0, date(1944, 6, 26)],
            "box": ["6", None, float("nan")],
            "publisher": [None, "OUP", None],
            "title": ["", "Strategies", "A man"],
        }
    )
    letter, book, photograph = citetool.from_dataframe(frame)
    assert [str(name) for name in letter.by_role("author")] == ["Hull, Cordell", "Kennan, George F."]
    assert (letter.id, letter.date, letter.archive.get("box")) == ("hull1950", "1950-05-05", "6")
    assert (book.date, book.publication) == ("1982", {"publisher": "OUP"})
    assert (photograph.kind, photograph.date) == ("photograph", "1944-06-26")


def test_faults_name_row_and_column() -> None:
    with pytest.raises(citetool.InputError) as raised:
        citetool.from_dataframe(pandas.DataFrame({"id": ["a", "b"], "date": ["1944", "never"]}))
    (problem,) = raised.value.problems
    assert str(problem.where) == "row 2: date"
    with pytest.raises(citetool.UsageError, match="there is no field 'autor'"):
        citetool.from_dataframe(pandas.DataFrame({"autor": ["x"]}))


@pytest.mark.property
@settings(max_examples=60, deadline=None)
@given(records())
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assume(not record.place or kind_of(record.kind).archival)
    assert citetool.from_dataframe(citetool.to_dataframe([record])) == [record]
