from __future__ import annotations

import io

import pytest

from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.formats.sniff import guess_format
from citetool.formats.web.wilson.wilson import read
from citetool.problems import InputError
from citetool.record.yamltext import read_record, write_record
from tests.shared import shared

SHEET = """
## **March 5, 1953**

### **Letter from a Deputy Minister, on Timber**

#### **Citation:**

"Letter from a Deputy Minister, on Timber", March 5, 1953, Wilson Center Digital Archive, RGANI, f. 5, op. 28, d. 64,
ll. 12-14. Translated by Anna Berg and Tom Lee. <https://digitalarchive.wilsoncenter.org/document/100001>

#### **Summary:**

A deputy minister asks for timber.

He asks twice.

#### **Original Language:**

Russian

#### **Contents:**

Original Scan
Translation - English

SECRET

Dear Comrade,

Summary: this label is the letter's own. We need **timber** [sic] and ~~tar~~.
"""


def page(text: str, name: str = "page.md") -> ReadResult:
    return collect(read(io.BytesIO(text.encode()), ReadOptions(source=name)))


def test_a_cover_sheet() -> None:
    result = page(SHEET)
    record = result.records[0]
    assert (record.id, record.title, record.date) == (
        "100001",
        "Letter from a Deputy Minister, on Timber",
        "1953-03-05",
    )
    assert (record.kind, record.metadata.inferred) == ("letter", ("kind",))
    assert (record.language, record.original_language) == (("en",), ("ru",))
    assert record.summary == "A deputy minister asks for timber.\nHe asks twice."
    assert record.markings == ("SECRET",)
    assert record.digital.contents == ("Original Scan", "Translation - English")
    assert [(str(c.name), c.role) for c in record.creators] == [
        ("Berg, Anna", "translator"),
        ("Lee, Tom", "translator"),
    ]
    assert record.archive.get("fond") == "f. 5"
    assert record.archive.get("repository") == "RGANI"
    assert record.files[0].kind == "translation"


def test_the_transcript_is_verbatim() -> None:
    result = page(SHEET)
    attachment = result.attachments[0]
    assert attachment.path == result.records[0].files[0].path == "100001.txt"
    assert attachment.text == SHEET[SHEET.index("SECRET\n\nDear") :]


def test_the_record_is_one_that_the_library_reads() -> None:
    record = page(SHEET).records[0]
    assert read_record(write_record(record)) == record


def test_a_sheet_copied_as_one_run_of_text() -> None:
    text = (
        "Digital Archive International History Declassified digitalarchive.wilsoncenter.org May, 1961 Notes on Coal "
        'Citation: "Notes on Coal," May, 1961, History and Public Policy Program Digital Archive, Box 12, Coal Papers, '
        "Library of Congress. https://digitalarchive.wilsoncenter.org/document/100002 "
        "Summary: On coal. Original Language: German Contents: English Translation The text begins here."
    )
    result = page(text)
    record = result.records[0]
    assert (record.id, record.title, record.date, record.date_text) == ("100002", "Notes on Coal", "1961-05", "")
    assert record.digital.name == "History and Public Policy Program Digital Archive"
    assert (record.summary, record.original_language) == ("On coal.", ("de",))
    assert result.attachments[0].text == "The text begins here.\n"


def test_two_archives_and_people_with_their_bodies() -> None:
    source = (
        "AVPRF, f. 0104, op. 17, p. 118, d. 8; and Archive of the President, f. 3, op. 65, d. 904, ll. 22-35. "
        "Obtained by National Security Archive; translated for CWIHP by Carlos Osorio (National Security Archive)."
    )
    text = SHEET.replace("RGANI, f. 5, op. 28, d. 64,\nll. 12-14. Translated by Anna Berg and Tom Lee.", source)
    record = page(text).records[0]
    assert record.archive.get("papka") == "p. 118"
    assert [holding.get("fond") for holding in record.copies] == ["f. 3"]
    assert [(str(c.name), c.role) for c in record.creators] == [
        ("National Security Archive", "contributor"),
        ("Osorio, Carlos", "translator"),
    ]


