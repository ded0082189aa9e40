from __future__ import annotations

import pytest

from citetool.formats.base import WriteOptions
from citetool.formats.loss.coverage import supported_fields
from citetool.formats.loss.loss import Loss, fact_names
from citetool.formats.loss.roundtrip import measure, write_measured
from citetool.formats.registry import FORMATS
from citetool.record.model import Holding, Level, Record
from tests.factories import make_book, make_record


def measured(name: str, *, carry: bool = True) -> Loss:
    loss = Loss(explain=True)
    "".join(write_measured([make_record(), make_book()], name, WriteOptions(lossless=carry), loss))
    return loss


@pytest.mark.parametrize("name", ["csl-json", "ris", "bibtex", "biblatex"])
def test_what_the_note_carries_is_counted_by_field(name: str) -> None:
    loss = measured(name)
    assert loss.carried == {"creators": 1, "digital.contents": 1, "markings": 1}
    assert not loss.lost
    assert [entry[0] for entry in loss.by_record] == ["219945"]


@pytest.mark.parametrize("name", ["csl-json", "ris", "biblatex"])
def test_without_the_note_the_same_is_lost(name: str) -> None:
    loss = measured(name, carry=False)
    assert loss.lost == {"creators": 1, "digital.contents": 1, "markings": 1}
    assert not loss.carried


@pytest.mark.parametrize("name", ["mods", "endnote-xml", "dublin-core", "hayagriva", "coins"])
def test_writers_tell_what_writing_and_reading_again_would_find(name: str) -> None:
    for carry in (True, False):
        told = measured(name, carry=carry)
        expected = {*fact_names(measure(make_record(), name, WriteOptions(lossless=False)))}
        expected |= {*fact_names(measure(make_book(), name, WriteOptions(lossless=False)))}
        assert {*(told.carried if carry else told.lost)} == expected
        assert not (told.lost if carry else told.carried)


def test_a_format_without_reader_is_measured_by_the_words_in_its_text() -> None:
    lost = measure(make_record(), "wikitext", WriteOptions(lossless=True))
    assert "title" not in lost
    assert "summary" in lost


def test_report_for_people() -> None:
    lines = list(measured("ris").lines("RIS"))
    assert lines[0] == "no field in RIS, kept in a note for citetool: creators 1, digital.contents 1, markings 1"
    assert lines[1] == "  219945: note: creators, digital.contents, markings"


@pytest.mark.parametrize("box", ["12", "Box 12"])
@pytest.mark.parametrize("name", ["ris", "csl-json", "zotero-rdf"])
def test_a_label_that_a_bare_number_is_cited_with_is_no_loss(name: str, box: str) -> None:
    levels = (Level("box", box), Level("collection", "Orme Papers"), Level("repository", "Houghton Library"))
    record = Record(id="a", kind="minutes", title="Talks", date="1947-02-24", archive=Holding(levels))
    loss = Loss(explain=True)
    "".join(write_measured([record], name, WriteOptions(lossless=False), loss))
    assert not loss.lost


def test_emptied_fields_are_no_facts() -> None:
    assert fact_names({"kind": "", "publication": {"-": ["publisher"], "page": "3"}, "tags": ["a"]}) == (
        "publication.page",
        "tags",
    )


def test_every_written_format_has_a_title_and_says_what_it_has_not() -> None:
    for name, row in FORMATS.items():
        if row.writes:
            inside, outside = supported_fields(name)
            assert "title" in inside, name
            assert "files" in outside, name
