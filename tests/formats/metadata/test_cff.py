"""CITATION.cff."""

from __future__ import annotations

import io

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, WriteOptions, collect
from citetool.formats.metadata import cff
from citetool.names import Name
from citetool.problems import InputError
from citetool.record.model import Creator, Record
from citetool.record.yamltext import parse_yaml
from tests.factories import make_book, make_record
from tests.shared import needs_shared, shared


@needs_shared
def test_the_software_and_its_preferred_citation() -> None:
    result = collect(read_file(shared("data", "formats", "cff", "poc__CITATION.cff")))
    software, article, *references = result.records
    assert (software.kind, software.title, software.date) == ("software", "my title", "2021-05-16")
    assert software.creators[1].name.family == "My Family Names"
    assert (article.kind, article.title) == ("journal article", "my preferred citation")
    assert [reference.title for reference in references] == ["this is the title", "This is another title"]
    assert "the last 2 are its references" in result.problems[0].message


@needs_shared
def test_one_that_names_no_other_citation() -> None:
    path = shared("data", "formats", "cff", "xenon-middleware_xenon-adaptors-cloud__CITATION.cff")
    record = collect(read_file(path)).records[0]
    assert [str(c.name) for c in record.creators][:2] == ["Verhoeven, Stefan", "Maassen, Jason"]
    assert (record.kind, record.date) == ("software", "2019-08-07")


def test_year_and_month_of_a_reference() -> None:
    text = (
        "cff-version: 1.2.0\ntitle: T\nauthors: [{name: N}]\npreferred-citation:\n  type: article\n  title: A\n"
        "  authors: [{family-names: Miller, given-names: Anna}]\n  year: 2020\n  month: 3\n  journal: J\n"
        "  start: 1\n  end: 9\n"
    )
    _, record = collect(read_file(io.BytesIO(text.encode()), options=ReadOptions("CITATION.cff"))).records
    assert (record.date, record.publication) == ("2020-03", {"container-title": "J", "page": "1-9"})


def test_other_yaml_is_refused() -> None:
    with pytest.raises(InputError, match="no cff-version"):
        collect(read_file(io.BytesIO(b"title: T\n"), "cff"))


SOFTWARE = Record(
    id="tool", kind="software", title="Harbour Tools", creators=(Creator(Name("Miller", "Anna")),), date="2020-03-04",
    publication={"version": "1.2"}, identifiers={"doi": "10.5281/zenodo.42"},
)  # fmt: skip


def written(*sources: Record, lossless: bool = True) -> str:
    return "".join(cff.write(sources, WriteOptions(lossless=lossless)))


def read_back(text: str) -> list[Record]:
    return collect(cff.read(io.BytesIO(text.encode()), ReadOptions("CITATION.cff"))).records


def test_the_software_is_the_head_and_the_others_its_references() -> None:
    data = parse_yaml(written(make_book(), SOFTWARE, make_record()))
    assert {name: data[name] for name in ("cff-version", "title", "version", "doi", "date-released")} == {
        "cff-version": "1.2.0", "title": "Harbour Tools", "version": "1.2", "doi": "10.5281/zenodo.42",
        "date-released": "2020-03-04",
    }  # fmt: skip
    assert data["message"]
    assert data["authors"] == [{"family-names": "Miller", "given-names": "Anna"}]
    assert [item["title"] for item in data["references"]] == [make_book().title, make_record().title]


def test_without_software_the_first_is_what_is_to_be_cited() -> None:
    data = parse_yaml(written(make_book(), make_record()))
    assert data["title"] == data["preferred-citation"]["title"] == make_book().title
    assert [item["title"] for item in data["references"]] == [make_record().title]
    assert read_back(written(make_book(), make_record())) == [make_book(), make_record()]


def test_an_archive_is_an_institution_and_a_location() -> None:
    (item,) = parse_yaml(written(SOFTWARE, make_record(), lossless=False))["references"]
    assert item["institution"] == {"name": "Manuscript Division, Library of Congress", "city": "Washington, D.C."}
    assert item["location"] == {"name": "Container 173, W. Averell Harriman Papers"}
    assert item["type"] == "unpublished"
    assert read_back(written(SOFTWARE, make_record(), lossless=False))[1].archive == make_record().archive


def test_what_fits_no_field_of_the_schema_is_in_none() -> None:
    odd = Record(id="odd", kind="book", title="T", date="1944~", identifiers={"doi": "10.1/x y", "isbn": "none"},
                 rights="ask the family", language=("de-AT",), subjects=("a", "a"))  # fmt: skip
    data = parse_yaml(written(odd, lossless=False))["preferred-citation"]
    assert data == {"type": "book", "title": "T", "authors": [{"name": "Anonymous"}], "keywords": ["a"]}
    assert read_back(written(odd)) == [odd]
