"""Catalogues' JSON and web pages in their other shapes: those that the real files at hand do not show."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from citetool.formats.base import ReadOptions, ReadResult, collect
from citetool.formats.catalogs import archivesspace, iiif, internet_archive, loc, nara
from citetool.formats.managers.tropy import jsonld as tropy
from citetool.formats.managers.zotero import json as bbt_json
from citetool.formats.shared.record_builder import fact_of
from citetool.formats.web import html
from citetool.problems import InputError

if TYPE_CHECKING:
    from types import ModuleType


def read(module: ModuleType, data: Any, name: str = "x.json") -> ReadResult:
    text = data if isinstance(data, str) else json.dumps(data)
    return collect(module.read(io.BytesIO(text.encode()), ReadOptions(name)))


def levels(result: ReadResult) -> list[tuple[str, str]]:
    return [(level.name, level.value) for level in result.records[0].archive.levels]


def test_an_answer_of_the_newer_national_archives_api() -> None:
    record = {
        "naId": 5757,
        "title": "Letter from the Consul",
        "levelOfDescription": "item",
        "productionDates": [{"day": 4, "month": 7, "year": 1863, "dateQualifier": "?"}],
        "generalRecordsTypes": ["Textual Records"],
        "ancestors": [
            {"distance": 1, "levelOfDescription": "fileUnit", "title": "Letters 1863"},
            {"distance": 2, "levelOfDescription": "series", "title": "Consular Correspondence"},
            {
                "distance": 3,
                "levelOfDescription": "recordGroup",
                "recordGroupNumber": 84,
                "title": "Foreign Posts",
            },
        ],
        "physicalOccurrences": [
            {
                "referenceUnits": [{"name": "National Archives", "city": "College Park", "state": "MD"}],
                "mediaOccurrences": [{"containerId": "12"}],
            }
        ],
        "contributors": [{"heading": "Smith, Ann, 1809-1865", "contributorType": "Author", "authorityType": "person"}],
    }
    result = read(nara, {"body": {"hits": {"hits": [{"_source": {"record": record}}]}}})
    found = result.records[0]
    assert (found.id, found.kind, found.supplied_title, found.date) == (
        "5757",
        "letter",
        "Letter from the Consul",
        "1863-07-04?",
    )
    assert [(str(c.name), c.role) for c in found.creators] == [("Smith, Ann", "author")]
    assert levels(result) == [
        ("container", "Container 12"),
        ("file_unit", "Letters 1863"),
        ("series", "Consular Correspondence"),
        ("record_group", "Record Group 84"),
        ("collection", "Foreign Posts"),
        ("repository", "National Archives"),
        ("place", "College Park, MD"),
    ]


def test_loc_gov_results_with_nulls_and_a_bad_entry() -> None:
    result = read(
        loc, {"results": [{"title": "A", "id": "http://www.loc.gov/item/1/", "item": None, "date": None}, {"x": 1}]}
    )
    assert [(r.id, r.title, r.digital.url) for r in result.records] == [("1", "A", "https://www.loc.gov/item/1/")]
    assert "nothing in this entry" in result.rejected[0].problem.message


def test_a_python_literal_that_is_broken_is_refused_with_its_reason() -> None:
    with pytest.raises(InputError, match="Python literal"):
        read(loc, "[{'title': 'A', ")


def test_an_archivesspace_search_result_holds_objects_as_text() -> None:
    inner = {
        "jsonmodel_type": "archival_object",
        "title": "Letters <emph>A-C</emph>",
        "level": "file",
        "ref_id": "aa1",
        "dates": [{"begin": "1901", "end": "1905", "label": "creation"}],
        "instances": [
            {
                "sub_container": {
                    "type_2": "folder",
                    "indicator_2": "7",
                    "top_container": {"_resolved": {"type": "box", "indicator": "3"}},
                }
            }
        ],
        "ancestors": [
            {"ref": "/repositories/2/resources/9", "level": "collection", "_resolved": {"title": "X Papers"}}
        ],
        "repository": {"_resolved": {"name": "Special Collections"}},
    }
    result = read(archivesspace, {"results": [{"json": json.dumps(inner)}]})
    assert (result.records[0].supplied_title, result.records[0].date) == ("Letters A-C", "1901/1905")
    assert levels(result) == [
        ("folder", "Folder 7"),
        ("box", "Box 3"),
        ("collection", "X Papers"),
        ("repository", "Special Collections"),
    ]


def test_a_manifest_of_version_3_with_languages() -> None:
    manifest = {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": "https://x.org/iiif/b123/manifest.json",
        "type": "Manifest",
        "label": {"de": ["Brief an die Mutter"]},
        "metadata": [
            {"label": {"de": ["Signatur"]}, "value": {"none": ["NL 12, Bl. 3"]}},
            {"label": {"de": ["Verfasser"]}, "value": {"none": ["Klein, Rosa"]}},
            {"label": {"de": ["Fadenzahl"]}, "value": {"none": ["12"]}},
        ],
        "homepage": [{"id": "https://x.org/b123", "type": "Text"}],
        "provider": [{"type": "Agent", "label": {"de": ["Staatsarchiv"]}}],
    }
    record = read(iiif, manifest).records[0]
    assert (record.id, record.title, record.digital.url) == ("b123", "Brief an die Mutter", "https://x.org/b123")
    assert (record.archive.get("call_number"), record.archive.get("repository")) == ("NL 12, Bl. 3", "Staatsarchiv")
    assert str(record.creators[0].name) == "Klein, Rosa"
    assert record.extra == {"iiif": {"Fadenzahl": "12"}}


def test_an_item_of_the_internet_archive() -> None:
    metadata = {
        "identifier": "letterfrom00smit",
        "title": "Letter from Ann Smith",
        "creator": ["Smith, Ann, 1805-1879", "Boston Coal Company"],
        "date": "1846-07-23",
        "description": "<div>Holograph, <b>signed</b></div>",
        "mediatype": "texts",
        "type": "Letter",
        "contributor": "Boston Public Library",
        "call_number": "39999",
    }
    record = read(internet_archive, {"created": 1, "metadata": metadata, "files": []}).records[0]
    assert (record.id, record.kind, record.summary) == ("letterfrom00smit", "letter", "Holograph, signed")
    assert [str(c.name) for c in record.creators] == ["Smith, Ann", "Boston Coal Company"]
    assert (record.archive.get("call_number"), record.archive.get("repository")) == ("39999", "Boston Public Library")


def test_a_tropy_item_by_the_context_of_its_file() -> None:
    data = {
        "@context": {
            "headline": "http://purl.org/dc/elements/1.1/title",
            "archive": {"@id": "http://purl.org/dc/elements/1.1/source"},
            "box": "https://tropy.org/v1/tropy#box",
            "to": "http://purl.org/dc/terms/audience",
        },
        "@graph": [
            {
                "@type": "Item",
                "headline": "Letter to Mr Y",
                "archive": "Staatsarchiv",
                "box": {"@value": "3"},
                "to": "Y, Bob",
                "tag": ["read"],
                "photo": [{"path": "C:\\scans\\1.jpg", "note": [{"html": "<p>see <b>back</b></p>"}]}],
            }
        ],
    }
    record = read(tropy, data).records[0]
    assert (record.kind, record.title, record.tags, record.notes) == (
        "letter",
        "Letter to Mr Y",
        ("read",),
        ("see back",),
    )
    assert [(c.role, str(c.name)) for c in record.creators] == [("recipient", "Y, Bob")]
    assert (record.archive.get("box"), record.files[0].path) == ("3", "1.jpg")


def test_items_of_the_zotero_api_and_the_order_of_day_and_month() -> None:
    letter = {"itemType": "letter", "title": "T", "date": "03/04/1950", "archive": "BL", "archiveLocation": "Box 3"}
    api = read(bbt_json, [{"key": "AB", "data": {**letter, "creators": [{"creatorType": "recipient", "name": "Y"}]}}])
    assert (api.records[0].id, api.records[0].date, api.records[0].date_text) == ("AB", "", "03/04/1950")
    assert [(c.role, str(c.name)) for c in api.records[0].creators] == [("recipient", "Y")]
    assert levels(api) == [("box", "Box 3"), ("repository", "BL")]
    assert [p.message for p in api.problems] == ["the date '03/04/1950' is not understood"]
    known = read(bbt_json, {"config": {"localeDateOrder": "dmy"}, "items": [letter]})
    assert known.records[0].date == "1950-04-03"


@pytest.mark.parametrize(
    ("label", "fact"),
    [("Held by:", "repository"), ("Box", "box"), ("Date(s)", "date"), ("Signatur", "call_number"), ("Menu", "")],
)
def test_labels(label: str, fact: str) -> None:
    assert fact_of(label) == fact


# ---- web pages


def page(body: str, head: str = "") -> ReadResult:
    return read(html, f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", "page.html")


def test_highwire_meta() -> None:
    given = [
        ("title", "On Coal"),
        ("author", "Smith, Ann"),
        ("author", "Bob Jones"),
        ("publication_date", "1951/03/02"),
    ]
    given += [("journal_title", "Coal Review"), ("firstpage", "3"), ("lastpage", "9"), ("doi", "10.1/x")]
    head = "".join(f'<meta name="citation_{name}" content="{value}">' for name, value in given)
    record = page("<h1>Welcome</h1>", head).records[0]
    assert (record.kind, record.title, record.date) == ("journal article", "On Coal", "1951-03-02")
    assert [str(c.name) for c in record.creators] == ["Smith, Ann", "Jones, Bob"]
    assert record.publication == {"container-title": "Coal Review", "page": "3-9"}


def test_dublin_core_meta() -> None:
    head = (
        '<meta name="DC.title" content="Diary"><meta name="DC.creator" content="Klein, Rosa">'
        '<meta property="dcterms:created" content="1910"><meta name="DC.type" content="Diaries">'
    )
    record = page("", head).records[0]
    assert (record.kind, record.title, record.date) == ("diary", "Diary", "1910")


def test_several_coins_give_a_record_each() -> None:
    span = (
        '<span class="Z3988" title="rft_val_fmt=info:ofi/fmt:kev:mtx:book&amp;rft.btitle={}&amp;rft.date=1950"></span>'
    )
    result = page(span.format("A") + span.format("B"))
    assert [(r.kind, r.title) for r in result.records] == [("book", "A"), ("book", "B")]


def test_an_atom_page() -> None:
    fields = {
        "Reference code": "CVA AM12-5",
        "Title": "Letter to X",
        "Date(s)": "<ul><li>1910-03-02 (Creation)</li></ul>",
        "Level of description": "Item",
        "Repository": "City Archives",
    }
    rows = "".join(f'<div class="field"><h3>{label}</h3><div>{value}</div></div>' for label, value in fields.items())
    crumbs = '<ul class="breadcrumb"><li><a href="/a">Smith fonds</a></li><li><a href="/b">Letters</a></li></ul>'
    result = page(f"{crumbs}<h1>Item 5 - Letter to X</h1>{rows}")
    assert (result.records[0].kind, result.records[0].title, result.records[0].date) == (
        "letter",
        "Letter to X",
        "1910-03-02",
    )
    assert levels(result) == [("fonds", "Smith fonds"), ("call_number", "CVA AM12-5"), ("repository", "City Archives")]


def test_an_archivesspace_page_has_the_levels_of_its_breadcrumb() -> None:
    crumbs = (
        '<ul class="breadcrumb"><li><a href="/repositories/2">Special Collections</a></li>'
        '<li><a href="/repositories/2/resources/9">Jane Doe papers</a></li>'
        '<li><a href="/repositories/2/archival_objects/50">Series 1: Correspondence</a></li></ul>'
    )
    result = page(f'{crumbs}<h1>Letters A-C</h1><span class="container">Box: 3, Folder: 12 (Mixed)</span>')
    assert levels(result) == [
        ("folder", "Folder 12"),
        ("box", "Box 3"),
        ("series", "Series 1: Correspondence"),
        ("collection", "Jane Doe papers"),
        ("repository", "Special Collections"),
    ]


def test_a_document_of_foreign_relations() -> None:
    head = (
        "<title>Foreign Relations of the United States, 1955–1957, Volume X - Office of the Historian</title>"
        '<link rel="canonical" href="https://history.state.gov/historicaldocuments/frus1955-57v10/d7">'
    )
    body = (
        '<h3 class="tei-head">7. Letter From the Consul to the Secretary<sup>1</sup></h3>'
        '<p class="tei-dateline">Basra, March 2, 1956</p><p>Text.</p><ol><li>Source: Library of Congress, Manuscript '
        "Division, Coal Papers, Box 3, Iraq. Secret; Noforn. Drafted by Smith.</li></ol>"
    )
    result = page(body, head)
    record = result.records[0]
    assert (record.id, record.kind, record.date) == ("frus1955-57v10-d7", "letter", "1956-03-02")
    assert (record.title, record.place) == ("Letter From the Consul to the Secretary", "Basra")
    assert record.publication == {"container-title": "Foreign Relations of the United States, 1955–1957, Volume X"}
    assert record.markings == ("Secret; Noforn",)
    assert ("repository", "Library of Congress") in levels(result)


def test_any_page_is_a_web_page_and_says_that_this_was_inferred() -> None:
    result = page("<p>x</p>", '<title>My trip</title><meta property="og:site_name" content="Blog of Bob">')
    record = result.records[0]
    assert (record.kind, record.title, record.metadata.inferred) == ("webpage", "My trip", ("kind",))
    assert record.publication == {"container-title": "Blog of Bob"}


def test_unapi_is_told() -> None:
    result = page(
        '<abbr class="unapi-id" title="77"></abbr>', '<title>T</title><link rel="unapi-server" href="/unapi">'
    )
    assert "unAPI" in result.problems[0].message


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_page_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        read(html, text, "page.html")
