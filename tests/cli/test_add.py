"""`citetool add`: from a saved page to the record, its transcript, and what is said of both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citetool.cli.app import main
from citetool.library.library import open_library
from citetool.record.yamltext import read_record
from tests.shared import shared

RECORDS = Path(__file__).parent.parent.parent / "records"
PAGE = """
## **March 5, 1953**

### **Letter on Timber**

#### **Citation:**

"Letter on Timber", March 5, 1953, Wilson Center Digital Archive, Box 3, A. Smith Papers, Library of Congress.
<https://digitalarchive.wilsoncenter.org/document/100001>

#### **Summary:**

On timber.

#### **Contents:**

Transcript - English

SECRET

Present: Mr. Smith

We need timber.
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_the_record_in_the_tree_is_what_the_command_writes(library: Path) -> None:
    assert main(["add", str(shared("seed", "219945.md")), "--library", str(library)]) == 0
    for name in ("219945.yaml", "219945.txt"):
        assert (library / name).read_bytes() == (RECORDS / name).read_bytes()


def test_it_says_what_was_read_and_what_was_inferred(
    library: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(page), "--library", str(library)]) == 0
    read, inferred = capsys.readouterr().out.split("  inferred")
    assert "100001: added" in read
    assert "archive.box              Box 3" in read
    assert "markings                 SECRET" in read
    assert "creators[0].name         Smith, A." in inferred
    assert "kind                     letter" in inferred
    assert "100001.txt" in inferred
    assert (library / "100001.txt").read_text(encoding="utf-8") == PAGE[PAGE.index("SECRET") :]


def test_a_second_time_nothing_changes(library: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(page), "--library", str(library)]) == 0
    before = (library / "100001.yaml").stat().st_mtime_ns
    assert main(["add", str(page), "--library", str(library)]) == 0
    assert "100001: unchanged" in capsys.readouterr().out
    assert (library / "100001.yaml").stat().st_mtime_ns == before


def test_a_taken_key_is_refused_unless_told_otherwise(
    library: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(page), "--library", str(library)]) == 0
    page.write_text(PAGE.replace("On timber.", "On wood."), encoding="utf-8")
    assert main(["add", str(page), "--library", str(library)]) == 1
    assert "already" in capsys.readouterr().err
    assert main(["add", str(page), "--library", str(library), "--on-conflict", "replace"]) == 0
    assert read_record((library / "100001.yaml").read_text(encoding="utf-8")).summary == "On wood."


def test_the_words_for_a_conflict_are_those_of_import(
    library: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(page), "--library", str(library)]) == 0
    page.write_text(PAGE.replace("On timber.", "On wood."), encoding="utf-8")
    assert main(["add", str(page), "--library", str(library), "--on-conflict", "keep"]) == 0
    assert read_record((library / "100001.yaml").read_text(encoding="utf-8")).summary == "On timber."
    assert main(["add", str(page), "--library", str(library), "--on-conflict", "ask"]) == 2
    assert "needs a terminal" in capsys.readouterr().err


def test_json_and_a_dry_run(library: Path, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(page), "--library", str(library), "--dry-run", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["records"][0]["id"], data["files"], data["keys"]) == ("100001", ["100001.txt"], {})
    assert not list(library.glob("*.yaml"))


def test_the_page_is_kept_on_demand(library: Path, page: Path) -> None:
    assert main(["add", str(page), "--library", str(library), "--keep-page"]) == 0
    assert (library / "100001.md").read_text(encoding="utf-8") == PAGE
    record = read_record((library / "100001.yaml").read_text(encoding="utf-8"))
    assert [(f.path, f.kind) for f in record.files] == [("100001.txt", "transcript"), ("100001.md", "page")]


def test_a_record_without_a_key_gets_one_or_the_one_that_is_named(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<html><head><title>x</title><meta name="DC.title" content="Coal"><meta name="DC.date" content="1910">'
        '<meta name="DC.creator" content="Klein, Rosa"></head></html>',
        encoding="utf-8",
    )
    assert main(["add", str(path), "--library", str(library), "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("klein1910coal: read")
    assert main(["add", str(path), "--library", str(library), "--key", "coal"]) == 0
    assert (library / "coal.yaml").is_file()


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("notes.md", "# Notes\n\nSome notes of mine.\n", "not known: it seems to be plain text"),
        ("empty.html", "", "empty"),
        ("list.json", "[]", "no record"),
    ],
)
def test_what_is_no_source_is_refused_with_a_reason(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert main(["add", str(path), "--library", str(library)]) == 1
    assert reason in capsys.readouterr().err
    assert not list(library.glob("*.yaml"))


def test_a_file_that_is_not_there(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "none.md", "--library", str(library)]) == 1
    assert "there is no file 'none.md'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("10.2307/20030065", "citetool add https://doi.org/10.2307/20030065"),
        ("978-0-8047-1924-5", "numbers of books are not looked up"),
        ("www.archives.gov/x", "an address begins so: https://www.archives.gov/x"),
    ],
)
def test_what_is_no_file_but_an_address_or_a_number(
    source: str, hint: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", source, "-L", str(library)]) == 1
    assert hint in capsys.readouterr().err


def test_a_conflict_that_nobody_knows_is_a_wrong_call(
    library: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(page), "--library", str(library), "--on-conflict", "replce"]) == 2
    assert "replace" in capsys.readouterr().err


