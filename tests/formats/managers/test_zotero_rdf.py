from __future__ import annotations

import io

import pytest

from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.formats.managers.zotero.rdf import read
from citetool.names import Name
from citetool.problems import InputError
from citetool.record.model import Level

HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/"
 xmlns:vcard="http://nwalsh.com/rdf/vCard#">"""


def read_text(body: str) -> ReadResult:
    return collect(read(io.BytesIO(f"{HEAD}{body}</rdf:RDF>".encode()), ReadOptions("x.rdf")))


def people(family: str, given: str) -> str:
    return (
        f"<rdf:Seq><rdf:li><foaf:Person><foaf:surname>{family}</foaf:surname><foaf:givenName>{given}</foaf:givenName>"
        "</foaf:Person></rdf:li></rdf:Seq>"
    )


def test_a_letter_with_its_archive_note_and_collection() -> None:
    result = read_text(
        '<bib:Letter rdf:about="#item_1"><z:itemType>letter</z:itemType>'
        f"<bib:authors>{people('Kennan', 'George F.')}</bib:authors>"
        f"<z:recipients>{people('Byrnes', 'James')}</z:recipients>"
        '<dcterms:isReferencedBy rdf:resource="#item_2"/><dc:subject>Moscow</dc:subject>'
        "<dc:subject><z:AutomaticTag><rdf:value>cold war</rdf:value></z:AutomaticTag></dc:subject>"
        "<dc:subject><dcterms:LCC><rdf:value>MSS 1</rdf:value></dcterms:LCC></dc:subject>"
        "<dc:title>On Moscow</dc:title><dc:date>1946-02-22</dc:date><z:archive>Library of Congress</z:archive>"
        "<dc:coverage>Box 6</dc:coverage><dcterms:dateSubmitted>2020-01-02 10:00:00</dcterms:dateSubmitted>"
        "<dc:identifier><dcterms:URI><rdf:value>http://example.org/1</rdf:value></dcterms:URI></dc:identifier>"
        "</bib:Letter>"
        '<bib:Memo rdf:about="#item_2"><rdf:value>'
        "&lt;p&gt;Read &lt;b&gt;this&lt;/b&gt;&lt;/p&gt;</rdf:value></bib:Memo>"
        '<z:Collection rdf:about="#collection_1"><dc:title>Chapter 2</dc:title>'
        '<dcterms:hasPart rdf:resource="#item_1"/></z:Collection>'
    )
    (record,) = result.records
    assert (record.id, record.kind, record.title, record.date) == ("item_1", "letter", "On Moscow", "1946-02-22")
    assert record.by_role("author") == [Name("Kennan", "George F.")]
    assert record.by_role("recipient") == [Name("Byrnes", "James")]
    assert record.archive.levels[-1] == Level("repository", "Library of Congress")
    assert record.archive.get("box") == "Box 6"
    assert record.notes == ("Read this",)
    assert record.tags == ("Moscow", "cold war", "Chapter 2")
    assert (record.digital.url, record.digital.accessed) == ("http://example.org/1", "2020-01-02")


def test_an_article_in_its_journal() -> None:
    result = read_text(
        '<bib:Article rdf:about="urn:x"><dcterms:isPartOf><bib:Journal><prism:volume>4</prism:volume>'
        "<prism:number>2</prism:number><dc:title>Imago Mundi</dc:title><dc:identifier>ISSN 0308-5694</dc:identifier>"
        "</bib:Journal></dcterms:isPartOf><dc:title>On Maps</dc:title><bib:pages>12-20</bib:pages>"
        "<dc:publisher><foaf:Organization><vcard:adr><vcard:Address>"
        "<vcard:locality>Leiden</vcard:locality></vcard:Address>"
        "</vcard:adr><foaf:name>Brill</foaf:name></foaf:Organization></dc:publisher></bib:Article>"
    )
    (record,) = result.records
    assert record.kind == "journal article"
    assert record.publication == {
        "container-title": "Imago Mundi",
        "volume": "4",
        "issue": "2",
        "page": "12-20",
        "publisher": "Brill",
        "publisher-place": "Leiden",
    }
    assert record.identifiers == {"issn": "0308-5694"}


def test_rdf_without_items_and_other_xml_are_refused() -> None:
    with pytest.raises(InputError, match="no item of Zotero in this RDF"):
        read_text('<rdf:Description about="x"><z:version>2</z:version></rdf:Description>')
    with pytest.raises(InputError, match="not RDF"):
        collect(read(io.BytesIO(b"<html/>"), ReadOptions("x.rdf")))


def test_lines_of_extra_and_the_section_of_a_newspaper() -> None:
    result = read_text(
        '<bib:Article rdf:about="#item_1"><z:itemType>newspaperArticle</z:itemType><dc:title>Coal</dc:title>'
        "<dcterms:isPartOf><bib:Part><dc:title>Home News</dc:title><dcterms:isPartOf><bib:Newspaper><dc:title>The Times"
        "</dc:title></bib:Newspaper></dcterms:isPartOf></bib:Part></dcterms:isPartOf>"
        "<dc:description>archive_collection: Chartwell Papers\narchive-place: Cambridge</dc:description></bib:Article>"
    )
    record = result.records[0]
    assert (record.publication["container-title"], record.publication["section"]) == ("The Times", "Home News")
    assert (record.archive.get("collection"), record.archive.get("place")) == ("Chartwell Papers", "Cambridge")


def test_type_and_genre_in_extra_count() -> None:
    (record,) = read_text(
        "<bib:Document rdf:about='#a'><z:itemType>webpage</z:itemType><dc:title>T</dc:title>"
        "<dc:description>type: manuscript\ngenre: telegram</dc:description></bib:Document>"
    ).records
    assert (record.kind, record.type) == ("telegram", "")
