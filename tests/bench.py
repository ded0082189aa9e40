"""Benchmarks: CPU time, as ratios against peers in the same run. Never part of the tests.

    python tests/bench.py [startup] [render] [documents] [convert] [library] [--json FILE]

Peers run where they are installed: pandoc (package `pypandoc_binary`), the reference processor (npm `citeproc`, folder
in $CITEPROC_JS), citeproc-py, bibutils, papis. Times are CPU seconds of the whole process, the best of several runs.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
TYPER_PROGRAM = """
import typer
def main(key: str, style: str = "x") -> None:
    print(key, style)
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command()(main)
app()
"""


def cpu(command: list[str], *, runs: int = 10, **options: Any) -> float:
    """Milliseconds of CPU that the command takes, the best of several runs."""
    best = float("inf")
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best * 1000


def startup() -> list[dict[str, Any]]:
    """A citation from the shell, beside a bare typer program with one command."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "bare.py")
        script.write_text(TYPER_PROGRAM, encoding="utf-8")
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
        options: dict[str, Any] = {"cwd": folder, "env": env}
        bare = cpu([sys.executable, str(script), "219945"], **options)
        rows = [{"what": "bare typer program", "ms": bare, "ratio": 1.0}]
        tool = [sys.executable, "-m", "citetool"]
        for arguments in (
            ["--version"],
            ["cite", "219945", "--style", "wilson-center"],
            ["cite", "219945", "--style", "chicago"],
            ["cite", "219945", "--style", "ris"],
            ["list"],
        ):
            ms = cpu([*tool, *arguments], **options)
            rows.append({"what": " ".join(["citetool", *arguments]), "ms": ms, "ratio": ms / bare})
        return rows


def render() -> Iterator[dict[str, Any]]:
    """Bibliographies of 100 to 10,000 entries in six styles, and of 100,000 in one, beside other processors."""
    benchmark = importlib.import_module("tests.benchmarks.render")
    yield from benchmark.rows([100, 1000, 10000])
    yield from benchmark.rows([100000], benchmark.STYLES[:1], peers_too=False)


def documents() -> Iterator[dict[str, Any]]:
    """Documents of 500 and 5,000 notes, an insertion into one, and authors of one surname, beside pandoc."""
    yield from importlib.import_module("tests.benchmarks.documents").rows([500, 5000], [400, 800, 1600])


def convert() -> Iterator[dict[str, Any]]:
    """Files of 10,000 entries to CSL-JSON beside pandoc, and by MODS beside bibutils."""
    benchmark = importlib.import_module("tests.benchmarks.convert")
    yield from benchmark.rows([10000])
    yield from benchmark.mods_rows([10000])


def library() -> Iterator[dict[str, Any]]:
    """Index, search, adding and listing, from 1,000 to 100,000 records, beside papis."""
    with tempfile.TemporaryDirectory() as folder:
        yield from importlib.import_module("tests.benchmarks.library").rows([1000, 10000, 100000], Path(folder))


PARTS = {"startup": startup, "render": render, "documents": documents, "convert": convert, "library": library}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which parts; all where none is named")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    wanted = parser.parse_args()
    figures: dict[str, Any] = {"python": platform.python_version(), "machine": platform.machine()}
    for name in wanted.parts or PARTS:
        print(f"{name}: {(PARTS[name].__doc__ or '').splitlines()[0]}")
        figures[name] = []
        for row in PARTS[name]():
            figures[name].append(row)
            print(f"  {row['ms']:9.1f} ms  {row['ratio']:6.2f}  {row['what']}", flush=True)
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
