"""The score on citations labelled by hand, and the repositories of source notes: figures that fail both ways.

A figure that got better has to be written down here, so that it cannot get worse unseen.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from citetool.parsing import read_citation, to_record, with_given
from tests.shared import needs_shared, shared

PAGE = Path(__file__).parents[2] / "citetool" / "parsing" / "README.md"

RECORDED = {
    "title": 0.9688, "creators": 0.9853, "recipients": 1.0, "date": 0.9935, "url": 1.0,
    "level value": 0.9849, "level and value": 0.9758, "all": 0.9869, "whole": 0.9079,
}  # fmt: skip
BY_SET = {
    "dcfield": 0.9931, "frus": 0.9749, "heppler": 0.995, "hist": 0.994, "index": 0.803, "prefercite": 0.9943,
    "tex": 1.0, "wcaleb": 0.9861, "wilson": 0.9375,
}  # fmt: skip


def rows(*path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shared(*path).read_text(encoding="utf-8").splitlines()]


def score(labels: list[dict[str, Any]], folder: Path) -> dict[str, float]:
    """What the scorer of the fixtures says of our readings."""
    wanted, got = folder / "labels.jsonl", folder / "readings.jsonl"
    wanted.write_text("".join(json.dumps(label) + "\n" for label in labels), encoding="utf-8")
    readings = [{"reading": read_citation(label["string"]).as_dict()} for label in labels]
    got.write_text("".join(json.dumps(reading) + "\n" for reading in readings), encoding="utf-8")
    scorer = shared("data", "score_citations.py")
    done = subprocess.run([sys.executable, scorer, wanted, got], check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {name: value for name, value in result.items() if name != "confidence"}


@needs_shared
def test_score_is_as_recorded(tmp_path: Path) -> None:
    assert score(rows("data", "citations_labelled.jsonl"), tmp_path) == RECORDED


@needs_shared
def test_score_of_each_set_is_as_recorded(tmp_path: Path) -> None:
    labels = rows("data", "citations_labelled.jsonl")
    got = {name: score([lb for lb in labels if lb["set"] == name], tmp_path)["all"] for name in BY_SET}
    assert got == BY_SET
    assert {lb["set"] for lb in labels} == set(BY_SET)


@needs_shared
def test_source_notes_have_their_repository() -> None:
    notes = rows("data", "frus", "frus_source_notes.jsonl")
    missing = [
        note["note"][:80]
        for note in notes
        if not any(level.name == "repository" for level in read_citation(note["note"]).levels)
    ]
    assert missing == []


@needs_shared
def test_what_is_given_beside_source_notes_is_kept() -> None:
    for note in rows("data", "frus", "frus_source_notes.jsonl"):
        record = with_given(to_record(read_citation(note["note"])), note["title"], note["date"], note["url"])
        assert (record.title, record.date, record.digital.url) == (note["title"], note["date"], note["url"])
        assert record.archive.get("repository")


def test_the_page_has_these_figures(update_golden: bool) -> None:
    rows = [*RECORDED.items(), *((f"`{name}` alone", value) for name, value in BY_SET.items())]
    table = "| what | F1 |\n|---|---|\n" + "".join(f"| {name} | {value:.3f} |\n" for name, value in rows)
    text = PAGE.read_text(encoding="utf-8")
    block = re.compile(r"(<!-- score -->\n)(.*?)(<!-- end -->)", re.S)
    found = block.search(text)
    assert found
    if update_golden:
        PAGE.write_text(block.sub(lambda m: m[1] + table + m[3], text), encoding="utf-8")
    else:
        assert found[2] == table
