"""Keys of a run of LaTeX: `.aux` of natbib and of biblatex, `.bcf`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.cli.app import main
from citetool.documents.registry import read_document
from citetool.problems import InputError
from tests.documents.samples import library

if TYPE_CHECKING:
    from pathlib import Path

NATBIB = r"""\relax
\citation{doe,roe}
\@input{chapter.aux}
\citation{*}
\bibstyle{plainnat}
\bibdata{refs,more.bib}
"""
BIBLATEX = r"""\relax
\abx@aux@refcontext{nyt/global//global/global}
\abx@aux@cite{0}{doe}
\abx@aux@segm{0}{0}{doe}
\abx@aux@cite{0}{roe}
"""
CONTROL = """<?xml version="1.0" encoding="UTF-8"?>
<bcf:controlfile version="3.10" xmlns:bcf="https://sourceforge.net/projects/biblatex">
  <bcf:bibdata section="0">
    <bcf:datasource type="file" datatype="bibtex" glob="false">refs.bib</bcf:datasource>
  </bcf:bibdata>
  <bcf:section number="0">
    <bcf:citekey order="1" intorder="1">doe</bcf:citekey>
    <bcf:citekey order="2" intorder="1">a&amp;b</bcf:citekey>
    <bcf:citekey order="3" intorder="1" nocite="1">roe</bcf:citekey>
  </bcf:section>
</bcf:controlfile>
"""


def cited(path: Path) -> list[str]:
    return [item.id for place in read_document(path).places for item in place.items]


def test_natbib_with_chapters(tmp_path: Path) -> None:
    (tmp_path / "a.aux").write_text(NATBIB)
    (tmp_path / "chapter.aux").write_text("\\relax\n\\citation{sub}\n")
    document = read_document(tmp_path / "a.aux")
    assert [[item.id for item in place.items] for place in document.places] == [["doe", "roe"], ["sub"]]
    assert document.settings.nocite == ["*"]
    assert document.settings.bibliography == ["refs.bib", "more.bib"]
    assert not document.problems


def test_a_chapter_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.aux").write_text(NATBIB.replace("chapter", "../chapter"))
    (tmp_path.parent / "chapter.aux").write_text("\\citation{outside}\n")
    assert cited(tmp_path / "a.aux") == ["doe", "roe"]
    assert [problem.message for problem in read_document(tmp_path / "a.aux").problems] == [
        "the file '../chapter.aux' is not there"
    ]


def test_biblatex(tmp_path: Path) -> None:
    (tmp_path / "a.aux").write_text(BIBLATEX)
    assert cited(tmp_path / "a.aux") == ["doe", "roe"]
    (tmp_path / "a.bcf").write_text(CONTROL)
    assert read_document(tmp_path / "a.aux").settings.bibliography == ["refs.bib"]
    assert cited(tmp_path / "a.bcf") == ["doe", "a&b"]
    assert read_document(tmp_path / "a.bcf").settings.nocite == ["roe"]


def test_the_sources_of_a_run_go_to_a_bib(tmp_path: Path) -> None:
    (tmp_path / "a.aux").write_text("\\relax\n\\citation{doe}\n")
    used = tmp_path / "used.bib"
    assert main(["doc", "extract", str(tmp_path / "a.aux"), "-i", library(tmp_path), "-o", str(used)]) == 0
    text = used.read_text()
    assert "@book{doe," in text
    assert "roe" not in text
    assert main(["doc", "render", str(tmp_path / "a.aux"), "-i", library(tmp_path)]) == 2


def test_another_file_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "a.aux").write_text("No LaTeX.")
    with pytest.raises(InputError, match="neither"):
        read_document(tmp_path / "a.aux")
