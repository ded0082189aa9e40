"""Links, pipes, devices, sockets and folders in the place of every file that citetool opens by itself.

Whatever stands there: nothing outside the library changes, nothing waits for ever, and there is a message and no fault
of ours (exit code 3).
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citetool.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
OWN = "records/.citetool"
PLACES = (
    "records/x.yaml", "records/a1.yaml", "records/repositories.yaml", "records/t.txt", "records/sub", OWN,
    f"{OWN}/lock", f"{OWN}/index.lock", f"{OWN}/current", f"{OWN}/index", f"{OWN}/index-wal", f"{OWN}/log",
    f"{OWN}/log/000001.done", f"{OWN}/log/000002.undone", f"{OWN}/log/000002.after", f"{OWN}/trash",
    f"{OWN}/trash/000003", f"{OWN}/tmp", f"{OWN}/here", f"{OWN}/.gitignore", "records/citetool.toml", "citetool.toml",
    "records/styles", "records/styles/own.csl", "styles", "styles/own.csl", "cache", "cache/citetool", "cache/*",
    "config", "config/citetool", "config/citetool/config.toml",
)  # fmt: skip
KINDS = {
    "link": None, "dangling": None, "folder": None, "pipe": stat.S_IFIFO, "socket": stat.S_IFSOCK,
    "device": stat.S_IFCHR,
}  # fmt: skip
COMMANDS = (
    "list", "search deep", "cite a1", "cite a1 --style own", "styles list --home library", "config", "check",
    "export --to ris", "log", "tag x a1", "attach a1 given.txt", "open a1 --print", "undo", "remove a1",
    "library reindex",
)  # fmt: skip


class Hang(BaseException):
    """A command that does not end."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with all that a used one has: journal, trash, index, styles, settings, cache."""
    folder = tmp_path_factory.mktemp("special")
    (folder / "outside" / "sub").mkdir(parents=True)
    (folder / "outside" / "one").write_text("precious deep\n")
    (folder / "outside" / "sub" / "inner").write_text("inner")
    (folder / "given.txt").write_text("given")
    for place in ("records/sub", "records/styles", "styles", "config/citetool"):
        (folder / place).mkdir(parents=True)
    for key in ("a1", "b2"):
        files = "files:\n- {path: t.txt, kind: transcript}\n- {path: sub/u.txt, kind: transcript}\n"
        (folder / "records" / f"{key}.yaml").write_text(f"id: {key}\nkind: letter\ntitle: T\n{files}")
    (folder / "records" / "t.txt").write_text("deep")
    (folder / "records" / "sub" / "u.txt").write_text("u")
    for place in ("styles", "records/styles"):
        shutil.copy(ROOT / "styles" / "nara.csl", folder / place / "own.csl")
    for place in ("config/citetool/config.toml", "records/citetool.toml"):
        (folder / place).write_text('style = "mla"\n')
    with pytest.MonkeyPatch.context() as patch:
        _at(folder, patch)
        for command in ("tag q a1", "set b2 title=Y", "cite a1", "list", "undo", "remove b2"):
            assert main(command.split()) == 0
    return folder


def _at(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(folder)
    for variable, place in (("CACHE", "cache"), ("CONFIG", "config"), ("DATA", "data")):
        patch.setenv(f"XDG_{variable}_HOME", str(folder / place))
    patch.setenv("HOME", str(folder / "home"))


def _put(folder: Path, place: str, kind: str) -> None:
    if place.startswith(f"{OWN}/index") and not place.endswith("lock"):
        name = (folder / OWN / "current").read_text().strip()
        place = place.replace(f"{OWN}/index", f"{OWN}/{name}")
    found = [folder / place]
    if place == "cache/*":
        found = [path for path in (folder / "cache").rglob("*") if path.is_file()]
    for path in found:
        whole = path.is_dir()
        if whole:
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "folder":
            path.mkdir()
        elif kind == "link":
            path.symlink_to(folder / "outside" / ("" if whole else "one"))
        elif kind == "dangling":
            path.symlink_to(folder / "outside" / "nothing")
        else:
            os.mknod(path, (KINDS[kind] or 0) | 0o666, os.makedev(1, 5))  # of devices the one of endless zeros


def _state(folder: Path) -> list[tuple[str, str]]:
    return sorted((str(path), path.read_text() if path.is_file() else "") for path in folder.rglob("*"))


@pytest.fixture
def no_hang() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(os, "mknod"), reason="no special files here")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_whatever_stands_in_its_place(
    place: str, kind: str, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_hang: None,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    if kind == "link" and place in ("cache", "cache/citetool"):
        pytest.skip("where the user keeps the cache is the user's choice")
    folder = tmp_path / "case"
    shutil.copytree(prepared, folder, symlinks=True)
    _at(folder, monkeypatch)
    try:
        _put(folder, place, kind)
    except PermissionError:
        pytest.skip("only root makes devices")
    before = _state(folder / "outside")
    for command in COMMANDS:
        signal.setitimer(signal.ITIMER_REAL, 20)
        code = main(command.split())
        signal.setitimer(signal.ITIMER_REAL, 0)
        said = capsys.readouterr().err
        assert code != 3, f"{command}: {said}"
        assert _state(folder / "outside") == before, command
