"""Items of Zotero, exported by its own translators and read here: every archival fact that the export has comes back.

Runs Zotero's own code as `test_printback` does.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import urllib.request
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from citetool.formats.base import ReadOptions, collect
from citetool.formats.registry import reader
from tests.shared import SHARED

if TYPE_CHECKING:
    from citetool.record.model import Record

LAB = os.environ.get("REFMAN_LAB", "")
TOOLS = (SHARED or Path()) / "tools" / "managers"
pytestmark = [
    pytest.mark.skipif(
        not LAB or not TOOLS.is_dir(),
        reason="needs Zotero's own code: REFMAN_LAB and the shared folder's tools/managers",
    ),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # the server's own pipe
]
EXPORTS = {"ris": "ris", "biblatex": "biblatex", "mods": "mods", "rdf_zotero": "zotero-rdf", "csljson": "csl-json"}
# Of an interview the export has a document by the interviewer, with the interviewee as collaborator.
UNSAID = {("biblatex", "interview")}
ITEMS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "zotero_items.yaml").read_text(encoding="utf-8"))
_OF_KIND = ("manuscriptType", "reportType", "thesisType", "mapType")


@cache
def exported(name: str) -> list[bytes]:
    """Return the export of each item by itself."""
    sys.path.insert(0, str(TOOLS))
    import refman

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the server is on loopback
    found = []
    with refman.zotero_server(60) as base:
        for number, item in enumerate(ITEMS):
            data = json.dumps([{**item, "key": f"K{number:07}", "version": 0, "tags": []}]).encode()
            request = urllib.request.Request(f"{base}/export?format={name}", data, {"Content-Type": "application/json"})
            with opener.open(request, timeout=60) as answer:
                found.append(answer.read())
    return found


def facts(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the facts of an item by the name of the check that looks for them."""
    extra = dict(re.findall(r"(?m)^(\S+): (.+)$", item.get("extra", "")))
    found = [("title", item.get("title", "")), ("date", item["date"])]
    found += [("name", creator.get("lastName") or creator["name"]) for creator in item["creators"]]
    found.append(("repository", item.get("archive") or extra.get("archive", "")))
    below = (item.get("archiveLocation") or extra.get("archive_location", "")).split(", ")
    found += [("level", text) for text in (*below, extra.get("archive_collection", ""), extra.get("archive-place", ""))]
    found += [("number", item.get("callNumber", "")), ("site", item.get("libraryCatalog", ""))]
    found += [("kind", next((item[name] for name in _OF_KIND if name in item), extra.get("genre", "")))]
    found += [("place", item.get("place", ""))]
    return [(name, text) for name, text in found if text]


def holds(record: Record, name: str, text: str) -> bool:
    """Return whether the record has the fact in the field for it."""
    if name == "title":
        return record.title == text
    if name == "date":
        return record.date == text
    if name == "name":
        return any(text in (c.name.literal, f"{c.name.non_dropping} {c.name.family}".strip()) for c in record.creators)
    if name == "repository":
        return record.archive.get("repository") == text
    if name == "level":
        return any(level.value == text for level in record.archive.levels if level.name != "repository")
    if name == "number":
        numbers = (*record.identifiers.values(), record.publication.get("call-number"), record.digital.id)
        return text in numbers or any(level.value == text for level in record.archive.levels)
    if name == "site":
        return text in (record.digital.name, record.metadata.source)
    if name == "kind":
        return record.kind.casefold() == text.casefold()
    return text in (record.place, record.publication.get("publisher-place"))


@pytest.mark.parametrize("number", range(len(ITEMS)), ids=[item["itemType"] for item in ITEMS])
@pytest.mark.parametrize("name", EXPORTS)
def test_what_zotero_exports_comes_back(name: str, number: int) -> None:
    item, data = ITEMS[number], exported(name)[number]
    if (name, item["itemType"]) in UNSAID:
        return
    result = collect(reader(EXPORTS[name])(io.BytesIO(data), ReadOptions()))
    (record,) = result.records
    text = re.sub(r"[{}\\]", "", data.decode())
    said = [(fact, value) for fact, value in facts(item) if fact == "date" or value in text]
    assert [fact for fact in said if not holds(record, *fact)] == []
