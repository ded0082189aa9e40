from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from citetool.library import library as module
from citetool.library.library import Library, find_library, init_library, open_library
from citetool.problems import InputError, NotFoundError
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.problems import Problem
    from citetool.record.model import Record


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No library by chance: an empty folder, an empty home, nothing shipped."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CITETOOL_LIBRARY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "shipped_records", lambda: None)


def test_the_named_folder_is_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "project" / "records").mkdir(parents=True)
    assert find_library(tmp_path / "mine") == tmp_path / "mine"
    assert find_library(tmp_path / "project") == tmp_path / "project" / "records"
    monkeypatch.setenv("CITETOOL_LIBRARY", str(tmp_path / "mine"))
    assert find_library() == tmp_path / "mine"
    assert find_library(tmp_path / "project") == tmp_path / "project" / "records"


def test_a_named_folder_that_is_not_there_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such library"):
        open_library(tmp_path / "nosuch")


def test_the_nearest_records_folder_upward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "project" / "records" / "letters").mkdir(parents=True)
    (tmp_path / "project" / "text" / "chapter").mkdir(parents=True)
    for here in ("project", "project/text/chapter", "project/records", "project/records/letters"):
        monkeypatch.chdir(tmp_path / here)
        assert find_library() == tmp_path / "project" / "records"


def test_a_folder_that_init_has_made_is_found_by_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = init_library(tmp_path / "thesis")
    (made / "letters").mkdir()
    for here in (made, made / "letters"):
        monkeypatch.chdir(here)
        assert find_library() == made
    (made / ".gitattributes").unlink()
    assert find_library() == tmp_path / "data" / "citetool" / "records"
    os.mkfifo(made / ".gitattributes")
    assert find_library() == tmp_path / "data" / "citetool" / "records"


def test_the_users_own_is_the_last_resort_and_may_not_be_there_yet(tmp_path: Path) -> None:
    assert find_library() == tmp_path / "data" / "citetool" / "records"
    library = open_library()
    assert list(library) == []
    assert "x" not in library
    assert not (tmp_path / "data").exists()


def test_records_by_key_alias_and_place(tmp_path: Path) -> None:
    library = make_library(
        tmp_path / "lib",
        {
            "a.yaml": record_text("a", title="A", aliases=["old-a"]),
            "letters/1944/b.yaml": record_text("b"),
            "odd.yml": record_text("named otherwise"),
            "x%2Fy.yaml": record_text("x/y"),
        },
    )
    for key, wanted in (("a", "a"), ("old-a", "a"), ("b", "b"), ("named otherwise", "named otherwise"), ("x/y", "x/y")):
        assert library[key].id == wanted
        assert key in library
    assert library.get("odd") is None
    assert list(library) == list(library.keys()) == ["a", "b", "named otherwise", "x/y"]
    assert [record.id for record in library.values()] == list(library)
    assert [(key, record.id) for key, record in library.items()] == [(key, key) for key in library]
    assert len(library) == 4
    assert library.get("odd", "nothing") == "nothing"


def test_many_records_by_key_alias_and_place(tmp_path: Path) -> None:
    texts = {f"{n % 7}/r{n}.yaml": record_text(f"r{n}", title="x", aliases=[f"alias{n}"]) for n in range(120)}
    library = make_library(tmp_path / "lib", texts)
    assert library["r100"].id == "r100"
    assert library["alias77"].id == "r77"
    assert library.get("r120") is None


def test_citing_a_key_reads_one_file_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(tmp_path / "lib", [f"r{n}" for n in range(200)])
    read: list[str] = []
    original = Library.read

    def noting(self: Library, path: str) -> Record:
        read.append(path)
        return original(self, path)

    monkeypatch.setattr(Library, "read", noting)
    assert library["r7"].id == "r7"
    assert read == ["r7.yaml"]
    assert not (tmp_path / "lib" / ".citetool").exists()


def test_a_missing_key_is_answered_with_near_ones(tmp_path: Path) -> None:
    library = make_library(tmp_path / "lib", ["219945", "219946", "harriman"])
    with pytest.raises(NotFoundError) as caught:
        library["21994"]
    assert "'219945'" in str(caught.value)
    assert "harriman" not in str(caught.value)


def test_a_faulty_record_tells_its_faults_by_key(tmp_path: Path) -> None:
    library = make_library(tmp_path / "lib", {"a.yaml": "id: a\ndate: never\n", "b.yaml": record_text("b")})
    with pytest.raises(InputError, match=r"a\.yaml:2: date"):
        library["a"]
    assert library["b"].id == "b"


def test_faulty_records_may_be_skipped(tmp_path: Path) -> None:
    library = make_library(tmp_path / "lib", {"a.yaml": "id: a\ndate: never\n", "b.yaml": record_text("b")})
    faults: list[Problem] = []
    assert [record.id for record in library.records(faults)] == ["b"]
    assert [problem.where.line for problem in faults] == [2]
    with pytest.raises(InputError):
        list(library.records())


def test_a_library_is_a_mapping(tmp_path: Path) -> None:
    library = make_library(tmp_path / "lib", ["a", "b"])
    assert isinstance(library, Mapping)
    assert set(dict(library)) == {"a", "b"}
    with pytest.raises(KeyError):
        library["nosuch"]


def test_shipped_records_come_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_library(tmp_path / "shipped", {"a.yaml": record_text("a", title="shipped"), "s.yaml": record_text("s")})
    monkeypatch.setattr(module, "shipped_records", lambda: tmp_path / "shipped")
    make_library(tmp_path / "records", {"a.yaml": record_text("a", title="mine")})
    library = open_library()
    assert (library["a"].title, library["s"].id) == ("mine", "s")
    assert list(library) == ["a"]
    assert [record.title for record in library.values()] == ["mine"]
    assert "s" in library
    assert open_library(tmp_path / "shipped").fallback is None


def test_where_there_is_no_library_yet_the_shipped_records_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_library(tmp_path / "shipped", ["s"])
    monkeypatch.setattr(module, "shipped_records", lambda: tmp_path / "shipped")
    assert [hit.key for hit in open_library().search("")] == ["s"]


def test_a_new_library_keeps_ours_out_of_git(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / ".gitignore").write_text("*.bak\n")
    for _ in range(2):
        assert init_library(tmp_path / "records") == (tmp_path / "records").resolve()
    assert (tmp_path / "records" / ".gitignore").read_text() == "*.bak\n/.citetool/\n"
