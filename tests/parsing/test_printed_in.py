"""Where a document is printed: the parts behind its date as the variables of an edition."""

from __future__ import annotations

import pytest

from citetool.parsing import read_citation
from citetool.parsing.printed_in import publication_of
from citetool.parsing.published.forms import read_work
from citetool.parsing.to_record import to_record


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["FRUS, 1952–1954", "vol. XVI", "doc. 412"],
         {"container-title": "FRUS, 1952–1954, vol. XVI", "section": "412"}),
        (["FRUS, 1952–1954", "vol. XIII", "pt. 1, 1234"],
         {"container-title": "FRUS, 1952–1954, vol. XIII, pt. 1", "page": "1234"}),
        (["ADAP, Serie D", "Bd. 6", "Dok. Nr. 45"], {"container-title": "ADAP, Serie D, Bd. 6", "section": "45"}),
        (["New York Times, 1950"], {"container-title": "New York Times, 1950"}),
        ([], {}),
    ],
)  # fmt: skip
def test_parts(texts: list[str], expected: dict[str, str]) -> None:
    assert publication_of(texts) == expected


def test_volume_and_document_are_kept_in_the_record() -> None:
    record = to_record(read_citation("Dulles to State, 3 May 1954, FRUS, 1952–1954, vol. XVI, doc. 412"))
    assert record.publication == {"container-title": "FRUS, 1952–1954, vol. XVI", "section": "412"}
    assert record.date == "1954-05-03"


@pytest.mark.parametrize(
    "text",
    [
        "Memorandum by Kennan, 23 May 1947, in FRUS, 1947, vol. III, 223–30.",
        "Acheson to Bruce, 30 October 1949, FRUS, 1949, 3:622–25.",
    ],
)
def test_a_document_of_an_edition_is_no_article(text: str) -> None:
    assert read_work(text) is None
