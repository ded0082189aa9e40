"""Citations of every program in Word turned into fields of Zotero's, into keys, and into text."""

from __future__ import annotations

import base64
import json
from html import escape
from typing import TYPE_CHECKING

import pytest

from citetool.cli.app import main
from citetool.documents.registry import read_document
from tests.documents.docx.test_write import SAMPLES, body, written
from tests.documents.samples import library
from tests.documents.test_word import field, package
from tests.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.documents.model import Document

RECORD = (
    "<record><ref-type name='Book'>6</ref-type>"
    "<contributors><authors><author>Doe, Jane</author></authors></contributors>"
    "<titles><title>A Book</title></titles><dates><year>1999</year></dates></record>"
)
CITE = (
    f"<EndNote><Cite><Author>Doe</Author><Year>1999</Year><RecNum>12</RecNum><Pages>5</Pages>{RECORD}</Cite></EndNote>"
)
MENDELEY = {
    "citationItems": [
        {"id": "ITEM-1", "uris": ["http://www.mendeley.com/documents/?uuid=1"], "locator": "5",
         "itemData": {"id": "ITEM-1", "type": "book", "title": "A Book", "author": [{"family": "Doe", "given": "Jane"}],
                      "issued": {"date-parts": [[1999]]}}},
    ],
    "mendeley": {"plainTextFormattedCitation": "(Doe 1999: 5)"},
}  # fmt: skip
CITAVI = {
    "Entries": [{"PageRange": {"OriginalString": "5"}, "Reference": {
        "$id": "1", "Id": "r", "Title": "A Book", "Year": "1999", "ReferenceType": "Book",
        "Authors": [{"LastName": "Doe", "FirstName": "Jane"}]}}],
    "Text": "(Doe 1999: 5)",
}  # fmt: skip


def shown(code: str) -> str:
    """Return a field with that code, which is escaped, and cut where it is no part of an entity."""
    half = code.index("{" if "{" in code else "<")
    return field("\0" * 2, "(Doe 1999: 5)").replace("\0", escape(code[:half]), 1).replace("\0", escape(code[half:]))


def packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def endnote_beside() -> str:
    """Return EndNote's second form: the XML in base64 beside an inner field."""
    begin = f'<w:fldChar w:fldCharType="begin"><w:fldData>{packed(CITE)}</w:fldData></w:fldChar>'
    inner = f"<w:r>{begin}</w:r><w:r><w:instrText> ADDIN EN.CITE.DATA </w:instrText></w:r>"
    return (
        f"<w:r>{begin}</w:r><w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>{inner}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>(Doe 1999: 5)</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def mendeley_cite() -> str:
    data = {**MENDELEY, "manualOverride": {"isManuallyOverridden": False}}
    tag = f"MENDELEY_CITATION_v3_{packed(json.dumps(data))}"
    shown = "<w:r><w:t>(Doe 1999: 5)</w:t></w:r>"
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>'


PROGRAMS = {
    "endnote, first form": shown(f" ADDIN EN.CITE {CITE} "),
    "endnote, second form": endnote_beside(),
    "mendeley": shown(f" ADDIN CSL_CITATION {json.dumps(MENDELEY)} "),
    "mendeley cite": mendeley_cite(),
    "citavi": shown(f" ADDIN CitaviPlaceholder{{{packed(json.dumps(CITAVI))}}} "),
}


def converted(data: bytes, to: str, folder: Path, *more: str) -> Document:
    path, out = folder / "a.docx", folder / f"{to}.docx"
    path.write_bytes(data)
    assert main(["doc", "convert", str(path), "--to", to, "-o", str(out), *more]) == 0
    return read_document(out)


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_program_becomes_zotero_with_its_words_and_its_record(name: str, tmp_path: Path) -> None:
    document = converted(package(f"<w:p>{PROGRAMS[name]}<w:r><w:t>.</w:t></w:r></w:p>"), "zotero", tmp_path)
    (place,) = document.places
    (item,) = place.items
    assert (place.program, place.printed, item.locator, place.keeps_words) == ("zotero", "(Doe 1999: 5)", "5", False)
    assert item.data is not None
    assert (item.data["title"], item.data["type"]) == ("A Book", "book")
    assert item.data["author"] == [{"family": "Doe", "given": "Jane"}]
    assert item.uris


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_program_becomes_keys_and_text(name: str, tmp_path: Path) -> None:
    data = package(f"<w:p>{PROGRAMS[name]}<w:r><w:t>.</w:t></w:r></w:p>")
    keys = converted(data, "markers", tmp_path)
    assert keys.stories.body.text == "[@doe1999book, p. 5].\n"  # type: ignore[attr-defined]
    text = converted(data, "plain", tmp_path)
    assert text.stories.body.text == "(Doe 1999: 5).\n"  # type: ignore[attr-defined]
    assert text.places == []


def test_endnote_that_is_not_formatted_yet_is_the_record_of_its_number(tmp_path: Path) -> None:
    loose = "<w:r><w:t>{see \\Doe, 1999 #12@7-8; Roe, 2001 #3}</w:t></w:r>"
    document = read_document("a.docx", data=package(f"<w:p>{PROGRAMS['endnote, first form']}{loose}</w:p>"))
    first, second = document.places
    assert (second.program, second.items[0].locator, second.items[0].prefix) == ("endnote-unformatted", "7-8", "see")
    assert second.items[0].id == first.items[0].id
    assert second.items[1].id == "3"
    assert (
        converted(document.data, "zotero", tmp_path, "-s", "apa").places[1].printed
        == "(see Doe, 1999, pp. 7–8; Roe, 2001)"
    )


def test_keys_and_the_sources_taken_out_give_the_fields_again(tmp_path: Path) -> None:
    original = shared("data", "documents", "word-processor", "mendeley_desktop_3.docx")
    sources = tmp_path / "sources.json"
    assert main(["doc", "extract", str(original), "--to", "csl-json", "-o", str(sources)]) == 0
    keys = converted(original.read_bytes(), "markers", tmp_path)
    assert [place.program for place in keys.places] == ["marker"] * 3
    assert "{#refs}" in body(keys.data)
    again = converted(keys.data, "zotero", tmp_path, "-i", str(sources), "-s", "apa")
    assert [place.items[0].title for place in again.places] == [
        place.items[0].title for place in read_document(original).places
    ]
    assert again.bibliographies == 1


@pytest.mark.parametrize("to", ["zotero", "plain"])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_words_of_a_sample_stay(name: str, to: str, tmp_path: Path) -> None:
    original = shared("data", "documents", "word-processor", name)
    document = converted(original.read_bytes(), to, tmp_path)
    before = read_document(original)
    assert body(document.data) == body(before.data)
    assert [note.text for note in document.notes] == [note.text for note in before.notes]
    assert {place.program for place in document.places} == ({"zotero"} if to == "zotero" else set())
    assert document.bibliographies == (before.bibliographies if to == "zotero" else 0)


JABREF = (
    '<w:p><w:bookmarkStart w:id="1" w:name="JR_cite_1_doe"/><w:r><w:t>(Doe 2001)</w:t></w:r><w:bookmarkEnd w:id="1"/>'
    '<w:r><w:t> and </w:t></w:r><w:bookmarkStart w:id="2" w:name="JABREF_roe_CID_2_x8"/><w:r><w:t>(Roe)</w:t></w:r>'
    '<w:bookmarkEnd w:id="2"/></w:p><w:p><w:bookmarkStart w:id="3" w:name="JR_bib"/><w:r><w:t>Doe. A Book.</w:t></w:r>'
    '</w:p><w:p><w:r><w:t>Roe. Another.</w:t></w:r><w:bookmarkEnd w:id="3"/></w:p>'
)


def test_bookmarks_of_jabref_are_citations(tmp_path: Path) -> None:
    document = read_document("a.docx", data=package(JABREF))
    assert [[item.id for item in place.items] for place in document.places] == [["doe"], ["roe"]]
    assert document.bibliographies == 1
    data, _ = written(package(JABREF), [library(tmp_path)], "apa")
    new = read_document("a.docx", data=data)
    assert [(place.program, place.printed) for place in new.places] == [
        ("zotero", "(Doe, 2001)"), ("zotero", "(Roe, 1990)")
    ]  # fmt: skip
    assert "A Book" not in body(data)
    assert "JR_" not in body(data)
    assert new.bibliographies == 1


def test_the_text_alone_needs_no_sources(tmp_path: Path) -> None:
    plain = converted(package(JABREF), "plain", tmp_path)
    assert plain.places == []
    assert "(Doe 2001) and (Roe)" in plain.stories.body.text  # type: ignore[attr-defined]


def test_words_that_stay_in_the_text_are_in_no_note(tmp_path: Path) -> None:
    document = converted(package(JABREF), "zotero", tmp_path, "-i", library(tmp_path))
    codes = [json.loads(place.anchor.code[place.anchor.code.index("{") :]) for place in document.places]
    assert [code["properties"]["noteIndex"] for code in codes] == [0, 0]


def test_citavi_with_the_id_of_the_placeholder_before_its_data() -> None:
    code = f"ADDIN CITAVI.PLACEHOLDER 0d1f0b5c-9c3a-4e8b-a1b2-abcdef012345 {packed(json.dumps(CITAVI))}"
    document = read_document("a.docx", data=package(f"<w:p>{field(code, '(Doe 1999: 5)')}</w:p>"))
    assert [(item.id, item.locator) for place in document.places for item in place.items] == [("r", "5")]
