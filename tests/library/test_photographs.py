"""Photographs of documents: which of them show one, and what becomes of them in a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.library.changes.photographs import plan_photographs
from citetool.library.changes.plans import change, undo
from citetool.library.photographs import groups
from citetool.problems import InputError, NotFoundError, UsageError
from tests.libraries import contents, make_library
from tests.library.changes.test_attachments import photograph

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "a/box3_f2_01.JPG",
    "a/box3_f2_2.jpg",
    "a/box3_f2_10.jpg",
    "a/box3_f10_1.jpg",
    "b/map.tif",
    ".c/x.jpg",
    "n.txt",
)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def named(folder: Path, rule: str) -> list[tuple[str, list[str]]]:
    return [(group.name, [path.stem for path, _ in group.files]) for group in groups([folder], rule)]


def test_rules_say_which_photographs_show_one_document(pictures: Path) -> None:
    two = ["box3_f2_01", "box3_f2_2", "box3_f2_10"]
    assert named(pictures, "folder") == [("a", [*two, "box3_f10_1"]), ("b", ["map"])]
    assert named(pictures, "name") == [("box3_f2", two), ("box3_f10", ["box3_f10_1"]), ("map", ["map"])]
    assert len(named(pictures, "each")) == 5
    first, second = groups([pictures / "a"], "box{box}_f{folder}_{page}")
    assert (first.name, first.fields) == ("box3_f2", (("box", "3"), ("folder", "2")))
    assert [page for _, page in first.files] == ["1", "2", "10"]
    assert second.fields == (("box", "3"), ("folder", "10"))
    assert [group.fields for group in groups([pictures / "a"], "box{box}_*")] == [(("box", "3"),)]


def test_pauses_are_told_by_the_clock_of_the_camera(tmp_path: Path) -> None:
    for number, time in enumerate(("11:20:00", "11:21:00", "11:40:00")):
        data = photograph().replace(b"11:20:00", time.encode())
        (tmp_path / f"{9 - number}.jpg").write_bytes(data)
    assert named(tmp_path, "10m") == [("9", ["9", "8"]), ("7", ["7"])]
    assert named(tmp_path, "10min") == named(tmp_path, "10 minutes") == named(tmp_path, "10m")
    assert named(tmp_path, "30s") == [("9", ["9"]), ("8", ["8"]), ("7", ["7"])]
    assert named(tmp_path, "1h") == [("9", ["9", "8", "7"])]


@pytest.mark.parametrize("rule", ["", "foo", "10", "{box}_{box}"])
def test_what_is_no_rule_is_said(pictures: Path, rule: str) -> None:
    with pytest.raises(UsageError):
        groups([pictures], rule)


def test_an_empty_file_is_no_photograph(pictures: Path) -> None:
    (pictures / "b" / "map.tif").write_bytes(b"")
    with pytest.raises(InputError, match="the file is empty") as caught:
        groups([pictures], "10m")
    assert len(caught.value.problems) == 1


def test_a_photograph_that_the_rule_does_not_fit_is_not_lost(pictures: Path) -> None:
    with pytest.raises(InputError, match=r"map.tif: the name does not fit"):
        groups([pictures], "box{box}_f{folder}_{page}")
    with pytest.raises(InputError, match="the camera left no time"):
        groups([pictures], "10m")
    for wrong in (pictures / "n.txt", pictures / "nosuch"):
        with pytest.raises(NotFoundError):
            groups([wrong], "folder")


def test_each_group_becomes_a_record_with_its_photographs_once(tmp_path: Path, pictures: Path) -> None:
    library = make_library(tmp_path / "lib", ["box3_f2"])
    before = contents(library.root)

    def add(*fields: str) -> dict[str, list[str]]:
        found = groups([pictures / "a"], "box{box}_f{folder}_{page}")
        return change(library, "import", lambda: plan_photographs(library, found, fields)).keys

    assert add("collection=Hull Papers", "kind=letter") == {"added": ["box3_f2-2", "box3_f10"]}
    record = library["box3_f2-2"]
    assert (record.kind, record.supplied_title, record.archive.get("box")) == ("letter", "box3_f2", "3")
    assert [(file.path, file.page, file.name) for file in record.files] == [
        ("box3_f2-2.jpg", "1", "box3_f2_01.JPG"),
        ("box3_f2-2-2.jpg", "2", "box3_f2_2.jpg"),
        ("box3_f2-2-3.jpg", "10", "box3_f2_10.jpg"),
    ]
    assert (library.root / "box3_f2-2-3.jpg").read_bytes() == b"a/box3_f2_10.jpg"
    assert add() == {"there already": ["box3_f2_01.JPG", "box3_f2_2.jpg", "box3_f2_10.jpg", "box3_f10_1.jpg"]}
    undo(library)
    assert contents(library.root) == before
    with pytest.raises(UsageError, match="there is no field 'nosuch'"):
        add("nosuch=1")
