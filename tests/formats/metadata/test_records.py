"""Records of citetool, as a source."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, collect
from citetool.formats.sniff import guess_format
from citetool.record.schema import to_plain
from citetool.record.yamltext import write_record
from tests.factories import make_book, make_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from citetool.formats.base import ReadResult


def _read(text: str, name: str = "x.yaml") -> ReadResult:
    return collect(read_file(io.BytesIO(text.encode()), None, ReadOptions(source=name)))


def test_a_record_file_gives_its_record_back() -> None:
    record = make_record()
    assert _read(write_record(record)).records == [record]


def test_several_documents_of_a_yaml_file_come_in_order() -> None:
    first, second = make_record(), make_book()
    text = f"---\n{write_record(first)}---\n{write_record(second)}"
    assert _read(text).records == [first, second]


@pytest.mark.parametrize("order", [list, sorted], ids=["own", "sorted"])
def test_json_is_read_in_any_order_of_its_fields(order: Callable[[Iterable[Any]], Iterable[Any]]) -> None:
    records = [make_record(), make_book()]
    text = json.dumps([dict(order(to_plain(record).items())) for record in records])
    assert _read(text, "<stdin>").records == records


def test_json_lines_of_parse_give_their_records() -> None:
    lines = [{"string": "x", "record": to_plain(record), "confidence": 0.9} for record in (make_record(), make_book())]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    assert _read(text, "<stdin>").records == [make_record(), make_book()]


def test_a_key_that_comes_twice_is_told() -> None:
    text = f"{write_record(make_book())}---\n{write_record(make_book())}"
    found = _read(text)
    assert len({record.id for record in found.records}) == 2
    assert "a second time" in found.problems[0].message


def test_a_faulty_record_is_rejected_with_its_line_and_the_others_are_read() -> None:
    text = "id: a\nkind: letter\ntitle: x\n---\nid: b\nkind: letter\ndate: 31 Feb 1900\narchive: 3\n"
    found = _read(text)
    assert [record.id for record in found.records] == ["a"]
    [rejected] = found.rejected
    assert (rejected.problem.where.line, rejected.problem.where.field) == (7, "date")
    assert "archive: a mapping is wanted" in rejected.problem.message


def test_values_that_are_no_records_are_rejected() -> None:
    found = _read(json.dumps([to_plain(make_book()), 3, {"id": "b", "kind": "book", "date": []}]), "<stdin>")
    assert [entry.problem.where.line for entry in found.rejected] == [1, 1]
    assert found.records == [make_book()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[{"id": "a", "type": "book", "title": "Mills"}]', "csl-json"),
        ("references:\n- id: a\n  type: book\n", "csl-yaml"),
        ("a:\n  type: book\n  title: Mills\n", "hayagriva"),
    ],
)
def test_other_formats_are_not_taken_for_records(text: str, name: str) -> None:
    assert guess_format("<stdin>", text.encode()) == name
