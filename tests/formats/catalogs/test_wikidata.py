"""Wikidata's JSON."""

from __future__ import annotations

import io
import json

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadResult, collect
from tests.shared import needs_shared, shared


def entity(number: str, label: str, **claims: list[object]) -> dict[str, object]:
    said = {p: [{"mainsnak": {"datavalue": {"value": value}}} for value in values] for p, values in claims.items()}
    return {"id": number, "type": "item", "labels": {"en": {"value": label}}, "claims": said}


def read_entities(*entities: dict[str, object]) -> ReadResult:
    data = {"entities": {str(e["id"]): e for e in entities}}
    return collect(read_file(io.BytesIO(json.dumps(data).encode())))


@needs_shared
def test_a_letter() -> None:
    (record,) = collect(read_file(shared("data", "formats", "small", "wikidata.json"))).records
    assert (record.kind, record.title, record.date) == ("letter", "Letter to the mayor", "1931-05-06")
    assert record.summary == "letter of 1931"


def test_entities_of_the_file_are_named_and_others_said() -> None:
    result = read_entities(
        entity("Q1", "Codex", P31=[{"id": "Q87167"}], P50=[{"id": "Q2"}], P195=[{"id": "Q9"}], P217=["MS 1"]),
        entity("Q2", "Anna Miller"),
    )
    (record,) = result.records
    assert [str(c.name) for c in record.creators] == ["Miller, Anna"]
    assert record.archive.get("call_number") == "MS 1"
    assert record.extra == {"wikidata": {"collection": "Q9"}}
    assert "does not name collection Q9" in result.problems[0].message


@pytest.mark.parametrize(
    ("precision", "date"), [(11, "1931-05-06"), (10, "1931-05"), (9, "1931"), (8, "193X"), (7, "19XX")]
)
def test_times_to_their_precision(precision: int, date: str) -> None:
    time = {"time": "+1931-05-06T00:00:00Z", "precision": precision}
    assert read_entities(entity("Q1", "A", P571=[time])).records[0].date == date
