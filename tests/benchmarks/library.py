"""How the library grows: first index, search, adding one record, listing, from 1,000 to 100,000 records.

    python tests/benchmarks/library.py [--sizes 1000,10000,100000] [--folder DIR]

Records are made from the real source notes of `CITETOOL_SHARED` where they are there, else from a small vocabulary.
CPU time of whole commands, started as a user starts them, the least of some runs; memory is the largest resident set.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
_PAPIS_MOST = 10_000
SHARED = Path(os.environ.get("CITETOOL_SHARED", ROOT.parent / "shared"))
_NOUNS = (
    "conversation",
    "report",
    "telegram",
    "minutes",
    "visit",
    "request",
    "proposal",
    "offer",
    "mission",
    "talks",
    "front",
    "treaty",
    "base",
    "fleet",
)
_NAMES = (
    "Harriman",
    "Stalin",
    "Molotov",
    "Hull",
    "Kennan",
    "Bohlen",
    "Deane",
    "Eden",
    "Clark",
    "Kerr",
    "Vyshinsky",
    "Maisky",
    "Litvinov",
    "Gusev",
)


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


def write_papis(folder: Path, count: int) -> None:
    """The same records as papis keeps them: a folder with an `info.yaml` each."""
    for key, text in make_records(count):
        (folder / key).mkdir(parents=True)
        title = next(line for line in text.splitlines() if line.startswith("title: "))
        info = f"ref: {key}\npapis_id: {key}\n{title}\nauthor: Harriman, W.\nyear: 1944\ntype: misc\n"
        (folder / key / "info.yaml").write_text(info, encoding="utf-8")


def measured(command: Sequence[str], *, runs: int, env: dict[str, str]) -> tuple[float, int]:
    """CPU milliseconds of a command, the least of some runs, and its largest resident set in MB."""
    best, memory = float("inf"), 0
    for _ in range(runs):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        best = min(best, (usage.ru_utime + usage.ru_stime) * 1000)
        memory = usage.ru_maxrss // 1024
    return best, memory


def rows(sizes: Sequence[int], folder: Path) -> Iterator[dict[str, Any]]:
    """One row a command and size: `what`, `ms` of CPU, `ratio` to `citetool --version`, `mb` of memory."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    env |= {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    tool = [sys.executable, "-m", "citetool"]

    def row(what: str, command: Sequence[str], runs: int) -> dict[str, Any]:
        # a busy machine makes everything slower: both are measured by turns
        both = [[measured(c, runs=1, env=env) for c in (command, [*tool, "--version"])] for _ in range(runs)]
        ms, base = (min(pair[place][0] for pair in both) for place in (0, 1))
        return {"what": what, "ms": ms, "ratio": ms / base, "mb": max(pair[0][1] for pair in both)}

    for size in sizes:
        root = folder / str(size)
        if not root.is_dir():
            write_library(root, size)
        at = ["--library", str(root)]
        shutil.rmtree(root / ".citetool", ignore_errors=True)
        yield row(f"{size:>7,}: first index", [*tool, "library", "stats", *at], 1)
        # the first look after a while sees to changes in place; the next ones do without
        measured([*tool, "list", "--keys", *at], runs=1, env=env)
        yield row(f"{size:>7,}: search, few found", [*tool, "search", "harriman box:173 kind:letter", *at], 9)
        yield row(f"{size:>7,}: search by day", [*tool, "search", "date:1944-06-26", *at], 9)
        yield row(f"{size:>7,}: list everything", [*tool, "list", *at], 2)
        yield row(f"{size:>7,}: cite one", [*tool, "cite", f"r{size - 1:06}", "--style", "wilson-center", *at], 3)
        yield row(f"{size:>7,}: add one", [*tool, "new", "kind=letter", "--key", f"new{os.getpid()}-{size}", *at], 1)
        yield row(f"{size:>7,}: search after adding", [*tool, "search", "harriman box:173 kind:letter", *at], 1)
        if shutil.which("papis") and size <= _PAPIS_MOST:
            if not (folder / f"papis{size}").is_dir():
                write_papis(folder / f"papis{size}", size)
            config = folder / "config" / "papis" / "config"
            config.parent.mkdir(parents=True, exist_ok=True)
            config.write_text(f"[settings]\ndefault-library = bench\n[bench]\ndir = {folder / f'papis{size}'}\n")
            papis = ["papis", "-l", "bench"]
            yield row(f"{size:>7,}: papis, first list", [*papis, "list", "--all"], 1)
            yield row(f"{size:>7,}: papis, search", [*papis, "list", "--all", "title:minutes"], 3)


def library() -> list[dict[str, Any]]:
    """Growth of a library from 1,000 to 100,000 records, beside papis where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        return list(rows((1_000, 10_000, 100_000), Path(folder)))


def main() -> None:
    """Print the table for the sizes that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--folder", type=Path, help="keep the libraries here, and use those that are there")
    wanted = parser.parse_args()
    sizes = [int(size) for size in wanted.sizes.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        for row in rows(sizes, wanted.folder or Path(temporary)):
            print(f"{row['ms']:10.1f} ms  {row['ratio']:8.2f}  {row['mb']:5} MB  {row['what']}", flush=True)


if __name__ == "__main__":
    main()
