from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from citetool import paths

PLACES = {
    "linux": (".cache/citetool", ".config/citetool", ".local/share/citetool/records"),
    "darwin": (
        "Library/Caches/citetool",
        "Library/Application Support/citetool",
        "Library/Application Support/citetool/records",
    ),
    "win32": ("AppData/Local/citetool/Cache", "AppData/Roaming/citetool", "AppData/Local/citetool/records"),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize("platform", PLACES)
def test_each_system_has_its_usual_places(platform: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    cache, config, library = PLACES[platform]
    assert paths.cache_folder() == home / cache
    assert paths.config_folder() == home / config
    assert paths.user_library() == home / library
    assert not list(home.iterdir())  # nothing is created


@pytest.mark.parametrize("platform", PLACES)
def test_absolute_xdg_variables_count_everywhere(platform: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "c"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "s"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "d"))
    assert paths.cache_folder() == home / "c" / "citetool"
    assert paths.config_folder() == home / "s" / "citetool"
    assert paths.user_library() == home / "d" / "citetool" / "records"


def test_relative_xdg_variables_are_ignored(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "somewhere")
    assert paths.cache_folder() == home / ".cache" / "citetool"


def test_windows_folders_follow_their_variables(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(home / "roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    assert paths.config_folder() == home / "roaming" / "citetool"
    assert paths.cache_folder() == home / "local" / "citetool" / "Cache"


def test_an_installed_package_comes_before_the_source_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "citetool"
    (package / "styles").mkdir(parents=True)
    (tmp_path / "styles").mkdir()
    (tmp_path / "records").mkdir()
    monkeypatch.setattr(paths, "PACKAGE", package)
    assert paths.shipped_styles() == package / "styles"
    assert paths.shipped_records() == tmp_path / "records"
    (tmp_path / "records").rmdir()
    assert paths.shipped_records() is None


def test_what_was_found_by_its_place_is_a_regular_file_or_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "link").symlink_to("file")
    assert paths.read_found(tmp_path / "file") == paths.read_found(tmp_path / "link") == b"text"
    os.mkfifo(tmp_path / "pipe")
    for odd in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        with pytest.raises(OSError, match="not a regular file"):
            paths.read_found(odd)


def test_a_new_file_goes_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("precious")
    for target in (tmp_path / "outside", tmp_path / "nothing"):
        part = tmp_path / "part"
        part.unlink(missing_ok=True)
        part.symlink_to(target)
        with os.fdopen(paths.create(part), "w", encoding="utf-8") as file:
            file.write("new")
        assert not part.is_symlink()
        assert part.read_text() == "new"
    assert (tmp_path / "outside").read_text() == "precious"
    assert not (tmp_path / "nothing").exists()


def test_a_found_file_of_any_size_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", paths.MOST + 1)
    with pytest.raises(OSError, match="larger than 16 MB"):
        paths.read_found(tmp_path / "large")
    os.truncate(tmp_path / "large", paths.MOST)
    assert len(paths.read_found(tmp_path / "large")) == paths.MOST
