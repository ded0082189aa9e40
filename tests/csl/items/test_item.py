"""Items are read from whatever the JSON holds; what cannot be used is reported."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl.items.item import MAX_FIELD, clean, read_item, read_items
from citetool.problems import InputError, Problem


def read(**fields: Any) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    return read_item({"id": "a", "type": "book", **fields}, 0, problems), problems


def test_variables_by_kind() -> None:
    item, problems = read(
        title="T", volume=3, author=[{"family": "Roe"}], issued={"date-parts": [[1944]]}, shortTitle="S", note=""
    )
    assert item.text == {"title": "T", "volume": "3", "title-short": "S"}
    assert list(item.names) == ["author"]
    assert list(item.dates) == ["issued"]
    assert item.shape == ("book", frozenset({"title", "volume", "title-short", "author", "issued"}))
    assert item.has("author")
    assert not problems


def test_names_and_dates_that_are_texts() -> None:
    item, _ = read(author="Jane Roe", issued="26 June 1944")
    assert item.names["author"][0].literal == "Jane Roe"
    assert item.dates["issued"].start == (1944, 6, 26)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": True}, "bool is no value for a variable"),
        ({"author": {"family": 3, "x": [1]}, "issued": {"date-parts": "x"}}, "not a date"),
        ({"author": [[1]]}, "not a list of names"),
        ({"volume": 10**20}, "int is no value for a variable"),
    ],
)
def test_what_cannot_be_used_is_reported(fields: dict[str, Any], message: str) -> None:
    assert message in [problem.message for problem in read(**fields)[1]]


def test_items_by_id() -> None:
    problems: list[Problem] = []
    items = read_items([{"id": "a", "title": "1"}, {"id": 2}, {"title": "no id"}, {"id": "a", "title": "3"}], problems)
    assert [(key, item.text.get("title")) for key, item in items.items()] == [("a", "3"), ("2", None)]
    assert [problem.where.field for problem in problems] == ["items[2]"]


@pytest.mark.parametrize("data", ["text", {"id": "a"}, 3])
def test_what_is_no_list_is_refused(data: Any) -> None:
    with pytest.raises(InputError, match="list of CSL-JSON items"):
        read_items(data, [])


def test_texts_are_cleaned() -> None:
    assert clean("a\x00b\nc") == "ab\nc"
    assert clean("x" * (MAX_FIELD + 5)) == "x" * MAX_FIELD + "…"


@pytest.mark.parametrize(
    ("page", "first"), [("12-14", "12"), ("12, 14", "12"), ("iv–vi", "iv"), ("7", "7"), ("1,234-1,240", "1,234")]
)
def test_the_first_page(page: str, first: str) -> None:
    assert read(page=page)[0].text["page-first"] == first
