"""Builds that are killed, in which a worker is killed, for which there is no room: the catalogue stays whole."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
pytest.importorskip("pyarrow", reason="needs the extra citetool[catalogue]")

from tests.catalogue import kills

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc for the workers")
def test_some_of_the_builds_that_are_killed() -> None:
    kills.main(3, 11)


def test_without_room_the_catalogue_is_as_it_was(tmp_path: Path) -> None:
    kills.write(tmp_path / "in", range(20), 0)
    command = [
        sys.executable,
        "-m",
        "citetool",
        "catalogue",
        "build",
        str(tmp_path / "in"),
        "-o",
        str(tmp_path / "out"),
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    before = kills.rows(tmp_path / "out")
    kills.write(tmp_path / "in", range(20), 1)

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=no_room)
    assert done.returncode == 1
    assert "the catalogue is as it was before" in done.stderr
    assert "Traceback" not in done.stderr
    assert kills.rows(tmp_path / "out") == before
