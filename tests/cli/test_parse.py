"""`citetool parse`: what it prints, where it reads from, what it puts into the library."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from citetool.cli.app import main
from citetool.cli.ui import console
from citetool.library.library import open_library

if TYPE_CHECKING:
    from pathlib import Path

CITATION = "Blair to McManaway, May 8, 1979, NARA, RG 59, Lot File 82D297, Box 6"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    return folder


def run(capsys: pytest.CaptureFixture[str], library: Path, *arguments: str) -> tuple[int, str, str]:
    code = main(["parse", "--library", str(library), *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_json(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    code, out, err = run(capsys, library, CITATION, "--json")
    (line,) = out.splitlines()
    data = json.loads(line)
    assert (code, err) == (0, "")
    assert set(data) == {"string", "record", "reading", "confidence", "problems"}
    assert data["string"] == CITATION
    assert data["reading"]["creators"] == ["Blair"]
    assert data["reading"]["levels"][0] == {"level": "repository", "value": "NARA"}
    assert data["reading"]["date"] == "1979-05-08"
    assert data["reading"]["rest"] == ""
    assert data["record"]["archive"]["box"] == "Box 6"


def test_for_people(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    code, out, _ = run(capsys, library, CITATION)
    assert code == 0
    assert out.splitlines()[0] == CITATION
    assert "  lot            Lot File 82D297" in out
    assert "\x1b" not in out


def test_parts_are_coloured_on_a_terminal(
    capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "wants_colour", lambda stream: True)
    _, out, _ = run(capsys, library, CITATION)
    first = out.splitlines()[0]
    assert "\x1b[36mBlair\x1b[0m to \x1b[36mMcManaway\x1b[0m, \x1b[33mMay 8, 1979\x1b[0m" in first
    assert re.sub(r"\x1b\[\d*m", "", first) == CITATION


def test_each_line_of_a_file_is_a_citation(capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text(f"{CITATION}; Day to Hay, 3 July 1901, Box 2, Hay Papers\n\nIbid., p. 3\n", encoding="utf-8")
    code, out, _ = run(capsys, library, "--lines", str(lines), "--json")
    read = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(read) == 2
    assert read[1]["record"]["archive"]["page"] == "p. 3"
    assert read[1]["record"]["date"] == "1979-05-08"


def test_facts_beside_a_citation_are_kept(capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path) -> None:
    row = {
        "note": "Source: Carter Library, Plains File, Box 3. Secret.",
        "title": "Memorandum From Roe to Doe",
        "date": "1979-05-08",
        "url": "https://example.org/d1",
    }
    lines = tmp_path / "notes.jsonl"
    lines.write_text(json.dumps(row) + "\n{broken\n", encoding="utf-8")
    code, out, _ = run(capsys, library, "--lines", str(lines), "--json")
    first, broken = (json.loads(line) for line in out.splitlines())
    assert code == 0
    assert first["string"] == row["note"]
    assert first["record"]["title"] == row["title"]
    assert first["record"]["date"] == row["date"]
    assert first["record"]["digital"]["url"] == row["url"]
    assert first["record"]["archive"]["repository"] == "Carter Library"
    assert broken["string"] == "{broken"


def test_sure_readings_go_into_the_library(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    code, _, err = run(capsys, library, f"{CITATION}; Ibid., p. 3", "--add")
    assert code == 0
    assert "added: " in err
    (record,) = [r for r in open_library(library).home.values() if r.citation.startswith("Blair")]
    assert record.archive.get("lot") == "Lot File 82D297"


def test_doubtful_readings_do_not(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    prose = "The winter of 1911 was long, and the town (then of 4,000) never recovered from it."
    code, _, err = run(capsys, library, prose, "--add")
    assert code == 1
    assert "not added" in err
    assert list(library.glob("*.yaml")) == []


def test_published_works_go_into_the_library(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    book = "John Roe, The Long Winter: A History (New York: Example Press, 2005), 45-47."
    _, out, _ = run(capsys, library, book)
    assert "  publisher      Example Press" in out
    assert "  locator        45-47" in out
    code, out, _ = run(capsys, library, book, "--add", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["confidence"] < 0.5 < data["work"]["confidence"]
    (record,) = open_library(library).home.values()
    assert (record.kind, record.title, record.date) == ("book", "The Long Winter: A History", "2005")


def test_key(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    assert run(capsys, library, CITATION, "--key", "blair", "--add")[0] == 0
    assert open_library(library)["blair"].date == "1979-05-08"
    assert run(capsys, library, f"{CITATION}; Ibid.", "--key", "blair")[0] == 2


def test_names_of_the_library(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    names = "repositories:\n- {name: Example Town Archive, short: XTA, place: Example}\n"
    (library / "repositories.yaml").write_text(names, encoding="utf-8")
    _, out, _ = run(capsys, library, "Quill to Ink, 3 May 1903, Box 2, Quill Papers, XTA", "--json")
    data = json.loads(out)
    assert data["reading"]["levels"][-1] == {"level": "repository", "value": "XTA"}
    assert data["record"]["archive"]["repository"] == "Example Town Archive"


def test_what_cannot_be_read(capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"Roe\nM\xfcller to Roe\n")
    assert run(capsys, library, "")[0] == 2
    assert run(capsys, library, "--lines", str(tmp_path / "none.txt"))[0] == 1
    code, _, err = run(capsys, library, "--lines", str(latin))
    assert code == 1
    assert "latin.txt:2: this is not UTF-8" in err
    assert run(capsys, library, CITATION, "--lines", str(latin))[0] == 2


NOTES = "A.[^1] B.[^2]\n\n[^1]: Roe to Doe, 3 May 1903, Box 2, Doe Papers, Yale University.\n\n[^2]: Ibid., Box 3.\n"


def test_notes_of_a_manuscript_are_read_with_their_numbers(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(NOTES, encoding="utf-8")
    code, out, _ = run(capsys, library, "--from-file", str(paper), "--json")
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    assert (first["note"], second["note"]) == (1, 2)
    assert second["record"]["archive"]["box"] == "Box 3"
    assert second["record"]["archive"]["collection"] == "Doe Papers"
    assert "  note           2\n" in run(capsys, library, "--from-file", str(paper))[1]


@pytest.mark.parametrize(
    "markup",
    [
        '<section role="doc-endnotes"><ol><li role="doc-endnote"><p>{} <a href="#r">↩</a></p></li></ol></section>',
        '<div class="footnotes"><ol><li><p>{}</p></li></ol></div>',
        '<div id="ftn1"><p>[1] {}</p></div>',
    ],
)
def test_notes_of_a_page(capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path, markup: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><p>Text.</p>{markup.format(CITATION)}</body></html>", encoding="utf-8")
    _, out, _ = run(capsys, library, "--from-file", str(page), "--json")
    assert json.loads(out)["string"] == CITATION


def test_a_manuscript_that_is_not_there(capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path) -> None:
    for name in ("none.docx", "none.html"):
        code, _, err = run(capsys, library, "--from-file", str(tmp_path / name))
        assert code == 1
        assert "no such file" in err
    assert run(capsys, library, CITATION, "--from-file", str(tmp_path / "none.docx"))[0] == 2


def test_several_processes_read_lines_in_their_order(
    tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"Smith to Jones, May {day % 28 + 1}, 1944, Box {day}, Jones Papers, NARA" for day in range(450)]
    (tmp_path / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    one, two = (
        run(capsys, library, "--lines", str(tmp_path / "lines.txt"), "--json", "--jobs", jobs) for jobs in ("1", "2")
    )
    assert one == two
    assert [json.loads(line)["string"] for line in two[1].splitlines()] == lines


DOUBTFUL = "Plum Ridge, Salt Roads"


def test_a_doubtful_reading_is_added_on_a_word_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "records").mkdir()
    call = ["parse", "--add", DOUBTFUL, "--library", str(tmp_path / "records")]
    assert main(call) == 1
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert main(call) == 1
    assert not list((tmp_path / "records").glob("*.yaml"))
    monkeypatch.setattr("typer.confirm", lambda *_, **__: True)
    assert main(call) == 0
    assert len(list((tmp_path / "records").glob("*.yaml"))) == 1
    assert f"{DOUBTFUL}\n" in capsys.readouterr().err


def test_short_names_that_no_table_has_are_offered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("".join(f"ZQXA, B 12/{number}, Roe to Doe, 5 May 1931\n" for number in range(3)), "utf-8")
    assert main(["parse", "--lines", str(lines)]) == 0
    err = capsys.readouterr().err
    assert "ZQXA stands for an archive in 3 citations" in err
    assert "short: ZQXA" in err
    lines.write_text("TNA, FO 371/1\n" * 3, "utf-8")
    main(["parse", "--lines", str(lines)])
    assert "stands for" not in capsys.readouterr().err


def test_the_name_of_a_file_is_no_citation(capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(CITATION, encoding="utf-8")
    code, out, err = run(capsys, library, str(path))
    assert (code, out) == (2, "")
    assert "is a file and not a citation" in err
    assert "--lines" in err
