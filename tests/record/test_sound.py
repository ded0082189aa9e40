"""What readers give is made fit to be written: nothing is lost, and every file can be read again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.record.model import Digital, Draft, Record
from citetool.record.schema import dotted
from citetool.record.sound import sound
from citetool.record.yamltext import read_record, write_record


@pytest.mark.parametrize(
    ("record", "field", "extra"),
    [
        (Draft(id="a", date="1824/1800"), "date", {"x-unread-date": "1824/1800"}),
        (Draft(id="a", digital=Digital(name="S", accessed="2001-13-01")), "digital.accessed",
         {"x-unread-digital": {"accessed": "2001-13-01"}}),
        (Draft(id="a", language=("en", "x_y!")), "language[1]", {"x-unread-language": ["x_y!"]}),
        (Draft(id="a", extra={"date": "31/05/1968"}), "date", {"x-unread-date": "31/05/1968"}),
        (Draft(id="a", dates={"sent": "1968-99"}), "dates.sent", {"x-unread-dates": {"sent": "1968-99"}}),
        (Draft(id="a", type="no such type"), "type", {"x-unread-type": "no such type"}),
    ],
)  # fmt: skip
def test_a_faulty_field_is_set_aside(record: Record, field: str, extra: dict[str, Any]) -> None:
    fit, faults = sound(record)
    assert [dotted(fault.path) for fault in faults] == [field]
    assert fit.extra == extra
    assert read_record(write_record(fit)) == fit


def test_only_the_faulty_part_is_taken_out() -> None:
    fit, _ = sound(Draft(id="a", digital=Digital(name="S", accessed="2001-13-01"), language=("en", "x_y!")))
    assert (fit.digital.name, fit.digital.accessed, fit.language) == ("S", "", ("en",))


def test_characters_that_no_file_holds_are_replaced_and_said() -> None:
    fit, faults = sound(Draft(id="a", title="b\ud800c\x1b[2Jd", extra={"n\x00": "v"}))
    assert fit.title == "b\ufffdc\ufffd[2Jd"
    assert fit.extra == {"x-unread-n": "v"}
    assert {dotted(fault.path) for fault in faults} == {"title", "n\x00"}
    assert read_record(write_record(fit)) == fit


def test_a_record_without_a_key_has_a_fault_there() -> None:
    assert any(fault.path == ("id",) for fault in sound(Draft(id=" "))[1])


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text(max_size=8), _VALUES, max_size=4),
    st.text(max_size=9),
    st.text(st.characters(), max_size=20),
)
def test_whatever_comes_is_read_back_equal(extra: dict[str, Any], date: str, title: str) -> None:
    fit, _ = sound(Draft(id="a", title=title, date=date, extra=extra))
    assert read_record(write_record(fit)) == fit


def test_depth_is_bounded() -> None:
    fit, faults = sound(Draft(id="a", extra={"deep": _nested(900)}))
    assert faults
    assert read_record(write_record(fit)) == fit
