"""The query language means the same in a catalogue as in a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.library.query.parse import QueryError
from citetool.library.query.search import search_records
from citetool.record.yamltext import read_record

pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
pytest.importorskip("pyarrow", reason="needs the extra citetool[catalogue]")

from citetool.catalogue.build import build
from citetool.catalogue.engines import local
from citetool.catalogue.read import Catalogue
from citetool.catalogue.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citetool.record.model import Record

RECORDS = """
id: cable
kind: telegram
title: "Message to Moscow"
date: 1944-06-26
creators: [{name: "Hull, Cordell", role: author}, {name: "Harriman, W. Averell", role: recipient}]
archive: {repository: "National Archives", collection: "Harriman Papers", box: "Box 173"}
tags: [chapter-2]
---
id: undated
kind: letter
title: "Über die Konferenz"
archive: {repository: "Bundesarchiv", box: "17"}
---
id: diary
kind: diary
title: "Moscow diary"
date: 194X
dates: {received: 1945-02-01}
language: [ru]
""".strip().split("\n---\n")

QUERIES = [
    "moscow", "mosc*", '"message to moscow"', "-moscow", "author:hull", "recipient:hull", "box:173", "box:17",
    "box:17*", 'collection:"harriman papers"', "tag:=chapter-2", "tag:chapter", "-date:*", "date:1944",
    "date:1940..1942", "-date:1944", "date:>=1946", "received:1945", "uber konferenz",
    "kind:letter or kind:diary", "(moscow or uber) -hull", "-(author:hull or date:1944)", "sort:title",
    "sort:-date", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [read_record(text, "test") for text in RECORDS]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    folder: Path = tmp_path_factory.mktemp("sources")
    for number, text in enumerate(RECORDS):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    build(find_sources([str(folder)]), folder / "made", local.engine(1))
    with Catalogue(folder / "made") as opened:
        yield opened


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_what_it_finds_in_a_library(query: str, records: list[Record], catalogue: Catalogue) -> None:
    expected = [record.id for record in search_records(records, query)]
    found = [hit.key for hit in catalogue.search(query)]
    assert sorted(found) == sorted(expected)
    if "sort:" in query:
        assert found == expected


def test_queries_that_cannot_be_answered(catalogue: Catalogue) -> None:
    with pytest.raises(QueryError, match="there is no field 'bx'"):
        list(catalogue.search("bx:1"))
    with pytest.raises(QueryError, match="does not keep when"):
        list(catalogue.search("changed:2026"))
    with pytest.raises(QueryError, match="cannot be sorted by place"):
        list(catalogue.search("sort:place"))


def test_counts(catalogue: Catalogue) -> None:
    assert catalogue.count("kind", "") == [("diary", 1), ("letter", 1), ("telegram", 1)]
    assert catalogue.count("year", "") == [("1940", 1), ("1944", 1), ("", 1)]
    assert catalogue.count("repository", "moscow") == [("National Archives", 1), ("", 1)]
