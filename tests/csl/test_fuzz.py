"""Some grown documents against the reference, where node and npm citeproc are (`CITEPROC_JS`)."""

from __future__ import annotations

import pytest

from citetool.csl.style.locale import locale_folder
from tests.csl.fuzz import Grower, compare, minimize, read_pool
from tests.csl.oracle import style_folder
from tests.csl.reference import Reference
from tests.shared import needs_shared


@needs_shared
def test_documents_are_printed_alike() -> None:
    reference = Reference.open(locale_folder())
    if reference is None:
        pytest.skip("no node with npm citeproc: set CITEPROC_JS to the package")
    grower = Grower(7, read_pool(), sorted(style_folder().glob("*.csl"))[::40])
    found = [kind for _ in range(20) for kind, _, _ in compare(reference, grower.document())]
    reference.close()
    assert found.count(None) <= 0.02 * len(found)


@needs_shared
def test_a_document_is_made_as_small_as_what_is_wrong_with_it() -> None:
    grower = Grower(3, read_pool(), sorted(style_folder().glob("*.csl"))[:3])
    document = grower.document()
    wanted = document[3][0]["citationItems"][0]["id"]
    small = minimize(document, lambda d: any(c["id"] == wanted for cluster in d[3] for c in cluster["citationItems"]))
    assert [list(item) for item in small[2] if item["id"] == wanted] == [["id", "type"]]
    assert len(small[3]) == 1
