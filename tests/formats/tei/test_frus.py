from __future__ import annotations

import io
import json

import pytest

from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.formats.tei.frus import read
from citetool.formats.tei.frus_source_note import read_note
from citetool.names import Name
from citetool.problems import InputError
from tests.shared import needs_shared, shared

HEADER = (
    '<teiHeader><fileDesc><titleStmt><title type="complete">Foreign Relations, 1952–1954, Guatemala</title>'
    "</titleStmt></fileDesc></teiHeader>"
)


def read_text(body: str, header: str = HEADER) -> ReadResult:
    start = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1952-54Guat">'
    text = f"{start}{header}<text><body>{body}</body></text></TEI>"
    return collect(read(io.BytesIO(text.encode()), ReadOptions("frus.xml")))


def test_a_document_with_its_source_note() -> None:
    result = read_text(
        '<div type="document" xml:id="d169" n="169"><head>169. Dispatch From <gloss type="from">Headquarters in '
        'Florida</gloss> to <gloss type="to">the Deputy Director ( <persName>Wisner</persName> )</gloss>'
        '<note type="source">'
        "Source: Central Intelligence Agency, Job 79–01025A, Box 104, Folder 1. Secret; <gloss>RYBAT</gloss> . "
        "Drafted by <persName>Playdon</persName> .</note></head><dateline><placeName>Washington</placeName>, "
        '<date when="1954-06-02">June 2, 1954</date>.</dateline><p>HUL–A–1052</p>'
        '<list type="subject"><head>SUBJECT</head><item>Arms shipment</item></list><p>Text.</p></div>'
    )
    record = result.records[0]
    assert record.id == "frus1952-54Guat-d169"
    assert record.kind == "dispatch"
    assert record.supplied_title == "Dispatch From Headquarters in Florida to the Deputy Director (Wisner)"
    assert [(str(c.name), c.role, c.office) for c in record.creators] == [
        ("Headquarters in Florida", "author", ""),
        ("Wisner", "recipient", "Deputy Director"),
        ("Playdon", "drafter", ""),
    ]
    assert (record.date, record.place, record.summary) == ("1954-06-02", "Washington", "Arms shipment")
    assert [level.value for level in record.archive.levels] == [
        "Central Intelligence Agency",
        "Job 79–01025A",
        "Box 104",
        "Folder 1",
    ]
    assert record.markings == ("Secret", "RYBAT")
    assert record.publication == {"container-title": "Foreign Relations, 1952–1954, Guatemala", "section": "169"}
    assert record.digital.url == "https://history.state.gov/historicaldocuments/frus1952-54Guat/d169"
    assert record.identifiers == {"document_number": "HUL–A–1052"}
    assert record.metadata.inferred == ("digital", "archive")


def test_sender_and_recipient_of_a_head_in_words() -> None:
    result = read_text(
        '<div type="document" xml:id="d1" n="1"><head>1. Telegram From the Department of State to the Embassy in Moscow'
        '</head></div><div type="document" xml:id="d2" n="2"><head>The Ambassador in Germany (Dodd) to the Secretary '
        "of State</head></div>"
    )
    first, second = result.records
    assert first.by_role("author") == [Name(literal="Department of State")]
    assert first.by_role("recipient") == [Name(literal="Embassy in Moscow")]
    assert [(str(c.name), c.role, c.office) for c in second.creators] == [
        ("Dodd", "author", "Ambassador in Germany"),
        ("Secretary of State", "recipient", ""),
    ]


def test_a_time_of_day_does_not_move_the_date() -> None:
    result = read_text(
        '<div type="document" xml:id="d1" n="1"><head>1. Telegram</head><dateline>'
        '<date when="1987-01-12T20:16:00-05:00">'
        "January 13, 1987, 0116Z</date></dateline></div>"
    )
    assert result.records[0].date in ("1987-01-13", "1987-01-12")


def test_a_file_without_documents_is_the_publication() -> None:
    header = HEADER.replace(
        "</fileDesc>",
        "<publicationStmt><publisher>Office of the Historian</publisher><pubPlace>Washington, D.C.</pubPlace>"
        "<date>2015</date></publicationStmt></fileDesc>",
    )
    record = read_text("<div type='chapter'><p>Text</p></div>", header).records[0]
    assert (record.kind, record.title, record.date) == ("book", "Foreign Relations, 1952–1954, Guatemala", "2015")
    assert record.publication == {"publisher": "Office of the Historian", "publisher-place": "Washington, D.C."}


def test_a_printed_source_gives_no_holding() -> None:
    note = read_note("Source: Public Papers of the Presidents: Ronald Reagan, 1986, Book I, pp. 12–14.")
    assert not note.archive
    assert note.printed.startswith("Public Papers of the Presidents")


@pytest.mark.parametrize(
    ("text", "markings", "drafters"),
    [
        ("Reagan Library, Shultz Papers, March 20 Mtg. Secret ; Sensitive . Drafted by Parris ; cleared by Platt .",
         ("Secret", "Sensitive"), ("Parris",)),
        ("Source: National Archives, RG 59, Box 3. Top Secret; Nodis. Drafted by M. Sigler (INR) on May 3.",
         ("Top Secret", "Nodis"), ("M. Sigler",)),
        ("Source: Truman Library, Papers of Harry S. Truman. No classification marking. Drafted by Cobb and Linhard.",
         (), ("Cobb", "Linhard")),
        ("Source: Reagan Library, Matlock Files, Contacts 1/8. Strictly Confidential.", ("Strictly Confidential",), ()),
    ],
)  # fmt: skip
def test_markings_and_drafters(text: str, markings: tuple[str, ...], drafters: tuple[str, ...]) -> None:
    note = read_note(text)
    assert (note.markings, note.drafters) == (markings, drafters)


@needs_shared
def test_nearly_all_notes_of_real_documents_give_a_holding() -> None:
    lines = shared("data", "frus", "frus_source_notes.jsonl").read_text(encoding="utf-8").splitlines()
    notes = [(text := json.loads(line)["note"], read_note(text)) for line in lines]
    assert all(note.archive or note.printed for _, note in notes)
    assert all(note.markings for text, note in notes if ". Secret" in text or ". Top Secret" in text)


def test_what_is_not_tei_is_refused() -> None:
    with pytest.raises(InputError, match="this is not TEI"):
        collect(read(io.BytesIO(b"<html><div/></html>"), ReadOptions("x.html")))
