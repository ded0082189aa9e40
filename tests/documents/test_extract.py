"""Sources taken out of a document: of its keys, embedded ones, and those of typed notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.source import find_style
from citetool.cli.app import main
from citetool.documents.extract import Extracted, extract
from citetool.documents.model import CitedItem, Place
from citetool.documents.registry import read_document
from citetool.documents.render import render
from citetool.documents.sources import Sources
from citetool.documents.text import TextDocument
from citetool.library.library import Library
from tests.documents.samples import ITEMS, library
from tests.documents.test_render import Fake
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

LETTER = "Harriman to Hopkins, March 3, 1944, Box 173, W. Averell Harriman Papers, Library of Congress"


def extracted(text: str, folder: Path, *files: str) -> Extracted:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    return extract(document, Sources(document, files))


def test_keys_become_records_in_the_order_of_citing(tmp_path: Path) -> None:
    found = extracted("a [@roe] b^[See @doe.] [@roe, p. 3]", tmp_path, library(tmp_path))
    assert [(record.id, record.title) for record in found.records] == [("roe", "Second Title"), ("doe", "First Title")]
    assert [(place["n"], place.get("note")) for place in found.cited["roe"]] == [(1, None), (3, None)]
    assert found.cited["doe"][0]["note"] == 1


def test_sources_of_nocite_are_taken_too(tmp_path: Path) -> None:
    found = extracted("---\nnocite: |\n  @doe\n---\n[@roe]", tmp_path, library(tmp_path))
    assert [record.id for record in found.records] == ["roe", "doe"]


def test_an_unknown_key_is_an_error_with_its_line(tmp_path: Path) -> None:
    found = extracted("a\n\nb [@doo]", tmp_path, library(tmp_path))
    assert [(str(one.where), one.severity) for one in found.problems] == [(f"{tmp_path / 'a.md'}:3:3", "error")]


def test_items_with_one_id_that_are_two_sources_get_two_keys() -> None:
    class Restarting(Fake):
        def identity(self, item: CitedItem) -> str:
            return item.uris[0]

    places = [Place([CitedItem("1", uris=(str(name["title"]),), data={**name, "id": "1"})], "x") for name in ITEMS]
    document = Restarting(places)
    found = extract(document, Sources(document))
    assert [record.title for record in found.records] == ["First Title", "Second Title"]
    assert [record.id for record in found.records] == ["doe2001first", "roe1990second"]


def test_one_source_under_two_keys_is_named(tmp_path: Path) -> None:
    path = tmp_path / "twice.json"
    path.write_text(json.dumps([ITEMS[0], {**ITEMS[0], "id": "doe2"}]), encoding="utf-8")
    found = extracted("[@doe; @doe2]", tmp_path, str(path))
    assert [one.message for one in found.problems] == ["'doe2' looks like the source that 'doe' stands for"]


def test_typed_notes_are_read_and_short_forms_cite_the_same_source(tmp_path: Path) -> None:
    found = extracted(f"a^[{LETTER}.] b^[Ibid.] c^[A remark.]", tmp_path)
    (record,) = found.records
    assert record.archive.get("box") == "Box 173"
    assert [place["note"] for place in found.cited[record.id]] == [1, 2]


def test_what_is_not_sure_is_left_out_and_named(tmp_path: Path) -> None:
    found = extracted(f"a^[{LETTER}; {LETTER.replace('Hopkins', 'Stalin')}.] b^[Ibid.]", tmp_path)
    assert len(found.records) == 2
    assert found.left_out == 1
    assert "footnote 2: 'Ibid.' is not taken: the note before has several sources" in found.problems[0].message


def test_a_typed_citation_is_the_record_of_the_library_only_where_all_agrees(tmp_path: Path) -> None:
    home = Library(tmp_path / "records")
    home.root.mkdir()
    text = f"a^[{LETTER}.] b^[{LETTER.replace('Hopkins', 'Stalin')}.]"
    first = extracted(text, tmp_path).records[0]
    first.id, first.title = "mine", "A letter"
    home.add([first])
    document = read_document(tmp_path / "a.md")
    records = extract(document, Sources(document, library=home)).records
    assert records[0].id == "mine"
    assert records[0].title == "A letter"
    assert records[1].id != "mine"


def test_a_document_that_is_only_read_is_refused_and_its_report_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def only_read(self: TextDocument, *_: object) -> bytes:
        raise NotImplementedError(self.format)

    monkeypatch.setattr(TextDocument, "write_notes", only_read)
    path = tmp_path / "a.md"
    path.write_text(f"a^[{LETTER}.]", encoding="utf-8")
    report = tmp_path / "r.json"
    assert main(["doc", "restyle", str(path), "-s", "apa", "-o", str(tmp_path / "b.md"), "--report", str(report)]) == 2
    assert "only read" in capsys.readouterr().err
    assert json.loads(report.read_text(encoding="utf-8"))["counts"]["restyled"] == 1
    assert not (tmp_path / "b.md").exists()


@pytest.mark.parametrize(
    ("name", "text", "output", "expected"),
    [
        ("a.tex", "\\bibliographystyle{plainnat}\\cite{doe}\\bibliography{used}", "used.bib", "  year = {2001}"),
        ("a.tex", "\\addbibresource{used.bib}\\cite{doe}", "used.bib", "  date = {2001}"),
        ("a.typ", 'See @doe. #bibliography("used.yml")', "used.yml", "doe:\n  type: book"),
        ("a.aux", "\\relax\n\\citation{doe}\n\\bibstyle{plain}\n\\bibdata{used}\n", "used.bib", "  year = {2001}"),
    ],
)
def test_sources_are_written_as_the_documents_program_reads_them(
    name: str, text: str, output: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file may be the document's own, which is not there yet, or says less than the library."""
    (tmp_path / name).write_text(text)
    home = tmp_path / "records"
    assert main(["library", "init", str(home)]) == 0
    assert main(["import", library(tmp_path), "--library", str(home)]) == 0
    arguments = ["doc", "extract", str(tmp_path / name), "-o", str(tmp_path / output), "--library", str(home)]
    for _ in range(2):
        assert main(arguments) == 0
        assert "is not there" not in capsys.readouterr().err
        assert expected in (tmp_path / output).read_text()
    assert main(["set", "doe", "title=Another Title", "--library", str(home)]) == 0
    assert main(arguments) == 0
    assert "Another Title" in (tmp_path / output).read_text()


def test_an_earlier_key_of_a_record_is_the_record(tmp_path: Path) -> None:
    home = make_library(tmp_path / "lib", {"new.yaml": record_text("new", title="T", date="1950", aliases=["old"])})
    path = tmp_path / "a.md"
    path.write_text("a [@old] b [@new]", encoding="utf-8")
    document = read_document(path)
    found = extract(document, Sources(document, (), home))
    assert [record.id for record in found.records] == ["old", "new"]
    assert "cite it by one key" in str(found.problems[0])
    rendering, _ = render(document, Sources(document, (), home), find_style("chicago"))
    assert len(rendering.entries) == 1
