"""LibreOffice documents written: live marks of Zotero's, notes, tracked changes, and all else as it was."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.source import find_style
from citetool.cli.app import main
from citetool.documents.model import Document, Tracking
from citetool.documents.registry import read_document
from citetool.documents.render import render
from citetool.documents.sources import Sources
from citetool.documents.typed import read_typed, restyle_notes
from tests.documents.odt.test_read import note, package
from tests.documents.samples import library
from tests.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

BY = Tracking("A. Author", "2026-01-01T00:00:00Z")
HOPKINS = "Harriman to Hopkins, March 3, 1944, Box 173, W. Averell Harriman Papers, Library of Congress"
SAMPLES = ("zotero_bbt_lua.odt", "jabref_small_made.odt", "libreoffice_bibmark_tracked.odt")


def written(
    data: bytes, inputs: list[str], style: str, *, plain: bool = False, tracking: Tracking | None = None
) -> tuple[bytes, Document]:
    """Return the document rendered, and as it was read."""
    document = read_document("a.odt", data=data)
    rendering, _ = render(document, Sources(document, inputs), find_style(style), plain=plain)
    rendering.tracking = tracking
    return document.write(rendering), document


def sample(name: str) -> tuple[bytes, list[str]]:
    folder = shared("data", "documents", "word-processor")
    return (folder / name).read_bytes(), [str(folder / "made_items.json")]


def content(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()


def package_with(data: bytes, xml: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "content.xml" else old.read(name))
    return made.getvalue()


def body(data: bytes) -> str:
    return read_document("a.odt", data=data).stories.body.text  # type: ignore[attr-defined, no-any-return]


def notes(data: bytes) -> list[str]:
    return [one.text for one in read_document("a.odt", data=data).notes]


def rejected(xml: str) -> str:
    """Return a content with its tracked changes rejected."""
    for own, gone in re.findall(
        r'text:id="(ct\d+)"[^>]*><text:deletion>.*?<text:p>(.*?)</text:p></text:deletion>', xml
    ):
        xml = xml.replace(f'<text:change text:change-id="{own}"/>', gone)
    xml = re.sub(r"<text:tracked-changes>.*?</text:tracked-changes>", "", xml)
    return re.sub(r"<text:change-start .*?<text:change-end [^>]*/>", "", xml)


def plain(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml)


def test_a_marker_becomes_a_note_with_a_live_mark(tmp_path: Path) -> None:
    text = f"<text:p>A “claim” [see @doe, p. 3], and{note('old')} more.</text:p>"
    data, _ = written(package(text), [library(tmp_path)], "mhra-notes")
    assert body(data).startswith("A “claim”,\ufffc and\ufffc more.\n")
    assert notes(data)[0].startswith("See Jane Doe, First Title (Press, 2001), p. 3")
    assert re.findall("<text:note-citation>(.*?)</text:note-citation>", content(data)) == ["1", "2"]
    (place,) = read_document("a.odt", data=data).places
    assert (place.program, place.note, place.keeps_words) == ("zotero", 1, False)
    code = json.loads(place.anchor.name.split("CSL_CITATION")[1].rpartition(" RND")[0])
    assert code["citationID"]
    assert code["properties"]["plainCitation"] == place.printed
    assert code["citationItems"][0]["itemData"]["title"] == "First Title"


def test_the_settings_are_those_of_a_document_with_marks(tmp_path: Path) -> None:
    data, _ = written(package("<text:p>A [@doe].</text:p>"), [library(tmp_path)], "chicago")
    document = read_document("a.odt", data=data)
    assert document.settings.style == "chicago"
    assert document.settings.facts is not None
    assert document.settings.facts["fieldType"] == "ReferenceMark"
    assert document.settings.facts["noteType"] == 1


def test_titles_are_in_italics(tmp_path: Path) -> None:
    xml = content(written(package("<text:p>A [@doe].</text:p>"), [library(tmp_path)], "chicago")[0])
    assert '<text:span text:style-name="CT_i">First Title</text:span>' in xml
    assert '<style:style style:name="CT_i" style:family="text"><style:text-properties fo:font-style="italic"/>' in xml


def test_plain_text_has_no_marks(tmp_path: Path) -> None:
    data, _ = written(package("<text:p>A [@doe] b.</text:p>"), [library(tmp_path)], "apa", plain=True)
    assert body(data).startswith("A (Doe, 2001) b.\n")
    assert read_document("a.odt", data=data).places == []


@pytest.mark.parametrize("style", ["chicago", "apa"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_second_writing_changes_no_byte(name: str, style: str) -> None:
    original, inputs = sample(name)
    first, _ = written(original, inputs, style)
    assert first != original
    assert written(first, inputs, style)[0] == first


@pytest.mark.parametrize("name", SAMPLES)
def test_parts_that_are_not_concerned_have_their_bytes(name: str) -> None:
    original, inputs = sample(name)
    old, new = (zipfile.ZipFile(io.BytesIO(one)) for one in (original, written(original, inputs, "chicago")[0]))
    assert old.namelist() == new.namelist()
    assert {one for one in old.namelist() if old.read(one) != new.read(one)} == {"content.xml", "meta.xml"}


def test_chicago_to_mla_and_back_gives_the_first_text(tmp_path: Path) -> None:
    text = "".join(f"<text:p>A.{note(f'See [@{key}, p. 3].')}</text:p>" for key in ("doe", "doe", "roe", "doe"))
    first, _ = written(package(text), [library(tmp_path)], "chicago")
    other, _ = written(first, [], "mla")
    assert notes(other) != notes(first)
    assert notes(written(other, [], "chicago")[0]) == notes(first)


@pytest.mark.parametrize("name", SAMPLES[:2])
def test_tracked_changes_of_marks_can_be_rejected(name: str) -> None:
    original, inputs = sample(name)
    data, _ = written(original, inputs, "mla", tracking=BY)
    assert content(data).count("<text:deletion>") >= 2
    assert plain(rejected(content(data))).split() == plain(content(original)).split()


def test_a_typed_note_changes_as_a_deletion_and_an_insertion() -> None:
    before = package(f"<text:p>A.{note(f'See {HOPKINS}; <text:span>I doubt it</text:span>.')}</text:p>")
    document = read_document("a.odt", data=before)
    edits = restyle_notes(document, read_typed(document), find_style("mhra-notes")).edits
    data = document.write_notes(edits, BY)
    assert "3 March 1944" in notes(data)[0]
    assert "<text:span>I doubt it</text:span>" in content(data)
    assert content(data).count("<dc:creator") == 2
    assert plain(rejected(content(data))).strip() == plain(content(before))


def test_a_doubtful_citation_has_a_remark_at_its_mark() -> None:
    document = read_document("a.odt", data=package(f"<text:p>A.{note('Qwerty, op. cit., 5.')}</text:p>"))
    edits = restyle_notes(document, read_typed(document), find_style("mhra-notes")).edits
    xml = content(document.write_notes(edits, BY))
    assert re.search("</text:note><office:annotation>.*op. cit.*</office:annotation></text:p>", xml)


def test_keys_take_the_place_of_marks(tmp_path: Path) -> None:
    original, (items,) = sample("jabref_small_made.odt")
    path, out = tmp_path / "a.odt", tmp_path / "b.odt"
    path.write_bytes(original)
    assert main(["doc", "convert", str(path), "--to", "markers", "-i", items, "-o", str(out)]) == 0
    assert body(out.read_bytes()).startswith("A [@leffler1992] and [@subrin1988; @ely2013].")
    assert main(["doc", "convert", str(path), "--to", "zotero", "-i", items, "-o", str(out)]) == 0
    document = read_document(out)
    assert [place.program for place in document.places] == ["zotero", "zotero"]
    assert body(out.read_bytes()) == body(original)
    assert document.bibliographies == 1


def marked(name: str, text: str) -> str:
    return f'<text:reference-mark-start text:name="{name}"/>{text}<text:reference-mark-end text:name="{name}"/>'


@pytest.mark.parametrize("style", ["apa", "mhra-notes"])
def test_an_invisible_citation_stands_in_the_bibliography_alone(style: str, tmp_path: Path) -> None:
    text = f"<text:p>A {marked('JR_cite0_1_doe', '(Doe)')}{marked('JR_cite1_3_roe', '')}.</text:p>"
    inputs = [library(tmp_path)]
    data, _ = written(
        package(f"{text}<text:section text:name='JR_bib'><text:p>Old.</text:p></text:section>"), inputs, style
    )
    first, *rest = body(data).split("\n", 1)
    assert "Roe" not in first
    assert "Second Title" in "".join(rest)
    assert [place.as_dict()["items"][0]["mode"] for place in read_document("a.odt", data=data).places][-1] == "nocite"


@pytest.mark.parametrize("style", ["apa", "mhra-notes"])
def test_an_author_in_the_sentence_stays_there(style: str, tmp_path: Path) -> None:
    inputs = [library(tmp_path)]
    data, _ = written(package(f"<text:p>As {marked('JR_cite0_2_doe', 'Doe (2001)')} says.</text:p>"), inputs, style)
    again, _ = written(data, inputs, style)
    assert again == data
    assert body(data).split(" says")[0].count("Doe") == 1
    assert [text.count("Doe") for text in notes(data)] == [0] * len(notes(data))


@pytest.mark.parametrize(
    ("style", "wanted"),
    [("mla", "One (Doe). Two “three” (Roe). U.S. (Doe) army."), ("nature", "One.1 Two “three.”2 U.S.1 army.")],
)
def test_a_key_typed_behind_the_stop_is_cited_before_it_in_the_text(style: str, wanted: str, tmp_path: Path) -> None:
    text = "<text:p>One.[@doe] Two “three.”[@roe] U.S.[@doe] army.</text:p>"
    data, _ = written(package(text), [library(tmp_path)], style)
    assert body(data).startswith(wanted)
    again, _ = written(data, [], style)
    assert again == data


@pytest.mark.parametrize("entries", [1, 2, 3])
def test_the_bibliography_changes_entry_by_entry(entries: int, tmp_path: Path) -> None:
    keys = "; ".join(["@doe", "@roe"][:entries])
    first, _ = written(package(f"<text:p>One [{keys}].</text:p>"), [library(tmp_path)], "apa")
    lines = body(first).splitlines()
    if entries > 2:  # more than there will be
        xml = content(first).replace("</text:section>", "<text:p>Another entry.</text:p></text:section>")
        first = package_with(first, xml)
        lines.append("Another entry.")
    again, _ = written(first, [], "mla", tracking=BY)
    assert plain(rejected(content(again))) == plain(content(first))
    assert body(again) != body(first)
    shown = [one for one in body(again).splitlines() if one]
    assert any("Doe, Jane. First Title. Press, 2001." in one for one in shown)


def test_the_bibliography_of_typed_notes_is_one_insertion() -> None:
    document = read_document("a.odt", data=package(f"<text:p>One.{note(HOPKINS)}</text:p>"))
    found = restyle_notes(document, read_typed(document), find_style("mla"))
    assert found.bibliography is not None
    found.bibliography.tracking = BY
    again = read_document("a.odt", data=document.write_notes(found.edits, BY))
    data = again.write(found.bibliography)
    assert body(data).splitlines()[1].startswith("Harriman. Letter to Hopkins. 3 Mar. 1944.")
    assert plain(rejected(content(data))).strip() == plain(content(document.data)).strip()


@pytest.mark.parametrize("tracking", [None, BY])
def test_every_bibliography_of_a_document_is_written(tracking: Tracking | None, tmp_path: Path) -> None:
    listed = "".join(
        f'<text:p>Chapter {n}.</text:p><text:section text:name="ZOTERO_BIBL {{}} CSL_BIBLIOGRAPHY RND{n}">'
        "<text:p>Doe</text:p></text:section>"
        for n in (1, 2)
    )
    data = package(f"<text:p>One [@doe].</text:p>{listed}")
    new, document = written(data, [library(tmp_path)], "mla", tracking=tracking)
    assert document.bibliographies == 2
    assert body(new).count("Doe, Jane. First Title. Press, 2001.") == 2
