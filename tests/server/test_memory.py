"""The memory of a server: garbage is taken away while it works."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc
import sys
from citetool import cli  # it searches for garbage rarely, as suits one command
from citetool.citation.render import cite
from citetool.library.library import open_library
from citetool.server.memory import keep_flat

if sys.argv[1] == "server":
    keep_flat()
record = open_library().get("219945")
for _ in range(200):
    cite([record], style="wilson-center")
print(gc.collect())
"""


def left(mode: str) -> int:
    """Return how many objects of dropped styles lie about after 200 citations."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, mode], check=True, capture_output=True, text=True)
    return int(done.stdout)


def test_dropped_styles_do_not_pile_up() -> None:
    assert left("server") * 3 < left("command")
