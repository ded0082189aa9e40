"""`citetool catalogue`, a command after the other in a folder of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citetool.cli.app import main

pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
pytest.importorskip("pyarrow", reason="needs the extra citetool[catalogue]")

SHIPPED = Path(__file__).parent.parent.parent / "records"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["catalogue", "build", str(SHIPPED)]) == 0
    assert "rejected (citetool catalogue rejects)" in capsys.readouterr().err
    return tmp_path


def test_records_are_found_shown_and_cited(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "search", "military", "date:1944", "--keys"]) == 0
    assert capsys.readouterr().out == "219945\n"
    assert main(["cite", "219945", "--style", "chicago", "--library", str(SHIPPED)]) == 0
    expected = capsys.readouterr().out
    assert main(["catalogue", "cite", "219945", "--style", "chicago"]) == 0
    assert capsys.readouterr().out == expected
    assert main(["catalogue", "show", "219945"]) == 0
    assert capsys.readouterr().out.startswith('id: "219945"\n')


def test_records_are_counted_and_exported(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "stats", "--by", "kind", "--query", "date:1944", "--json"]) == 0
    assert {"value": "memorandum of conversation", "records": 1} in json.loads(capsys.readouterr().out)
    assert main(["catalogue", "export", "219945", "--to", "ris"]) == 0
    assert capsys.readouterr().out.count("TY  - ") == 1
    assert main(["catalogue", "rejects"]) == 0
    assert "README.md: the format of this file is not known" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["cite", "21994"], 1, "did you mean '219945'?"),
        (["cite"], 2, "no records are named"),
        (["stats", "--by", "size"], 2, "invalid value for '--by': 'size'"),
        (["search", "bx:1"], 2, "there is no field 'bx'"),
        (["search", "x", "--catalogue", "nowhere"], 1, "there is no catalogue in 'nowhere'"),
        (["build", "nowhere"], 1, "there is no file 'nowhere'"),
        (["build", ".", "--engine", "hadoop"], 2, "one of: local, spark"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], code: int, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["catalogue", *arguments]) == code
    assert said in capsys.readouterr().err


def test_citations_are_linked_and_what_was_found_is_added(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "“Stalin and Harriman Exchange Military Information,” June 26, 1944, Container 173, "
        "W. Averell Harriman Papers, Manuscript Division, Library of Congress, Washington, D.C."
    )
    (here / "notes.txt").write_text(f"{text}\nSmith to Jones, 4 May 1811, Ms. 17, Bodleian Library, Oxford\n")
    assert main(["catalogue", "link", "notes.txt", "--json"]) == 0
    captured = capsys.readouterr()
    first, second = json.loads(captured.out)
    assert (first["verdict"], first["candidates"][0]["key"]) == ("found", "219945")
    assert second["verdict"] == "not found"
    assert "1 found, 0 unsure, 1 not found" in captured.err
    assert main(["catalogue", "link", text, "--add", "--library", str(here / "own")]) == 1  # no such library
    (here / "own").mkdir()
    assert main(["catalogue", "link", text, "--add", "--library", str(here / "own")]) == 0
    out = capsys.readouterr().out
    assert "219945" in out
    (added,) = (here / "own").glob("*.yaml")
    assert "https://digitalarchive.wilsoncenter.org/document/219945" in added.read_text()
