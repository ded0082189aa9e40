from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from citetool.formats.base import ReadOptions, ReadResult, WriteOptions, collect
from citetool.formats.managers.endnote import enw, xml
from citetool.names import Name
from citetool.problems import InputError
from citetool.record.schema import checked
from tests.factories import make_book, make_record
from tests.strategies import records

if TYPE_CHECKING:
    from citetool.record.model import Record


def read_xml(text: str) -> ReadResult:
    return collect(xml.read(io.BytesIO(text.encode()), ReadOptions("x.xml")))


def read_tags(text: str) -> ReadResult:
    return collect(enw.read(io.BytesIO(text.encode()), ReadOptions("x.enw")))


def written(record: Record, *, carry: bool = True) -> str:
    return "".join(xml.write([record], WriteOptions(lossless=carry)))


def test_an_archival_record_is_a_manuscript_by_the_labels_of_endnote() -> None:
    text = written(make_record(), carry=False)
    assert '<ref-type name="Manuscript">36</ref-type>' in text
    for element in (
        "<publisher>Manuscript Division, Library of Congress</publisher>",
        "<pub-location>Washington, D.C.</pub-location>",
        "<secondary-title>W. Averell Harriman Papers</secondary-title>",
        "<volume>Container 173</volume>",
        "<work-type>memorandum of conversation</work-type>",
        "<year>1944</year><pub-dates><date>June 26, 1944</date></pub-dates>",
    ):
        assert element in text
    assert "Interpreter: Pavlov" in text  # an author there would be printed as one
    assert "<author>" not in text
    native = read_xml(text).records[0]
    assert (native.archive, native.date, native.kind) == (make_record().archive, "1944-06-26", make_record().kind)


@pytest.mark.property
@given(records())
def test_what_is_written_is_read_back_equal(record: Record) -> None:
    result = read_xml(written(record))
    assert not result.problems
    assert result.records == [record]


def test_a_book_needs_nothing_carried() -> None:
    assert "citetool(" not in written(make_book()).replace('name="citetool"', "").replace(">citetool<", "")


def test_styles_lists_and_line_breaks() -> None:
    result = read_xml(
        '<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>'
        '<author><style face="normal">Smith, John</style></author><author>Department of State,</author></authors>'
        '</contributors><titles><title><style>On </style><style face="italic">Maps</style></title></titles>'
        "<periodical><full-title>Imago Mundi</full-title></periodical><dates><year>1944</year><pub-dates>"
        "<date>June 26</date></pub-dates></dates><notes>One&#13;Two</notes><urls><related-urls><url>http://x.org/1"
        "</url></related-urls></urls><electronic-resource-num>https://doi.org/10.1/x</electronic-resource-num>"
        "</record></records></xml>"
    )
    record = result.records[0]
    assert record.title == "On Maps"
    assert [c.name for c in record.creators] == [Name("Smith", "John"), Name(literal="Department of State")]
    assert (record.date, record.date_text, record.notes) == ("1944-06-26", "", ("One\nTwo",))
    assert record.publication == {"container-title": "Imago Mundi"}
    assert record.identifiers == {"doi": "10.1/x"}


def test_the_recipient_of_a_personal_communication() -> None:
    letter = make_record(
        kind="letter", creators=[{"name": "Kennan, George F."}, {"name": "Byrnes, James F.", "role": "recipient"}]
    )
    text = written(letter, carry=False)
    assert "<secondary-authors><author>Byrnes, James F.</author></secondary-authors>" in text
    assert read_xml(text).records[0].by_role("recipient") == [Name("Byrnes", "James F.")]


def test_tagged_references() -> None:
    result = read_tags(
        "\ufeff%0 Manuscript\n%A Harriman, W. Averell\n%T Talks\nwith Stalin\n%D 1944\n%8 June 26\n"
        "%I Library of Congress\n"
        "%B Harriman Papers\n%V Container 173\n%C Washington, D.C.\n\n%0 Book\n%E Gaddis, John\n%T B\n%@ 0195030974\n"
    )
    first, book = result.records
    assert (first.title, first.date) == ("Talks with Stalin", "1944-06-26")
    assert [level.value for level in first.archive.levels] == [
        "Container 173",
        "Harriman Papers",
        "Library of Congress",
        "Washington, D.C.",
    ]
    assert (book.kind, book.creators[0].role, book.identifiers) == ("book", "editor", {"isbn": "0195030974"})


def test_what_is_no_reference_is_set_aside_with_its_line() -> None:
    result = read_tags("%0 Book\n%T B\n\n\nDear Sir,\nyours\n\n%0 Book\n%T C\n")
    assert [r.title for r in result.records] == ["B", "C"]
    assert str(result.rejected[0].problem).startswith("x.enw:5: a reference without %0 and %T")
    assert result.rejected[0].raw == "Dear Sir,\nyours"


def test_wrong_encodings_and_empty_files() -> None:
    old = collect(enw.read(io.BytesIO(b"%0 Book\r\n%T caf\xe9\r\n"), ReadOptions("x.enw")))
    assert old.records[0].title == "café"
    assert len(old.problems) == 1
    assert (
        collect(enw.read(io.BytesIO(b"%0 Book\n%T caf\xe9\n"), ReadOptions("x", "cp1252"))).records[0].title == "café"
    )
    wide = "%0 Book\n%T café\n".encode("utf-16")
    assert collect(enw.read(io.BytesIO(wide), ReadOptions("x.enw"))).records[0].title == "café"
    with pytest.raises(InputError, match="no reference"):
        read_tags("\n")
    with pytest.raises(InputError, match="no EndNote record"):
        read_xml("<xml><records/></xml>")


def test_who_is_no_author_stands_in_the_notes_and_comes_back() -> None:
    people = [{"name": "Kennan, George"}, {"name": "Marshall, George C.", "role": "recipient"}]
    record = checked({"id": "a", "kind": "telegram", "creators": people, "notes": ["Seen."]})
    text = written(record, carry=False)
    assert text.count("<author>") == 1
    assert "<notes>Seen.\nRecipient: Marshall, George C.</notes>" in text
    (back,) = read_xml(text).records
    assert [(str(c.name), c.role) for c in back.creators] == [
        ("Kennan, George", "author"),
        ("Marshall, George C.", "recipient"),
    ]
    assert back.notes == ("Seen.",)


def test_of_two_types_in_a_row_the_second_counts() -> None:
    (record,) = read_tags("%0 Serial\n%0 Book\n%T Letters\n%D 1950\n").records
    assert (record.kind, record.title) == ("book", "Letters")
