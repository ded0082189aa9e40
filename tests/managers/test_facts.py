"""Facts of the corpus that stand in a right field of a manager, without `--lossless`: a share of them has to.

The managers' own import code runs as in `test_printback`; for EndNote bibutils' reading of its RIS is the witness.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from citetool.formats.base import WriteOptions
from citetool.formats.registry import write_text
from tests.managers.corpus import corpus
from tests.shared import SHARED

if TYPE_CHECKING:
    from citetool.record.model import Record

LAB = os.environ.get("REFMAN_LAB", "")
TOOLS = (SHARED or Path()) / "tools" / "managers"
pytestmark = pytest.mark.skipif(
    not LAB or not TOOLS.is_dir(), reason="needs Zotero's own code: REFMAN_LAB and the shared folder's tools/managers"
)
# Format, program, reader and its name for the format, and the share of facts in a right field.
WAYS = {
    "Zotero RDF": ("zotero-rdf", "zotero", "zotero", "rdf", 0.97),
    "Zotero RIS": ("ris", "zotero", "zotero", "ris", 0.95),
    "Zotero CSL-JSON": ("csl-json", "zotero", "zotero", "csljson", 0.95),
    "EndNote": ("ris", "endnote", "endnote", "ris", 0.86),
}
_RIGHT = {
    "zotero": {
        "title": "title|subject", "date": "date", "level": "archiveLocation|callNumber|extra",
        "keeper": "archive|extra", "name": "creators|extra", "site": "libraryCatalog|websiteTitle|extra", "url": "url",
        "summary": "abstractNote", "place": "place|extra", "tag": "tags",
    },
    "endnote": {
        "title": "%T", "date": "%D|%8", "level": "%V|%L|%B|%O|%S|%T", "keeper": "%I|%O|%C", "name": "%A|%E|%Y|%O",
        "site": "%W|%O", "url": "%U", "summary": "%X", "place": "%C|%O", "tag": "%K",
    },
}  # fmt: skip


def facts(record: Record) -> list[tuple[str, str]]:
    found = [("title", record.title or record.supplied_title), ("date", record.date[:4])]
    found += [("name", creator.name.literal or creator.name.family) for creator in record.creators]
    for level in record.archive.levels:
        found.append(("keeper" if level.name in ("repository", "division", "place") else "level", level.value))
    found += [("site", record.digital.name), ("url", record.digital.url), ("summary", record.summary)]
    found += [("place", record.place), *(("tag", word) for word in (*record.tags, *record.subjects))]
    return [(name, text) for name, text in found if text and "X" not in text[:4]]


def flat(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(flat, value.values()))
    return " ".join(map(flat, value)) if isinstance(value, list) else str(value)


def plain(text: str) -> str:
    return " ".join(text.split()).translate(str.maketrans("’“”", '\'""')).rstrip(".").casefold()


@pytest.mark.parametrize("name", WAYS)
def test_facts_stand_in_a_right_field(name: str, tmp_path: Path) -> None:
    form, program, manager, theirs, wanted = WAYS[name]
    if manager == "endnote" and not shutil.which("ris2xml"):
        pytest.skip("needs bibutils")
    file = tmp_path / f"corpus.{theirs}"
    file.write_text("".join(write_text(corpus(), form, WriteOptions(program=program))), encoding="utf-8")
    command = [sys.executable, str(TOOLS / "refman.py"), str(file), "--format", theirs, "--managers", manager]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=LAB)
    items = [item for item in json.loads(done.stdout)[manager] if item.get("itemType") != "note"]
    total, lost = 0, []
    for record, item in zip(corpus(), items, strict=True):
        for fact, text in facts(record):
            total += 1
            fields = [plain(flat(value)) for field, value in item.items() if re.fullmatch(_RIGHT[manager][fact], field)]
            if not any(plain(text) in field for field in fields):
                lost.append(f"{record.id}: {fact} {text}")
    assert len(lost) <= (1 - wanted) * total, "\n".join(lost)
