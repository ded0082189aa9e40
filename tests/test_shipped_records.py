"""The records that ship with citetool: faultless, each named by its key, and each says where its facts come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from citetool.record.kinds import kind_of
from citetool.record.yamltext import read_record

FOLDER = Path(__file__).parent.parent / "records"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_record_is_faultless_and_names_its_source(path: Path) -> None:
    record = read_record(path.read_text(encoding="utf-8"), str(path))
    assert record.id == path.stem
    assert record.metadata.source
    assert record.any_title or record.creators
    assert all((FOLDER / file.path).is_file() for file in record.files)


def test_they_are_of_many_kinds_and_traditions() -> None:
    records = [read_record(path.read_text(encoding="utf-8")) for path in FILES]
    assert len({record.kind for record in records}) >= 11
    assert {kind_of(record.kind).csl for record in records} >= {
        "manuscript",
        "personal_communication",
        "graphic",
        "map",
    }
    names = {level.name for record in records for level in record.archive.levels}
    assert names >= {"fond", "opis", "delo", "record_group", "box", "container", "reel", "collection"}
