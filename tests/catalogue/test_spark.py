"""The same sources on Spark, with two worker processes of its own, give the same catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
pytest.importorskip("pyspark", reason="needs the extra citetool[spark]")
if shutil.which("java") is None:
    pytest.skip("Spark needs a Java runtime", allow_module_level=True)

from citetool.catalogue.build import build
from citetool.catalogue.engines import local, spark
from citetool.catalogue.sources import find_sources

RIS = (
    "TY  - LETT\nTI  - Letter {number}\nAU  - Miller, Anna\nPY  - {year}\nDB  - National Archives\n"
    "ID  - {number}\nER  - \n"
)


def test_spark_and_one_process_make_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sources").mkdir()
    for number in range(12):
        (tmp_path / "sources" / f"{number}.ris").write_text(RIS.format(number=number, year=1900 + number))
    (tmp_path / "sources" / "broken.ris").write_text("TY  - LETT\nTI  - cut o")
    monkeypatch.chdir(tmp_path)  # relative names of sources and catalogue mean the same to workers
    sources = find_sources(["sources"])
    build(sources, Path("one"), local.engine(1))
    build(sources, Path("spark"), spark.engine("local-cluster[2,1,1024]"))
    written = {path.relative_to("one"): path.read_bytes() for path in Path("one").rglob("*") if path.is_file()}
    made = {path.relative_to("spark"): path.read_bytes() for path in Path("spark").rglob("*") if path.is_file()}
    assert made == written
    assert len(written) > 10
