"""Embedded data and edits: what somebody changes in an exported file is what comes back from it."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from citetool.formats.base import ReadOptions, WriteOptions, collect
from citetool.formats.registry import reader, writer
from citetool.formats.shared.embedded import MARK
from citetool.record.schema import checked, to_plain
from tests.factories import make_record
from tests.managers.corpus import corpus
from tests.strategies import records

if TYPE_CHECKING:
    from citetool.record.model import Record

OLD, NEW = "Qzxa", "Wvye"
EDITS: dict[str, Any] = {
    "title": f"{OLD} on coal",
    "creators": [{"name": f"{OLD}, Ann", "role": "author"}, {"name": "Hull, Cordell", "role": "participant"}],
    "summary": f"A talk about {OLD} and others",
    "archive": {"box": "Box 3", "collection": f"{OLD} Papers", "repository": "Town Archive", "place": "Oslo"},
    "place": f"{OLD}ville",
    "digital": {"name": f"{OLD} Archive", "url": "http://x.org/1", "contents": ["Scan"]},
    "rights": f"Copyright {OLD}",
    "medium": f"{OLD} film",
    "tags": [f"{OLD} tag"],
    "notes": [f"Seen by {OLD}"],
    "publication": {"publisher": f"{OLD} Press"},
}
FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "mods", "endnote-xml", "hayagriva")


def written(name: str, record: Record) -> str:
    return "".join(writer(name)([record], WriteOptions(lossless=True)))


def read_back(name: str, text: str) -> Record:
    return collect(reader(name)(io.BytesIO(text.encode()), ReadOptions("x"))).records[0]


def edited(name: str, text: str) -> str:
    """Return the text with the old word replaced in all but the embedded data."""
    if name == "csl-json":
        item = json.loads(text)[0]
        custom = item.pop("custom", None)
        item = json.loads(json.dumps(item).replace(OLD, NEW))
        return json.dumps([{**item, "custom": custom} if custom else item])
    if name == "csl-yaml":
        head, mark, tail = text.partition("citetool")
        return head.replace(OLD, NEW) + mark + tail
    parts = re.split(r"(citetool\([^\n<]*)", text)
    return "".join(part if number % 2 else part.replace(OLD, NEW) for number, part in enumerate(parts))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("field", EDITS)
def test_an_edit_comes_back(name: str, field: str) -> None:
    hold_edit(name, field, make_record(markings=["SECRET"], **{field: EDITS[field]}))


@pytest.mark.property
@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json", "mods", "endnote-xml"])
@settings(max_examples=30, deadline=None)
@given(record=records())
def test_an_edit_of_any_record_comes_back(name: str, record: Record) -> None:
    for field in ("title", "summary", "tags"):
        hold_edit(name, field, checked({**to_plain(record), field: EDITS[field]}))


def hold_edit(name: str, field: str, record: Record) -> None:
    text = written(name, record)
    assert read_back(name, text) == record
    changed = edited(name, text)
    if changed == text:  # the format has no field for it
        return
    fact = json.dumps(to_plain(read_back(name, changed))[field])
    assert NEW in fact, text
    assert OLD not in fact, text


# The values of a native field: in .bib and RIS one a line, in JSON and XML the texts. Terms of a list are left out.
VALUES = {
    "bibtex": r"^  (?!\w+type|year)\w+ = \{(.*)\}",
    "biblatex": r"^  (?!\w+type|year)\w+ = \{(.*)\}",
    "ris": r"^(?!TY|ER)[A-Z][A-Z0-9]  - (.*)$",
    "csl-json": r'"(?!type|id)[\w-]+": "(.*?)"',
    "mods": r"<(?!roleTerm|genre|typeOf|identifier|recordId|languageTerm)[^<>/]+>([^<]+)</",
    "endnote-xml": r"<(?!ref-type|source-app)[^<>/]+>([^<]+)</",
}


@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("name", VALUES)
def test_an_edit_of_any_value_in_a_file_comes_back(name: str, lossless: bool) -> None:
    lost = []
    for record in corpus()[::3]:
        text = "".join(writer(name)([record], WriteOptions(lossless=lossless)))
        for value in re.finditer(VALUES[name], text, re.MULTILINE):
            word = re.search(r"(?<![\w\\])[^\W\d_]{3,}(?![\w{])", value[1])
            if word is None or MARK in value[1] or value[1].startswith("http"):
                continue
            start = value.start(1) + word.start()
            back = read_back(name, text[:start] + NEW + text[start + len(word[0]) :])
            if NEW.casefold() not in json.dumps(to_plain(back)).casefold():
                lost.append((record.id, value[0], word[0]))
    assert not lost


@pytest.mark.parametrize(
    ("name", "old", "new", "date"),
    [
        ("ris", "PY  - 1944", "PY  - 1955", "1955"),
        ("ris", "DA  - 1944/06/26", "DA  - 1955/06/26", "1955-06-26"),
        ("ris", "Y1  - 1944/06/26", "Y1  - 1955/06/26", "1955-06-26"),
        ("bibtex", "year = {1944}", "year = {1955}", "1955-06-26"),
        ("bibtex", " date = {1944-06-26}", " date = {1944-06-27}", "1944-06-27"),
        ("biblatex", "date = {1944-06-26}", "date = {1955-06-26}", "1955-06-26"),
        ("mods", ">1944-06-26</dateCreated>", ">1955-06-26</dateCreated>", "1955-06-26"),
    ],
)
def test_of_a_date_that_is_said_twice_the_changed_one_counts(name: str, old: str, new: str, date: str) -> None:
    text = written(name, make_record())
    assert read_back(name, text.replace(old, new, 1)).date == date, text


def test_a_second_date_that_differs_is_kept() -> None:
    text = written("mods", make_record())
    assert read_back("mods", text).dates == {}
    changed = text.replace(">1944-06-26</dateIssued>", ">1955-06-26</dateIssued>")
    assert read_back("mods", changed).dates == {"issued": "1955-06-26"}


def test_a_year_is_said_once_in_bibtex() -> None:
    text = written("bibtex", make_record(date="1944"))
    assert "date = " not in text
    assert read_back("bibtex", text.replace("1944", "1955")).date == "1955"


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "csl-json", "endnote-xml"])
def test_subjects_among_keywords_are_not_brought_back(name: str) -> None:
    text = written(name, make_record(tags=["ferrum"], subjects=[OLD]))
    back = read_back(name, edited(name, text))
    assert (back.tags, back.subjects) == (("ferrum", NEW), ())


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "endnote-xml", "mods"])
def test_a_supplied_title_takes_the_change_of_the_title(name: str) -> None:
    text = written(name, make_record(title=None, supplied_title=f"On {OLD}"))
    back = read_back(name, edited(name, text))
    assert (back.title, back.supplied_title) == ("", f"On {NEW}")


def test_a_changed_year_comes_back() -> None:
    for name in ("bibtex", "ris", "mods"):
        text = written(name, make_record(date="1944-06-26?"))
        back = read_back(name, re.sub(r"1944(?![^\n]*\))", "1955", text))
        assert back.date.startswith("1955"), text
