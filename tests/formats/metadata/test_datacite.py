"""DataCite JSON and XML."""

from __future__ import annotations

import io

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import collect
from citetool.problems import InputError
from tests.shared import needs_shared, shared


@needs_shared
def test_json() -> None:
    (record,) = collect(read_file(shared("data", "formats", "small", "datacite.json"))).records
    assert (record.title, record.kind, record.date) == ("Mill letters", "published report", "2019")
    assert (record.identifiers, record.publication) == ({"doi": "10.1234/abc"}, {"publisher": "Town Archive"})
    assert [str(c.name) for c in record.creators] == ["Miller, Anna"]


@needs_shared
def test_xml_of_the_schema() -> None:
    path = shared("data", "formats", "bolo", "fixtures__datacite-example-full-v4.5.xml")
    (record,) = collect(read_file(path)).records
    assert (record.title, record.translated_title) == ("Example Title: Example Subtitle", "Example TranslatedTitle")
    assert (record.kind, record.date, record.publication["publisher"]) == ("dataset", "2023-01-01", "Example Publisher")
    assert [(str(c.name), c.role) for c in record.creators][:2] == [
        ("ExampleFamilyName, ExampleGivenName", "author"),
        ("ExampleOrganization", "author"),
    ]


def test_what_the_interface_wraps() -> None:
    text = (
        '{"data": [{"id": "10.1/a", "type": "dois", "attributes": {"doi": "10.1/a", "titles": [{"title": "T"}],'
        '"types": {"resourceTypeGeneral": "JournalArticle"}, "publicationYear": 2020,'
        '"container": {"title": "J", "volume": "3", "firstPage": "1", "lastPage": "9"},'
        '"contributors": [{"name": "Doe, Jane", "contributorType": "Editor"}]}}]}'
    )
    (record,) = collect(read_file(io.BytesIO(text.encode()))).records
    assert record.publication == {"container-title": "J", "volume": "3", "page": "1-9"}
    assert (record.kind, record.creators[0].role) == ("journal article", "editor")


def test_a_resource_without_a_title_is_refused() -> None:
    text = '<resource xmlns="http://datacite.org/schema/kernel-4"><publicationYear>2020</publicationYear></resource>'
    with pytest.raises(InputError, match="no resource with a title"):
        collect(read_file(io.BytesIO(text.encode())))
