"""Typst, Org mode and reStructuredText: what is cited, and the text that takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.documents.registry import read_document
from citetool.output.writers import get_writer
from tests.documents.samples import rendered

if TYPE_CHECKING:
    from pathlib import Path


def facts(text: str, name: str) -> list[list[tuple[str, ...]]]:
    document = read_document(name, data=text.encode())
    return [
        [(item.id, item.mode, item.prefix, item.label, item.locator, item.suffix) for item in place.items]
        for place in document.places
    ]


def plain(*ids: str) -> list[tuple[str, ...]]:
    return [(key, "normal", "", "", "", "") for key in ids]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a[pp. 3--5].", [[("a", "normal", "", "page", "3–5", "")]]),
        ("@a[p. 3].", [[("a", "normal", "", "page", "3", "")]]),
        ('#import "@preview/x:0.1.0": y\n#let mail = "@b"\n#let t = [@a]', [plain("a")]),
        ("@a @b and @c", [plain("a", "b"), plain("c")]),
        ("@a.b: x@y.z", [plain("a.b")]),
        ('#cite(<a>, form: "prose", supplement: [ch. 2])', [[("a", "author-in-text", "", "chapter", "2", "")]]),
        ('#cite(label("a b"), form: "year")', [[("a b", "year-only", "", "", "", "")]]),
        ("#cite(<a>, form: none)", []),
        ("= T <sec>\n@sec, @a", [plain("a")]),
        ("// @a\n/* @b */ `@c` \\@d $@e$ https://x.y/@f", []),
        ("https://x.y // @a\n@b", [plain("b")]),
    ],
)
def test_typst(text: str, expected: list[list[tuple[str, ...]]]) -> None:
    assert facts(text, "a.typ") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[cite:@a]", [plain("a")]),
        ("[cite/t:see @a p. 3 and so; @b]", [[("a", "author-in-text", "see", "page", "3", "and so"),
                                              ("b", "author-in-text", "", "", "", "")]]),
        ("[cite/noauthor/b:@a]", [[("a", "suppress-author", "", "", "", "")]]),
        ("[cite/n:@a]", []),
        ("~[cite:@a]~\n: [cite:@b]\n#+begin_example\n[cite:@c]\n#+end_example\n# [cite:@d]", []),
        ("citep:a,b. [[citet:&c]]", [plain("a", "b"), [("c", "author-in-text", "", "", "", "")]]),
        ("[[cite:a]] x", [plain("a")]),
        ("[[cite:see &a p. 3;&b]]", [[("a", "normal", "see", "page", "3", ""), *plain("b")]]),
    ],
)  # fmt: skip
def test_org(text: str, expected: list[list[tuple[str, ...]]]) -> None:
    assert facts(text, "a.org") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":cite:p:`a,b`", [plain("a", "b")]),
        (":cite:t:`{see}a{p. 3}`", [[("a", "author-in-text", "see", "page", "3", "")]]),
        (":cite:yearpar:`a` :cite:empty:`b`", [[("a", "suppress-author", "", "", "", "")]]),
        ("``:cite:p:`a` `` x::\n\n  :cite:p:`b`\n\n:cite:p:`c`", [plain("c")]),
        (".. a comment\n   :cite:p:`a`\n\n.. note::\n\n   :cite:p:`b`", [plain("b")]),
    ],
)
def test_rst(text: str, expected: list[list[tuple[str, ...]]]) -> None:
    assert facts(text, "a.rst") == expected


@pytest.mark.parametrize(
    ("setting", "title", "heading"),
    [
        ("", "", "[Bibliography]"),
        ('#set text(lang: "de")', "", "[Bibliographie]"),
        ("", ', title: "Works"', "[Works]"),
        ("", ", title: [Works]", "[Works]"),
        ("", ", title: none", None),
    ],
)
def test_the_heading_of_a_bibliography_is_that_of_typst(
    setting: str, title: str, heading: str | None, tmp_path: Path
) -> None:
    result = rendered(f'{setting}\n@doe\n#bibliography("items.json"{title})\n', "a.typ", tmp_path)
    assert (f"#heading(numbering: none){heading}\n#[" in result) == (heading is not None)
    assert "#bibliography" not in result


def test_typst_is_rendered(tmp_path: Path) -> None:
    text = 'One @doe[p. 3].#footnote[See @roe, too.]\n#bibliography("items.json")\n'
    lines = rendered(text, "a.typ", tmp_path).split("\n")
    assert lines[0] == (
        "One.#footnote[Jane Doe, #emph[First Title] (Press, 2001), p. 3.]"
        "#footnote[See Richard Roe, #emph[Second Title] (House, 1990), too.]"
    )
    assert lines[1] == "#heading(numbering: none)[Bibliography]"
    assert lines[2] == "#["


def test_org_is_rendered(tmp_path: Path) -> None:
    text = "One [cite:@doe p. 3].\n\n[fn:1] Also [cite:@roe].\n\n\nTwo[fn:1].\n#+print_bibliography:\n"
    result = rendered(text, "a.org", tmp_path)
    assert result.startswith("One.[fn:: Jane Doe, /First Title/ (Press, 2001), p. 3.]\n")
    assert "[fn:1] Also Richard Roe, /Second Title/ (House, 1990)." in result
    assert "#+print_bibliography" not in result


def test_rst_is_rendered(tmp_path: Path) -> None:
    text = "One :cite:p:`doe{p. 3}`.\n\n.. bibliography:: items.json\n"
    result = rendered(text, "a.rst", tmp_path)
    assert result.startswith(
        "One. [#cite1]_\n\n.. [#cite1] Jane Doe, *First Title* (Press, 2001), p. 3.\n\nDoe, Jane, *First Title*"
    )


def test_parts_stand_in_the_sentence(tmp_path: Path) -> None:
    text = "\\citeauthor{doe} in \\citetitle{doe} of \\citeyear{doe}"
    assert rendered(text, "a.tex", tmp_path).startswith("Jane Doe in \\textit{First Title} of 2001\n")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("org", "a *b* [fn:1] x_y", "a *\u200bb* [\u200bfn:1] x_\u200by"),
        ("rst", "a *b* `c` d_ |e|", "a \\*b\\* \\`c\\` d\\_ \\|e\\|"),
    ],
)
def test_writers_escape(name: str, text: str, expected: str) -> None:
    assert get_writer(name).escape(text) == expected


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        (
            "a.typ",
            'A @doe[see below]. #cite(<roe>, form: none)B\n#bibliography("a.bib")',
            "A (Doe, 2001, see below). B\n",
        ),
        (
            "a.tex",
            "A \\parencite[see below]{doe}. \\textcite[{}][12]{roe}",
            "A (Doe, 2001, see below). Roe (1990, p. 12)",
        ),
        ("a.rst", "A :cite:p:`doe{see below}`.", "A (Doe, 2001, see below)."),
        ("a.org", "A [cite:@doe see below].", "A (Doe, 2001 see below)."),
    ],
)
def test_words_behind_a_key_are_joined_as_the_program_joins_them(
    name: str, text: str, wanted: str, tmp_path: Path
) -> None:
    assert rendered(text, name, tmp_path, "apa").startswith(wanted)
