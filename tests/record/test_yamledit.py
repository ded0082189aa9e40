from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.problems import InputError
from citetool.record.schema import FIELDS, to_plain
from citetool.record.yamledit import edited
from citetool.record.yamltext import parse_yaml, read_record, write_record
from tests.strategies import plain_records, records

if TYPE_CHECKING:
    from citetool.record.model import Plain, Record

TEXT = """\
# found in May
id: "219945"   # the number on the page
title:  'Stalin and Harriman'

date: 1944-06-26 # as dated
# where it is
archive:
    container: "173"  # the red one
    # a line of its own
    collection: W. Averell Harriman Papers

    place: Washington
creators:
  - {name: "Harriman, W. Averell", role: author}
summary: |
  First line.

  # no comment
shelf:   own
# the end
"""


def change(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, TEXT),
        ({"date": "1944-06-26"}, TEXT),
        ({"date": "1944"}, change("1944-06-26 # as dated", '"1944"  # as dated')),
        ({"date": None}, change("date: 1944-06-26 # as dated\n", "")),
        ({"title": "B"}, change("title:  'Stalin and Harriman'\n", "title: B\n")),
        ({"kind": "letter"}, change("the page\n", "the page\nkind: letter\n")),
        ({"tags": ["a", "b"]}, change("  # no comment\n", "  # no comment\ntags: [a, b]\n")),
        ({"summary": "short"}, change("summary: |\n  First line.\n\n  # no comment\n", "summary: short\n")),
        ({"other": "x"}, change("shelf:   own\n# the end\n", "shelf:   own\n# the end\nother: x\n")),
        (
            {"archive": {"container": "174", "collection": "W. Averell Harriman Papers", "place": "Washington"}},
            change('container: "173"', 'container: "174"'),
        ),
        (
            {"archive": {"container": "173", "collection": "W. Averell Harriman Papers"}},
            change("    place: Washington\n", ""),
        ),
        (
            {
                "archive": {
                    "folder": "Folder 2",
                    "container": "173",
                    "collection": "W. Averell Harriman Papers",
                    "repository": "LC",
                    "place": "Washington",
                }
            },
            change("    container:", "    folder: Folder 2\n    container:").replace(
                "    place:", "    repository: LC\n    place:"
            ),
        ),
    ],
)
def test_only_what_changes_is_written_anew(changes: dict[str, Any], expected: str) -> None:
    assert edited(TEXT, changes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("summary: |\n  one\n   # two\n\n# a line\n  # indented\n", "summary: x\n\n# a line\n  # indented\n"),
        ("summary: |\n  one\n # behind it\ntitle: t\n", "summary: x\n # behind it\ntitle: t\n"),
        ("summary: |2\n    one\n  two\n# a line\n", "summary: x\n# a line\n"),
        ("summary: >-\n# a line\ntitle: t\n", "summary: x\n# a line\ntitle: t\n"),
    ],
)
def test_comments_behind_a_text_in_lines_stay(text: str, expected: str) -> None:
    assert edited(f"id: a\n{text}", {"summary": "x"}) == f"id: a\n{expected}"


def test_levels_in_another_order_are_written_in_that_order() -> None:
    levels: dict[str, Plain] = {"place": "Washington", "container": "173"}
    result = edited(TEXT, {"archive": levels})
    assert list(parse_yaml(result)["archive"].items()) == list(levels.items())


def test_a_record_in_braces_is_written_anew() -> None:
    assert edited('{"id": "a", "title": "b"}', {"title": "c"}) == "id: a\ntitle: c\n"


def test_a_text_without_a_last_newline() -> None:
    assert edited("id: a\ntitle: b", {"kind": "letter"}) == "id: a\nkind: letter\ntitle: b\n"


def test_a_faulty_change_is_refused() -> None:
    with pytest.raises(InputError, match="there is no month 13"):
        edited(TEXT, {"date": "1944-13"})


def test_a_faulty_text_is_refused() -> None:
    with pytest.raises(InputError, match=r"x\.yaml:2"):
        edited("id: a\ndate: never\n", {"title": "b"}, "x.yaml")


@pytest.mark.property
@given(records(), plain_records(), st.sets(st.sampled_from([*FIELDS])))
def test_any_change_gives_the_record_it_should(record: Record, other: dict[str, Any], fields: set[str]) -> None:
    plain = to_plain(record)
    changes = {name: other.get(name) for name in fields - {"id"}}
    expected = {name: value for name, value in {**plain, **changes}.items() if value is not None}
    result = edited(write_record(record), changes)
    assert parse_yaml(result) == expected
    assert read_record(result).id == record.id


_LAYOUTS = st.sampled_from(
    ["title: x\n", "title:   'x'  # why\n", "\n", "# a line\n", "  # indented\n", "date: 1944\n", "tags: [a,\n  b]\n",
     "tags:\n- a\n# between\n- b\n", "archive: {box: '3'}\n", "archive:\n  box: 3\n\n  # in it\n  place: W\n",
     "summary: |\n  one\n   # two\n\n", "summary: >-\n    a\n    b\n", 'notes: ["a\n  b"]\n', "own: plain\n  goes on\n",
     '"kind": letter\n', "medium:\n    paper\n"]
)  # fmt: skip


@pytest.mark.property
@given(
    st.lists(_LAYOUTS, max_size=8).map("".join), st.sampled_from(["title", "date", "tags", "archive", "summary", "own"])
)
def test_a_change_of_any_layout_leaves_the_other_lines(layout: str, field: str) -> None:
    text = f"id: a\n{layout}"
    try:
        before = parse_yaml(text)
        read_record(text)
    except InputError:
        return
    value: Any = {"box": "4"} if field == "archive" else ["c"] if field == "tags" else "2001"
    result = edited(text, {field: value})
    assert parse_yaml(result) == {**before, field: value}
    back = edited(result, {field: before.get(field)})
    assert parse_yaml(back) == before
    kept = [line for line in text.splitlines() if line.startswith(("# a", "medium", "id", '"kind"'))]
    assert [line for line in result.splitlines() if line in kept] == kept
