from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.cli.ui import clipboard
from citetool.problems import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_program_that_is_there_gets_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "xclip"
    program.write_text(f'#!/bin/sh\n/bin/cat > "{tmp_path}/got"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    clipboard.copy("“Ж”")
    assert (tmp_path / "got").read_text(encoding="utf-8") == "“Ж”"


def test_no_clipboard_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotFoundError, match="no clipboard"):
        clipboard.copy("x")
