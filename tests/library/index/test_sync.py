"""The index and the files: whatever happens to either, a search says what the files hold."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from citetool.library.index import row, sync
from citetool.library.index.index import Index
from citetool.library.index.sync import ready
from tests.libraries import make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.library import files
    from citetool.library.library import Library


def keys(library: Library, query: str = "") -> list[str]:
    return sorted(hit.key for hit in library.search(query))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = make_library(tmp_path / "lib", {"a.yaml": record_text("a"), "sub/b.yaml": record_text("b")})
    assert keys(library) == ["a", "b"]
    return library


def test_new_changed_and_removed_files_are_seen(library: Library) -> None:
    (library.root / "c.yaml").write_text(record_text("c"))
    (library.root / "new" / "deep").mkdir(parents=True)
    (library.root / "new" / "deep" / "d.yaml").write_text(record_text("d"))
    (library.root / "sub" / "b.yaml").unlink()
    (library.root / "a.yaml").write_text(record_text("a", title="zebra"))
    assert keys(library) == ["a", "c", "d"]
    assert keys(library, "zebra") == ["a"]
    assert keys(library, "title") == ["c", "d"]


def test_a_folder_that_moves_takes_its_records_along(library: Library) -> None:
    (library.root / "sub").rename(library.root / "other")
    assert keys(library) == ["a", "b"]
    assert [hit.path for hit in library.search("id:b")] == ["other/b.yaml"]


def test_a_change_of_the_same_size_within_one_tick_is_seen(library: Library) -> None:
    path = library.root / "a.yaml"
    for word in ("lemur", "zebra", "tiger", "otter"):
        path.write_text(record_text("a", title=word))
        assert keys(library, word) == ["a"]


def test_a_clock_that_goes_back_hides_nothing(library: Library) -> None:
    path = library.root / "a.yaml"
    for year, word in ((2001, "zebra"), (2030, "lemur"), (1990, "tiger")):
        path.write_text(record_text("a", title=word))
        seconds = time.mktime((year, 1, 1, 0, 0, 0, 0, 0, 0))
        os.utime(path, (seconds, seconds))
        os.utime(library.root, (seconds, seconds))
        assert keys(library, word) == ["a"]


def test_transcripts_are_followed(library: Library) -> None:
    (library.root / "t.yaml").write_text(record_text("t", title="x", files=[{"path": "t.txt"}]))
    assert keys(library, "marshal") == []
    (library.root / "t.txt").write_text("the marshal said")
    assert keys(library, "marshal") == ["t"]
    (library.root / "t.txt").write_text("the admiral said")
    assert (keys(library, "marshal"), keys(library, "admiral")) == ([], ["t"])
    (library.root / "t.txt").unlink()
    assert keys(library, "admiral") == []


def test_what_has_not_changed_is_not_read_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = row.read_entry

    def noting(root: Path, found: files.Found) -> row.Entry:
        read.append(found.path)
        return original(root, found)

    monkeypatch.setattr(row, "read_entry", noting)
    time.sleep(0.15)
    keys(library)
    read.clear()
    (library.root / "c.yaml").write_text(record_text("c"))
    assert keys(library) == ["a", "b", "c"]
    assert read == ["c.yaml"]


def test_in_a_large_library_changes_are_seen_by_folder_and_in_place_after_a_while(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "_FEW", 1)
    monkeypatch.setattr(sync, "_SHARE", 10**6)
    time.sleep(0.15)
    keys(library)
    (library.root / "sub" / "c.yaml").write_text(record_text("c"))
    assert keys(library) == ["a", "b", "c"]
    (library.root / "sub" / "c.yaml").unlink()
    assert keys(library) == ["a", "b"]
    with (library.root / "a.yaml").open("a") as file:
        file.write("summary: zebra\n")
    monkeypatch.setattr(sync, "_SHARE", 0)
    assert keys(library, "zebra") == ["a"]


def test_a_faulty_file_is_counted_and_found_again_when_it_is_right(library: Library) -> None:
    said: list[str] = []
    library.say = said.append
    (library.root / "a.yaml").write_text("id: a\n<<<<<<< HEAD\ntitle: x\n=======\ntitle: y\n>>>>>>> main\n")
    assert keys(library) == ["b"]
    assert "cannot be read: 1" in said[0]
    (library.root / "a.yaml").write_text(record_text("a"))
    assert keys(library) == ["a", "b"]


def index_file(library: Library) -> Path:
    (path,) = (p for p in (library.root / ".citetool").glob("index-*") if not p.name.endswith(("-wal", "-shm")))
    return path


def test_a_deleted_index_is_built_anew(library: Library) -> None:
    index_file(library).unlink()
    assert keys(library) == ["a", "b"]
    (library.root / ".citetool" / "current").unlink()
    assert keys(library) == ["a", "b"]
    assert index_file(library).exists()


@pytest.mark.parametrize("garbage", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_destroyed_index_is_built_anew(library: Library, garbage: bytes) -> None:
    index_file(library).write_bytes(garbage)
    assert keys(library) == ["a", "b"]


@pytest.mark.parametrize("garbage", ["", "../../etc/passwd", "index-nosuch", "index-/x"])
def test_a_destroyed_pointer_is_written_anew(library: Library, garbage: str) -> None:
    (library.root / ".citetool" / "current").write_text(garbage)
    assert keys(library) == ["a", "b"]


def test_an_index_of_another_version_is_built_anew(library: Library) -> None:
    connection = sqlite3.connect(index_file(library))
    connection.execute("UPDATE meta SET value = 0 WHERE name = 'version'")
    connection.commit()
    connection.close()
    assert keys(library) == ["a", "b"]


@pytest.mark.parametrize("seed", range(5, 15))
def test_flipped_bits_never_change_what_is_found(seed: int, tmp_path: Path) -> None:
    library = make_library(
        tmp_path / "lib", {f"r{n}.yaml": record_text(f"r{n}", title=f"zebra {n}") for n in range(60)}
    )
    time.sleep(0.15)
    right = sorted(library.search("sort:id"))
    choose = random.Random(seed)
    for _ in range(60):
        path = index_file(library)
        data = bytearray(path.read_bytes())
        for _ in range(3):
            data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
        path.write_bytes(data)
        assert sorted(library.search("sort:id")) == right


def test_an_index_damaged_under_a_reader_is_finished_from_a_new_one(tmp_path: Path) -> None:
    library = make_library(tmp_path / "lib", {f"r{n:03}.yaml": record_text(f"r{n:03}") for n in range(300)})
    hits = library.search("sort:id")
    found = [next(hits).key for _ in range(5)]
    path = index_file(library)
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    found += [hit.key for hit in hits]
    assert found == [f"r{n:03}" for n in range(300)]


def test_an_index_deleted_under_a_reader_does_not_matter(library: Library) -> None:
    hits = library.search("sort:id")
    first = next(hits)
    for path in (library.root / ".citetool").glob("*"):
        path.unlink()
    assert [first.key, *(hit.key for hit in hits)] == ["a", "b"]


def test_readers_see_the_state_before_while_a_writer_writes(library: Library) -> None:
    writer = ready(library.root, print)
    writer.connection.execute("BEGIN IMMEDIATE")
    writer.drop("a.yaml")
    reader = ready(library.root, print)
    assert reader.keys() == ["a", "b"]
    writer.connection.execute("COMMIT")
    assert reader.keys() == ["b"]
    writer.close()
    reader.close()


def test_a_reader_does_not_wait_for_a_writer_that_takes_long(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citetool.library.index.index.PATIENCE", 0.05)
    said: list[str] = []
    library.say = said.append
    writer = ready(library.root, print)
    writer.connection.execute("BEGIN IMMEDIATE")
    (library.root / "c.yaml").write_text(record_text("c"))
    assert keys(library) == ["a", "b"]
    assert "a moment old" in said[0]
    writer.connection.execute("ROLLBACK")
    writer.close()
    assert keys(library) == ["a", "b", "c"]


def test_many_changes_end_in_a_rebuild(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    before = index_file(library)
    monkeypatch.setattr(Index, "wasted", property(lambda self: self.path == before))
    assert keys(library) == ["a", "b"]
    assert index_file(library) != before


def test_a_library_that_cannot_be_written_is_indexed_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(tmp_path / "lib", ["a", "b"])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("os.access", lambda path, mode: str(path) != str(library.root))
    assert keys(library) == ["a", "b"]
    assert list((tmp_path / "cache" / "citetool").glob("*/index-*"))
    assert not (library.root / ".citetool").exists()


def test_where_no_index_can_be_written_one_in_memory_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(tmp_path / "lib", ["a", "b"])
    monkeypatch.setattr(sync, "index_folder", lambda root: None)
    assert keys(library, "title") == ["a", "b"]


def test_an_index_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library = make_library(tmp_path / "lib", [f"r{number}" for number in range(10)])
    for path in library.root.glob("*.yaml"):
        os.utime(path, (1_000_000_000, 1_000_000_000))  # long ago: a fresh file is looked at again
    monkeypatch.setattr(sync, "_BATCH", 3)
    monkeypatch.setattr(sync, "_FEW", 2)
    read: list[str] = []
    real = row.read_entry

    def stopped(root: Path, found: files.Found) -> row.Entry:
        read.append(found.path)
        if len(read) == 8:
            raise KeyboardInterrupt
        return real(root, found)

    with monkeypatch.context() as patch:
        patch.setattr(row, "read_entry", stopped)
        with pytest.raises(KeyboardInterrupt):
            ready(library.root, print)
    (library.root / "r1.yaml").write_text(record_text("r1", title="zebra"))
    (library.root / "r2.yaml").unlink()
    read.clear()

    def noted(root: Path, found: files.Found) -> row.Entry:
        read.append(found.path)
        return real(root, found)

    monkeypatch.setattr(row, "read_entry", noted)
    ready(library.root, print).close()
    assert keys(library) == [f"r{number}" for number in range(10) if number != 2]
    assert sorted(set(read)) == ["r1.yaml", "r6.yaml", "r7.yaml", "r8.yaml", "r9.yaml"]
    assert keys(library, "zebra") == ["r1"]
    assert "going on with the index of 5 records" in capsys.readouterr().out
    with closing(ready(library.root, print)) as whole, closing(ready(library.root, print, rebuild=True)) as anew:
        assert whole.dump() == anew.dump()


def test_a_begun_index_that_is_damaged_is_built_anew(tmp_path: Path) -> None:
    library = make_library(tmp_path / "lib", ["a"])
    own = sync.index_folder(library.root)
    assert own is not None
    index = Index.create(own / "index-1-2")
    index.close()
    data = (own / "index-1-2").read_bytes()
    (own / "index-1-2").write_bytes(data[: len(data) // 2] + b"x" * (len(data) // 2))
    assert keys(library) == ["a"]
    assert not (own / "index-1-2").exists()
