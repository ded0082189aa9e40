"""Large records: listed at once, their words taken apart when the first query asks for any."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from citetool.library.index.sync import ready
from citetool.library.query.search import count_by, search_rows
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.library.library import Library

NOTES = [f"note {number} of a long report" for number in range(50_000)]


def say(_: str) -> None:
    """Nobody listens."""


def waiting(root: Path) -> list[str]:
    with closing(ready(root, say, words=False)) as index:
        return [path for _, path in index.later()]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    texts = {"small.yaml": record_text("small", title="Small report")}
    texts["large.yaml"] = record_text("large", title="Large", date="1944", notes=NOTES, mine={"colour": "green"})
    texts["large.yaml"] += "files: [{path: large.txt, kind: transcript}]\n"
    (tmp_path / "large.txt").write_text("a transcribed word")
    library = make_library(tmp_path, texts)
    for path in tmp_path.iterdir():
        os.utime(path, (10**9, 10**9))  # a file that was just written is read once more
    return library


def test_a_list_does_not_wait_for_the_words(library: Library) -> None:
    assert [hit.key for hit in library.search("")] == ["large", "small"]
    assert list(library) == ["large", "small"]
    assert library["large"].notes[0] == NOTES[0]
    assert count_by(library.root, "year", "", say) == [("1944", 1), ("", 1)]
    assert waiting(library.root) == ["large.yaml"]


@pytest.mark.parametrize("query", ["49999", "transcribed", "mine.colour:green", "note:report", "date:1944", "-small"])
def test_a_query_finds_them(library: Library, query: str) -> None:
    assert waiting(library.root) == ["large.yaml"]
    assert [hit.key for hit in library.search(query)] == ["large"]
    assert waiting(library.root) == []
    assert [hit.key for hit in library.search("report sort:title")] == ["large", "small"]


def test_rows_are_found_as_well(library: Library) -> None:
    assert waiting(library.root) == ["large.yaml"]
    assert len(search_rows(library.root, "report", say)) == 2


def test_changes_and_losses_are_followed(library: Library) -> None:
    assert waiting(library.root) == ["large.yaml"]
    (library.root / "large.yaml").write_text(record_text("large", title="Other", notes=NOTES))
    assert [hit.key for hit in library.search("other")] == ["large"]
    (library.root / "large.yaml").write_text(record_text("large", title="Third", notes=NOTES))
    os.utime(library.root / "large.yaml", (10**9 + 5, 10**9 + 5))
    assert waiting(library.root) == ["large.yaml"]
    (library.root / "large.yaml").unlink()
    assert list(library.search("third")) == []
    assert waiting(library.root) == []
