"""RiC-O: record resources with what is above them."""

from __future__ import annotations

import io

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.problems import InputError
from tests.shared import needs_shared, shared

SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rico="https://www.ica.org/standards/RiC/ontology#" '
    'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"'
)


def read_rico(body: str) -> ReadResult:
    text = f"<rdf:RDF {SPACES}>{body}</rdf:RDF>"
    return collect(read_file(io.BytesIO(text.encode()), options=ReadOptions("t.rdf")))


@needs_shared
def test_posters_of_the_french_national_archives() -> None:
    path = shared("data", "formats", "rico", "recordResources__FRAN_RecordResource_054352.rdf")
    result = collect(read_file(path))
    top, series, poster = result.records[:3]
    assert len(result.records) == 25
    assert (top.kind, top.date, top.extent) == ("file", "1977/2009", "1 carton à dessins soit 25 affiches")
    assert (series.kind, series.date) == ("series", "1995/2009")
    assert (poster.kind, poster.date) == ("document", "1995")
    assert [level.value for level in poster.archive.levels] == [
        "20150640/1",
        "Programmation cinématographique de l’Écran des Enfants",
        "Bibliothèque publique d’information : affiches",
    ]
    assert "agent/005061" in result.problems[0].message


def test_links_in_both_directions_and_names_of_bodies() -> None:
    fonds = "https://www.ica.org/standards/RiC/vocabularies/recordSetTypes#Fonds"
    result = read_rico(
        '<rico:RecordSet rdf:about="f"><rico:title>Miller papers</rico:title>'
        f'<rico:hasRecordSetType rdf:resource="{fonds}"/><rico:includesOrIncluded rdf:resource="s"/></rico:RecordSet>'
        '<rico:RecordSet rdf:about="s"><rico:title>Letters</rico:title></rico:RecordSet>'
        '<rico:Record rdf:about="r"><rico:title>Letter to the mayor</rico:title>'
        '<rico:isOrWasIncludedIn rdf:resource="s"/><rico:hasOrHadHolder rdf:resource="a"/>'
        '<rico:hasAuthor rdf:resource="p"/><rico:beginningDate>1931-05-06</rico:beginningDate></rico:Record>'
        '<rico:CorporateBody rdf:about="a"><rico:name>Town Archive</rico:name></rico:CorporateBody>'
        '<rico:Person rdf:about="p"><rdfs:label>Miller, Anna</rdfs:label></rico:Person>'
    )
    fonds_record, _, letter = result.records
    assert fonds_record.kind == "fonds"
    assert (letter.kind, letter.date, str(letter.creators[0].name)) == ("letter", "1931-05-06", "Miller, Anna")
    assert [(level.name, level.value) for level in letter.archive.levels] == [
        ("series", "Letters"),
        ("fonds", "Miller papers"),
        ("repository", "Town Archive"),
    ]
    assert not result.problems


def test_resources_that_include_each_other_end() -> None:
    result = read_rico(
        '<rico:RecordSet rdf:about="a"><rico:title>A</rico:title><rico:isOrWasIncludedIn rdf:resource="b"/>'
        '</rico:RecordSet><rico:RecordSet rdf:about="b"><rico:title>B</rico:title>'
        '<rico:isOrWasIncludedIn rdf:resource="a"/></rico:RecordSet>'
    )
    assert [level.value for level in result.records[0].archive.levels] == ["B"]


def test_a_file_of_agents_only_is_refused() -> None:
    with pytest.raises(InputError, match="no record resource"):
        read_rico('<rico:Person rdf:about="p"><rico:name>Anna Miller</rico:name></rico:Person>')
