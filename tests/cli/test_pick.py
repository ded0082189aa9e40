"""`citetool pick`: what is typed, and what an editor gets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from citetool.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a library, so that the shipped records are the library."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("CITETOOL_LIBRARY", raising=False)


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_number_and_a_place_make_a_citation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "1", "p. 3", "novikov", "1", "", "")
    assert main(["pick", "harriman"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "[@219945, p. 3; @novikov-1946]\n"
    assert "1  1944-06-26, Stalin and Harriman Exchange Military Information [219945]" in printed.err


def test_the_markup_is_that_of_the_editor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, "1", "fol. 2", "")
    assert main(["pick", "harriman", "--markup", "latex"]) == 0
    assert capsys.readouterr().out == "\\cite[fol. 2]{219945}\n"


def test_nothing_chosen_prints_nothing_and_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch)
    assert main(["pick", "harriman"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "nothing was chosen" in printed.err


def test_an_unknown_markup_is_told_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "1")
    assert main(["pick", "--markup", "wordperfect"]) == 1
    assert "there is no format 'wordperfect'" in capsys.readouterr().err


def test_a_port_on_which_nobody_answers_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pick", "--answer", "1"]) == 2
    assert "no citetool serve answers on port 1" in capsys.readouterr().err
