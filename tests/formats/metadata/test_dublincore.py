from __future__ import annotations

import io

import pytest
from hypothesis import given

from citetool.formats.base import ReadOptions, ReadResult, WriteOptions, collect
from citetool.formats.metadata.dublincore import read, write
from citetool.problems import InputError
from citetool.record.model import Level, Record
from tests.factories import make_book, make_record
from tests.strategies import records

NAMESPACES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'


def read_text(text: str) -> ReadResult:
    return collect(read(io.BytesIO(text.encode()), ReadOptions("x.xml")))


def read_one(body: str) -> Record:
    result = read_text(f"<dc {NAMESPACES}>{body}</dc>")
    assert not result.problems
    return result.records[0]


def test_qualified_and_simple() -> None:
    qualified = "".join(write([make_record()], WriteOptions(lossless=False)))
    assert "<dcterms:created>1944-06-26</dcterms:created>" in qualified
    assert "<dcterms:isPartOf>W. Averell Harriman Papers</dcterms:isPartOf>" in qualified
    simple = "".join(write([make_record()], WriteOptions(lossless=False, dialect="oai_dc")))
    assert "<dc:date>1944-06-26</dc:date>" in simple
    assert "dcterms:c" not in simple
    source = "Container 173, W. Averell Harriman Papers, Manuscript Division, Library of Congress, Washington, D.C."
    assert f"<dc:source>{source}</dc:source>" in simple


@pytest.mark.property
@given(records())
def test_what_is_written_is_read_back_equal(record: Record) -> None:
    for dialect in (None, "oai_dc"):
        result = read_text("".join(write([record], WriteOptions(dialect=dialect, lossless=True))))
        assert not result.problems
        assert result.records == [record]


def test_without_carried_fields_the_path_is_read() -> None:
    text = "".join(write([make_record(), make_book()], WriteOptions(lossless=False)))
    first, book = read_text(text).records
    assert first.archive == make_record().archive
    assert first.metadata.inferred == ("archive",)
    assert (book.title, book.date, book.identifiers) == ("Strategies of Containment", "1982", {"isbn": "0195030974"})


def test_lists_in_one_element_are_taken_apart() -> None:
    record = read_one(
        "<dc:title>A</dc:title><dc:creator>O'Dell, Mark; Hayden, Edwin, 1811-1850;</dc:creator>"
        "<dc:subject>  Asthma;  Governors--Maryland; </dc:subject><dc:language>English; Czech</dc:language>"
    )
    assert [str(c.name) for c in record.creators] == ["O'Dell, Mark", "Hayden, Edwin"]
    assert record.subjects == ("Asthma", "Governors--Maryland")
    assert record.language == ("en", "cs")


def test_collection_repository_and_address() -> None:
    record = read_one(
        "<dc:title>A</dc:title><dc:type>Image</dc:type><dcterms:isPartOf>Friesner Herbarium</dcterms:isPartOf>"
        "<dcterms:provenance>Butler University</dcterms:provenance><dc:identifier>x:1</dc:identifier>"
        "<dc:identifier>http://example.org/1</dc:identifier><dc:identifier>doi:10.1000/1</dc:identifier>"
    )
    assert record.kind == "graphic"
    assert record.archive.levels == (
        Level("collection", "Friesner Herbarium"),
        Level("repository", "Butler University"),
    )
    assert record.digital.url == "http://example.org/1"
    assert record.identifiers == {"local": "x:1", "doi": "10.1000/1"}


def test_undeclared_prefixes_and_resources() -> None:
    result = read_text(
        '<ore:Aggregation><dpla:SourceResource rdf:about="x"><edm:hasType>Photograph</edm:hasType>'
        "<dcterms:title>View</dcterms:title><dcterms:date><edm:TimeSpan><edm:begin>1903</edm:begin>"
        "<edm:end>1906</edm:end></edm:TimeSpan></dcterms:date>"
        '<dcterms:type rdf:resource="http://purl.org/dc/dcmitype/Image"/></dpla:SourceResource></ore:Aggregation>'
    )
    assert [(r.title, r.kind, r.date) for r in result.records] == [("View", "photograph", "1903/1906")]


def test_a_title_in_brackets_is_supplied() -> None:
    record = read_one("<dc:title>[Letter to a friend]</dc:title>")
    assert (record.title, record.supplied_title) == ("", "Letter to a friend")


def test_what_holds_no_elements_is_refused() -> None:
    with pytest.raises(InputError, match="no Dublin Core"):
        read_text("<html><body/></html>")
