"""Citations of the sample documents: counts, places, items, locators, notes."""

from __future__ import annotations

import pytest

from tests.documents.facts import differences
from tests.shared import shared

SAMPLES = (
    "manuscripts/small_made.md",
    "manuscripts/digihistch24_427/index.qmd",
    "manuscripts/digihistch24_443/index.qmd",
    "latex/essay_natbib_made.tex",
    "latex/latexhumain_citation.tex",
    "typst/small_made.typ",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_facts_of_a_sample(name: str) -> None:
    assert differences(shared("data", "documents", *name.split("/"))) == []
