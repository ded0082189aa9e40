"""Where the fixtures are that the project does not contain: `$CITETOOL_SHARED`, else `../shared` beside the tree."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_FOLDER = Path(os.environ.get("CITETOOL_SHARED") or Path(__file__).parent.parent.parent / "shared")

SHARED: Path | None = _FOLDER if _FOLDER.is_dir() else None

needs_shared = pytest.mark.skipif(
    SHARED is None, reason=f"no fixtures at {_FOLDER}: set CITETOOL_SHARED to their folder"
)


def shared(*parts: str) -> Path:
    """A file or folder of the fixtures; skips the test that asks where it is not there."""
    path = (SHARED or _FOLDER).joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no fixtures at {path}: set CITETOOL_SHARED to their folder")
    return path
