"""Real files of many programs: each is read as its golden summary says, or refused by the name of what it is.

The summary has the first and the last record of each file in a line, with date and levels, for a person to look at.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import collect
from citetool.problems import InputError
from tests.shared import SHARED
from tests.summaries import FOLDER, faulty, summary_of

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.record.model import Record

_FILES = SHARED / "data" / "formats" if SHARED else None
PATHS = sorted(path for path in _FILES.glob("*/*") if path.suffix != ".md") if _FILES else []
GOLDEN = FOLDER / "other.json"


def line(record: Record) -> str:
    people = "; ".join(str(creator.name) for creator in record.creators[:2])
    levels = ", ".join(f"{level.name}: {level.value}" for level in record.archive.levels)
    return " | ".join((record.kind, people, record.any_title, record.date or record.date_text, levels))


def outcome(path: Path) -> dict[str, Any]:
    """Return what became of a file: its summary, or the reason why it was refused."""
    try:
        result = collect(read_file(path))
    except InputError as error:
        return {"refused": error.problems[0].message}
    assert not faulty(result.records)
    ends = dict.fromkeys(line(record) for record in (result.records[0], result.records[-1]))
    return {**summary_of(result), "first and last": [*ends]}


@pytest.mark.skipif(not PATHS, reason="needs the files of the shared folder's data/formats")
@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_file_is_read_or_refused_by_its_name(path: Path, update_golden: bool) -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    name = f"{path.parent.name}/{path.name}"
    found = outcome(path)
    if update_golden:
        golden[name] = found
        text = json.dumps(dict(sorted(golden.items())), indent=1, ensure_ascii=False)
        GOLDEN.write_text(text + "\n", encoding="utf-8")
    assert found == golden.get(name), f"not as in {GOLDEN.name}; if it should be so, --update-golden"
