"""The short way through CSL-JSON gives what the long one gives, or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.formats.csl.export import to_item
from citetool.formats.csl.from_csl import read_item
from citetool.formats.csl.passthrough import FinishedRecord, finished
from citetool.formats.csl.variables import (
    ARCHIVE,
    DATE_VARIABLES,
    FIELDS,
    IDENTIFIERS,
    NAME_VARIABLES,
    OLD_NAMES,
    PUBLICATION,
)
from citetool.record.model import Record
from citetool.record.schema import FIELDS as RECORD_FIELDS
from citetool.record.schema import to_plain

BOOK: dict[str, Any] = {"id": "a", "type": "book", "title": "We Now Know", "publisher": "Clarendon Press"}
LETTER: dict[str, Any] = {
    "id": "b",
    "type": "personal_communication",
    "genre": "letter",
    "title": "Kennan to Byrnes",
    "author": [{"family": "Kennan", "given": "George F."}],
    "recipient": [{"family": "Byrnes", "given": "James F."}],
    "issued": {"date-parts": [["1946", 2, 22]]},
    "archive": "Library of Congress",
    "archive_collection": "Hull Papers",
    "archive_location": "Folder 6, Box 10",
    "archive-place": "Washington, D.C.",
    "URL": "https://example.org/1",
    "note": "Copy to Deane",
}
NAMES = sorted(
    {*NAME_VARIABLES, *DATE_VARIABLES, *FIELDS, *IDENTIFIERS, *ARCHIVE, *PUBLICATION, *OLD_NAMES}
    | {"id", "type", "genre", "title", "note", "keyword", "URL", "language", "citation-key", "custom", "unknown"}
)
VALUES: list[Any] = [
    *(None, "", " x ", 5, 1.5, True, [], {}, ["a", "b"], {"a": "b"}, "a\nb", "a\n\nb", "Type: x", "type: book\nfoo"),
    *("a, b; c", "}", "1946-02-22", "circa 1946", "n.d.", "letter", "Letter", "book", "English", "en", "e", "12"),
    *({"date-parts": [[1946]]}, {"date-parts": [[1946, 2], [1947]]}, {"date-parts": [[1946, 13]]}, {"literal": "n.d."}),
    *({"raw": "June 1944"}, {"date-parts": []}, {"date-parts": [[1946, 2, 22]], "circa": True}),
    *([{"family": " A ", "given": ""}], [{"literal": "Body"}], [{"given": "Only"}], [{"family": "F", "x": "y"}]),
    *([{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}], ["Name"], {"family": "F"}),
    *("supplied title", "JSTOR", "Box 3", "Hull Papers", "https://example.org/12", "\u2028é"),
]


def long_way(item: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    problems: list[str] = []
    return to_item(read_item(json.loads(json.dumps(item)), problems)), problems


def hold(item: dict[str, Any]) -> bool:
    """Whether the item is finished; that it is what the long way gives is asserted."""
    done = finished(item)
    if done is None:
        return False
    expected, problems = long_way(item)
    assert done.text == json.dumps(expected, ensure_ascii=False)
    assert done.lost == expected.get("custom", {}).get("citetool", {})
    assert not problems
    return True


@pytest.mark.parametrize("item", [BOOK, LETTER])
def test_what_says_all_is_finished(item: dict[str, Any]) -> None:
    assert hold(item)


@pytest.mark.parametrize(
    "changes",
    [
        {"custom": {"citetool": {"markings": ["SECRET"]}}},
        {"unknown": "x"},
        {"annote": "supplied title"},
        {"note": "type: letter"},
        {"author": [{"family": "F", "unknown": "x"}], "translator": ["Somebody"]},
        {"title": {"a": "b"}},
        {"archive": "Flashpoints } Collection", "archive-place": "a } b"},
    ],
)
def test_what_needs_reading_is_not_finished(changes: dict[str, Any]) -> None:
    assert finished({**BOOK, **changes}) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"author": [{"family": "F", "unknown": "x"}]},
        {"type": "manuscript", "recipient": [{"family": "Eckardt", "given": "H.", "non-dropping-particle": "von"}]},
        {"type": "manuscript", "recipient": [{"family": "King", "given": "M.", "suffix": "Jr."}, {"literal": "State"}]},
        {"archive_location": "Ф. 17. Оп. 166. Д. 621. Л. 130–133", "archive": "РГАСПИ", "archive-place": "Москва"},
        {"type": "manuscript", "genre": "letter", "event-place": "Paris", "archive_location": "f. 5, op. 2, d. 3",
         "recipient": [{"family": "Eckardt", "given": "H.", "dropping-particle": "von"}], "archive": "ЦХСД"},
    ],
)  # fmt: skip
def test_what_does_not_say_all_is_finished_with_what_it_lacks(changes: dict[str, Any]) -> None:
    for base in (BOOK, {name: value for name, value in LETTER.items() if not name.startswith("archive")}):
        item = {name: value for name, value in base.items() if name not in changes} | changes
        assert hold(item)
        assert finished(item).lost  # type: ignore[union-attr]


@pytest.mark.parametrize("base", [BOOK, LETTER], ids=["book", "letter"])
@pytest.mark.parametrize("name", NAMES)
def test_each_variable_with_each_value(base: dict[str, Any], name: str) -> None:
    for value in VALUES:
        hold({**base, name: value})
        hold({name: value, **{key: kept for key, kept in base.items() if key != name}})


@pytest.mark.property
@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=6), st.sampled_from([BOOK, LETTER]))
def test_any_item(changes: dict[str, Any], base: dict[str, Any]) -> None:
    hold({**base, **changes})


def test_the_fields_are_read_when_asked_for() -> None:
    done = finished(LETTER)
    assert isinstance(done, FinishedRecord)
    record = read_item(dict(LETTER), [])
    assert isinstance(done, Record)
    assert done.id == record.id
    assert to_plain(done) == to_plain(record)
    assert {name: getattr(done, name) for name in RECORD_FIELDS} == {n: getattr(record, n) for n in RECORD_FIELDS}
    with pytest.raises(AttributeError):
        _ = done.nothing
