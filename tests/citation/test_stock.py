"""The overlays leave publications to the stock style, and print something for every source."""

from __future__ import annotations

import json
from typing import Any

import pytest

from citetool.citation.engines.builtin import bibliography, citations
from citetool.citation.engines.engine import CiteRequest, Task
from citetool.citation.styles.locate import style_ids
from citetool.citation.styles.source import find_style
from tests.shared import shared

PUBLISHED = {
    "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "classic", "dataset",
    "entry-encyclopedia", "legal_case", "legislation", "review-book", "thesis", "webpage",
}  # fmt: skip


def corpus() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(shared("oracle", "corpus.json").read_text(encoding="utf-8"))
    return items


@pytest.mark.parametrize("name", ["apa", "asa", "chicago", "chicago-author-date", "mhra", "mla", "oscola"])
def test_publications_are_cited_as_the_base_has_them(name: str) -> None:
    overlay = find_style(name)
    assert overlay.base is not None
    items = [item for item in corpus() if item["type"] in PUBLISHED]
    assert len(items) > 20
    ours, base = (Task(style, items, None, "html") for style in (overlay, find_style(overlay.base)))
    for position in ("first", "subsequent"):
        cites = [CiteRequest(item["id"], position, "page", "3") for item in items]
        assert citations(ours, cites) == citations(base, cites)
    assert bibliography(ours) == bibliography(base)


@pytest.mark.parametrize("name", style_ids(stock=False))
def test_every_source_has_a_citation_and_an_entry(name: str) -> None:
    items = corpus()
    task = Task(find_style(name), items, None, "text")
    texts = citations(task, [CiteRequest(item["id"], "first") for item in items])
    assert [item["id"] for item, text in zip(items, texts, strict=True) if not text.strip("()., ")] == []
    listed = {key for key, _ in bibliography(task)}
    # what the stock styles leave out, with the manual: encyclopedia entries without an author and the like
    assert [item["id"] for item in items if item["id"] not in listed and item.get("archive")] == []
