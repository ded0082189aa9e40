"""Citations of LibreOffice documents: the marks of every program in the samples, typed markers, notes, changes."""

from __future__ import annotations

import io
import zipfile

import pytest

from citetool.documents.registry import read_document
from citetool.problems import InputError
from tests.documents.facts import differences
from tests.shared import shared

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in {
        "office": "office",
        "text": "text",
        "style": "style",
        "meta": "meta",
        "fo": "xsl-fo-compatible",
    }.items()
)


def package(text: str) -> bytes:
    """Return a package with that text."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles/><office:body><office:text>{text}</office:text>"
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        target.writestr("content.xml", content)
        target.writestr("meta.xml", f"<office:document-meta {SPACES}><office:meta/></office:document-meta>")
    return out.getvalue()


def note(text: str, kind: str = "footnote") -> str:
    body = f"<text:note-citation>9</text:note-citation><text:note-body><text:p>{text}</text:p></text:note-body>"
    return f'<text:note text:id="n" text:note-class="{kind}">{body}</text:note>'


@pytest.mark.parametrize("name", ["zotero_bbt_lua", "libreoffice_bibmark_tracked", "jabref_small_made"])
def test_the_facts_of_a_sample(name: str) -> None:
    assert differences(shared("data", "documents", "word-processor", f"{name}.odt"), ("has_itemData",)) == []


def test_notes_are_numbered_in_the_order_of_the_text() -> None:
    data = package(f"<text:p>a{note('[@one]')} b{note('two', 'endnote')} c{note('[see @three, p. 3].')}</text:p>")
    document = read_document("a.odt", data=data)
    assert [(one.kind, one.number, one.text) for one in document.notes] == [
        ("footnote", 1, "[@one]"),
        ("endnote", 1, "two"),
        ("footnote", 2, "[see @three, p. 3]."),
    ]
    assert [(place.note, place.items[0].id, place.follows) for place in document.places] == [
        (1, "one", ""),
        (2, "three", "."),
    ]


def test_a_marker_of_odf_scan_is_a_citation() -> None:
    text = "<text:p>x { See | Smith, (2012) |p. 45 | as said |zu:2433:WQVBH98K} y {a | b}</text:p>"
    (place,) = read_document("a.odt", data=package(text)).places
    (item,) = place.items
    assert (place.program, item.prefix, item.locator, item.label, item.suffix) == (
        "odf-scan",
        "See",
        "45",
        "page",
        "as said",
    )
    assert item.uris == ("http://zotero.org/users/2433/items/WQVBH98K",)


def test_older_marks_of_jabref_say_how_they_cite() -> None:
    marks = "".join(
        f'<text:reference-mark-start text:name="{name}"/>x<text:reference-mark-end text:name="{name}"/>'
        for name in ("JR_cite_1_a,b", "JR_cite1_2_c")
    )
    document = read_document("a.odt", data=package(f"<text:p>{marks}</text:p>"))
    assert [[(item.id, item.mode) for item in place.items] for place in document.places] == [
        [("a", "normal"), ("b", "normal")],
        [("c", "author-in-text")],
    ]


def test_deleted_text_is_no_text() -> None:
    gone = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>[@gone]</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    document = read_document("a.odt", data=package(f'{gone}<text:p>A<text:change text:change-id="c1"/> b.</text:p>'))
    assert document.places == []
    assert document.counts()["tracked_changes"] == 1
    assert document.stories.body.text == "A b.\n"  # type: ignore[attr-defined]


def test_a_spreadsheet_is_a_clear_error() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("content.xml", f"<office:document-content {SPACES}><office:body/></office:document-content>")
    with pytest.raises(InputError, match="no document of LibreOffice Writer"):
        read_document("a.odt", data=out.getvalue())
