"""schema.org JSON-LD: what is read of a node."""

from __future__ import annotations

import io
import json

import pytest

from citetool.formats.base import ReadOptions, collect
from citetool.formats.web.schema_org import read


@pytest.mark.parametrize(
    "given",
    [
        {"sameAs": "https://doi.org/10.5555/abc"},
        {"identifier": {"propertyID": "doi", "value": "https://doi.org/10.5555/abc"}},
        {"identifier": {"propertyID": "https://registry.identifiers.org/registry/doi", "value": "10.5555/abc"}},
    ],
)
def test_a_doi_is_kept_without_the_address_that_resolves_it(given: dict[str, object]) -> None:
    node = {"@context": "https://schema.org", "@type": "Book", "name": "A Book", **given}
    (record,) = collect(read(io.BytesIO(json.dumps(node).encode()), ReadOptions())).records
    assert record.identifiers["doi"] == "10.5555/abc"
