from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from citetool.formats.base import ReadOptions, ReadResult, WriteOptions, collect
from citetool.formats.csl.yaml import read, write
from citetool.formats.sniff import guess_format
from citetool.problems import InputError
from tests.factories import make_book, make_record
from tests.strategies import records

if TYPE_CHECKING:
    from citetool.record.model import Record


def read_text(text: str) -> ReadResult:
    return collect(read(io.BytesIO(text.encode()), ReadOptions("x.yaml")))


def test_pandoc_metadata_with_dates_of_both_forms() -> None:
    result = read_text(
        "---\ntitle: My paper\nreferences:\n- id: a\n  type: book\n  issued:\n  - year: 1944\n    month: 6\n"
        "  title: A\n- id: b\n  type: book\n  issued: {date-parts: [[1945, 2]]}\n  title: 1984\n---\n\n"
        "# Text: *not* YAML\n"
    )
    assert [(r.id, r.date, r.title) for r in result.records] == [("a", "1944-06", "A"), ("b", "1945-02", "1984")]


def test_written_as_pandoc_reads_it() -> None:
    text = "".join(write([make_book()], WriteOptions(lossless=True)))
    assert text.startswith("---\nreferences:\n- id: gaddis1982\n  type: book\n")
    assert guess_format("x.yaml", text.encode()) == "csl-yaml"


def test_a_bad_item_stops_no_other_and_bad_yaml_says_where() -> None:
    result = read_text("references:\n- just text\n- {id: a, type: book}\n")
    assert [r.id for r in result.records] == ["a"]
    assert [str(r.problem.where) for r in result.rejected] == ["x.yaml: references[1]"]
    with pytest.raises(InputError, match="not YAML"):
        read_text("references:\n- {id: a\n- [")
    with pytest.raises(InputError, match="no list"):
        read_text("references: x\n")


@pytest.mark.property
@given(records())
def test_round_trip(record: Record) -> None:
    assert read_text("".join(write([record, make_record(id="x")], WriteOptions(lossless=True)))).records[0] == record


def test_an_indented_line_of_dots_does_not_end_the_document() -> None:
    record = make_record(id="x", notes=["Before", "...", "After"])
    assert read_text("".join(write([record], WriteOptions(lossless=True)))).records == [record]
