"""Findings of `doc check` as remarks in a copy of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.cli.app import main
from citetool.documents.registry import read_document
from tests.documents.samples import library

if TYPE_CHECKING:
    from pathlib import Path

WHAT = "there is no source 'dow'"
IBID = "'Ibid.' follows no citation"


@pytest.mark.parametrize(
    ("name", "text", "remarked"),
    [
        ("a.md", "A [@dow], b.\n", f"A [@dow]{{>>{WHAT}<<}}, b.\n"),
        ("a.md", "A.^[Ibid.] B.\n", f"A.^[Ibid.{{>>footnote 1: {IBID}<<}}] B.\n"),
        ("a.tex", "A \\cite{dow} and\n\nb \\cite{doe}.\n", f"A \\cite{{dow}} % {WHAT}\n and\n\nb \\cite{{doe}}.\n"),
        ("a.tex", "A \\cite{dow}.\nB\n", f"A \\cite{{dow}}% {WHAT}\n.\nB\n"),
        ("a.tex", "A \\cite{dow}\n\nB\n", f"A \\cite{{dow}} % {WHAT}\n\nB\n"),
        ("a.typ", "A @dow, b.\n", f"A @dow/* {WHAT} */, b.\n"),
        ("a.org", "A [cite:@dow], b.\n", f"A [cite:@dow]@@comment:{WHAT}@@, b.\n"),
    ],
)
def test_a_remark_stands_behind_what_it_is_about(name: str, text: str, remarked: str, tmp_path: Path) -> None:
    path, out = tmp_path / name, tmp_path / f"out-{name}"
    path.write_text(text)
    assert main(["doc", "check", str(path), "-i", library(tmp_path), "-o", str(out)]) == 1
    assert out.read_text() == remarked
    before, after = read_document(path), read_document(out)
    assert [place.source for place in before.places] == [place.source for place in after.places]
    assert path.read_text() == text


def test_findings_without_a_place_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "a.md", tmp_path / "out.md"
    path.write_text("---\nbibliography: items.json\n---\nA [@doe].\n")
    library(tmp_path)
    assert main(["doc", "check", str(path), "-o", str(out)]) == 0
    assert out.read_text() == path.read_text()
    assert "0 remarks written; 1 finding has no place for one" in capsys.readouterr().err


def test_a_format_without_remarks_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "a.rst", tmp_path / "out.rst"
    path.write_text("A :cite:p:`dow`.\n")
    assert main(["doc", "check", str(path), "-i", library(tmp_path), "-o", str(out)]) == 2
    assert not out.exists()
    assert "no remarks" in capsys.readouterr().err
