"""Catalogues made of files: what is read, what is told, what a second run does, and what a broken one leaves."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from citetool.problems import InputError, NotFoundError

pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
pytest.importorskip("pyarrow", reason="needs the extra citetool[catalogue]")

import pyarrow.parquet as pq

from citetool.catalogue import store, units
from citetool.catalogue.build import build
from citetool.catalogue.engines import local
from citetool.catalogue.read import Catalogue, record_of
from citetool.catalogue.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RIS = (
    "TY  - LETT\nTI  - {title}\nAU  - Miller, Anna\nA2  - Berg, Otto\nPY  - {year}\nDB  - National Archives\n"
    "ID  - {key}\nER  - \n"
)


def ris(key: str, title: str = "A letter", year: int = 1944) -> str:
    return RIS.format(key=key, title=title, year=year)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "sources"
    (place / "deep").mkdir(parents=True)
    (place / "one.ris").write_text(ris("one") + ris("two", "On the conference"))
    (place / "deep" / "three.ris").write_text(ris("three", year=1950))
    (place / "note.txt").write_text("Nothing that anybody could cite.")
    return place


def made(folder: Path, into: Path, jobs: int = 1) -> store.Manifest:
    return build(find_sources([str(folder)]), into, local.engine(jobs))


def rows(into: Path) -> list[dict[str, Any]]:
    files = [pq.read_table(into / file).to_pylist() for file in store.load(into).rows]
    return sorted((row for file in files for row in file), key=lambda row: str(row["key"]))


def test_records_are_rows_and_rejects_are_told(folder: Path, tmp_path: Path) -> None:
    manifest = made(folder, tmp_path / "c")
    assert (manifest.records, manifest.rejected) == (3, 1)
    assert [row["key"] for row in rows(tmp_path / "c")] == ["one", "three", "two"]
    assert rows(tmp_path / "c")[0]["earliest"] == 19440101
    assert rows(tmp_path / "c")[0]["source"].endswith("one.ris")
    with Catalogue(tmp_path / "c") as catalogue:
        (source, _, message, _), *others = catalogue.rejects()
    assert others == []
    assert source.endswith("note.txt")
    assert "plain text" in message


def test_archives_and_compressed_files_are_read_through(tmp_path: Path) -> None:
    place = tmp_path / "sources"
    place.mkdir()
    with zipfile.ZipFile(place / "a.zip", "w") as archive:
        archive.writestr("in/zipped.ris", ris("zipped"))
        archive.writestr("__MACOSX/in/._zipped.ris", "nothing")
    with tarfile.open(place / "b.tar.gz", "w:gz") as tar:
        entry = tarfile.TarInfo("tarred.ris")
        entry.size = len(ris("tarred"))
        tar.addfile(entry, io.BytesIO(ris("tarred").encode()))
    (place / "c.ris.gz").write_bytes(gzip.compress(ris("gzipped").encode()))
    (place / "d.zip").write_bytes((place / "a.zip").read_bytes()[:60])
    manifest = made(place, tmp_path / "c")
    assert [row["key"] for row in rows(tmp_path / "c")] == ["gzipped", "tarred", "zipped"]
    assert rows(tmp_path / "c")[2]["source"].endswith("a.zip!in/zipped.ris")
    assert manifest.rejected == 1


def test_one_job_and_two_make_the_same(folder: Path, tmp_path: Path) -> None:
    (folder / "boxed.yaml").write_text(
        "id: boxed\nkind: file\ntitle: A file\narchive:\n  folder: Folder 1\n  box: Carton 2\n"
    )
    made(folder, tmp_path / "one")
    made(folder, tmp_path / "two", jobs=2)
    assert rows(tmp_path / "one") == rows(tmp_path / "two")
    assert (tmp_path / "one" / store.MANIFEST).read_bytes() == (tmp_path / "two" / store.MANIFEST).read_bytes()


def test_rows_do_not_depend_on_the_seed_of_a_process(folder: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from citetool.catalogue.build import build;"
        "from citetool.catalogue.engines import local; from citetool.catalogue.sources import find_sources;"
        "build(find_sources([sys.argv[1]]), Path(sys.argv[2]), local.engine(1))"
    )
    for seed in ("1", "2", "3"):
        command = [sys.executable, "-c", script, str(folder), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert rows(tmp_path / "1") == rows(tmp_path / "2") == rows(tmp_path / "3")


def test_a_second_run_reads_only_what_has_changed(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "c")
    (folder / "one.ris").write_text(ris("one", "Another title"))
    (folder / "deep" / "three.ris").unlink()
    (folder / "four.ris").write_text(ris("four"))
    seen: list[str] = []

    def engine(some: Sequence[units.Unit], place: str) -> Iterator[store.Built]:
        seen.extend(source.path for unit in some for source in unit.sources)
        yield from local.engine(1)(some, place)

    build(find_sources([str(folder)]), tmp_path / "c", engine)
    assert sorted(Path(path).name for path in seen) == ["four.ris", "one.ris"]
    assert [(row["key"], row["title"]) for row in rows(tmp_path / "c")] == [
        ("four", "A letter"),
        ("one", "Another title"),
    ]
    now = store.load(tmp_path / "c")
    named = {*now.rows, *now.rejects, *now.lists}
    assert {f"data/{path.name}" for path in (tmp_path / "c" / "data").iterdir()} == named


def test_a_build_that_fails_leaves_the_catalogue_as_it_was(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "c")
    before = rows(tmp_path / "c")
    (folder / "one.ris").write_text(ris("other"))

    def engine(some: Sequence[units.Unit], place: str) -> Iterator[store.Built]:
        yield from local.engine(1)(some, place)
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="no space left"):
        build(find_sources([str(folder)]), tmp_path / "c", engine)
    assert rows(tmp_path / "c") == before
    assert made(folder, tmp_path / "c").records == 2


def test_what_is_no_catalogue_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "thesis.docx").write_text("years of work")
    with pytest.raises(InputError, match=r"holds something else: thesis\.docx"):
        made(folder, tmp_path / "c")
    with pytest.raises(NotFoundError, match="there is no file"):
        find_sources([str(tmp_path / "nowhere")])
    with pytest.raises(NotFoundError, match="there is no catalogue"):
        store.load(tmp_path / "c")


def test_a_manifest_cannot_name_files_elsewhere(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "c")
    path = tmp_path / "c" / store.MANIFEST
    data = json.loads(path.read_text())
    data["keys"] = "data/../../sources/one.ris"
    path.write_text(json.dumps(data))
    with pytest.raises(InputError, match="names a file elsewhere"):
        store.load(tmp_path / "c")


def test_records_come_back_as_they_were_read(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "c")
    with Catalogue(tmp_path / "c") as catalogue:
        (hit,) = catalogue.get("two")
        assert record_of(hit).title == "On the conference"
        with pytest.raises(NotFoundError, match="did you mean 'three'"):
            catalogue.get("thre")


def test_files_of_an_object_store_are_read_by_their_addresses(tmp_path: Path) -> None:
    """A folder of the disk, by an address, goes the same way as a bucket."""
    place = tmp_path / "bucket"
    (place / "deep").mkdir(parents=True)
    (place / "one.ris").write_text(ris("one"))
    (place / ".hidden.ris").write_text(ris("none"))
    (place / "deep" / "two.ris.gz").write_bytes(gzip.compress(ris("two").encode()))
    with zipfile.ZipFile(place / "deep" / "three.zip", "w") as archive:
        archive.writestr("in/three.ris", ris("three"))
    with tarfile.open(place / "four.tar.gz", "w:gz") as tar:
        data = ris("four").encode()
        member = tarfile.TarInfo("four.ris")
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    build(find_sources([place.as_uri()]), tmp_path / "c", local.engine(1))
    assert sorted(row["key"] for row in rows(tmp_path / "c")) == ["four", "one", "three", "two"]
    assert {row["source"].partition("!")[0] for row in rows(tmp_path / "c")} == {
        (place / name).as_uri() for name in ("one.ris", "deep/two.ris.gz", "deep/three.zip", "four.tar.gz")
    }
    (only,) = find_sources([f"{place.as_uri()}/*.ris"])
    assert only.path == (place / "one.ris").as_uri()
    assert only.size == len(ris("one"))
    assert len(find_sources([f"{place.as_uri()}/**/*.gz"])) == 2
    for address, error in ((f"{place.as_uri()}/*.mrc", NotFoundError), ("nosuch://bucket/x", InputError)):
        with pytest.raises(error):
            find_sources([address])
