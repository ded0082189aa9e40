"""Real `.bib`, `.ris` and CSL-JSON files of many makers, against their golden summaries."""

from __future__ import annotations

import io
import re

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import ReadOptions, collect
from tests.shared import SHARED, needs_shared, shared
from tests.summaries import check_summary

_FOLDER = SHARED / "data" if SHARED else None


def _names(folder: str, *endings: str) -> list[str]:
    found = sorted(p.name for p in (_FOLDER / folder).glob("*")) if _FOLDER and (_FOLDER / folder).is_dir() else []
    return [name for name in found if name.endswith(endings)]


FILES = [
    *(("bib", name) for name in _names("bib", ".bib")),
    *(("ris", name) for name in _names("ris", ".ris")),
    *(("zotero", name) for name in _names("zotero", ".bib", ".bibtex", ".biblatex", ".csl.json")),
]


@needs_shared
@pytest.mark.parametrize(("folder", "name"), FILES)
def test_real_files(folder: str, name: str, update_golden: bool) -> None:
    path = shared("data", folder, name)
    golden = folder if folder != "zotero" else "zotero-text"
    check_summary(golden, name, read_file(path), update=update_golden)


_ENTRY = re.compile(r"^[^\S\n]*@(?!comment|string|preamble|xdata|set\b)\w+\s*[{(]", re.I | re.M)


@needs_shared
@pytest.mark.parametrize("name", _names("bib", ".bib"))
def test_no_entry_of_a_bib_file_is_lost(name: str) -> None:
    data = shared("data", "bib", name).read_bytes()
    result = collect(read_file(io.BytesIO(data), "bibtex", ReadOptions(name)))
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1")
    entries = len(_ENTRY.findall(text.replace("\r", "\n")))
    assert len(result.records) + len(result.rejected) >= entries
