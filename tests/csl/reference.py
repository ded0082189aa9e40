"""The reference processor: npm citeproc, run by node beside ours.

`$CITEPROC_JS` names the folder of the npm package (`npm install citeproc` anywhere); without it node looks in its own
places. `Reference.open` gives None where there is no node or no package.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).with_name("citeproc_runner.js")


class Reference:
    """One node process that renders documents; `close` ends it."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    @classmethod
    def open(cls, locales: Path) -> Reference | None:
        """Start the processor with the locale files of a folder; None where node or the package is missing."""
        node = shutil.which("node")
        package = os.environ.get("CITEPROC_JS", "citeproc")
        if node is None:
            return None
        found = subprocess.run([node, "-e", f"require({json.dumps(package)})"], capture_output=True, check=False)
        return cls([node, str(RUNNER), package, str(locales)]) if found.returncode == 0 else None

    def render(self, style: str, items: list[Any], clusters: list[Any], locale: str = "") -> dict[str, Any]:
        """Return `texts` of the clusters and `entries` ([id, text]) of the bibliography, or `error`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        job = {"style": style, "items": items, "clusters": clusters, "locale": locale}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "the process ended"}
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
