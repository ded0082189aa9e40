"""Conversion to CSL-JSON: CPU seconds beside pandoc, from .bib, CSL-JSON and RIS, in one run.

    python tests/benchmarks/convert.py [--sizes 10000] [--formats csl-json,bibtex,ris] [--repeat 3]

Items are those of `CITETOOL_SHARED/oracle/corpus.json` where they are there, else the shipped records, repeated with
titles of their own; the .bib and .ris files hold the same items, without what only citetool reads. Each program runs
as a process of its own, start-up included; the quickest of the repeated runs counts, and the programs take turns, so
that what else the machine does falls on both. pandoc comes with the package `pypandoc_binary`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.formats.base import WriteOptions
from citetool.formats.csljson import from_item, to_item
from citetool.formats.table import write_text
from citetool.library.library import open_library, shipped_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CITETOOL_SHARED", ROOT.parent / "shared"))
FORMATS = {"csl-json": ("json", "csljson"), "bibtex": ("bib", "bibtex"), "ris": ("ris", "ris")}
METER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def items(count: int) -> list[dict[str, Any]]:
    """So many items with ids and titles of their own."""
    corpus = SHARED / "oracle" / "corpus.json"
    if corpus.exists():
        base: list[dict[str, Any]] = json.loads(corpus.read_text(encoding="utf-8"))
    else:
        base = [to_item(record, carry=False) for record in open_library(shipped_records())]
    made = []
    for number in range(count):
        item = dict(base[number % len(base)], id=f"item{number}")
        if "title" in item:
            item["title"] = f"{item['title']} {number}"
        made.append(item)
    return made


def measure(command: Sequence[str]) -> tuple[float, float]:
    """CPU milliseconds and peak megabytes of a process; raises RuntimeError where it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", METER, *command], capture_output=True, text=True, check=True, env=env)
    code, seconds, kilobytes = done.stdout.split()
    if code != "0":
        raise RuntimeError(f"this failed with {code}: {' '.join(command)}")
    return float(seconds) * 1000, float(kilobytes) / 1024


def pandoc() -> str | None:
    """The pandoc that comes with its Python package, else the one on the path."""
    spec = find_spec("pypandoc")
    bundled = Path(str(spec.origin)).parent / "files" / "pandoc" if spec else Path()
    return str(bundled) if bundled.is_file() else shutil.which("pandoc")


def rows(sizes: Sequence[int], formats: Sequence[str] = tuple(FORMATS), repeat: int = 3) -> Iterator[dict[str, Any]]:
    """A row for each program, format and size: `what`, `ms`, `mb`, and `ratio` to ours in the same row group."""
    peer = pandoc()
    with tempfile.TemporaryDirectory() as temporary:
        for count in sizes:
            data = items(count)
            for name in formats:
                extension, theirs = FORMATS[name]
                source = Path(temporary) / f"items.{extension}"
                if name == "csl-json":
                    source.write_text(json.dumps(data), encoding="utf-8")
                else:
                    pieces = write_text((from_item(item) for item in data), name, WriteOptions(carry=False))
                    source.write_text("".join(pieces), encoding="utf-8")
                commands = {"citetool": [sys.executable, "-m", "citetool", "convert", str(source), "--to", "csl-json"]}
                if peer:
                    commands["pandoc"] = [peer, "-f", theirs, "-t", "csljson", str(source)]
                runs = [{who: measure(command) for who, command in commands.items()} for _ in range(repeat)]
                for who in commands:
                    ms, mb = min(run[who] for run in runs)
                    ratio = ms / min(run["citetool"][0] for run in runs)
                    yield {"what": f"{who}, {name}, {count} entries", "ms": ms, "ratio": ratio, "mb": round(mb)}


def main() -> None:
    """Print the table for the sizes and formats that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--repeat", type=int, default=3)
    wanted = parser.parse_args()
    for line in rows([int(size) for size in wanted.sizes.split(",")], wanted.formats.split(","), wanted.repeat):
        print(f"{line['ms']:10.1f} ms  {line['ratio']:8.2f}  {line['mb']:5} MB  {line['what']}", flush=True)


if __name__ == "__main__":
    main()
