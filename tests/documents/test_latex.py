r"""LaTeX: commands, arguments, notes, `\input`, and the text that takes their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.documents.latex import LatexDocument
from citetool.documents.registry import read_document
from tests.documents.samples import rendered

if TYPE_CHECKING:
    from pathlib import Path


def facts(text: str) -> list[tuple[str, ...]]:
    document = LatexDocument(text.encode(), "a.tex")
    return [
        (item.id, item.mode, item.prefix, item.label, item.locator, item.suffix)
        for place in document.places
        for item in place.items
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\citep[see][p.~3]{a}", [("a", "normal", "see", "page", "3", "")]),
        (r"\cite<see>[p.~3]{a} $x\cite<y$", [("a", "normal", "see", "page", "3", "")]),
        (r"\citet*{a, b}", [("a", "author-in-text", "", "", "", ""), ("b", "author-in-text", "", "", "", "")]),
        (r"\autocite*[12--15]{a}", [("a", "suppress-author", "", "page", "12–15", "")]),
        (r"\Textcite{a}", [("a", "author-in-text", "", "", "", "")]),
        (r"\cite[{[sic] x}]{a}", [("a", "normal", "", "", "", "{[sic] x}")]),
        (r"\cite[{12, 13}]{a}", [("a", "normal", "", "page", "12, 13", "")]),
        (
            "\\parencites[1]{a}%\n [cf.][2]{b}",
            [("a", "normal", "", "page", "1", ""), ("b", "normal", "cf.", "page", "2", "")],
        ),
        (r"\pvolcite{2}[33]{a}", [("a", "normal", "", "page", "2:33", "")]),
        (r"\citetitle{a}\citeyear{a}", [("a", "title-only", "", "", "", ""), ("a", "year-only", "", "", "", "")]),
        (r"% \cite{a}", []),
        (r"100\% \cite{a}", [("a", "normal", "", "", "", "")]),
        (r"\verb|\cite{a}| \begin{verbatim}\cite{b}\end{verbatim}", []),
        (r"\newcommand{\x}[1]{\cite{#1}} \citation{a} \\cite{b}", []),
        (r"\end{document} \cite{a}", []),
    ],
)
def test_commands(text: str, expected: list[tuple[str, ...]]) -> None:
    assert facts(text) == expected


def test_notes_are_numbered_as_printed() -> None:
    text = r"\footcite{a} x\footnote{See \cite{b}.} \cite{c} \footcite{d}"
    found = [(p.items[0].id, p.where, p.note, p.notes_before) for p in LatexDocument(text.encode(), "a.tex").places]
    assert found == [("a", "text", None, 0), ("b", "footnote", 2, 2), ("c", "text", None, 2), ("d", "text", None, 2)]


def test_rendered_text(tmp_path: Path) -> None:
    text = (
        "\\begin{document}\nOne \\citep[\\emph{cf.}][p.~3]{doe}. Two\\footnote{Also \\cite{roe}, and so.}\n"
        "\\printbibliography\n\\end{document}\n"
    )
    lines = rendered(text, "a.tex", tmp_path).split("\n")
    assert lines[1] == (
        "One.\\footnote{\\emph{cf.} Jane Doe, \\textit{First Title} (Press, 2001), p. 3.} "
        "Two\\footnote{Also Richard Roe, \\textit{Second Title} (House, 1990), and so.}"
    )
    assert "\\section*{\\refname}" in lines[2]
    assert lines[3].startswith("\\par\\begingroup")  # or the entries would go on in the last paragraph
    assert "Doe, Jane, \\textit{First Title}" in lines[4]
    assert lines[-2] == "\\end{document}"


def test_included_files_are_read_and_put_into_the_text(tmp_path: Path) -> None:
    (tmp_path / "one.tex").write_text("In \\cite{doe}.\n")
    (tmp_path / "two.tex").write_text("Nothing.\n")
    text = "\\input{one}\n\\input{two}\n\\input{three}\nOut \\cite{doe}.\n"
    result = rendered(text, "a.tex", tmp_path)
    assert result.startswith("In.\\footnote{Jane Doe")
    assert "\\input{two}\n\\input{three}\nOut.\\footnote{Doe, \\textit{First Title}.}" in result
    document = read_document(tmp_path / "a.tex")
    assert [problem.message for problem in document.problems] == ["the file 'three' is not there"]
    assert document.places[0].at.source == str(tmp_path / "one.tex")


def test_a_file_that_includes_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("\\cite{doe}\\input{a}")
    assert len(read_document(tmp_path / "a.tex").places) < 50


@pytest.mark.parametrize(("style", "start"), [("mhra-notes", "\\noindent\\hangindent=2em "), ("ieee", "\\noindent ")])
def test_each_entry_of_the_bibliography_is_set_by_itself(style: str, start: str, tmp_path: Path) -> None:
    text = rendered("\\begin{document}\\cite{doe,roe}\\end{document}", "a.tex", tmp_path, style)
    lines = [line for line in text.splitlines() if line.endswith("\\par") and "Title" in line]
    assert [line.startswith(start) and ("hangindent" in line) == ("hangindent" in start) for line in lines] == [
        True
    ] * 2


@pytest.mark.parametrize(
    ("definition", "call", "wanted"),
    [
        (r"\newcommand{\mycite}[2][]{\footcite[#1]{#2}}", r"\mycite[12]{doe}", ("doe", "12", "", True)),
        (r"\newcommand{\mycite}[2][]{\footcite[#1]{#2}}", r"\mycite{doe}", ("doe", "", "", True)),
        (r"\newcommand\src[1]{\parencite{#1}}", r"\src{doe}", ("doe", "", "", False)),
        (r"\newcommand{\src}[3]{\autocite[#1][#2]{#3}\xspace}", r"\src{see}{p.~3}{doe}", ("doe", "3", "see", False)),
        (r"\def\src#1{\cite[5]{#1}}", r"\src{doe}", ("doe", "5", "", False)),
        (r"\NewDocumentCommand{\src}{s O{} m}{\footcite[#2]{#3}}", r"\src*[7]{doe}", ("doe", "7", "", True)),
        (r"\let\src\footcite", r"\src[see][7]{doe}", ("doe", "7", "see", True)),
        (r"\let\src=\footcite", r"\src[7]{doe}", ("doe", "7", "", True)),
        (r"\newcommand{\own}{\cite{doe}}", r"\own", ("doe", "", "", False)),
        (r"\usepackage[autocite=footnote]{biblatex}\let\src\autocite", r"\src{doe}", ("doe", "", "", True)),
    ],
)
def test_macros_of_the_author_that_cite(
    definition: str, call: str, wanted: tuple[str, str, str, bool], tmp_path: Path
) -> None:
    path = tmp_path / "a.tex"
    path.write_text(f"{definition}\n\\begin{{document}}\nOne{call}.\n\\end{{document}}\n", encoding="utf-8")
    document = read_document(path)
    ((place,), problems) = document.places, document.problems
    (item,) = place.items
    assert (item.id, item.locator, item.prefix, place.prints_note) == wanted
    assert place.source == call
    assert not problems


def test_a_macro_is_known_in_the_files_that_are_put_in(tmp_path: Path) -> None:
    (tmp_path / "b.tex").write_text("Two\\src{doe}.\n", encoding="utf-8")
    (tmp_path / "a.tex").write_text("\\newcommand{\\src}[1]{\\cite{#1}}\n\\input{b}\n", encoding="utf-8")
    assert [place.items[0].id for place in read_document(tmp_path / "a.tex").places] == ["doe"]


@pytest.mark.parametrize("body", [r"see \cite{#1} and more", r"\cite{#1}; \cite{roe}", r"\footnote{\cite{#1}}"])
def test_a_macro_that_cites_beside_other_things_is_named(body: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(f"\\newcommand{{\\src}}[1]{{{body}}}\nOne \\src{{doe}}.\n", encoding="utf-8")
    document = read_document(path)
    assert not document.places
    assert [problem.message for problem in document.problems] == [
        "the macro \\src cites beside other things: what it is given is not seen"
    ]


def test_a_macro_that_is_defined_anew_cites_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(
        "\\newcommand{\\src}[1]{\\cite{#1}}\n\\renewcommand{\\src}[1]{[#1]}\n\\src{doe}\n", encoding="utf-8"
    )
    assert not read_document(path).places


def test_brackets_that_never_close_are_looked_through_once() -> None:
    text = r"\cite[" * 30_000 + r"\footnote{" * 30_000 + r"\cite{a}"
    assert read_document("a.tex", data=text.encode()).places[-1].items[0].id == "a"
