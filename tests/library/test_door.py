"""No function of the door leaves the library, whatever stands on the way."""

from __future__ import annotations

import ast
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citetool.library import door
from citetool.problems import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGE = Path(__file__).parents[2] / "citetool" / "library"

ACTS: dict[str, Callable[[Path, str], object]] = {
    "status": door.status,
    "open": lambda root, path: os.close(door.open_file(root, path)),
    "write": lambda root, path: os.close(door.open_file(root, path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)),
    "names": lambda root, path: door.names(root, path or ".."),
    "make": door.make_folder,
    "rename from": lambda root, path: door.rename(root, path, "taken"),
    "rename to": lambda root, path: door.rename(root, "mine", path),
    "unlink": door.unlink,
    "remove folder": door.remove_folder,
    "remove tree": door.remove_tree,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    (root / "inner").mkdir(parents=True)
    (root / "mine").write_text("mine")
    outside = tmp_path / "outside"
    (outside / "empty").mkdir(parents=True)
    (outside / "file").write_text("precious")
    (root / "link").symlink_to(outside)
    (root / "inner" / "link").symlink_to("../../outside")
    return root


def state(folder: Path) -> list[tuple[str, str]]:
    return sorted((str(p.relative_to(folder)), p.read_text() if p.is_file() else "") for p in folder.rglob("*"))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "path",
    [
        "link/file", "link/empty", "link/new", "inner/link/file", "inner/link/empty/new", "../outside/file",
        "inner/../../outside/file", "/etc/hostname", "C:/x", "a\\..\\..\\outside\\file", "", ".", "x\0y",
    ],
)  # fmt: skip
def test_nothing_outside_is_read_or_changed(act: str, path: str, root: Path) -> None:
    before = state(root.parent / "outside")
    with pytest.raises(LibraryError):
        ACTS[act](root, path)
    assert state(root.parent / "outside") == before


def test_a_link_is_taken_away_and_not_what_it_names(root: Path) -> None:
    before = state(root.parent / "outside")
    door.remove_tree(root, "inner")
    door.remove_tree(root, "link")
    assert door.names(root, "") == ["mine"]
    assert state(root.parent / "outside") == before


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "socket"])
@pytest.mark.parametrize("flags", [os.O_RDONLY, os.O_RDWR | os.O_CREAT, os.O_WRONLY | os.O_TRUNC])
def test_only_regular_files_are_opened(kind: str, flags: int, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("text")
    if kind == "link":
        (tmp_path / "odd").symlink_to("real")
    elif kind == "pipe":
        os.mkfifo(tmp_path / "odd")
    elif kind == "socket":
        os.mknod(tmp_path / "odd", stat.S_IFSOCK | 0o600)
    else:
        (tmp_path / "odd").mkdir()
    with pytest.raises(LibraryError, match="not a regular file"):
        door.open_file(tmp_path, "odd", flags)
    assert (tmp_path / "real").read_text() == "text"


def test_without_open_folders_the_way_is_checked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_RELATIVE", False)
    before = state(root.parent / "outside")
    for act in ACTS.values():
        for path in ("link/file", "inner/link/file", "../outside/file"):
            with pytest.raises(LibraryError):
                act(root, path)
    assert state(root.parent / "outside") == before
    door.make_folder(root, "a/b")
    assert door.names(root, "") == ["a", "inner", "link", "mine"]
    door.rename(root, "mine", "a/b/mine")
    assert door.is_file(root, "a/b/mine")
    door.remove_tree(root, "a")
    assert not door.exists(root, "a")


# Where the library opens paths by itself: what the user names, outside a library or as the library.
OWN_CALLS = {
    "library.py": "finds and makes libraries at places that the user names",
    "watch.py": "writes the file that the user names",
    "camera.py": "reads the photograph that the user names",
    "photographs.py": "looks for photographs in folders that the user names",
    "changes/attachments.py": "reads the files that the user names",
    "changes/merge_driver.py": "works on the three files that git hands over",
    "door.py": "is the door",
}
_CALLS = re.compile(
    "open|(read|write)_(text|bytes)|unlink|rename|replace|rmdir|mkdir|iterdir|r?glob|touch|chmod|(sym|hard)link_to"
    "|samefile|listdir|scandir|remove|link|l?stat|is_(file|dir)|exists|resolve"
)
_ON_PATHS = frozenset({"os", "path", "file", "folder", "place", "target", "temporary", "root", "Path"})


def test_the_library_opens_paths_through_the_door_only() -> None:
    found = []
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        if name in OWN_CALLS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if not _CALLS.fullmatch(node.func.attr) or (node.func.attr == "replace" and len(node.args) > 1):
                    continue  # `replace` of two words is that of texts
                of = ast.unparse(node.func.value)
                if of.rpartition(".")[2] in _ON_PATHS or "/" in of:
                    found.append(f"{name}:{node.lineno} {ast.unparse(node.func)}")
    allowed = {
        "changes/journal.py os.open",  # a file elsewhere that is copied into the library
        "index/sync.py root.is_dir",
        "index/sync.py root.stat",
        "index/sync.py root.resolve",
        "index/sync.py place.mkdir",  # the user's cache folder
        "index/sync.py place.stat",
        "state.py root.mkdir",
        "state.py root.stat",
        "state.py (folder / '.git').exists",
        "state.py (folder / OWN).is_dir",  # of the path of an output that the user names
        "changes/drafts.py library.root.is_dir",
        "changes/plans.py library.root.is_dir",
    }
    odd = [one for one in found if one.partition(":")[0] + " " + one.partition(" ")[2] not in allowed]
    assert odd == []
