from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from citetool.problems import InputError
from citetool.record.model import Holding, Level
from citetool.record.schema import FIELDS, checked, dotted, from_plain, to_plain
from tests.factories import make_record
from tests.strategies import plain_records


@pytest.mark.property
@given(plain_records())
def test_plain_data_survives_the_record(plain: dict[str, Any]) -> None:
    record = checked(plain)
    assert checked(to_plain(record)) == record
    assert set(to_plain(record)) <= set(plain)


def test_fields_come_in_the_order_of_the_table_and_unknown_ones_last() -> None:
    record = checked({"own": "x", "title": "T", "id": "a", "kind": "letter"})
    assert list(to_plain(record)) == ["id", "kind", "title", "own"]


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ({}, "id", "no id"),
        ({"id": ["a"]}, "id", "a text is wanted here, not a list"),
        ({"id": "a", "title": {"x": "y"}}, "title", "not a mapping"),
        ({"id": "a", "date": "26 June 1944"}, "date", "in date"),
        ({"id": "a", "language": "en_US"}, "language", "not a language tag"),
        ({"id": "a", "archive": ["Box 3"]}, "archive", "a mapping is wanted here"),
        ({"id": "a", "archive": {"box": {"x": "1"}}}, "archive.box", "a text is wanted here"),
        ({"id": "a", "creators": [{"role": "author"}]}, "creators[0]", "a creator without a name"),
        ({"id": "a", "dates": {"sent": "soon"}}, "dates.sent", "soon"),
        ({"id": "a", "type": "bok"}, "type", "not a CSL type"),
        ({"id": "a", "digital": {"accessed": "today"}}, "digital.accessed", "today"),
        ({"id": "a", "files": [{"path": "/etc/passwd"}]}, "files[0].path", "leaves the library"),
        ({"id": "a", "files": [{"path": "a/../../b"}]}, "files[0].path", "leaves the library"),
        ({"id": "a", "files": [{"path": "C:\\x"}]}, "files[0].path", "leaves the library"),
    ],
)
def test_a_fault_has_a_path_a_message_and_advice(data: dict[str, Any], path: str, message: str) -> None:
    _, faults = from_plain(data)
    assert [dotted(fault.path) for fault in faults] == [path]
    assert message in faults[0].message
    assert faults[0].hint
    with pytest.raises(InputError):
        checked(data)


def test_what_has_a_fault_is_empty_and_the_rest_is_there() -> None:
    record, faults = from_plain({"id": "a", "title": "T", "date": "soon"})
    assert (record.title, record.date, len(faults)) == ("T", "", 1)


def test_short_forms_are_read() -> None:
    record = checked({"id": 12, "creators": "Hull, Cordell", "language": "en", "archive": {"box": ["1", "2"]}})
    assert record.id == "12"
    assert (str(record.creators[0].name), record.creators[0].role) == ("Hull, Cordell", "author")
    assert record.archive == Holding((Level("box", "1"), Level("box", "2")))


def test_the_example_of_every_field_is_one() -> None:
    from citetool.record.yamltext import parse_yaml

    for name, field in FIELDS.items():
        example = field.example
        if "..." in example:
            continue
        data = parse_yaml(f"id: x\n{name}: {example}\n" if name != "id" else f"id: {example}\n")
        _, faults = from_plain(data)
        assert not faults, (name, faults)


def test_an_equal_record_is_made_of_its_own_plain_form() -> None:
    record = make_record()
    assert from_plain(to_plain(record)) == (record, [])


def test_levels_given_several_times_come_back_as_lists() -> None:
    data = {"id": "a", "archive": {"box": ["1", "2", "3"], "fond": "f. 5", "opis": ["1", "2"]}}
    assert to_plain(checked(data)) == data
