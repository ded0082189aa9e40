from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from citetool.problems import InputError, Problem
from citetool.record.yamltext import dump_yaml, parse_yaml, read_record, write_record
from tests.factories import make_book, make_record
from tests.strategies import records

if TYPE_CHECKING:
    from citetool.record.model import Record


def faults(text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_record(text, "x.yaml")
    return list(caught.value.problems)


@pytest.mark.property
@given(records())
def test_what_is_written_reads_back_equal(record: Record) -> None:
    assert read_record(write_record(record)) == record


@pytest.mark.property
@given(records())
def test_other_yaml_readers_see_the_same_texts(record: Record) -> None:
    plain = parse_yaml(write_record(record))
    loaded = yaml.safe_load(write_record(record))
    assert _as_text(loaded) == plain


@pytest.mark.parametrize("word", ["=", "<<", "~", "on", "1e3", "0x1f", ".inf"])
def test_words_that_mean_something_in_yaml_are_quoted(word: str) -> None:
    text = write_record(make_record(title=word, tags=(word,)))
    assert yaml.safe_load(text)["title"] == word
    assert yaml.safe_load(text)["tags"] == [word]


def _as_text(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _as_text(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return str(value)


def test_writing_is_stable() -> None:
    for record in (make_record(), make_book()):
        text = write_record(record)
        assert write_record(read_record(text)) == text


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("id: a\ntitle: &x b\n", 2, "an anchor is not used in records"),
        ("id: a\ntitle: *x\n", 2, "an alias is not used in records"),
        ("id: a\ntitle: !!python/object:os.system x\n", 2, "is not used in records"),
        ("id: a\ntitle: !own x\n", 2, "is not used in records"),
        ("id: a\ntitle: b\ntitle: c\n", 3, "'title' stands here a second time"),
        ("id: a\ntitle: b\x00c\n", 2, "a control character (U+0000)"),
        ("id: a\n\ntitle: b\x1bc\n", 3, "a control character (U+001B)"),
        ("id: a\ntitle: b\x7fc\n", 2, "a control character (U+007F)"),
        ("id: a\ntitle: \u20ac\ufffe\n", 2, "a control character (U+FFFE)"),
        ("id: a\n---\nid: b\n", 2, "a second document begins here"),
        ("id: a\ntitle: [b\n", 3, "not YAML"),
        ("id: a\ntitle: b: c\n", 2, "not YAML"),
        ('id: a\ntitle: "b\ndate: 1947\nkind: letter\n', 2, "a quotation mark is opened here and not closed"),
        ("id: a\n<<<<<<< HEAD\ntitle: b\n=======\ntitle: c\n>>>>>>> theirs\n", 2, "a merge conflict is not resolved"),
        ("id: a\n? [b]\n: c\n", 2, "the name of a field is a word"),
        ("", 1, "the file is empty"),
        ("# only a comment\n", 1, "the file is empty"),
        ("- id: a\n", 1, "does not hold a record"),
        ("id\n", 1, "does not hold a record"),
    ],
)
def test_what_a_record_must_not_hold_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    problem = faults(text)[0]
    assert (problem.where.source, problem.where.line) == ("x.yaml", line)
    assert message in problem.message


def test_an_escape_that_yaml_does_not_know_is_told_as_such() -> None:
    (problem,) = faults('id: a\ntitle: "C:\\docs"\n')
    assert "unknown escape character" in problem.message


def test_a_tab_is_told_with_its_remedy() -> None:
    (problem,) = faults("id: a\n\tdate: 1947\n")
    assert problem.hint == "indent with spaces: YAML allows no tabs there"


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "anchor" in faults("\n".join(lines))[0].message


@pytest.mark.parametrize(
    "text",
    [
        "id: a\nx: " + "[" * 5000,
        "id: a\nx: " + "[" * 400 + "]" * 400,
        "- " * 100_000,
        "? " * 50_000,
        "id: a\nx: " + "[" * 200_000,
    ],
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert faults(text)


def test_all_faults_come_at_once_with_line_and_field() -> None:
    text = """\
id: a
date: 1944-13-01
language: [en, "?"]
creators:
- {role: author}
- {name: "Hull, Cordell", office: [x]}
archive:
  box: {a: b}
dates:
  received: yesterday
files:
- path: ../../etc/passwd
type: leter
"""
    found = [(problem.where.line, problem.where.field) for problem in faults(text)]
    assert found == [
        (2, "date"),
        (3, "language[1]"),
        (5, "creators[0]"),
        (6, "creators[1].office"),
        (8, "archive.box"),
        (10, "dates.received"),
        (12, "files[0].path"),
        (13, "type"),
    ]


def test_scalars_stay_the_text_they_are() -> None:
    record = read_record("id: 0012\ntitle: no\ndate: 1944-06-26\nplace: 1.50\nshelf: {a: yes, b: ~, c: 0x1F}\n")
    assert (record.id, record.title, record.date, record.place) == ("0012", "no", "1944-06-26", "1.50")
    assert record.extra == {"shelf": {"a": "yes", "b": "~", "c": "0x1F"}}


def test_texts_that_others_would_take_for_numbers_are_quoted() -> None:
    text = dump_yaml({"id": "219945", "title": "No", "date": "1944-06-26", "year": "1944"})
    assert text == 'id: "219945"\ntitle: "No"\ndate: 1944-06-26\nyear: "1944"\n'


def test_a_text_of_several_lines_is_a_block() -> None:
    assert dump_yaml({"summary": "one\ntwo"}) == "summary: |-\n  one\n  two\n"


_PIECES = st.sampled_from(
    [*"{}[]:,-?&*!|>'\"%@`#\n \t\\", ": ", "- ", "\n  ", "id: a\n", "title", "archive:\n", "box", "creators:\n",
     "---\n", "...\n", "!!python/x ", "&a ", "*a", "<<: ", "\u2028", "\x85", "\ufeff", "\x00", "é", "😀", "1944", "~",
     "? ", "|-\n"]
)  # fmt: skip


@pytest.mark.property
@given(st.lists(_PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_a_record_or_has_faults(text: str) -> None:
    try:
        record = read_record(text)
    except InputError:
        return
    assert read_record(write_record(record)) == record


def test_control_characters_written_as_escapes_are_replaced() -> None:
    assert parse_yaml('title: "a\\eb\\0c\\x7fd\\te"') == {"title": "a\ufffdb\ufffdc\ufffdd\te"}
