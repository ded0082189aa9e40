"""All checks of the project, one after the other: format, lint, types, tests. Exit code 1 if any of them fails.

python tests/all.py            everything
python tests/all.py -k levels  further words go to pytest
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "--output-format", "concise", "."),
    ("mypy",),
    ("pytest", "-n", "auto", *sys.argv[1:]),
)


def main() -> int:
    failed = []
    for check in CHECKS:
        print(f"== {' '.join(check)}", flush=True)
        if subprocess.run([sys.executable, "-m", *check], cwd=ROOT, check=False).returncode:
            failed.append(check[0])
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
