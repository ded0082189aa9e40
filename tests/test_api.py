"""The functions of `import citetool`, as a script or a prompt calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import citetool
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

LETTER = {"kind": "letter", "date": "1944-05-03", "creators": ["Hull, Cordell"], "archive": {"box": "3"}}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_library(tmp_path / "records", {"a.yaml": record_text("a", **LETTER), "b.yaml": record_text("b", title="B")})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CITETOOL_LIBRARY", raising=False)


def test_cite_takes_a_record_a_key_a_library_or_several() -> None:
    library = citetool.open_library()
    (alone,) = citetool.cite(library["a"])
    assert alone.startswith("Cordell Hull")
    assert citetool.cite("a") == citetool.cite(["a"]) == citetool.cite([library["a"]]) == [alone]
    both = citetool.cite(["a", library["b"]])
    assert citetool.cite(library) == citetool.cite(library.values()) == both
    assert len(both) == 2
    assert [key for key, _ in citetool.bibliography(library)] == ["b", "a"]
    assert citetool.bibliography("b") == citetool.bibliography(library)[:1]


def test_folders_are_named_by_text_as_well_as_by_path(tmp_path: Path) -> None:
    library = citetool.Library(str(tmp_path / "records"))
    assert list(library) == ["a", "b"]
    styles = tmp_path / "styles"
    styles.mkdir()
    assert citetool.cite(library["a"], folders=[str(styles)]) == citetool.cite(library["a"], folders=[styles])


@pytest.mark.parametrize("wrong", [7, [7], [None]])
def test_what_is_no_source_is_said(wrong: Any) -> None:
    with pytest.raises((citetool.UsageError, TypeError), match=r"neither a record nor a key|not iterable"):
        citetool.cite(wrong)
    with pytest.raises(citetool.NotFoundError, match="there is no record 'nosuch'"):
        citetool.cite("nosuch")


@pytest.mark.parametrize("style", ["ris", "bibtex", "csl-json", "chicago"])
def test_no_text_ends_in_a_line_break(style: str) -> None:
    assert not citetool.cite("a", style=style)[0].endswith("\n")


def test_records_as_plain_data_and_back() -> None:
    record = citetool.open_library()["a"]
    data = citetool.to_dict(record)
    assert data["archive"] == {"box": "3"}
    assert citetool.from_dict(data) == record
    with pytest.raises(citetool.InputError, match="date"):
        citetool.from_dict({"id": "x", "date": "never"})


def test_notes_are_parsed_and_records_checked() -> None:
    first, second = citetool.parse(
        "Hull to Kennan, May 3, 1944, Box 6, Hull Papers, LC; Kennan to Hull, May 5, 1944, Box 7, Hull Papers, LC."
    )
    assert (first.date, second.date) == ("1944-05-03", "1944-05-05")
    assert first.id != second.id
    assert citetool.parse("Hull to Kennan, May 3, 1944, Box 6, Hull Papers, LC; ibid., 4.") == [first]
    found = citetool.check("b")
    assert {problem.severity for problem in found[:1]} == {"warning"}
    assert any("missing-date" in problem.message for problem in found)
    assert {problem.where.source for problem in found} == {"b"}
    assert any("b.yaml" in str(problem.where) for problem in citetool.check(citetool.open_library()))


def test_prose_is_parsed_to_no_record_unless_asked_for() -> None:
    text = "Some prose about nothing."
    assert citetool.parse(text) == []
    assert [record.any_title for record in citetool.parse(text, min_score=0)] == ["Some prose about nothing"]


def test_records_are_shown_in_a_line_and_in_a_table() -> None:
    record = citetool.from_dict({"id": "a", "kind": "letter", "title": "<A>", "date": "1944", "archive": {"box": "3"}})
    assert repr(record) == "<Record 'a': letter, <A>, 1944>"
    letter = citetool.from_dict(
        {"id": "b", "kind": "letter", "creators": ["Hull, Cordell", {"name": "Kennan", "role": "recipient"}]}
    )
    assert repr(letter) == "<Record 'b': letter, Hull, Cordell to Kennan>"
    shown = record._repr_html_()
    assert "<th>title</th><td>&lt;A&gt;</td>" in shown
    assert "<th>box</th><td>3</td>" in shown


def test_help_tells_enough_to_begin() -> None:
    assert citetool.__doc__
    for name in citetool.__all__:
        assert getattr(citetool, name)
        assert name in citetool.__doc__ or name[0].isupper() or name == "__version__"


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"date": "5 May 1944"}, "date", "write 1944-05-05"),
        ({"dates": {"sent": "never"}}, "dates.sent", "does not belong here"),
        ({"title": 5}, "title", "a text is wanted"),
        ({"tags": ["a"]}, "tags", "a tuple of texts is wanted"),
        ({"creators": ("Hull",)}, "creators", "from_dict takes texts"),
        ({"archive": {"box": "3"}}, "archive", "Holding is wanted"),
        ({"id": ""}, "id", "the record has no id"),
    ],
)
def test_a_record_is_checked_when_it_is_made(values: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(citetool.InputError, match=said) as raised:
        citetool.Record(**{"id": "x", **values})
    assert [problem.where.field for problem in raised.value.problems] == [field]
    assert citetool.Record(id="x", date="1944~", tags=("a",)).date == "1944~"


def test_hits_of_a_search_are_sources_and_all_of_them_are_written() -> None:
    library = citetool.open_library()
    assert citetool.cite(library.search("hull")) == citetool.cite("a")
    assert (
        citetool.write(library, "ris") == citetool.write(["a", "b"], "ris") == citetool.write(library.values(), "ris")
    )
    assert citetool.write("a", "ris").startswith("TY  - PCOMM")
    assert all(text == text.strip() for _, text in citetool.bibliography(library))
    assert citetool.cite("b", style="mla", format="html")[0].startswith("<div")
    assert repr(library) == f"<Library {str(library.root)!r}>"
