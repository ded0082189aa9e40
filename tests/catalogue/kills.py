"""Builds of a catalogue that are killed: `python -m tests.catalogue.kills [ROUNDS] [SEED]`.

Each round changes the sources, starts `citetool catalogue build --jobs 2`, and kills (SIGKILL) after a random time the
build with its workers, the build alone, or one worker. What is there then is the catalogue of before or of after, row
for row; building again gives that of after, and leaves nothing else in its folder.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from citetool.catalogue.build import build
from citetool.catalogue.engines import local
from citetool.catalogue.sources import find_sources
from citetool.catalogue.store import MANIFEST, load

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILES, _ENTRIES = 60, 40
_LONGEST = 6.0  # seconds that a build may take before it is killed


def main(rounds: int, seed: int) -> None:
    """Kill so many builds; raises AssertionError where a catalogue has suffered."""
    choose = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        write(root / "in", range(_FILES), 0)
        before = after = _built(root, root / "out")
        killed = 0
        took = 3.0
        for number in range(1, rounds + 1):
            before = after
            write(root / "in", choose.sample(range(_FILES), choose.randrange(1, _FILES)), number)
            after = _built(root, root / f"right{number}")
            started = time.monotonic()
            done = _killed(root, choose, choose.uniform(0.1, min(took * 0.95, _LONGEST)))
            if done:
                took = time.monotonic() - started
            killed += not done
            there = rows(root / "out")
            assert there in (before, after), f"round {number}: neither the old catalogue nor the new one"
            assert _run(root).wait() == 0, f"round {number}: the next build failed"
            assert rows(root / "out") == after, f"round {number}: the next build made something else"
            manifest = load(root / "out")
            named = {*manifest.rows, *manifest.rejects, *manifest.lists}
            left = {f"data/{path.name}" for path in (root / "out" / "data").iterdir()}
            assert left == named, f"round {number}: files that nobody names: {sorted(left - named)}"
        print(f"{rounds} builds, {killed} killed before they were done: each catalogue whole, each next build right")


def write(folder: Path, numbers: Iterable[int], version: int) -> None:
    """Write files of references, whose year is that of the version."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        entries = (
            f"TY  - BOOK\nID  - b{number}-{entry}\nTI  - Town {number}, part {entry}\nPY  - {1900 + version}\nER  - \n"
            for entry in range(_ENTRIES)
        )
        (folder / f"{number}.ris").write_text("".join(entries), encoding="utf-8")


def _built(root: Path, into: Path) -> list[tuple[object, ...]]:
    """Return the rows of a catalogue that nobody disturbs."""
    build(find_sources([str(root / "in")]), into, local.engine(1))
    return rows(into)


def rows(folder: Path) -> list[tuple[object, ...]]:
    """Return what a catalogue holds, in the order of its keys; nothing where there is none yet."""
    if not (folder / MANIFEST).exists():
        return []
    files = [str(folder / name) for name in load(folder).rows]
    with duckdb.connect() as connection:
        sql = "SELECT key, source, position, plain, words FROM read_parquet(?) ORDER BY ALL"
        return connection.execute(sql, [files]).fetchall()


def _run(root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "citetool", "catalogue", "build", str(root / "in"), "-o", str(root / "out")]
    return subprocess.Popen([*command, "--jobs", "2"], stderr=subprocess.DEVNULL, start_new_session=True)


def _killed(root: Path, choose: random.Random, after: float) -> bool:
    """Start a build, kill it or a part of it after a time, and return whether it was done all the same."""
    process = _run(root)
    with suppress(subprocess.TimeoutExpired):
        return process.wait(after) == 0
    victim = choose.choice(("all", "build", "worker"))
    workers = _workers(process.pid)
    with suppress(ProcessLookupError):
        if victim == "worker" and workers:
            os.kill(choose.choice(workers), signal.SIGKILL)
            return process.wait() == 0
        os.kill(process.pid, signal.SIGKILL) if victim == "build" else os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with suppress(ProcessLookupError):  # workers whose build is gone, which end by themselves sooner or later
        os.killpg(process.pid, signal.SIGKILL)
    return False


def _workers(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, int(sys.argv[2]) if len(sys.argv) > 2 else 7)
