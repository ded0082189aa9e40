"""Zotero RDF as citetool writes it: read back, with notes, tags and files, and what stands in Extra."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from citetool.formats.base import ReadOptions, WriteOptions, collect
from citetool.formats.managers.zotero import rdf
from tests.factories import make_book, make_record
from tests.strategies import records

if TYPE_CHECKING:
    from citetool.record.model import Record


def written(record: Record, **options: bool | dict[str, str]) -> str:
    return "".join(rdf.write([record], WriteOptions(**options)))  # type: ignore[arg-type]


def read_one(text: str) -> Record:
    (record,) = collect(rdf.read(io.BytesIO(text.encode()), ReadOptions())).records
    return record


@pytest.mark.property
@given(records())
def test_round_trip(record: Record) -> None:
    assert read_one(written(record, lossless=True)) == record


def test_every_level_comes_back_without_a_note_of_ours() -> None:
    text = written(make_record())
    assert "citetool(" not in text
    assert read_one(text).archive == make_record().archive
    assert "archive_collection: W. Averell Harriman Papers\n" in text
    assert text.count("W. Averell Harriman Papers") == 1


def test_people_have_parts_that_zotero_knows() -> None:
    record = make_record(
        kind="interview",
        creators=[{"name": "Rusk, Dean", "role": "interviewee"}, {"name": "Wilson, Theodore", "role": "interviewer"}],
    )
    text = written(record)
    assert "<z:interviewees>" in text
    assert "interviewer: Wilson || Theodore" in text
    assert read_one(text).creators == record.creators


def test_files_are_attachments_where_asked() -> None:
    record = make_record(files=[{"path": "219945.txt", "kind": "transcript"}])
    assert "Attachment" not in written(record)
    text = written(record, files={"219945": "/papers/records"})
    assert '<rdf:resource rdf:resource="/papers/records/219945.txt"/>' in text
    assert "<link:type>text/plain</link:type>" in text


def test_a_journal_holds_its_article() -> None:
    article = make_book(
        kind="journal article",
        title="Routes",
        publication={"container-title": "History", "volume": "11", "page": "1-12"},
    )
    text = written(article)
    assert "<bib:Journal><dc:title>History</dc:title><prism:volume>11</prism:volume>" in text
    assert read_one(text).publication == article.publication
