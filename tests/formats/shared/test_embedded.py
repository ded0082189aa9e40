from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.formats.shared.embedded import difference, from_text, restore, to_text
from tests.factories import make_record
from tests.strategies import records, texts

if TYPE_CHECKING:
    from citetool.record.model import Record


def test_readable_for_people() -> None:
    text = to_text({"markings": ["TOP SECRET"], "digital": {"contents": ["Original Scan"], "url": "http://x.org"}})
    assert text == 'citetool(markings: [TOP SECRET], digital: (contents: [Original Scan], url: "http://x.org"))'
    assert from_text(f"A note. {text}") == (
        {"markings": ["TOP SECRET"], "digital": {"contents": ["Original Scan"], "url": "http://x.org"}},
        "A note.",
    )


@pytest.mark.parametrize(
    "text", ["", "citetool", "citetool(", "citetool(a)", "citetool(a: [b)", 'citetool(a: "b)', "citetool(a: b) x"]
)
def test_what_is_no_carried_text_is_text(text: str) -> None:
    assert from_text(text) == (None, text)


def test_nesting_beyond_reason_is_text() -> None:
    text = "citetool(a: " + "[" * 5000
    assert from_text(text) == (None, text)


def test_only_what_differs_is_carried_and_names_what_is_gone() -> None:
    one = make_record(digital={"name": "A", "url": "http://x.org"})
    other = make_record(digital={"name": "A", "id": "5"}, markings=None)
    lost = difference(one, other)
    assert set(lost.pop("native")) == {"digital.id"}
    assert lost == {"digital": {"url": "http://x.org", "-": ["id"]}, "markings": ["TOP SECRET"]}
    assert restore(other, difference(one, other)) == []
    assert other == one


def test_faults_in_a_changed_note_are_told_and_leave_the_field_as_it_was() -> None:
    record = make_record()
    wrong = restore(record, {"dates": {"sent": 5}, "nosuch": "x"})
    assert record.date == "1944-06-26"
    assert len(wrong) == 2


def test_what_another_program_has_changed_wins() -> None:
    one = make_record(markings=["SECRET"], summary="Long", digital={"name": "A", "url": "http://x.org"})
    native = make_record(markings=None, summary="Short", digital={"name": "B", "url": "http://y.org"})
    lost = difference(one, native)
    edited = make_record(markings=None, summary="Corrected", digital={"name": "B", "url": "http://z.org"})
    wrong = restore(edited, lost)
    assert edited.summary == "Corrected"
    assert (edited.digital.name, edited.digital.url) == ("A", "http://z.org")
    assert edited.markings == ("SECRET",)
    assert {text.split()[0] for text in wrong} == {"'summary'", "'digital.url'"}


def test_without_checksums_the_native_fields_win() -> None:
    record = make_record()
    assert restore(record, {"title": "Forged", "rights": "None"}) == [
        "'title' was changed after citetool wrote it; the change is kept"
    ]
    assert (record.title, record.rights) == (make_record().title, "None")


_PLAIN = st.recursive(texts(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(), inner, max_size=3))


@pytest.mark.property
@given(st.dictionaries(texts(), _PLAIN, max_size=3), texts())
def test_text_form_is_read_back(data: dict[str, Any], before: str) -> None:
    text = to_text(data)
    assert from_text(text) == (data, "")
    assert from_text(f"{before} {text}") == (data, before)
    assert not {"{", "}", "\n"} & set(text)


@pytest.mark.property
@given(records(), records())
def test_difference_makes_the_one_record_of_the_other(one: Record, other: Record) -> None:
    assert restore(other, difference(one, other)) == []
    assert other == one
