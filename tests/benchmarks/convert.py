"""Conversion: CPU seconds beside pandoc to CSL-JSON, beside bibutils by MODS, in one run.

    python -m tests.benchmarks.convert [--sizes 10000] [--formats csl-json,bibtex,ris] [--repeat 3]

Items are those of `CITETOOL_SHARED/oracle/corpus.json` where they are there, else the shipped records, repeated with
titles of their own; the .bib and .ris files hold the same items, without what only citetool reads. Each program runs
as a process of its own, start-up included; the quickest of the repeated runs counts, and the programs take turns, so
that what else the machine does falls on both. pandoc comes with the package `pypandoc_binary`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.formats.base import WriteOptions
from citetool.formats.csl.json import from_item
from citetool.formats.registry import write_text
from tests.benchmarks.metering import items, measure, pandoc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FORMATS = {"csl-json": ("json", "csljson"), "bibtex": ("bib", "bibtex"), "ris": ("ris", "ris")}
# from, to, and the program of bibutils that does it
MODS = (("bibtex", "mods", "bib2xml"), ("mods", "ris", "xml2ris"))


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
                    pieces = write_text((from_item(item) for item in data), name, WriteOptions(lossless=False))
                    source.write_text("".join(pieces), encoding="utf-8")
                commands = {"citetool": [sys.executable, "-m", "citetool", "convert", str(source), "--to", "csl-json"]}
                if peer:
                    commands["pandoc"] = [peer, "-f", theirs, "-t", "csljson", str(source)]
                runs = [{who: measure(command) for who, command in commands.items()} for _ in range(repeat)]
                for who in commands:
                    ms, mb = min(run[who] for run in runs)
                    ratio = ms / min(run["citetool"][0] for run in runs)
                    yield {"what": f"{who}, {name}, {count} entries", "ms": ms, "ratio": ratio, "mb": round(mb)}


def mods_rows(sizes: Sequence[int], repeat: int = 3) -> Iterator[dict[str, Any]]:
    """Rows as in `rows`, for BibTeX to MODS and MODS to RIS beside bibutils."""
    with tempfile.TemporaryDirectory() as temporary:
        for count in sizes:
            for name, target, program in MODS:
                source = Path(temporary) / f"items.{'xml' if name == 'mods' else 'bib'}"
                pieces = write_text((from_item(item) for item in items(count)), name, WriteOptions(lossless=False))
                source.write_text("".join(pieces), encoding="utf-8")
                ours = [sys.executable, "-m", "citetool", "convert", str(source), "--to", target]
                commands = {"citetool": ours} | ({"bibutils": [program, str(source)]} if shutil.which(program) else {})
                runs = [{who: measure(command) for who, command in commands.items()} for _ in range(repeat)]
                for who in commands:
                    ms, mb = min(run[who] for run in runs)
                    what = f"{who}, {name} to {target}, {count} entries"
                    yield {
                        "what": what,
                        "ms": ms,
                        "ratio": ms / min(run["citetool"][0] for run in runs),
                        "mb": round(mb),
                    }


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