def test_a_page_of_the_old_site() -> None:
    text = """<html><head><title>Wilson Center Digital Archive</title></head><body><p>Digital Archive</p>
    <p>June 10, 1954</p><ul><li>Citation<p>get citation</p><p>Two men speak of oil.</p>
    <p>"Oil," June 10, 1954, History and Public Policy Program Digital Archive, AVPRF, f. 7, op. 3, d. 2, p. 11.
    https://digitalarchive.wilsoncenter.org/document/100003</p></li></ul>
    <p>share document</p><p>(English HTML)</p><p>TOP SECRET</p><p>Oil is <s>dear</s> <b>cheap</b>.<br>Very.</p>"""
    result = page(text, "100003.html")
    record = result.records[0]
    assert (record.id, record.title, record.date) == ("100003", "Oil", "1954-06-10")
    assert record.summary == "Two men speak of oil."
    assert record.archive.get("fond") == "f. 7"
    assert result.attachments[0].text == "TOP SECRET\n\nOil is ~~dear~~ cheap.\nVery.\n"


def test_sender_and_recipient_are_inferred_from_a_title_that_names_both() -> None:
    title = "Telegram from N.S. Klein to Kim Il Sung"
    text = SHEET.replace("Letter from a Deputy Minister, on Timber", title)
    text = text.replace(" Translated by Anna Berg and Tom Lee.", "")
    record = page(text).records[0]
    assert [(str(c.name), c.role) for c in record.creators] == [("Klein, N.S.", "author"), ("Kim Il Sung", "recipient")]
    assert record.metadata.inferred == ("kind", "creators[0]", "creators[1]")


def test_a_page_without_its_text_has_no_file() -> None:
    result = page(SHEET[: SHEET.index("SECRET")])
    assert (result.records[0].files, result.attachments) == ((), [])


def test_what_is_not_understood_is_said() -> None:
    result = page(
        SHEET.replace("## **March 5, 1953**", "## **Some Tuesday**").replace(
            'Timber", March 5, 1953', 'Timber", Some Tuesday'
        )
    )
    assert (result.records[0].date, result.records[0].date_text) == ("", "Some Tuesday") or result.problems
    assert any("Tuesday" in str(problem) for problem in result.problems)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("# Notes\n\nSome notes of mine.\n", "does not name the site"),
        (
            "Citation:\n\nSmith, Coal, 1950.\n\nSummary:\n\nSee digitalarchive.wilsoncenter.org\n",
            "no citation that names the site",
        ),
        ("I like the Wilson Center Digital Archive very much.", "no citation"),
        (
            "<html><body><p>Wilson Center Digital Archive: search results</p></body></html>",
            "neither a citation nor a source",
        ),
    ],
)
def test_other_texts_are_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        page(text)


def test_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        collect(read(io.BytesIO(b"\xff\xfe\x00\x01Wilson"), ReadOptions()))


def test_the_first_source() -> None:
    path = shared("seed", "219945.md")
    text = path.read_text(encoding="utf-8")
    with path.open("rb") as stream:
        result = collect(read(stream, ReadOptions(source=str(path))))
    record = result.records[0]
    assert [level.name for level in record.archive.levels] == [
        "container",
        "collection",
        "division",
        "repository",
        "place",
    ]
    assert [(str(c.name), c.role) for c in record.creators][0::4] == [
        ("Harriman, W. Averell", "participant"),
        ("Pavlov", "interpreter"),
    ]
    assert record.metadata.inferred == ("kind", "creators[0].name")
    assert result.attachments[0].text.rstrip() in text
    assert result.attachments[0].text.count("EP:nn") == 2
    assert not result.problems


def test_a_page_of_the_new_site() -> None:
    path = shared("data", "html", "wilson_sample_SYNTHETIC.html")
    with path.open("rb") as stream:
        record = collect(read(stream, ReadOptions(source=path.name))).records[0]
    assert (record.id, record.kind, record.date) == ("219945", "memorandum of conversation", "1944-06-26")
    assert record.archive.get("container") == "Container 173"
    assert "kind" not in record.metadata.inferred


def test_a_sheet_is_known_by_its_first_bytes_and_other_texts_with_its_words_are_not() -> None:
    assert guess_format("<stdin>", SHEET.encode()) == "wilson"
    item = b'[{"id": "a", "type": "book", "citation": "In: Wilson Center Digital Archive", "Citation": "x"}]'
    assert guess_format("<stdin>", item) == "csl-json"
    assert guess_format("<stdin>", b"TY  - MANSCPT\nN1  - Citation: Wilson Center Digital Archive\n") == "ris"
