"""The JSON and HTML of real catalogues and viewers: every file is read, and as its golden summary says."""

from __future__ import annotations

from pathlib import Path

import pytest

from citetool.formats.base import ReadOptions
from citetool.formats.catalogs import archivesspace, dpla, iiif, loc, nara
from citetool.formats.managers.zotero import json as bbt_json
from citetool.formats.sniff import SNIFF_BYTES, guess_format
from citetool.formats.web import html
from tests.shared import SHARED, needs_shared
from tests.summaries import check_summary

READERS = {
    ("zotero", ".json"): ("bbt-json", bbt_json.read),
    ("zotero", ".html"): ("html", html.read),
    ("iiif", ".json"): ("iiif", iiif.read),
    ("dpla", ".json"): ("dpla", dpla.read),
    ("locjson", ".json"): ("loc-json", loc.read),
    ("nara", ".xml"): ("nara", nara.read),
    ("archivesspace", ".json"): ("archivesspace", archivesspace.read),
    ("html", ".html"): ("html", html.read),
}
FILES = [
    path
    for folder, suffix in READERS
    for path in sorted((SHARED or Path("none")).glob(f"data/{folder}/*{suffix}"))
    if not path.name.endswith(".csl.json")
]  # fmt: skip


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name[:50]}")
def test_every_file_is_read_as_its_summary_says(path: Path, update_golden: bool) -> None:
    folder = path.parent.name
    with path.open("rb") as stream:
        items = READERS[folder, path.suffix][1](stream, ReadOptions(path.name))
        check_summary(folder if folder != "zotero" else "zotero-json", path.name, items, update=update_golden)


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name[:50]}")
def test_the_format_is_known_by_name_and_first_bytes(path: Path) -> None:
    with path.open("rb") as stream:
        assert guess_format(path.name, stream.read(SNIFF_BYTES)) == READERS[path.parent.name, path.suffix][0]
