from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from citetool import diskcache
from citetool.diskcache import Shelf, stamp

if TYPE_CHECKING:
    from pathlib import Path

PLAIN: dict[Any, Any] = {"text": "a", ("x", 1): [1, None, {"b"}], "more": (frozenset({"c"}), b"d", True)}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "citetool"


def aged(path: Path) -> Path:
    """The file, as if it had been written long ago."""
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def test_what_was_kept_is_there_again() -> None:
    shelf = Shelf("things", "cache.py")
    assert shelf.load("one") is None
    shelf.store("one", PLAIN)
    shelf.store("two", None)
    assert shelf.load("one") == PLAIN
    assert Shelf("things", "cache.py").load("one") == PLAIN
    assert Shelf("others", "cache.py").load("one") is None


def test_what_other_code_has_made_counts_as_not_there() -> None:
    Shelf("things", "cache.py").store("one", PLAIN)
    assert Shelf("things", "problems.py").load("one") is None


def test_what_was_damaged_counts_as_not_there(folder: Path) -> None:
    shelf = Shelf("things")
    shelf.store("one", PLAIN)
    (file,) = (folder / "things").iterdir()
    whole = file.read_bytes()
    for damaged in (b"", whole[:3], whole[:-1], whole[:9] + b"\xff" + whole[10:], b"\0" * len(whole)):
        file.write_bytes(damaged)
        assert shelf.load("one") is None
    file.write_bytes(whole)
    assert shelf.load("one") == PLAIN


def test_names_of_one_place_are_told_apart(folder: Path) -> None:
    shelf = Shelf("things")
    shelf.store("one", PLAIN)
    (file,) = (folder / "things").iterdir()
    shelf.store("two", PLAIN)
    (other,) = (path for path in (folder / "things").iterdir() if path != file)
    other.write_bytes(file.read_bytes())
    assert shelf.load("two") is None


def test_where_nothing_can_be_written_nothing_is_kept(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file, not a folder")
    shelf = Shelf("things")
    shelf.store("one", PLAIN)
    assert shelf.load("one") is None


def test_the_oldest_give_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diskcache, "_MOST", 3)
    shelf = Shelf("things")
    for number in range(5):
        shelf.store(str(number), number)
        for file in (folder / "things").iterdir():  # each older than what comes next
            os.utime(file, ns=(0, file.stat().st_mtime_ns - 1_000_000_000))
    assert [shelf.load(str(number)) for number in range(5)] == [None, None, 2, 3, 4]


def test_the_stamp_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert stamp(path) is None
    path.write_text("one")
    assert stamp(path) is None  # it could change again at once
    first = stamp(aged(path))
    assert first is not None
    path.write_text("two")
    second = stamp(aged(path))
    assert second is not None
    assert second != first  # though size and time are the same
    (tmp_path / "link").symlink_to(path)
    assert stamp(tmp_path / "link") is None
    assert stamp(tmp_path) is None
    assert stamp("a\0b") is None


def test_what_is_very_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diskcache, "_LARGEST", 1000)
    shelf = Shelf("things")
    shelf.store("one", "x" * 2000)
    assert shelf.load("one") is None
    shelf.store("one", "x")
    assert shelf.load("one") == "x"
