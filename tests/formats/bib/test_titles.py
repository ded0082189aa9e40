"""Titles of .bib files in sentence case."""

from __future__ import annotations

import io

import pytest

from citetool.formats.base import ReadOptions
from citetool.formats.bib.bibtex import read
from citetool.formats.bib.titles import lower_titles


def lowered(fields: str, item: dict[str, str]) -> dict[str, str]:
    options = ReadOptions(fields={})
    assert len(list(read(io.BytesIO(f"@book{{a, {fields}}}".encode()), options))) == 1
    assert options.fields is not None
    lower_titles(item, options.fields["a"])
    return item


@pytest.mark.parametrize(
    ("latex", "title", "expected"),
    [
        ("Agile Software Development: Methods and Trends", None, "Agile software development: Methods and trends"),
        ("Clean code: a handbook", None, "Clean code: A handbook"),
        ("What Are You Trying to Say? The Interface", None, "What are you trying to say? The interface"),
        ("The {Cold War} in {NATO} and McDonald Papers", "The Cold War in NATO and McDonald Papers",
         "The Cold War in NATO and McDonald papers"),
        ("{{The Whole Title}}", "The Whole Title", "The Whole Title"),
        ("{{Die Presse : mit Einschluss}}", "Die Presse : mit Einschluss",
         'Die Presse : <span class="nocase">mit</span> Einschluss'),
        ("{M}unich and the War and the {War}", "Munich and the War and the War", "Munich and the war and the War"),
        ("M{\\\"u}nchen in M{\\\"a}rz", "München in März", "München in märz"),
        ("\\emph{Brown Bears} and Men", "<i>Brown Bears</i> and Men", "<i>Brown bears</i> and men"),
        ("Why I Write", None, "Why I write"),
    ],
)  # fmt: skip
def test_titles(latex: str, title: str | None, expected: str) -> None:
    assert lowered(f"title = {{{latex}}}", {"title": title or latex})["title"] == expected


def test_the_book_of_a_chapter_and_no_journal() -> None:
    fields = "title = {One}, booktitle = {The {Roman} Way}, journaltitle = {Historical Review}"
    chapter = lowered(fields, {"type": "chapter", "title": "One", "container-title": "The Roman Way"})
    assert chapter["container-title"] == "The Roman way"
    article = lowered(fields, {"type": "article-journal", "title": "One", "container-title": "Historical Review"})
    assert article["container-title"] == "Historical Review"
