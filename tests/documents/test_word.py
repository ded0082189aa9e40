"""Citations of Word documents: every program's codes in the samples, hostile packages."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.source import find_style
from citetool.documents.registry import read_document
from citetool.documents.render import render
from citetool.documents.sources import Sources
from citetool.problems import InputError
from tests.documents.facts import differences
from tests.documents.samples import library
from tests.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

# Said of the sample's field as a whole, or known only to who made it.
REMARKS = ("type", "has_itemData", "plainCitation", "differs_from_plainCitation", "suffix_raw", "fields")
# The sample's labels use citation keys that its fields do not hold; sources of Word have titles in another part.
SAMPLES = {
    "word-processor/zotero_footnotes_mhra.docx": (),
    "word-processor/zotero_intext_mla.docx": (),
    "word-processor/zotero_footnotes_small_made.docx": ("id",),
    "word-processor/mendeley_desktop_3.docx": (),
    "word-processor/mendeley_cite_small_made.docx": (),
    "word-processor/word_native_cn.docx": ("title",),
    "word-processor/markers_small_made.docx": (),
    "typed/typed_mixed_small.docx": (),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_facts_of_a_sample(name: str) -> None:
    assert differences(shared("data", "documents", *name.split("/")), (*REMARKS, *SAMPLES[name])) == []


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(body: str, lead: str = "") -> bytes:
    """Return a package with that body and no other part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("word/document.xml", f'{lead}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def field(code: str, text: str, tag: str = "instrText") -> str:
    """Return a field whose code is cut in the middle."""
    half = len(code) // 2
    cut = "".join(f"<w:r><w:{tag}>{part}</w:{tag}></w:r>" for part in (code[:half], code[half:]))
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{cut}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{text}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


ZOTERO = " ADDIN ZOTERO_ITEM CSL_CITATION{&quot;citationItems&quot;:[{&quot;id&quot;:7}]} "
ENDNOTE = (
    " ADDIN EN.CITE &lt;EndNote&gt;&lt;Cite&gt;&lt;Author&gt;Doe&lt;/Author&gt;&lt;RecNum&gt;12&lt;/RecNum&gt;"
    "&lt;Pages&gt;5&lt;/Pages&gt;&lt;/Cite&gt;&lt;/EndNote&gt;"
)


def test_deleted_moved_and_repeated_citations_count_once() -> None:
    live, gone = field(ZOTERO, "(Doe)"), field(ZOTERO, "(Doe)", "delInstrText").replace("w:t>", "w:delText>")
    body = (
        f"<w:p><w:ins>{live}</w:ins><w:del>{gone}</w:del><w:moveFrom>{live}</w:moveFrom>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{live}</mc:Choice><mc:Fallback>{live}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    document = read_document("a.docx", data=package(body))
    assert [place.n for place in document.places] == [1, 2]
    assert len(document.deleted) == 2
    assert document.places[0].as_dict()["tracked_insertion"] is True


def test_endnote_in_both_forms_counts_once_each() -> None:
    import base64
    import html

    packed = base64.b64encode(html.unescape(ENDNOTE).encode()).decode()
    begin = f'<w:fldChar w:fldCharType="begin"><w:fldData>{packed}</w:fldData></w:fldChar>'
    nested = (
        f"<w:r>{begin}</w:r><w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>"
        f"<w:r>{begin}</w:r><w:r><w:instrText> ADDIN EN.CITE.DATA </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>(Doe)</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = read_document("a.docx", data=package(f"<w:p>{field(ENDNOTE, '(Doe)')}{nested}</w:p>"))
    assert [(p.program, p.printed, p.items[0].id, p.items[0].locator) for p in document.places] == [
        ("endnote", "(Doe)", "12", "5")
    ] * 2


def test_word_switches_belong_to_the_source_before_them() -> None:
    code = " CITATION A \\l 1033 \\p &quot;12&quot; \\m B \\f &quot;see &quot; "
    document = read_document("a.docx", data=package(f"<w:p>{field(code, '(A; B)')}</w:p>"))
    assert [(item.id, item.locator, item.prefix) for item in document.places[0].items] == [
        ("A", "12", ""),
        ("B", "", "see"),
    ]


def test_letters_with_an_at_sign_are_no_citations() -> None:
    document = read_document("a.docx", data=package("<w:p><w:r><w:t>me@x.org, @handle, 3 @ 5 [x]</w:t></w:r></w:p>"))
    assert document.places == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 cut", "no ZIP"),
        (package("")[:200], "no ZIP"),
        (package("<w:p>"), "well-formed"),
        (package("", '<!DOCTYPE a [<!ENTITY b "c">]>'), "document type declaration"),
        (package("<w:p>" * 300 + "</w:p>" * 300), "well-formed"),
    ],
)
def test_a_broken_package_is_a_clear_error(data: bytes, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document("a.docx", data=data)
    assert words in str(caught.value)


def test_a_field_without_end_is_said() -> None:
    body = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>x</w:t></w:r></w:p>'
    document = read_document("a.docx", data=package(body))
    assert "no end" in document.problems[0].message


BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def test_fields_in_fields_without_end_are_read_in_one_pass() -> None:
    letter = "<w:r><w:t>x</w:t></w:r>"
    body = f"<w:p>{(BEGIN + SEPARATE + letter) * 5000}{END * 5000}{letter}</w:p>"
    document = read_document("a.docx", data=package(body))
    assert document.stories.body.text == "x" * 5001 + "\n"  # type: ignore[attr-defined]


def test_the_code_of_a_field_is_no_text_whatever_stands_in_it() -> None:
    inner = f"{BEGIN}{SEPARATE}<w:r><w:t>inner</w:t></w:r>{END}"
    body = f"<w:p>{BEGIN}{inner}<w:r><w:t>code</w:t></w:r>{SEPARATE}<w:r><w:t>shown</w:t></w:r>{END}</w:p>"
    document = read_document("a.docx", data=package(body))
    assert document.stories.body.text == "shown\n"  # type: ignore[attr-defined]


def test_notes_that_lead_into_notes_end_somewhere() -> None:
    def mark(number: int) -> str:
        return f'<w:p><w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>'

    notes = "".join(f'<w:footnote w:id="{n}">{mark(n + 1)}</w:footnote>' for n in range(1, 3000))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{mark(1)}</w:body></w:document>')
        target.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>')
    assert len(read_document("a.docx", data=out.getvalue()).notes) == 1


def test_brackets_that_never_close_are_read_in_one_pass() -> None:
    text = "[@a;" * 20000
    document = read_document("a.docx", data=package(f"<w:p><w:r><w:t>{text}[@b]</w:t></w:r></w:p>"))
    assert [place.items[0].id for place in document.places] == ["b"]


@pytest.mark.parametrize(
    ("style", "wanted"),
    [("mla", "One (Doe). Two “three” (Roe). U.S. (Doe) army."), ("nature", "One.1 Two “three.”2 U.S.1 army.")],
)
def test_a_key_typed_behind_the_stop_is_cited_before_it_in_the_text(style: str, wanted: str, tmp_path: Path) -> None:
    text = "One.[@doe] Two “three.”[@roe] U.S.[@doe] army."
    document = read_document("a.docx", data=package(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
    rendering, _ = render(document, Sources(document, [library(tmp_path)]), find_style(style))
    with zipfile.ZipFile(io.BytesIO(document.write(rendering))) as written:
        body = written.read("word/document.xml").decode()
    assert "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", body)).startswith(wanted)


def test_a_citation_in_a_text_box_stands_in_brackets_since_word_has_no_notes_there(tmp_path: Path) -> None:
    boxed = "<w:txbxContent><w:p><w:r><w:t>Two [@roe].</w:t></w:r></w:p></w:txbxContent>"
    box = f"<w:p><w:r><w:drawing>{boxed}</w:drawing></w:r></w:p>"
    data = package(f"<w:p><w:r><w:t>One [@doe].</w:t></w:r></w:p>{box}")
    document = read_document("a.docx", data=data)
    assert [place.boxed for place in document.places] == [False, True]
    rendering, _ = render(document, Sources(document, [library(tmp_path)]), find_style("mhra-notes"))
    written = document.write(rendering)
    with zipfile.ZipFile(io.BytesIO(written)) as made:
        body, notes = (made.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
    assert body.count("<w:footnoteReference ") == 1
    assert "Two (Richard Roe, Second Title (House, 1990))." in "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", body))
    assert notes.count("w:footnoteRef/") == 1
    again = read_document("a.docx", data=written)
    same, _ = render(again, Sources(again, [library(tmp_path)]), find_style("mhra-notes"))
    assert again.write(same) == written


def test_a_key_without_brackets_is_named_where_there_is_such_a_source(tmp_path: Path) -> None:
    text = "As @doe [p. 3] says, a@roe.org and @handle; @doe again [@roe]."
    document = read_document("a.docx", data=package(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
    assert [place.items[0].id for place in document.places] == ["roe"]
    (problem,) = Sources(document, [library(tmp_path)]).problems
    assert (problem.message, problem.hint) == (
        "'@doe' stands in no brackets, and stays as it is",
        "type [@doe] to cite it",
    )
    assert problem.severity == "warning"


def test_markers_of_odf_scan_are_read_in_word() -> None:
    text = "One { See | Doe, 1944 |p. 4 | |zu:12:ABCDEFGH} and {a|b}."
    document = read_document("a.docx", data=package(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
    assert [(place.program, place.items[0].locator) for place in document.places] == [("odf-scan", "4")]


def test_old_fields_of_mendeley_have_an_address_in_braces_before_their_data() -> None:
    data = '{"citationItems":[{"id":"ITEM-1","itemData":{"type":"book","title":"A"},"uris":["u"]}],"properties":{}}'
    code = f"ADDIN Mendeley Citation{{0f-1a}} CSL_CITATION {data}".replace('"', "&quot;")
    document = read_document("a.docx", data=package(f"<w:p>{field(code, '(A)')}</w:p>"))
    assert [place.items[0].title for place in document.places] == ["A"]
    assert not document.problems


def test_two_keys_of_one_record_stay_one_source_in_fields(tmp_path: Path) -> None:
    text = "One [@doe] two {Doe, 2001, p. 4}."
    data = package(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    written: list[bytes] = []
    for _ in range(2):
        document = read_document("a.docx", data=written[-1] if written else data)
        rendering, _ = render(document, Sources(document, [library(tmp_path)]), find_style("apa"))
        written.append(document.write(rendering))
    assert written[0] == written[1]
    assert {item.id for place in read_document("a.docx", data=written[0]).places for item in place.items} == {"doe"}
