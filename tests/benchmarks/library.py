"""How the library grows: first index, search, adding one record, listing, from 1,000 to 100,000 records.

    python tests/benchmarks/library.py [--sizes 1000,10000,100000] [--folder DIR]

Records are made from the real source notes of `CITETOOL_SHARED` where they are there, else from a small vocabulary.
CPU seconds of whole commands, started as a user starts them, the least of some runs; memory is the largest resident set.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHARED = Path(os.environ.get("CITETOOL_SHARED", Path(__file__).parents[2].parent / "shared"))
_NOUNS = "conversation report telegram minutes visit request proposal offer mission talks front treaty base fleet".split()
_NAMES = "Harriman Stalin Molotov Hull Kennan Bohlen Deane Eden Clark Kerr Vyshinsky Maisky Litvinov Gusev".split()


def make_records(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """`count` keys with the YAML text of their records: real titles, notes and places, mixed."""
    choose = random.Random(seed)
    notes = list(_notes())
    for number in range(count):
        note = choose.choice(notes)
        first, second = choose.sample(_NAMES, 2)
        title = f"{note['title']}, {choose.choice(_NOUNS)} {number}"
        date = f"{choose.randint(1917, 1991)}-{choose.randint(1, 12):02}-{choose.randint(1, 28):02}"
        yield (
            f"r{number:06}",
            f"""id: r{number:06}
kind: {choose.choice(("telegram", "letter", "memorandum of conversation", "report"))}
title: {json.dumps(title, ensure_ascii=False)}
date: {date}
language: en
creators:
- {{name: "{first}, W.", role: author}}
- {{name: "{second}, J.", role: recipient, office: Ambassador}}
archive:
  folder: Folder {choose.randint(1, 90)}
  box: Box {choose.randint(1, 400)}
  collection: {choose.choice(_NAMES)} Papers
  repository: {choose.choice(("Library of Congress", "National Archives", "Reagan Library", "Hoover Institution"))}
  place: Washington, D.C.
digital:
  name: Office of the Historian
  url: {note["url"]}/{number}
summary: {json.dumps(note["note"], ensure_ascii=False)}
subjects: [Diplomacy, {choose.choice(_NOUNS)}]
""",
        )


def _notes() -> Iterator[dict[str, str]]:
    path = SHARED / "data" / "frus" / "frus_source_notes.jsonl"
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            note = json.loads(line)
            yield {name: str(note.get(name) or "") for name in ("title", "note", "url")}
        return
    for noun in _NOUNS:
        yield {"title": f"A {noun}", "note": f"Source: the files of the {noun}.", "url": f"https://example.org/{noun}"}


def write_library(folder: Path, count: int) -> None:
    """A library of `count` records, 1,000 to a folder."""
    for number, (key, text) in enumerate(make_records(count)):
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        (place / f"{key}.yaml").write_text(text, encoding="utf-8")
