"""The tree of the archival hierarchy, and keys that stay."""

from __future__ import annotations

from citetool.record.model import Level
from citetool.server.keys import ALPHABET, item_key
from citetool.server.levels import Steps, path_of, tree

LC = Level("repository", "Library of Congress")
PAPERS = Level("collection", "Harriman Papers")


def path(levels: list[Level]) -> list[Level]:
    steps = Steps()
    return [step.level for step in path_of(steps[level.name, level.value] for level in levels)]


def test_paths_go_from_large_to_small_whatever_their_order() -> None:
    levels = [Level("fond", "45"), Level("opis", "1"), Level("delo", "9"), Level("list", "3"), Level("repository", "R")]
    assert [level.name for level in path(levels)] == ["repository", "fond", "opis", "delo"]


def test_a_series_stands_above_its_subseries() -> None:
    levels = [Level("subseries", "1E"), Level("series", "1"), PAPERS, Level("parent_institution", "P"), LC]
    assert [level.name for level in path(levels)] == [
        "parent_institution", "repository", "collection", "series", "subseries",
    ]  # fmt: skip


def test_of_several_places_the_path_goes_to_the_first() -> None:
    fonds, files = [Level("fond", "5"), Level("fond", "6")], [Level("delo", "9"), Level("delo", "8")]
    assert path([*fonds, *files, LC]) == [LC, fonds[0], files[0]]


def test_the_tree_counts_and_sorts_numbers_by_value() -> None:
    boxes = [Level("box", number) for number in ("10", "9", "Box 2")]
    root = tree([(f"r{i}", [LC, PAPERS, box]) for i, box in enumerate(boxes)] + [("whole", [LC])])
    (library,) = root.children.values()
    (papers,) = library.children.values()
    assert [child.name for child in papers.children.values()] == ["Box 2", "Box 9", "Box 10"]
    assert (root.total, library.total, papers.total) == (4, 4, 3)
    assert library.records == ["whole"]
    assert sorted(papers.keys()) == ["r0", "r1", "r2"]
    assert [step.name for step in papers.path] == ["Library of Congress", "Harriman Papers"]


def test_keys_are_those_of_zotero_and_stay() -> None:
    assert item_key("219945") == item_key("219945")
    assert len({item_key(str(number)) for number in range(20_000)}) == 20_000
    assert all(len(key) == 8 and set(key) <= set(ALPHABET) for key in map(item_key, ("", "a", "é")))
