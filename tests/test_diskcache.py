from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest

from citetool import diskcache
from citetool.diskcache import DiskCache, stamp
from citetool.paths import PACKAGE

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
    shelf = DiskCache("things", "problems.py")
    assert shelf.load("one") is None
    shelf.store("one", PLAIN)
    shelf.store("two", None)
    assert shelf.load("one") == PLAIN
    assert DiskCache("things", "problems.py").load("one") == PLAIN
    assert DiskCache("others", "problems.py").load("one") is None


def test_an_entry_of_other_code_counts_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diskcache, "PACKAGE", tmp_path)
    code = tmp_path / "maker.py"
    code.write_text("one = 1")
    aged(code)
    DiskCache("things", "maker.py").store("one", PLAIN)
    assert DiskCache("things", "maker.py").load("one") == PLAIN
    assert DiskCache("things").load("one") is None
    code.write_text("one = 2")
    aged(code)
    assert DiskCache("things", "maker.py").load("one") is None


def test_an_entry_of_code_that_is_being_changed_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diskcache, "PACKAGE", tmp_path)
    shelf = DiskCache("things", "maker.py")
    monkeypatch.setattr(diskcache, "stamp", lambda path: None)  # as of a file written within the last tick
    shelf.store("one", PLAIN)
    assert shelf.load("one") is None


def test_every_cache_names_modules_that_exist() -> None:
    found = [
        path
        for file in PACKAGE.rglob("*.py")
        for call in re.findall(r"DiskCache\(([^)]*)\)", file.read_text(encoding="utf-8"))
        for path in re.findall(r'"([\w/]+\.py)"', call)
    ]
    assert found
    assert [path for path in found if not (PACKAGE / path).is_file()] == []


def test_what_was_damaged_counts_as_not_there(folder: Path) -> None:
    shelf = DiskCache("things")
    shelf.store("one", PLAIN)
    (file,) = (folder / "things").iterdir()
    whole = file.read_bytes()
    for damaged in (b"", whole[:3], whole[:-1], whole[:9] + b"\xff" + whole[10:], b"\0" * len(whole)):
        file.write_bytes(damaged)
        assert shelf.load("one") is None
    file.write_bytes(whole)
    assert shelf.load("one") == PLAIN


def test_names_of_one_place_are_told_apart(folder: Path) -> None:
    shelf = DiskCache("things")
    shelf.store("one", PLAIN)
    (file,) = (folder / "things").iterdir()
    shelf.store("two", PLAIN)
    (other,) = (path for path in (folder / "things").iterdir() if path != file)
    other.write_bytes(file.read_bytes())
    assert shelf.load("two") is None


def test_where_nothing_can_be_written_nothing_is_kept(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file, not a folder")
    shelf = DiskCache("things")
    shelf.store("one", PLAIN)
    assert shelf.load("one") is None


def test_the_oldest_give_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diskcache, "_MAX_ENTRIES", 3)
    shelf = DiskCache("things")
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
    monkeypatch.setattr(diskcache, "_MAX_BYTES", 1000)
    shelf = DiskCache("things")
    shelf.store("one", "x" * 2000)
    assert shelf.load("one") is None
    shelf.store("one", "x")
    assert shelf.load("one") == "x"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_an_entry_of_another_user_is_not_believed(folder: Path) -> None:
    shelf = DiskCache("things", "problems.py")
    shelf.store("one", PLAIN)
    (entry,) = (folder / "things").iterdir()
    os.chown(entry, 65534, 65534)
    assert shelf.load("one") is None
