"""Parts of Word documents that do not have the usual names."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from citetool.documents.registry import read_document
from tests.documents.docx.test_write import body, notes, written
from tests.documents.samples import library
from tests.documents.test_word import W

if TYPE_CHECKING:
    from pathlib import Path

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LIST = "http://schemas.openxmlformats.org/package/2006/relationships"
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def relations(**targets: str) -> str:
    kids = "".join(
        f'<Relationship Id="rId{n}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{LIST}">{kids}</Relationships>'


def package(main: str, text: str, parts: dict[str, str], **targets: str) -> bytes:
    """Return a package whose text is in the part `main`, which has relationships to these targets."""
    folder, _, own = main.rpartition("/")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("_rels/.rels", relations(officeDocument=f"/{main}"))
        target.writestr(main, f'<w:document xmlns:w="{W}"><w:body><w:p>{text}</w:p></w:body></w:document>')
        target.writestr(f"{folder}/_rels/{own}.rels", relations(**targets))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "target"),
    [("word/footnotes2.xml", "footnotes2.xml"), ("word/Notes.xml", "/word/notes.xml"), ("x/a b.xml", "../x/a%20b.xml")],
)
def test_parts_are_found_by_their_relationships(part: str, target: str, tmp_path: Path) -> None:
    text = "<w:p><w:r><w:t>See [@doe].</w:t></w:r></w:p>"
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{text}</w:footnote></w:footnotes>'
    data = package("word/document2.xml", f"<w:r><w:t>A</w:t></w:r>{NOTE}", {part: note}, footnotes=target)
    new, document = written(data, [library(tmp_path)], "mhra-notes")
    assert [(place.where, place.note) for place in document.places] == [("footnote", 1)]
    assert notes(new)[0].startswith("See Jane Doe, First Title")
    names = zipfile.ZipFile(io.BytesIO(new)).namelist()
    assert part in names
    assert not {"word/document.xml", "word/footnotes.xml"} & set(names)


def test_new_parts_are_named_by_the_text_that_there_is(tmp_path: Path) -> None:
    data = package("text/main.xml", "<w:r><w:t>A [@doe].</w:t></w:r>", {})
    new, _ = written(data, [library(tmp_path)], "mhra-notes")
    assert body(new).startswith("A.\ufffc")
    packed = zipfile.ZipFile(io.BytesIO(new))
    told = packed.read("text/_rels/main.xml.rels").decode()
    assert re.findall(r'Target="([^"]+)"', told) == ["../word/footnotes.xml"]
    assert notes(new) == ["Jane Doe, First Title (Press, 2001)."]


def test_a_damaged_list_of_relationships_leaves_the_usual_names(tmp_path: Path) -> None:
    data = package("word/document.xml", "<w:r><w:t>A [@doe].</w:t></w:r>", {"word/styles.xml": "<styles/>"})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as target:
        for name in before.namelist():
            target.writestr(name, before.read(name) if not name.endswith(".rels") else b"<!DOCTYPE x><Rel")
    document = read_document(tmp_path / "a.docx", data=out.getvalue())
    assert [item.id for place in document.places for item in place.items] == ["doe"]


def test_new_styles_stand_beside_those_of_word_2010_too(tmp_path: Path) -> None:
    styles = f'<w:styles xmlns:w="{W}"/>'
    parts = {"word/styles.xml": styles, "word/stylesWithEffects.xml": styles}
    data = package("word/document.xml", "<w:r><w:t>A [@doe].</w:t></w:r>", parts, styles="styles.xml")
    new, _ = written(data, [library(tmp_path)], "chicago")
    packed = zipfile.ZipFile(io.BytesIO(new))
    first, second = (re.findall(r'styleId="(\w+)"', packed.read(name).decode()) for name in parts)
    assert first == second
    assert "Bibliography" in first
