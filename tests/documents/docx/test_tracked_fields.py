"""Documents with fields in another style: fields and bibliographies as tracked changes that stay live."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.source import find_style
from citetool.cli.app import main
from citetool.documents.registry import read_document
from citetool.documents.render import render
from citetool.documents.sources import Sources
from tests.documents.docx.test_changes import BY, part, plain, rejected
from tests.documents.docx.test_write import SAMPLES, body, notes, typed, written
from tests.documents.samples import library
from tests.documents.test_word import field, package
from tests.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.documents.model import Document, Tracking

BOOK = {"id": 1, "type": "book", "title": "T", "author": [{"family": "Doe"}]}
CITATION = json.dumps({"citationItems": [{"id": 1, "uris": ["u"], "itemData": BOOK}]})
ZOTERO = f" ADDIN ZOTERO_ITEM CSL_CITATION {CITATION} ".replace('"', "&quot;")


def tracked(data: bytes, style: str, inputs: list[str] | None = None, by: Tracking = BY) -> tuple[bytes, Document]:
    document = read_document("a.docx", data=data)
    rendering, _ = render(document, Sources(document, inputs or []), find_style(style))
    rendering.tracking = by
    return document.write(rendering), document


def sample(name: str) -> bytes:
    return shared("data", "documents", "word-processor", name).read_bytes()


def live(data: bytes) -> list[tuple[str, str]]:
    return [(place.program, place.printed) for place in read_document("a.docx", data=data).places]


def test_the_old_field_is_struck_out_whole_and_the_new_one_is_live() -> None:
    data, _ = tracked(package(f"<w:p>{field(ZOTERO, '(Old)')}</w:p>"), "apa")
    xml = part(data, "word/document.xml")
    (gone,) = re.findall("<w:del .*?</w:del>", xml)
    assert gone.count("<w:fldChar ") == 3
    assert "<w:instrText" not in gone
    assert "(Old)</w:delText>" in gone
    assert live(data) == [("zotero", "(Doe, n.d.)")]


@pytest.mark.parametrize("name", SAMPLES)
def test_all_changes_rejected_give_the_text_of_a_sample(name: str) -> None:
    original = sample(name)
    data, _ = tracked(original, "mla")
    assert data != original
    for one in ("word/document.xml", "word/footnotes.xml"):
        if one in part(original, "[Content_Types].xml"):
            assert plain(rejected(part(data, one))) == plain(part(original, one))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_style_again_changes_no_byte(name: str) -> None:
    first, _ = tracked(sample(name), "mla")
    assert tracked(first, "mla")[0] == first


@pytest.mark.parametrize("name", SAMPLES)
def test_tracked_or_not_the_text_is_the_same(name: str) -> None:
    data = tracked(sample(name), "mla")[0]
    other = written(sample(name), [], "mla")[0]
    assert live(data) == live(other)
    assert notes(data) == notes(other)


def test_chicago_to_mla_and_back_gives_the_first_text() -> None:
    first, _ = written(sample("zotero_footnotes_small_made.docx"), [], "chicago")
    other, _ = tracked(first, "mla")
    back, _ = tracked(other, "chicago")
    assert notes(other) != notes(first)
    assert notes(back) == notes(first)


def test_a_citation_that_becomes_a_note_can_be_rejected(tmp_path: Path) -> None:
    before = typed("A “claim” [@doe], and [@roe].")
    data, _ = tracked(before, "chicago", [library(tmp_path)])
    assert body(data).startswith("A “claim,”\ufffc and.\ufffc\n")
    assert plain(rejected(part(data, "word/document.xml"))) == "A “claim” [@doe], and [@roe]."


def test_what_somebody_else_has_put_in_stays_his() -> None:
    runs = f"<w:r><w:t>See </w:t></w:r>{field(ZOTERO, '(Old)')}<w:r><w:t>.</w:t></w:r>"
    his = f'<w:ins w:id="4" w:author="B">{runs}</w:ins>'
    data, _ = tracked(package(f"<w:p>{his}</w:p>"), "apa")
    xml = part(data, "word/document.xml")
    assert body(data) == "See (Doe, n.d.).\n"
    assert re.sub("<w:del .*?</w:del>", "", xml).count('w:author="B"') == 2
    assert re.search('<w:ins w:id="4" w:author="B"><w:r><w:t>See </w:t></w:r><w:del .*?</w:del></w:ins><w:ins ', xml)


def test_changes_that_were_not_accepted_yet_are_written_over() -> None:
    first, _ = tracked(package(f"<w:p>{field(ZOTERO, '(Old)')}</w:p>"), "apa")
    data, _ = tracked(first, "mla")
    xml = part(data, "word/document.xml")
    assert xml.count("<w:ins ") == xml.count("<w:del ") == 1
    assert live(data) == [("zotero", "(Doe)")]


def test_the_bibliography_changes_entry_by_entry() -> None:
    data, _ = tracked(sample("mendeley_desktop_3.docx"), "mla")
    xml = part(data, "word/document.xml")
    start = xml.index("Mendeley Bibliography")
    assert "<w:delInstrText" in xml[start - 200 : start]
    assert "ADDIN ZOTERO_BIBL" in xml
    assert xml[start:].count("<w:del ") >= 3
    assert read_document("a.docx", data=data).bibliographies == 1


def test_the_command_counts_live_citations_and_misses_no_bibliography(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = shared("data", "documents", "word-processor", "zotero_intext_mla.docx")
    assert main(["doc", "restyle", str(original), "-s", "apa", "-o", str(tmp_path / "a.docx")]) == 0
    said = capsys.readouterr().err
    assert "rendered in the style: 2" in said
    assert "left out" not in said


def test_a_new_note_in_what_somebody_else_has_put_in_stands_in_no_other_insertion(tmp_path: Path) -> None:
    his = '<w:ins w:id="4" w:author="B"><w:r><w:t xml:space="preserve">One [@doe]. More.</w:t></w:r></w:ins>'
    data, _ = tracked(package(f"<w:p>{his}</w:p>"), "mhra-notes", [library(tmp_path)])
    xml = part(data, "word/document.xml")
    depth = deepest = 0
    for mark in re.findall(r"<w:ins |</w:ins>", xml):
        depth += 1 if mark == "<w:ins " else -1
        deepest = max(deepest, depth)
    assert deepest == 1
    assert body(data).startswith("One.\ufffc More.")
