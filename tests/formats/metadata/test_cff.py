"""CITATION.cff."""

from __future__ import annotations

import io

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, collect
from citetool.problems import InputError
from tests.shared import needs_shared, shared


@needs_shared
def test_the_software_and_its_preferred_citation() -> None:
    result = collect(read_file(shared("data", "formats", "cff", "poc__CITATION.cff")))
    software, article = result.records
    assert (software.kind, software.title, software.date) == ("software", "my title", "2021-05-16")
    assert software.creators[1].name.family == "My Family Names"
    assert (article.kind, article.title) == ("journal article", "my preferred citation")
    assert "references (2) were left out" in result.problems[0].message


@needs_shared
def test_one_that_names_no_other_citation() -> None:
    path = shared("data", "formats", "cff", "xenon-middleware_xenon-adaptors-cloud__CITATION.cff")
    (record,) = collect(read_file(path)).records
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
