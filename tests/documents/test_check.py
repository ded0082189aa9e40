"""Checks of manuscripts: each finds what it is for, and nothing in a sound document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from citetool.cli.app import main
from citetool.documents.check import CHECKS, check_document
from citetool.documents.registry import read_document
from citetool.documents.sources import Sources
from citetool.problems import UsageError
from tests.documents.test_word import field, package

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = [
    {"id": "doe", "type": "book", "title": "First", "author": [{"family": "Doe"}], "number-of-pages": "200",
     "issued": {"date-parts": [[2001]]}},
    {"id": "doe2", "type": "book", "title": "First", "author": [{"family": "Doe"}],
     "issued": {"date-parts": [[2001]]}},
    {"id": "art", "type": "article-journal", "title": "Art", "author": [{"family": "Roe"}], "page": "311-73"},
]  # fmt: skip
QUOTATION = "“a quotation that is long enough to need a page”"


def found(text: str, folder: Path) -> list[tuple[str, int | None, int | None]]:
    (folder / "items.json").write_text(json.dumps(ITEMS))
    path = folder / "a.md"
    path.write_text(f"---\nbibliography: items.json\n---\n{text}\n")
    document = read_document(path)
    findings = check_document(document, Sources(document))
    return [
        (one.check, one.problem.where.line, one.problem.where.column)
        for one in findings
        if one.check != "unused-source"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"[@doe, p. 3] {QUOTATION} [@art, p. 312]. [@doe]^[A note.]", []),
        ("a [@dow]", [("unknown-key", 4, 3)]),
        (f"{QUOTATION} [@doe]", [("missing-locator", 4, 50)]),
        ("[@art, p. 400]", [("locator-range", 4, 1)]),
        ("[@art, pp. 370-73]", []),
        ("[@doe, p. 201]", [("locator-range", 4, 1)]),
        ("[@doe, pp. 30-20]", [("locator-range", 4, 1)]),
        ("[@doe, p. 3; @doe, p. 3]", [("cited-twice", 4, 1)]),
        ("[@doe, p. 3; @doe, p. 4]", []),
        ("[@doe] [@doe2]", [("two-keys", 4, 8)]),
        ("[@doe] x^[Ibid., 4.]", [("typed-ibid", 4, 11)]),
        ("x^[Ibid., 4.]", [("ibid-of-nothing", 4, 4)]),
        ("x\n\n[^1]: Never named.", [("document", 6, 7)]),
    ],
)
def test_checks(text: str, expected: list[tuple[str, int | None, int | None]], tmp_path: Path) -> None:
    assert found(text, tmp_path) == expected


def test_typed_notes(tmp_path: Path) -> None:
    first = "White to Toms, February 17, 1933, NAACP Legal File, Box 48, Folder 7, Library of Congress"
    second = "Toms to White, March 1, 1933, NAACP Legal File, Box 49, Folder 1, Library of Congress"
    text = f"a^[{first}; {second}.] b^[Ibid.] c^[{first}.]"
    assert [check for check, _, _ in found(text, tmp_path)] == ["ibid-of-several", "full-after-short"]


LETTER = "Harriman to Hopkins, March 3, 1944, Box 173, W. Averell Harriman Papers, Library of Congress"
BOOK = "Melvyn P. Leffler, *A Preponderance of Power* (Stanford: Stanford University Press, 1992)"
ARTICLE = "Smith, “Allies at War,” *Diplomatic History* 12 ({year}): 311-73, {page}"


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ([LETTER, f"{BOOK}, 10", ARTICLE.format(year=1988, page=320)], []),
        ([LETTER, "On this see the discussion that I lead below.", "Ibid."], [("ibid-behind-words", 3)]),
        (["Leffler, *Preponderance of Power*, 12", f"{BOOK}, 10"], [("short-never-full", 1)]),
        (["Leffler, *Preponderance of Power*, 12"], [("short-never-full", 1)]),
        ([f"{BOOK}, 10", "Leffler, *Preponderance of Power*, 12"], []),
        ([LETTER, LETTER.replace("Averell", "A.").replace("March 3", "March 4")], [("two-spellings", 2)]),
        ([ARTICLE.format(year=1988, page=320), ARTICLE.format(year=1989, page=320)], [("two-spellings", 2)]),
        ([ARTICLE.format(year=1988, page=400)], [("locator-range", 1)]),
        ([LETTER.replace("Box 173, ", "")], [("missing-level", 1)]),
        ([LETTER.replace(", Library of Congress", "")] * 1, [("missing-level", 1)]),
        (
            [
                LETTER.replace("Library of Congress", "LC"),
                LETTER.replace("March 3", "March 5") + " (hereafter LC)",
            ],
            [("abbreviation-first", 1)],
        ),
    ],
)
def test_sources_of_typed_notes(notes: list[str], expected: list[tuple[str, int]], tmp_path: Path) -> None:
    text = " ".join(f"Word^[{note}.]" for note in notes)
    (tmp_path / "a.md").write_text(text)
    document = read_document(tmp_path / "a.md")
    assert [(one.check, one.note) for one in check_document(document, Sources(document))] == expected


def test_a_quotation_before_a_typed_note(tmp_path: Path) -> None:
    for name, mark in (("a.md", f"^[{BOOK}.]"), ("a.tex", f"\\footnote{{{BOOK.replace('*', '')}.}}")):
        (tmp_path / name).write_text(f"He said {QUOTATION}{mark} and “so”{mark.replace('1992)', '1992), 3')}\n")
        document = read_document(tmp_path / name)
        findings = check_document(document, Sources(document), ["missing-locator"])
        assert [one.note for one in findings] == [1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.md",
            "Word^[{book}.] and ^[{letter}.]\n\n# Works Cited {{.unnumbered}}\n\n{entries}\n\n# Thanks\n\nTo all.",
        ),
        ("a.tex", "Word\\footnote{{{book}.}} and\\footnote{{{letter}.}}\n\n\\section*{{Bibliography}}\n\n{entries}\n"),
        ("a.rst", "Word [#]_ and [#]_.\n\n.. [#] {book}.\n.. [#] {letter}.\n\nReferences\n==========\n\n{entries}\n"),
    ],
)
def test_entries_that_no_note_cites(name: str, text: str, tmp_path: Path) -> None:
    entries = "\n\n".join([
        "Leffler, Melvyn P. A Preponderance of Power. Stanford University Press, 1992.",
        "W. Averell Harriman Papers. Library of Congress.",
        "Gaddis, John Lewis. Strategies of Containment. Oxford University Press, 1982.",
    ])  # fmt: skip
    (tmp_path / name).write_text(text.format(book=BOOK.replace("*", ""), letter=LETTER, entries=entries))
    document = read_document(tmp_path / name)
    findings = check_document(document, Sources(document), ["entry-never-cited"])
    assert [one.problem.message.partition(",")[0] for one in findings] == ["no note cites 'Gaddis"]


def test_unused_sources_are_named(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text(json.dumps(ITEMS))
    (tmp_path / "a.md").write_text("---\nbibliography: items.json\n---\n[@doe]\n")
    document = read_document(tmp_path / "a.md")
    findings = check_document(document, Sources(document), ["unused-source"])
    assert [one.key for one in findings] == ["doe2", "art"]
    document.settings.nocite = ["*"]
    assert check_document(document, Sources(document), ["unused-source"]) == []


def test_a_check_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    document = read_document(tmp_path / "a.md")
    with pytest.raises(UsageError, match="unknown-kee"):
        check_document(document, Sources(document), ["unknown-kee"])


def test_the_exit_code_and_the_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "items.json").write_text(json.dumps(ITEMS))
    path = tmp_path / "a.md"
    path.write_text("[@doe] and [@dow]\n")
    arguments = ["doc", "check", str(path), "--input", str(tmp_path / "items.json")]
    assert main(arguments) == 1
    assert f"{path}:1:12: there is no source 'dow'" in capsys.readouterr().err
    assert main([*arguments, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["check"] == "unknown-key"
    assert main([*arguments, "--sarif"]) == 1
    run = json.loads(capsys.readouterr().out)["runs"][0]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 12}
    path.write_text("[@doe]\n")
    assert main(arguments) == 0
    assert main(["doc", "check", "x", "--explain"]) == 0
    assert [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()] == list(CHECKS)


def test_sources_that_a_document_embeds_are_checked() -> None:
    items = [
        {"id": 7, "type": "book", "title": "First", "author": [{"family": "Doe"}]},
        {"id": 8, "type": "book", "title": "First", "author": [{"family": "Doe"}]},
        {"id": 9, "type": "personal_communication", "title": "Doe to Roe", "archive_location": "Box 3"},
    ]
    fields = "".join(
        field(f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(code)} ", "x")
        for code in (
            {"citationItems": [{"id": item["id"], "uris": [f"u{item['id']}"], "itemData": item}]} for item in items
        )
    )
    document = read_document("a.docx", data=package(f"<w:p>{fields}</w:p>"))
    told = {one.check: one.problem.message for one in check_document(document, Sources(document))}
    assert told["two-keys"] == "'First' stands for two items, '7' and '8'"
    assert told["missing-level"].startswith("'Doe to Roe': ")
