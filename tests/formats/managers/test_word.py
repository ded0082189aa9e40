from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from citetool.formats.base import ReadOptions, ReadResult, WriteOptions, collect
from citetool.formats.managers.word import read, write
from citetool.problems import InputError
from citetool.record.schema import checked
from tests.factories import make_book

if TYPE_CHECKING:
    from citetool.record.model import Record

SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"


def read_text(body: str) -> ReadResult:
    text = f'<b:Sources xmlns:b="{SPACE}">{body}</b:Sources>'
    return collect(read(io.BytesIO(text.encode()), ReadOptions()))


def written(record: Record) -> str:
    return "".join(write([record], WriteOptions()))


LETTER = checked({
    "id": "a", "kind": "letter", "title": "On <coal> & iron", "date": "1912-05-06", "creators": [{"name": "Ward, Ann"}],
    "archive": {"box": "Box 3", "collection": "Mill Papers", "repository": "Town Archive", "place": "Leeds"},
})  # fmt: skip


def test_an_archival_record_is_a_misc_with_its_place_in_the_archive() -> None:
    text = written(LETTER)
    for part in (
        "<b:SourceType>Misc</b:SourceType>",
        "<b:PublicationTitle>Box 3, Mill Papers</b:PublicationTitle>",
        "<b:Publisher>Town Archive</b:Publisher><b:City>Leeds</b:City>",
        "<b:Year>1912</b:Year><b:Month>5</b:Month><b:Day>6</b:Day>",
        "<b:Person><b:Last>Ward</b:Last><b:First>Ann</b:First></b:Person>",
    ):
        assert part in text
    (back,) = collect(read(io.BytesIO(text.encode()), ReadOptions())).records
    assert (back.kind, back.title, back.date) == ("letter", LETTER.title, LETTER.date)
    assert back.archive.levels == LETTER.archive.levels


def test_a_book_and_a_thesis_come_back() -> None:
    for kind, given in (("book", {}), ("PhD thesis", {}), ("journal article", {"container-title": "Isis"})):
        record = make_book(kind=kind, publication={"publisher": "Methuen", **given})
        (back,) = collect(read(io.BytesIO(written(record).encode()), ReadOptions())).records
        assert (back.kind, back.title, back.date) == (kind, record.title, record.date)
        assert back.publication["publisher"] == "Methuen"


def test_sources_of_word_with_corporate_authors_and_days_of_access() -> None:
    (record,) = read_text(
        "<b:Source><b:Tag>T1</b:Tag><b:SourceType>InternetSite</b:SourceType><b:Title>Rules</b:Title>"
        "<b:Author><b:Author><b:Corporate>Hartwell Library</b:Corporate></b:Author></b:Author><b:Year>2019</b:Year>"
        "<b:Month>March</b:Month><b:InternetSiteTitle>Hartwell</b:InternetSiteTitle><b:URL>https://example.org</b:URL>"
        "<b:YearAccessed>2024</b:YearAccessed><b:MonthAccessed>January</b:MonthAccessed><b:DayAccessed>5</b:DayAccessed>"
        "</b:Source>"
    ).records
    assert (record.id, record.kind, record.date) == ("T1", "webpage", "2019-03")
    assert record.creators[0].name.literal == "Hartwell Library"
    assert (record.digital.accessed, record.publication["container-title"]) == ("2024-01-05", "Hartwell")


def test_xml_without_sources_is_refused() -> None:
    with pytest.raises(InputError, match="no source of Word"):
        read_text("<b:Other/>")
