"""The XML of real archives and libraries: every file is read, and as its golden summary says."""

from __future__ import annotations

from pathlib import Path

import pytest

from citetool.formats.base import ReadOptions
from citetool.formats.ead import ead
from citetool.formats.metadata import dublincore
from citetool.formats.metadata.marc import json as marc_json
from citetool.formats.metadata.marc import xml as marc_xml
from citetool.formats.metadata.mods import mods
from citetool.formats.sniff import SNIFF_BYTES, guess_format
from citetool.formats.tei import frus
from tests.shared import SHARED, needs_shared
from tests.summaries import check_summary

READERS = {
    ("ead", ".xml"): ("ead", ead.read),
    ("mods", ".xml"): ("mods", mods.read),
    ("dc", ".xml"): ("dublin-core", dublincore.read),
    ("marcxml", ".xml"): ("marcxml", marc_xml.read),
    ("marcxml", ".json"): ("marc-json", marc_json.read),
    ("frus", ".xml"): ("frus", frus.read),
}
FILES = [
    path
    for folder, suffix in READERS
    for path in sorted((SHARED or Path("none")).glob(f"data/{folder}/*{suffix}"))
]  # fmt: skip


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name[:40]}")
def test_every_file_is_read_as_its_summary_says(path: Path, update_golden: bool) -> None:
    folder = path.parent.name
    with path.open("rb") as stream:
        items = READERS[folder, path.suffix][1](stream, ReadOptions(path.name))
        check_summary(folder, path.name, items, update=update_golden)


@needs_shared
@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".xml"], ids=lambda path: path.name[:50])
def test_the_format_is_known_by_the_first_bytes(path: Path) -> None:
    with path.open("rb") as stream:
        head = stream.read(SNIFF_BYTES)
    wrapped = b"<mets:mets" in head  # MARC within METS is read as METS, to the same record
    assert guess_format("<stdin>", head) == ("mets" if wrapped else READERS[path.parent.name, path.suffix][0])
