"""The library as a server sees it: what is kept between requests, and how it follows the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.library.query.search import search_rows
from citetool.server.shelf import Shelf
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def same(one: Shelf, two: Shelf) -> None:
    """Both see the same records, in the same order, whatever the rows of the index."""
    first, second = one.now(), two.now()
    assert [entry[1:] for entry in first.entries.values()] == [entry[1:] for entry in second.entries.values()]
    assert [node.key for node in first.root.walk()] == [node.key for node in second.root.walk()]


def test_a_snapshot_follows_the_files_as_a_new_one_would(tmp_path: Path) -> None:
    root = tmp_path / "lib"
    shelf = Shelf(make_library(root, {f"{key}.yaml": record_text(key, archive={"box": key}) for key in "bdf"}))
    before = shelf.now()
    assert shelf.now() is before
    for change in (
        lambda: (root / "a.yaml").write_text(record_text("a", title="A")),
        lambda: (root / "d.yaml").write_text(record_text("d", title="Other", archive={"box": "1", "repository": "R"})),
        (root / "b.yaml").unlink,
        lambda: (root / "c.yaml").write_text(record_text("d", title="The same key")),
        lambda: (root / "d.yaml").write_text("id: d\ntitle: [broken"),
        (root / "c.yaml").unlink,
        lambda: (root / "d.yaml").write_text(record_text("e", title="Another key")),
    ):
        change()
        same(shelf, Shelf(make_library(root)))
    assert [*shelf.now().entries] == ["a", "e", "f"]


@pytest.mark.parametrize("query", ["", "title", "title -a", "title:title", "sort:-title", "titl*", "id:a or id:b"])
def test_keys_come_in_the_order_of_a_search(tmp_path: Path, query: str) -> None:
    shelf = Shelf(make_library(tmp_path / "lib", "cab"))
    assert shelf.search_keys(query) == [hit.key for hit in shelf.search(query)]


def test_a_record_that_changes_as_a_search_begins_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(make_library(tmp_path / "lib", ["a", "b"]))
    shelf.now()

    def changed(root: Path, query: str, say: Callable[[str], None]) -> list[int]:
        (root / "b.yaml").write_text(record_text("b", title="Other words than before"))
        return search_rows(root, query, say)

    monkeypatch.setattr("citetool.server.shelf.search_rows", changed)
    assert sorted(shelf.search_keys("")) == ["a", "b"]


def test_tags_and_subjects_are_counted_once_a_record(tmp_path: Path) -> None:
    texts = {"a.yaml": record_text("a", tags=["x", "y"], subjects=["x"]), "b.yaml": record_text("b", tags=["x"])}
    assert Shelf(make_library(tmp_path / "lib", texts)).tags() == {"x": 2, "y": 1}


def test_a_snapshot_keeps_answers_by_their_bytes(tmp_path: Path) -> None:
    snapshot = Shelf(make_library(tmp_path / "lib", "a")).now()
    made: list[int] = []

    def answer(number: int, size: int) -> list[str]:
        return snapshot.once(("find", number), lambda: made.append(number) or ["a"] * size)  # type: ignore[func-returns-value]

    small = 200
    for _ in range(2):
        for number in range(small):
            answer(number, 10)
    assert made == [*range(small)]  # many small ones stay
    answer(small, 1_500_000)  # 12 MB
    answer(small + 1, 1_500_000)
    answer(small + 1, 1_500_000)
    assert made == [*range(small + 2)]
    answer(small, 1_500_000)  # of two large ones the last
    assert made[-1] == small
    answer(small + 2, 5_000_000)  # more than there is room for
    answer(small + 2, 5_000_000)
    assert made[-2:] == [small + 2, small + 2]
