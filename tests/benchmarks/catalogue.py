"""Catalogues: CPU and memory by format and size, what two processes gain, how long a look-up takes.

    python -m tests.benchmarks.catalogue [--sizes 10000,30000,100000] [--formats] [--keep DIR]

Sources are the finding aids of `CITETOOL_SHARED/data/ead`, repeated with ids and words of their own until there are so
many records. The exponent of growth is that of CPU over records, from the smallest size to the largest. What two
processes gain is given thrice: as measured, which says little on a busy machine; by the CPU of the build alone and of
its workers against that of one process, another run that the machine may have slowed otherwise; and by these two of one
run, the bound of what any machine can gain.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citetool.catalogue.store import load
from citetool.formats.base import WriteOptions
from citetool.formats.csl.json import from_item
from citetool.formats.registry import write_text
from tests.benchmarks.metering import ROOT, SHARED, items, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = {"ris": "ris", "bibtex": "bib", "mods": "mods", "csl-json": "csl.json"}
# Run within the measured process, so that the CPU of the build and that of its workers are told apart.
_METER = """
import resource, sys
from pathlib import Path
from citetool.catalogue.build import build
from citetool.catalogue.engines import local
from citetool.catalogue.sources import find_sources
if __name__ == "__main__":
    build(find_sources([sys.argv[1]]), Path(sys.argv[2]), local.engine(int(sys.argv[3])))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(*(one.ru_utime + one.ru_stime for one in used), max(one.ru_maxrss for one in used))
"""


class Built(NamedTuple):
    """A build as measured: records, CPU seconds of the build and of its workers, seconds that passed, megabytes."""

    records: int
    own: float
    workers: float
    passed: float
    mb: float

    @property
    def cpu(self) -> float:
        """All CPU seconds."""
        return self.own + self.workers


def grow(folder: Path, count: int) -> None:
    """Fill a folder with finding aids of about so many records: real ones, with ids and words of their own."""
    texts = {path.stem: path.read_text(encoding="utf-8", errors="replace") for path in sorted(_aids())}
    left, copy = count, 0
    while left > 0:
        for stem, text in texts.items():
            own = re.sub(r"(</(?:\w+:)?(?:eadid|recordid)>)", rf"-{copy}\1", text)
            own = re.sub(r"(</(?:\w+:)?unittitle>)", rf" copy{copy}\1", own)
            (folder / f"{stem}-{copy}.xml").write_text(own, encoding="utf-8")
            left -= len(re.findall(r"<(?:\w+:)?(?:c\d\d|c|archdesc)[\s>]", text))
            if left <= 0:
                break
        copy += 1


def _aids() -> Iterator[Path]:
    """Yield the shared finding aids that are whole."""
    yield from (path for path in (SHARED / "data" / "ead").glob("*.xml") if "mismatched" not in path.name)


def measured(source: Path, into: Path, jobs: int) -> Built:
    """Build a catalogue in a process of its own."""
    shutil.rmtree(into, ignore_errors=True)
    script = into.with_suffix(".py")  # spawned workers read it again
    script.write_text(_METER, encoding="utf-8")
    started = time.monotonic()
    command = [sys.executable, str(script), str(source), str(into), str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)})
    own, workers, kilobytes = map(float, done.stdout.split())
    return Built(load(into).records, own, workers, time.monotonic() - started, kilobytes / 1024)


def asked(folder: Path) -> Iterator[tuple[str, float]]:
    """Yield what is asked of a catalogue from the shell, and the CPU seconds, start-up included."""
    first = subprocess.run(
        [sys.executable, "-m", "citetool", "catalogue", "search", "", "--keys", "--limit", "1", "-C", str(folder)],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)},
    ).stdout.strip()  # fmt: skip
    calls = {
        "by key": ["catalogue", "show", first],
        "by collection and years": ["catalogue", "search", "collection:baker date:1980..1985", "--limit", "20"],
    }
    for name, call in calls.items():
        command = [sys.executable, "-m", "citetool", *call, "-C", str(folder)]
        yield name, min(measure(command)[0] for _ in range(3)) / 1000


def by_format(place: Path, count: int = 10_000) -> Iterator[tuple[str, Built]]:
    """Yield the build of so many entries in each format that we write."""
    records = [from_item(item) for item in items(count)]
    for name, extension in FORMATS.items():
        folder = place / name
        folder.mkdir()
        (folder / f"items.{extension}").write_text("".join(write_text(records, name, WriteOptions())), encoding="utf-8")
        yield name, measured(folder, place / f"{name}-catalogue", 1)


def main() -> None:
    """Print a line for each build and question."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,30000,100000")
    parser.add_argument("--formats", action="store_true")
    parser.add_argument("--keep")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(wanted.keep or temporary)
        place.mkdir(exist_ok=True)
        builds = []
        for size in map(int, wanted.sizes.split(",")):
            source = place / f"in{size}"
            source.mkdir()
            grow(source, size)
            built = measured(source, place / f"out{size}", 1)
            builds.append(built)
            _say(f"EAD, {built.records:,} records, 1 process", built)
            for name, seconds in asked(place / f"out{size}"):
                print(f"    {name}: {seconds:.2f} s CPU", flush=True)
        first, last = builds[0], builds[-1]
        if len(builds) > 1:
            print(f"growth: exponent {math.log(last.cpu / first.cpu) / math.log(last.records / first.records):.3f}")
        two = measured(source, place / "two", 2)
        _say(f"EAD, {two.records:,} records, 2 processes", two)
        alone = two.own + two.workers / 2
        print(f"    {last.passed / two.passed:.2f} times one as measured, {last.cpu / alone:.2f} by CPU of both runs")
        print(f"    {two.own / two.cpu:.1%} of the CPU is the build's own, which bounds it to {two.cpu / alone:.2f}")
        if wanted.formats:
            for name, built in by_format(place):
                _say(f"{name}, {built.records:,} records, 1 process", built)
    print(json.dumps([built._asdict() for built in builds]))


def _say(what: str, built: Built) -> None:
    rate = built.records / built.cpu
    print(
        f"{built.cpu:8.1f} s CPU  {built.passed:8.1f} s  {rate:8.0f} a second  {built.mb:6.0f} MB  {what}", flush=True
    )


if __name__ == "__main__":
    main()
