"""The check of records that scripts make."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from citetool.problems import InputError
from citetool.record.model import Draft, Record


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": 3}, "title: a text is wanted here, not 3"),
        ({"creators": ["Hull"]}, r"creators: a tuple of Creator is wanted here, not \['Hull'\]"),
        ({"tags": ("a", 1)}, "tags: a tuple of texts is wanted here"),
        ({"archive": "Box 3"}, "archive: Holding is wanted here, not 'Box 3'"),
        ({"publication": []}, "publication: a dict is wanted here"),
        ({"date": "5 May 1944"}, "date: .*write 1944-05-05"),
        ({"dates": {"sent": "May"}}, "dates.sent: "),
        ({"id": ""}, "id: the record has no id"),
    ],
)
def test_a_record_takes_values_of_its_types_alone(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Record(**{"id": "a", **fields})


def test_every_faulty_field_is_told() -> None:
    with pytest.raises(InputError) as caught:
        Record(id="a", title=1, kind=2)  # type: ignore[arg-type]
    assert len(caught.value.problems) == 2


def test_a_draft_takes_what_was_read_and_is_a_record() -> None:
    draft = Draft(id="", date="5 May 1944")
    assert type(draft) is Record
    assert draft.date == "5 May 1944"
    assert Draft(id="a", title="T") == Record(id="a", title="T")
    assert pickle.loads(pickle.dumps(draft)) == draft
