"""Values out of a stream: those of a block read at once are those read one by one, each with its line."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.formats.base import ReadOptions
from citetool.formats.shared import json_stream
from citetool.formats.shared.json_stream import read_values
from citetool.problems import InputError

PEOPLE = [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "R."}]
TEXTS = st.sampled_from(["a", "}, {", '"', "\\", "]", "é\u2028", "line\nline", "", '{"id": 1}'])
ITEMS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"id": st.integers()}, optional={"title": TEXTS, "author": st.just(PEOPLE)}),
        st.fixed_dictionaries({"title": TEXTS}),
        st.just({}),
        st.just(PEOPLE),
        TEXTS,
    ),
    max_size=12,
)
LAYOUTS = st.sampled_from([(", ", None), (",\n", None), (",", 1), (" ,\r\n\n", None), (", ", 2)])


def read(text: str, *, lines: bool = True) -> list[tuple[Any, int]]:
    stream = io.BytesIO(text.encode())
    return [(value, line() if lines else 0) for value, line in read_values(stream, ReadOptions(), ("items",))]


def written(items: list[Any], between: str, indent: int | None) -> tuple[str, list[int]]:
    """A JSON array, and the line on which each item begins."""
    text, lines = "[\n", []
    for number, item in enumerate(items):
        text += between if number else ""
        lines.append(text.count("\n") + 1)
        text += json.dumps(item, indent=indent, ensure_ascii=False)
    return text + "]", lines


@pytest.mark.property
@given(ITEMS, LAYOUTS, st.integers(1, 200))
def test_values_and_lines_whatever_the_blocks(items: list[Any], layout: tuple[str, int | None], block: int) -> None:
    text, lines = written(items, *layout)
    before = json_stream.BLOCK
    json_stream.BLOCK = block
    try:
        assert read(text) == list(zip(items, lines, strict=True))
    finally:
        json_stream.BLOCK = before


@pytest.mark.parametrize("wanted", [{0}, {5}, {1, 2, 98}, {99}])
def test_a_line_may_be_asked_for_now_and_then(wanted: set[int]) -> None:
    text, lines = written([{"id": n, "author": PEOPLE} for n in range(100)], ",\n\n", 1)
    values = read_values(io.BytesIO(text.encode()), ReadOptions())
    assert {n: line() for n, (_, line) in enumerate(values) if n in wanted} == {n: lines[n] for n in wanted}


def test_items_before_a_fault_are_given_first() -> None:
    text, _ = written([{"id": n} for n in range(10)], ", ", None)
    broken = text.replace('{"id": 7}', '{"id": 7')
    values = read_values(io.BytesIO(broken.encode()), ReadOptions())
    assert [next(values)[0] for _ in range(7)] == [{"id": n} for n in range(7)]
    with pytest.raises(InputError, match="not JSON"):
        next(values)


def test_lists_with_odd_commas_and_lines_of_json() -> None:
    assert [value for value, _ in read('[{"id": 1}, {"id": 2},, {"id": 3},]')] == [{"id": n} for n in (1, 2, 3)]
    assert read('{"id": 1}\n{"id": 2}\n\n{"id": 3}') == [({"id": 1}, 1), ({"id": 2}, 2), ({"id": 3}, 4)]
    assert read('{"items": [{"id": 1}, {"id": 2}, {"id": 3}]}') == [({"id": n}, 1) for n in (1, 2, 3)]


def test_halves_of_characters_are_replaced() -> None:
    text = rb'[{"a\ud800": "x \uDFFF y", "b": ["\ud83d\ude00"]}, {"c": "\\ud800"}]'
    found = [value for value, _ in read_values(io.BytesIO(text), ReadOptions())]
    assert found == [{"a\ufffd": "x \ufffd y", "b": ["\U0001f600"]}, {"c": "\\ud800"}]