def test_many_records_are_asked_for_on_a_terminal_and_not_all_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "records").mkdir()
    entries = "".join(f"TY  - BOOK\nTI  - Title number {number}\nPY  - 1950\nER  - \n\n" for number in range(130))
    (tmp_path / "many.ris").write_text(entries, "utf-8")
    call = ["add", str(tmp_path / "many.ris"), "--library", str(tmp_path / "records")]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert main(call) == 1
    assert "note: the source has 130 records\n" in capsys.readouterr().err
    assert not list((tmp_path / "records").glob("*.yaml"))
    monkeypatch.setattr("typer.confirm", lambda *_, **__: True)
    assert main(call) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["... and 110 more", "130 added"]
    assert len(lines) == 22


def _titles(tmp_path: Path) -> set[str]:
    library = open_library(tmp_path / "records")
    return {library[key].any_title for key in library}


def _finding_aid(tmp_path: Path) -> Path:
    def unit(level: str, title: str, inside: str = "", box: str = "") -> str:
        container = f'<container type="box">{box}</container>' if box else ""
        return f'<c level="{level}"><did><unittitle>{title}</unittitle>{container}</did>{inside}</c>'

    letters = unit("series", "Letters", unit("file", "Lang", box="1") + unit("file", "Weg", box="2"))
    maps = unit("series", "Maps", unit("file", "Mill", box="2"))
    whole = f"<did><unittitle>Miller Papers</unittitle></did><dsc>{letters}{maps}</dsc>"
    path = tmp_path / "aid.xml"
    path.write_text(f'<ead><archdesc level="fonds">{whole}</archdesc></ead>', "utf-8")
    (tmp_path / "records").mkdir()
    return path


TREE = ["  Miller Papers  5", "    Letters  2", "      Box 1  1", "      Box 2  1", "    Maps  1", "      Box 2  1"]


@pytest.mark.parametrize(
    ("answers", "code", "titles"),
    [
        (["n"], 1, set()),
        (["nothing", ""], 1, set()),
        (["y"], 0, {"Miller Papers", "Letters", "Lang", "Weg", "Maps", "Mill"}),
        (["box:2"], 0, {"Weg", "Mill"}),
        (["Letters"], 0, {"Letters", "Lang", "Weg"}),
    ],
)
def test_a_finding_aid_shows_its_tree_and_asks(
    answers: list[str],
    code: int,
    titles: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = _finding_aid(tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: answers.pop(0) + "\n", raising=False)
    assert main(["add", str(path), "--library", str(tmp_path / "records")]) == code
    err = capsys.readouterr().err.splitlines()
    assert [line for line in err if line.startswith("  ")] == TREE
    assert _titles(tmp_path) == titles


def test_without_a_terminal_a_large_finding_aid_is_added_by_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _finding_aid(tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.setattr("citetool.cli.workflows.add.MANY", 5)
    assert main(["add", str(path), "--library", str(tmp_path / "records")]) == 2
    err = capsys.readouterr().err
    assert [line for line in err.splitlines() if line.startswith("  ")][:-1] == TREE
    assert "no terminal to ask on" in err
    assert "--all" in err
    assert _titles(tmp_path) == set()
    assert main(["add", str(path), "--all", "--library", str(tmp_path / "records")]) == 0
    assert len(_titles(tmp_path)) == 6


def test_a_dry_run_shows_the_tree_and_a_selection_asks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _finding_aid(tmp_path)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["add", str(path), "-n", "--library", str(tmp_path / "records")]) == 0
    assert capsys.readouterr().out.splitlines()[1:-1] == TREE
    assert main(["add", str(path), "--select", "box:2", "--library", str(tmp_path / "records")]) == 0
    assert _titles(tmp_path) == {"Weg", "Mill"}


def test_records_of_any_format_are_selected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "records").mkdir()
    table = tmp_path / "photos.csv"
    table.write_text("Title,Box\nMill,1\nTown,2\n", "utf-8")
    call = ["add", str(table), "--library", str(tmp_path / "records"), "--select"]
    assert main([*call, "box:2"]) == 0
    assert _titles(tmp_path) == {"Town"}
    assert main([*call, "box:9"]) == 1
    assert "no record matches 'box:9'" in capsys.readouterr().err
