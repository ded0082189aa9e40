from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from citetool.record.merge import merged
from citetool.record.schema import checked, to_plain
from tests.strategies import records

if TYPE_CHECKING:
    from citetool.record.model import Record


def merge(first: dict[str, Any], second: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, Any, Any]]]:
    whole, found = merged(checked({"id": "a", **first}), checked({"id": "a", **second}))
    whole.pop("id")
    return whole, [tuple(one) for one in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ({"title": "T"}, {"date": "1944"}, {"title": "T", "date": "1944"}),
        ({"tags": ["x", "y"]}, {"tags": ["y", "z"]}, {"tags": ["x", "y", "z"]}),
        ({"title": "t"}, {"title": "T"}, {"title": "t"}),
        ({"archive": {"box": "3", "repository": "LC"}}, {"archive": {"folder": "2", "place": "Washington"}},
         {"archive": {"folder": "2", "box": "3", "repository": "LC", "place": "Washington"}}),
        ({"creators": [{"name": "Hull, C.", "role": "author"}]},
         {"creators": [{"name": "Hull, C.", "role": "author", "office": "Secretary"},
                       {"name": "X, Y", "role": "author"}]},
         {"creators": [{"name": "Hull, C.", "role": "author"}, {"name": "X, Y", "role": "author"}]}),
        ({"creators": [{"name": "Arendt, H.", "role": "author"}, {"name": "Hull, Cordell", "role": "recipient"}]},
         {"creators": [{"name": "Arendt, Hannah", "role": "author"}, {"name": "Hull", "role": "recipient"},
                       {"name": "Hannah Arendt", "role": "author"}, {"name": "Arendt, B.", "role": "author"}]},
         {"creators": [{"name": "Arendt, Hannah", "role": "author"}, {"name": "Hull, Cordell", "role": "recipient"},
                       {"name": "Arendt, B.", "role": "author"}]}),
        ({"archive": {"box": "12", "folder": "Folder 3"}}, {"archive": {"box": "Box 12", "folder": "3"}},
         {"archive": {"box": "12", "folder": "Folder 3"}}),
        ({"own": {"a": "1"}}, {"own": {"b": "2"}}, {"own": {"a": "1", "b": "2"}}),
    ],
)  # fmt: skip
def test_what_either_knows(first: dict[str, Any], second: dict[str, Any], whole: dict[str, Any]) -> None:
    assert merge(first, second) == (whole, [])


def test_the_first_wins_and_the_other_is_reported() -> None:
    whole, found = merge({"title": "A", "archive": {"box": "3"}}, {"title": "B", "archive": {"box": "4"}})
    assert whole == {"title": "A", "archive": {"box": "3"}}
    assert found == [("title", "A", "B"), ("archive.box", "3", "4")]


def test_the_second_key_becomes_an_alias() -> None:
    whole, _ = merged(checked({"id": "a"}), checked({"id": "b", "aliases": ["c", "a"]}))
    assert whole["aliases"] == ["b", "c"]


@pytest.mark.property
@given(records(), records())
def test_a_merge_is_a_record_that_has_all_of_the_first(first: Record, second: Record) -> None:
    whole, _ = merged(first, second)
    record = checked(whole)
    assert set(to_plain(first)) <= set(whole)
    assert record.id == first.id


@pytest.mark.property
@given(records())
def test_merging_a_record_with_itself_changes_nothing(record: Record) -> None:
    whole, found = merged(record, record)
    assert (whole, found) == (to_plain(record), [])
