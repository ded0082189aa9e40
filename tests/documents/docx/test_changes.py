"""Typed notes of Word documents in another style: tracked changes, remarks, or the new text alone."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from citetool.citation.styles.source import find_style
from citetool.documents.model import Document, Tracking
from citetool.documents.registry import read_document
from citetool.documents.typed import read_typed, restyle_notes
from tests.documents.test_word import W
from tests.shared import shared

BY = Tracking("A. Author", "2026-01-01T00:00:00Z")
HOPKINS = "Harriman to Hopkins, March 3, 1944, Box 173, W. Averell Harriman Papers, Library of Congress"


def noted(*notes: str) -> bytes:
    """Return a package with a sentence for each note; a note is its runs, or plain text."""
    marks = "".join(
        f'<w:r><w:t>Claim {n}.</w:t></w:r><w:r><w:footnoteReference w:id="{n}"/></w:r>'
        for n in range(1, len(notes) + 1)
    )
    texts = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{note}</w:p></w:footnote>'
        for n, note in enumerate((note if "<" in note else run(note) for note in notes), 1)
    )
    relation = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/_rels/document.xml.rels": relation,
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p>{marks}</w:p></w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{texts}</w:footnotes>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def restyled(data: bytes, style: str = "mhra-notes", tracking: Tracking | None = BY) -> tuple[bytes, Document]:
    document = read_document("a.docx", data=data)
    found = restyle_notes(document, read_typed(document), find_style(style))
    return document.write_notes(found.edits, tracking), document


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def rejected(xml: str) -> str:
    """Return a part with its tracked changes rejected."""
    xml = re.sub(r"<w:ins .*?</w:ins>", "", xml)
    return re.sub(r"</?w:del .*?>|</w:del>", "", xml).replace("delText", "t")


def plain(xml: str) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))


def test_a_citation_is_struck_out_and_the_new_one_stands_behind_it() -> None:
    data, _ = restyled(noted(f"See {HOPKINS}; I doubt it."))
    notes = part(data, "word/footnotes.xml")
    (gone,) = re.findall(r'<w:del w:id="\d+" w:author="A. Author" w:date="2026-01-01T00:00:00Z">.*?</w:del>', notes)
    (come,) = re.findall(r'<w:ins w:id="\d+" w:author="A. Author" w:date="2026-01-01T00:00:00Z">.*?</w:ins>', notes)
    assert f"{HOPKINS}</w:delText>" in gone
    assert "3 March 1944" in plain(come)
    assert plain(rejected(notes)) == f"See {HOPKINS}; I doubt it."


def test_the_words_of_the_author_keep_their_format() -> None:
    note = (
        run("A ", "<w:b/>")
        + run("sound", "<w:i/>")
        + run(f" claim: see {HOPKINS}. I say so.", "<w:color w:val='FF0000'/>")
    )
    notes = part(restyled(noted(note))[0], "word/footnotes.xml")
    assert '<w:i/></w:rPr><w:t xml:space="preserve">sound</w:t>' in notes
    color = '<w:color w:val="FF0000"/></w:rPr>'
    assert f'{color}<w:t xml:space="preserve">. I say so.</w:t>' in notes
    assert re.search(f"{color}<w:t[^>]*>Harriman, letter to Hopkins", notes)


def test_a_doubtful_citation_stays_with_a_remark_at_its_mark() -> None:
    data, document = restyled(noted(HOPKINS, "Qwerty, op. cit., 5."))
    assert document.notes[1].text in part(data, "word/footnotes.xml")
    (remark,) = re.findall(r"<w:comment .*?</w:comment>", part(data, "word/comments.xml"))
    assert "Qwerty, op. cit., 5" in plain(remark)
    body = part(data, "word/document.xml")
    number = re.findall(r'<w:comment w:id="(\d+)"', remark)[0]
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert f'<w:commentRangeStart w:id="{number}"/>{mark}<w:commentRangeEnd w:id="{number}"/>' in body
    assert "comments.xml" in part(data, "word/_rels/document.xml.rels")


def test_no_remark_stands_between_the_first_two_marks() -> None:
    # LibreOffice 7.4 shows all notes empty then
    data, _ = restyled(noted("Qwerty, op. cit., 5.", "Asdfg, op. cit., 6.", HOPKINS))
    body = part(data, "word/document.xml")
    references = [match.start() for match in re.finditer("<w:commentReference", body)]
    first, second = (body.index(f'<w:footnoteReference w:id="{number}"/>') for number in (1, 2))
    assert len(references) == 2
    assert not any(first < place < second for place in references)
    again, _ = restyled(data)
    assert part(again, "word/comments.xml") == part(data, "word/comments.xml")


def test_without_tracking_the_new_text_stands_alone() -> None:
    data, _ = restyled(noted(f"See {HOPKINS}.", "Qwerty, op. cit., 5."), tracking=None)
    notes = part(data, "word/footnotes.xml")
    assert "3 March 1944" in notes
    assert "<w:del" not in notes
    assert "<w:ins" not in notes
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist()


@pytest.mark.parametrize("style", ["mhra-notes", "chicago", "mla"])
def test_the_same_style_again_changes_no_byte(style: str) -> None:
    data, _ = restyled(noted(f"See {HOPKINS}.", "See ibid.", "Qwerty, op. cit., 5."), style)
    again, _ = restyled(data, style)
    third, _ = restyled(again, style)
    assert third == again


def test_a_remark_is_made_once() -> None:
    data, _ = restyled(noted(HOPKINS, "Qwerty, op. cit., 5."))
    again, _ = restyled(data)
    assert part(again, "word/comments.xml").count("op. cit., 5") == 1


def test_what_cannot_be_changed_stays_and_is_remarked() -> None:
    link = f'<w:hyperlink w:anchor="x">{run(HOPKINS)}</w:hyperlink>'
    data, _ = restyled(noted(link))
    assert "a link stands in it" in part(data, "word/comments.xml")
    assert HOPKINS in part(data, "word/footnotes.xml")


def test_all_changes_of_a_sample_rejected_give_its_text() -> None:
    original = shared("data", "documents", "typed", "typed_mixed_small.docx").read_bytes()
    data, _ = restyled(original, "chicago")
    before, after = (part(one, "word/footnotes.xml") for one in (original, data))
    assert after.count("<w:ins ") >= 5
    assert plain(rejected(after)) == plain(before)


def test_the_bibliography_stands_on_lines_of_one_insertion() -> None:
    document = read_document("a.docx", data=noted(HOPKINS))
    found = restyle_notes(document, read_typed(document), find_style("mla"))
    assert found.bibliography is not None
    found.bibliography.tracking = BY
    again = read_document("a.docx", data=document.write_notes(found.edits, BY))
    data = again.write(found.bibliography)
    text = part(data, "word/document.xml")
    assert plain(text).startswith("Claim 1.Harriman. Letter to Hopkins. 3 Mar. 1944. W. Averell Harriman Papers")
    assert text.count("<w:p>") == 1
    assert plain(rejected(text)) == "Claim 1."
    once_more = read_document("a.docx", data=data)
    assert once_more.write(found.bibliography) == data
