"""PubMed's tagged format."""

from __future__ import annotations

import io

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import collect
from citetool.problems import InputError
from tests.shared import needs_shared, shared

ENTRY = """PMID- 123
TI  - Letters of a
      miller.
FAU - Miller, Anna B
AU  - Miller AB
CN  - Mill Society
JT  - Journal of mills
DP  - 2021 Mar 4
VI  - 3
IP  - 2
PG  - 11-9
AID - 10.1/abc [doi]
LA  - eng
PT  - Journal Article
IS  - 1234-5678 (Electronic)
"""


def test_an_article() -> None:
    first, second = collect(read_file(io.BytesIO(f"{ENTRY}\n{ENTRY.replace('123', '124', 1)}".encode()))).records
    assert (first.id, first.title, first.kind, first.date) == (
        "123",
        "Letters of a miller",
        "journal article",
        "2021-03-04",
    )
    assert [str(c.name) for c in first.creators] == ["Miller, Anna B", "Mill Society"]
    assert first.identifiers == {"pmid": "123", "doi": "10.1/abc", "issn": "1234-5678"}
    assert first.publication == {"container-title": "Journal of mills", "volume": "3", "issue": "2", "page": "11-9"}
    assert second.id == "124"


@needs_shared
def test_a_thesis_and_a_book_of_eric() -> None:
    thesis, book = collect(read_file(shared("data", "formats", "zt", "MEDLINEnbib-07.nbib"))).records
    assert (thesis.kind, thesis.date, thesis.publication["publisher"]) == ("thesis", "2021", "Drexel University")
    assert (book.kind, book.publication) == ("book", {"publisher": "Brookes Publishing Company"})
    assert book.identifiers["isbn"] == "978-1-5985-7192-9"


def test_an_entry_without_a_title_is_rejected() -> None:
    result = collect(read_file(io.BytesIO(b"PMID- 1\nDP  - 2021\n"), "nbib"))
    assert "without a title" in result.rejected[0].problem.message


def test_a_file_without_tags_is_refused() -> None:
    with pytest.raises(InputError, match="no line such as"):
        collect(read_file(io.BytesIO(b"some words\n"), "nbib"))
