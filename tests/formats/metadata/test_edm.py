"""EDM: things of Europeana and its providers."""

from __future__ import annotations

import io

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.problems import InputError
from tests.shared import needs_shared, shared

SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:edm="http://www.europeana.eu/schemas/edm/" '
    'xmlns:ore="http://www.openarchives.org/ore/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:skos="http://www.w3.org/2004/02/skos/core#"'
)


def read_edm(body: str) -> ReadResult:
    text = f"<rdf:RDF {SPACES}>{body}</rdf:RDF>"
    return collect(read_file(io.BytesIO(text.encode()), options=ReadOptions("t.rdf")))


@needs_shared
def test_a_thing_with_its_provider() -> None:
    (record,) = collect(read_file(shared("data", "formats", "small", "edm.xml"))).records
    assert (record.title, record.kind, record.date) == ("View of the mill", "photograph", "1931")
    assert [(str(c.name), c.role) for c in record.creators] == [("Miller, Anna", "author")]
    assert [(lv.name, lv.value) for lv in record.archive.levels] == [
        ("collection", "Mill collection"),
        ("repository", "Town Archive"),
    ]
    assert (record.identifiers, record.digital.url) == ({"local": "P 7803"}, "http://example.org/view/1")


@needs_shared
@pytest.mark.parametrize(
    ("name", "kind", "date", "repository"),
    [
        ("europeana_record_with_P5", "video", "1984", "Koninklijk Belgisch Filmarchief"),
        ("europeana_record_edm_external_sorted", "document", "", "Historic Scotland"),
        (
            "europeana_record_to_sample_index_dup_rdf",
            "collection",
            "1942",
            "Archive and Documentation Center for Dutch Roman Catholic Family History",
        ),
    ],
)
def test_records_of_europeana(name: str, kind: str, date: str, repository: str) -> None:
    (record,) = collect(read_file(shared("data", "formats", "edm", f"resources__{name}.xml"))).records
    assert (record.kind, record.date) == (kind, date)
    assert record.archive.get("repository").startswith(repository[:30])


def test_names_are_looked_up_in_the_language_of_the_thing() -> None:
    result = read_edm(
        '<edm:ProvidedCHO rdf:about="/1"><dc:title>Mill</dc:title><dc:language>de</dc:language>'
        '<dc:creator rdf:resource="/p"/><dc:creator rdf:resource="/q"/></edm:ProvidedCHO>'
        '<edm:Agent rdf:about="/p"><skos:prefLabel xml:lang="en">Town Mill</skos:prefLabel>'
        '<skos:prefLabel xml:lang="de">Stadtmühle</skos:prefLabel></edm:Agent>'
    )
    assert [str(c.name) for c in result.records[0].creators] == ["Stadtmühle"]


def test_what_europeana_adds_is_left_out() -> None:
    result = read_edm(
        '<edm:ProvidedCHO rdf:about="/1"/>'
        "<ore:Proxy><edm:europeanaProxy>true</edm:europeanaProxy><dc:title>Enriched</dc:title>"
        '<ore:proxyFor rdf:resource="/1"/></ore:Proxy>'
        '<ore:Proxy><dc:title>Mill</dc:title><ore:proxyFor rdf:resource="/1"/></ore:Proxy>'
    )
    assert [record.title for record in result.records] == ["Mill"]


def test_a_thing_that_nothing_describes_is_rejected() -> None:
    (rejected,) = read_edm('<edm:ProvidedCHO rdf:about="/1"/>').rejected
    assert "nothing in the file describes" in rejected.problem.message


def test_rdf_without_a_thing_is_refused() -> None:
    with pytest.raises(InputError, match="no edm:ProvidedCHO"):
        collect(read_file(io.BytesIO(f"<rdf:RDF {SPACES}/>".encode()), "edm"))
