"""The library's own folder is used only where it was made here."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from typing import TYPE_CHECKING

import pytest

from citetool.library.changes.plans import change, plan_remove
from citetool.library.library import init_library
from citetool.library.state import OWN, SAFE, own_folder
from citetool.problems import LibraryError
from citetool.record.schema import checked
from tests.libraries import contents, make_library

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *words: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_a_new_folder_is_ignored_by_git(tmp_path: Path) -> None:
    assert own_folder(tmp_path) == tmp_path / OWN
    assert (tmp_path / OWN / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("kind", ["link", "dangling", "file"])
def test_what_is_no_folder_is_refused(kind: str, tmp_path: Path) -> None:
    root = tmp_path / "library"
    root.mkdir()
    if kind == "file":
        (root / OWN).write_text("")
    else:
        (root / OWN).symlink_to(tmp_path if kind == "link" else tmp_path / "nothing")
    with pytest.raises(LibraryError, match="a link or a file"):
        own_folder(root)
    assert [path.name for path in tmp_path.iterdir()] == ["library"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_the_folder_of_another_user_is_refused_unless_named_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_folder(tmp_path)
    os.chown(tmp_path / OWN, 65534, 65534)
    with pytest.raises(LibraryError, match="another user"):
        own_folder(tmp_path)
    monkeypatch.setenv(SAFE, f"/elsewhere{os.pathsep}{tmp_path}")
    assert own_folder(tmp_path) == tmp_path / OWN


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_the_library_of_another_user_is_read_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(tmp_path / "records", ["a"])
    os.chown(library.root, 65534, 65534)
    assert [record.id for record in library.records()] == ["a"]
    for write in (lambda: library.add([checked({"id": "b", "title": "B"})]), lambda: init_library(library.root)):
        with pytest.raises(LibraryError, match="belongs to another user") as caught:
            write()
        assert SAFE in str(caught.value.problems[0].hint)
    assert [path.name for path in library.root.iterdir()] == ["a.yaml"]
    monkeypatch.setenv(SAFE, str(library.root))
    library.add([checked({"id": "b", "title": "B"})])
    assert sorted(library) == ["a", "b"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_root_by_sudo_writes_for_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(tmp_path / "records", ["a"])
    os.chown(library.root, 65534, 65534)
    monkeypatch.setenv("SUDO_UID", "65534")
    library.add([checked({"id": "b", "title": "B"})])
    assert sorted(library) == ["a", "b"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("name", ["log", "lock", "trash"])
def test_no_state_of_another_user_is_used(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(tmp_path / "records", ["a", "z"])
    change(library, "remove", lambda: plan_remove(library, ["z.yaml"]))
    os.chown(library.root / OWN / name, 65534, 65534)
    before = contents(library.root)
    with pytest.raises(LibraryError, match="this belongs to another user"):
        change(library, "remove", lambda: plan_remove(library, ["a.yaml"]))
    assert contents(library.root) == before
    monkeypatch.setenv(SAFE, "*")
    change(library, "remove", lambda: plan_remove(library, ["a.yaml"]))
    assert list(library) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_an_index_of_another_user_is_not_opened(tmp_path: Path) -> None:
    library = make_library(tmp_path / "records", ["a"])
    assert list(library) == ["a"]
    foreign = library.root / OWN / (library.root / OWN / "current").read_text()
    os.chown(foreign, 65534, 65534)
    assert list(library) == ["a"]
    assert (library.root / OWN / "current").read_text() != foreign.name


def test_no_file_for_git_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("precious")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / ".gitignore").symlink_to("../outside")
    with pytest.raises(LibraryError, match="not a regular file but a link"):
        init_library(tmp_path / "records")
    assert (tmp_path / "outside").read_text() == "precious"


def test_a_folder_that_a_checkout_brought_is_refused(tmp_path: Path) -> None:
    first = tmp_path / "first"
    library = make_library(first / "records", ["a"])
    library.add([checked({"id": "b", "title": "B"})])
    git(first, "init", "-q")
    git(first, "add", "-f", ".")
    git(first, "commit", "-qm", "all")
    git(tmp_path, "clone", "-q", "first", "second")
    with pytest.raises(LibraryError, match="git tracks") as caught:
        make_library(tmp_path / "second" / "records", []).add([checked({"id": "c", "title": "C"})])
    assert "git rm -r --cached" in str(caught.value.problems[0].hint)
    library.add([checked({"id": "c", "title": "C"})])  # where it was made it goes on


def test_a_copied_library_keeps_its_history(tmp_path: Path) -> None:
    make_library(tmp_path / "first", ["a"]).add([checked({"id": "b", "title": "B"})])
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    copy = make_library(tmp_path / "second", [])
    copy.add([checked({"id": "c", "title": "C"})])
    assert sorted(path.name for path in (tmp_path / "second" / OWN / "log").iterdir()) == ["000001.done", "000002.done"]


def test_an_index_that_came_along_is_built_anew(tmp_path: Path) -> None:
    first = make_library(tmp_path / "first", ["a"])
    assert list(first) == ["a"]
    own = first.root / OWN
    with sqlite3.connect(own / (own / "current").read_text()) as prepared:
        prepared.execute("UPDATE record SET key = 'lie'")
    prepared.close()
    shutil.copytree(first.root, tmp_path / "second")
    assert list(make_library(tmp_path / "second")) == ["a"]


def test_a_lock_is_never_cut_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("precious")
    library = make_library(tmp_path / "library", ["a"])
    own_folder(library.root)
    lock = library.root / OWN / "lock"
    lock.symlink_to(outside)
    with pytest.raises(LibraryError, match="a link"):
        library.add([checked({"id": "b", "title": "B"})])
    lock.unlink()
    os.link(outside, lock)
    library.add([checked({"id": "b", "title": "B"})])
    assert outside.read_text() == "precious"
