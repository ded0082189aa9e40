"""Word documents written: live fields of Zotero's, new notes, and all else as it was."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.source import find_style
from citetool.documents.extract import extract
from citetool.documents.model import Tracking
from citetool.documents.registry import read_document
from citetool.documents.render import locale_of, render
from citetool.documents.sources import Sources
from citetool.problems import NotFoundError
from tests.documents.samples import ITEMS, library
from tests.documents.test_word import W, field, package
from tests.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.documents.model import Document

SAMPLES = (
    "zotero_footnotes_mhra.docx",
    "zotero_intext_mla.docx",
    "zotero_footnotes_small_made.docx",
    "mendeley_desktop_3.docx",
    "mendeley_cite_small_made.docx",
    "word_native_cn.docx",
)


def written(data: bytes, inputs: list[str], style: str, *, plain: bool = False) -> tuple[bytes, Document]:
    """Return the document rendered, and as it was read."""
    document = read_document("a.docx", data=data)
    rendering, _ = render(document, Sources(document, inputs), find_style(style), plain=plain)
    return document.write(rendering), document


def typed(text: str) -> bytes:
    return package(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>')


def body(data: bytes) -> str:
    return read_document("a.docx", data=data).stories.body.text  # type: ignore[attr-defined, no-any-return]


def notes(data: bytes) -> list[str]:
    return [note.text for note in read_document("a.docx", data=data).notes]


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_a_marker_becomes_a_note_with_a_live_field(tmp_path: Path) -> None:
    data, _ = written(typed("A claim [see @doe, p. 3], and more [@roe]."), [library(tmp_path)], "mhra-notes")
    assert body(data).startswith("A claim,\ufffc and more.\ufffc\n")
    assert notes(data)[0].startswith("See Jane Doe, First Title (Press, 2001), p. 3")
    again = read_document("a.docx", data=data)
    assert [(p.program, p.where, p.note) for p in again.places] == [
        ("zotero", "footnote", 1),
        ("zotero", "footnote", 2),
    ]
    assert again.places[0].keeps_words is False
    code = json.loads(again.places[0].anchor.code.split("CSL_CITATION")[1])
    (cite,) = code["citationItems"]
    assert code["citationID"]
    assert code["properties"]["plainCitation"] == again.places[0].printed
    assert code["properties"]["noteIndex"] == 1
    assert (cite["locator"], cite["label"], cite["prefix"], cite["itemData"]["title"]) == (
        "3",
        "page",
        "see ",
        "First Title",
    )
    assert re.fullmatch(r"http://zotero\.org/users/local/\w{8}/items/\w{8}", cite["uris"][0])


def test_preferences_stand_in_pieces_that_word_keeps(tmp_path: Path) -> None:
    data, _ = written(typed("A claim [@doe]."), [library(tmp_path)], "chicago")
    document = read_document("a.docx", data=data)
    pieces = {name: value for name, value in document.properties.items() if name.startswith("ZOTERO_PREF")}  # type: ignore[attr-defined]
    assert len(pieces) > 1
    assert max(map(len, pieces.values())) <= 255
    assert document.settings.style == "chicago"
    assert document.settings.facts is not None
    assert document.settings.facts["id"] == "http://www.zotero.org/styles/chicago-notes-bibliography"
    assert document.settings.facts["noteType"] == 1


def test_a_marker_may_be_split_over_runs(tmp_path: Path) -> None:
    ends = "<w:r><w:rPr><w:b/></w:rPr><w:t>oe] b.</w:t></w:r>"
    split = f'<w:p><w:r><w:t>A [@d</w:t></w:r><w:proofErr w:type="x"/>{ends}</w:p>'
    data, _ = written(package(split), [library(tmp_path)], "apa")
    assert body(data).startswith("A (Doe, 2001) b.\n")
    assert "<w:b/>" in part(data, "word/document.xml")


def test_plain_text_has_no_fields(tmp_path: Path) -> None:
    data, _ = written(typed("A [@doe] b."), [library(tmp_path)], "apa", plain=True)
    assert body(data).startswith("A (Doe, 2001) b.\n")
    assert read_document("a.docx", data=data).places == []


def test_a_key_typed_later_is_the_source_that_a_field_has(tmp_path: Path) -> None:
    data, _ = written(typed("A [@doe] b."), [library(tmp_path)], "apa")
    added = {}
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        added = {name: source.read(name) for name in source.namelist()}
    added["word/document.xml"] = added["word/document.xml"].replace(b" b.", b" b [@doe, p. 9].")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in added.items():
            target.writestr(name, content)
    again, document = written(out.getvalue(), [], "apa")
    assert document.counts()["distinct_items"] == 1
    assert "b (Doe, 2001, p. 9)." in body(again)


def test_the_words_of_an_author_in_a_field_stay_and_are_named(tmp_path: Path) -> None:
    data = {"id": 1, "type": "book", "title": "T"}
    cites = [{"id": 1, "uris": ["u"], "itemData": data}]
    citation = {"citationItems": cites, "properties": {"plainCitation": "(T)"}}
    code = f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citation)} "
    new, document = written(package(f"<w:p>{field(code, '(my own words)')}</w:p>"), [], "apa")
    assert "(my own words)" in body(new)
    assert "my own words" in document.problems[-1].message


@pytest.mark.parametrize("style", ["chicago", "mla"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_second_writing_changes_no_byte(name: str, style: str) -> None:
    original = shared("data", "documents", "word-processor", name).read_bytes()
    first, _ = written(original, [], style)
    second, _ = written(first, [], style)
    assert first != original
    assert second == first


@pytest.mark.parametrize("name", SAMPLES)
def test_parts_that_are_not_concerned_have_their_bytes(name: str) -> None:
    original = shared("data", "documents", "word-processor", name).read_bytes()
    new = zipfile.ZipFile(io.BytesIO(written(original, [], "chicago")[0]))
    old = zipfile.ZipFile(io.BytesIO(original))
    changed = {one for one in old.namelist() if one not in new.namelist() or old.read(one) != new.read(one)}
    own = ("document.xml", "footnotes.xml", "styles.xml", "custom.xml", "[Content_Types].xml", ".rels")
    assert all(one.endswith(own) for one in changed)


def test_chicago_to_mla_and_back_gives_the_first_text() -> None:
    original = shared("data", "documents", "word-processor", "zotero_footnotes_small_made.docx").read_bytes()
    first, _ = written(original, [], "chicago")
    other, _ = written(first, [], "mla")
    back, _ = written(other, [], "chicago")
    assert notes(other) != notes(first)
    assert notes(back) == notes(first)


def test_notes_are_numbered_in_the_order_of_their_marks() -> None:
    folder = shared("data", "documents", "word-processor")
    data, _ = written((folder / "markers_small_made.docx").read_bytes(), [str(folder / "made_items.json")], "chicago")
    marks = re.findall(r'footnoteReference w:id="(\d+)"', part(data, "word/document.xml"))
    ids = re.findall(r'<w:footnote w:id="(\d+)"', part(data, "word/footnotes.xml"))
    assert marks == ids == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("As {Doe, 2001, p. 5}.", "As (Doe, 2001, p. 5)."),
        ("As {see Doe, 2001; -Roe, 1990, chap. 3}.", "As (see Doe, 2001; 1990, Chapter 3)."),
        ("As {x, y}, {Doe}, {1, 2001}, {a|b}.", "As {x, y}, {Doe}, {1, 2001}, {a|b}."),
    ],
)
def test_author_and_year_in_braces_are_a_citation(text: str, wanted: str, tmp_path: Path) -> None:
    data, _ = written(typed(text), [library(tmp_path)], "apa", plain=True)
    assert read_document("a.docx", data=data).stories.body.text.startswith(wanted)  # type: ignore[attr-defined]


def test_author_and_year_of_two_sources_are_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "items.json"
    path.write_text(json.dumps([{**ITEMS[0], "id": name} for name in ("one", "two")]), encoding="utf-8")
    document = read_document("a.docx", data=typed("As {Doe, 2001}."))
    sources = Sources(document, [str(path)])
    with pytest.raises(NotFoundError, match="Doe, 2001"):
        render(document, sources, find_style("apa"))
    assert "'Doe, 2001' may be any of one, two" in [problem.message for problem in sources.problems]


def test_the_language_of_the_style_before_is_no_choice_of_the_author(tmp_path: Path) -> None:
    letter = {"id": "a", "type": "personal_communication", "genre": "letter", "author": [{"family": "Doe"}],
              "recipient": [{"family": "Roe"}], "issued": {"date-parts": [[1944, 3, 5]]}, "archive": "TNA"}  # fmt: skip
    items = tmp_path / "a.json"
    items.write_text(json.dumps([letter]), encoding="utf-8")
    first, _ = written(package("<w:p><w:r><w:t>One [@a].</w:t></w:r></w:p>"), [str(items)], "chicago")
    assert "March 5, 1944" in notes(first)[0]
    assert "5 March 1944" in notes(written(first, [], "mhra")[0])[0]
    chosen = read_document("a.docx", data=first)
    chosen.settings.locale = "de-DE"
    assert locale_of(chosen, find_style("mhra")) == "de-DE"


@pytest.mark.parametrize("tracks", [False, True])
def test_every_bibliography_of_a_document_is_written(tracks: bool, tmp_path: Path) -> None:
    listed = field(' ADDIN ZOTERO_BIBL {"uncited":[]} CSL_BIBLIOGRAPHY ', "Doe")
    text = f"<w:p><w:r><w:t>A [@doe].</w:t></w:r></w:p><w:p>{listed}</w:p><w:p/><w:p>{listed}</w:p>"
    document = read_document("a.docx", data=package(text))
    assert document.bibliographies == 2
    rendering, _ = render(document, Sources(document, [library(tmp_path)]), find_style("mla"))
    rendering.tracking = Tracking("A. Author", "2026-01-01T00:00:00Z") if tracks else None
    data = document.write(rendering)
    assert body(data).count("Doe, Jane. First Title. Press, 2001.") == 2
    assert part(data, "word/document.xml").count("ZOTERO_BIBL") == 2


def test_new_endnotes_are_counted_with_those_that_there_are(tmp_path: Path) -> None:
    notes_part = "".join(
        f'<w:endnote w:id="{n}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:endnote>'
        for n, text in ((1, "Words."), (2, "So [@doe, p. 4]."))
    )
    marks = [f'<w:r><w:endnoteReference w:id="{n}"/></w:r>' for n in (1, 2)]
    text = f"<w:p>{marks[0]}<w:r><w:t>A [@doe, p. 3].</w:t></w:r>{marks[1]}<w:r><w:t> B [@roe].</w:t></w:r></w:p>"
    out = io.BytesIO(package(text))
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("word/endnotes.xml", f'<w:endnotes xmlns:w="{W}">{notes_part}</w:endnotes>')
    data, _ = written(out.getvalue(), [library(tmp_path)], "mhra-notes")
    again = read_document("a.docx", data=data)
    told = [json.loads(place.anchor.code.split("CSL_CITATION")[1])["properties"]["noteIndex"] for place in again.places]
    assert [(place.where, place.note) for place in again.places] == [("endnote", n) for n in (2, 3, 4)]
    assert told == [2, 3, 4]
    assert written(data, [], "mhra-notes")[0] == data


def zotero_item(key: str, title: str) -> dict[str, object]:
    item = {"id": key, "type": "book", "title": title, "author": [{"family": title}]}
    return {"id": key, "uris": [f"http://zotero.org/users/1/items/{key}"], "itemData": item}


def test_a_bibliography_leaves_out_what_its_author_has_left_out(tmp_path: Path) -> None:
    cites = "".join(
        field(f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps({'citationItems': [zotero_item(*one)]})} ", "x")
        for one in (("AAAA", "Kept"), ("BBBB", "Omitted"))
    )
    asked = {
        "uncited": [["http://zotero.org/users/1/items/CCCC"]],
        "omitted": [["http://zotero.org/users/1/items/BBBB"]],
        "custom": [[["http://zotero.org/users/1/items/AAAA"], "Mine."]],
    }
    listed = field(f" ADDIN ZOTERO_BIBL {json.dumps(asked)} CSL_BIBLIOGRAPHY ", "x")
    document = read_document("a.docx", data=package(f"<w:p>{cites}</w:p><w:p>{listed}</w:p>"))
    rendering, problems = render(document, Sources(document), find_style("mla"))
    assert [entry.content.plain for entry in rendering.entries] == ["Kept. Kept."]
    assert [one.severity for one in problems] == ["warning", "warning"]
    assert '"omitted":' in part(document.write(rendering), "word/document.xml").replace("&quot;", '"')


SOURCES = (
    '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
    + "".join(
        f"<b:Source><b:Tag>{tag}</b:Tag><b:SourceType>Book</b:SourceType><b:Title>{title}</b:Title></b:Source>"
        for tag, title in (("A", "Cited"), ("B", "Listed"))
    )
    + "</b:Sources>"
)


@pytest.mark.parametrize(("listed", "entries"), [(True, ["Cited.", "Listed."]), (False, ["Cited."])])
def test_word_lists_its_sources_whether_they_are_cited_or_not(listed: bool, entries: list[str]) -> None:
    text = f"<w:p>{field(' CITATION A ', 'x')}</w:p>"
    out = io.BytesIO(package(text + (f"<w:p>{field(' BIBLIOGRAPHY ', 'x')}</w:p>" if listed else "")))
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("customXml/item1.xml", SOURCES)
    document = read_document("a.docx", data=out.getvalue())
    rendering, _ = render(document, Sources(document), find_style("mla"))
    assert [entry.content.plain for entry in rendering.entries] == entries
    assert [record.title for record in extract(document, Sources(document)).records] == ["Cited", "Listed"]
