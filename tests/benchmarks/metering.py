"""What the benchmarks share: items to work on, the CPU and memory of a process, where pandoc is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.formats.csl.json import to_item
from citetool.library.library import open_library
from citetool.paths import shipped_records

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CITETOOL_SHARED", ROOT.parent / "shared"))
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
        base = [to_item(record, carry=False) for record in open_library(shipped_records()).values()]
    made = []
    for number in range(count):
        item = dict(base[number % len(base)], id=f"item{number}")
        if "title" in item:
            item["title"] = f"{item['title']} {number}"
        made.append(item)
    return made


def measure(command: Sequence[str]) -> tuple[float, float]:
    """CPU milliseconds and peak megabytes of a process; raises RuntimeError where it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
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
