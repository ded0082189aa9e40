"""A manuscript that is kept rendered while it is written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from citetool.cli.app import main
from citetool.documents import watch
from citetool.documents.registry import read_document
from citetool.documents.sources import Sources
from tests.documents.samples import library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def test_changes_of_any_file_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: two.write_text("b"),
        lambda: None,
        lambda: one.write_text("longer"),
        two.unlink,
    ]
    monkeypatch.setattr(time, "sleep", lambda _: steps.pop(0)())
    seen: list[int] = []
    for _ in watch.changes([one, two], 1):
        seen.append(len(steps))
        if not steps:
            break
    assert seen == [5, 3, 1, 0]


def test_the_files_of_a_manuscript(tmp_path: Path) -> None:
    (tmp_path / "part.tex").write_text("B \\cite{doe}.")
    main_file = tmp_path / "a.tex"
    main_file.write_text("\\addbibresource{refs.bib}A \\cite{roe}. \\input{part}\n")
    document = read_document(main_file)
    names = {path.name for path in watch.files_of(document, Sources(document, [library(tmp_path)]))}
    assert names == {"a.tex", "part.tex", "refs.bib", "items.json"}


def test_a_slip_leaves_the_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, out = tmp_path / "a.md", tmp_path / "out.md"
    arguments = ["doc", "watch", str(text), "-o", str(out), "-i", library(tmp_path), "-s", "apa", "--once"]
    text.write_text("See [@doe].\n")
    assert main(arguments) == 0
    assert capsys.readouterr().err == f"{out}: 1 citation, 1 source\n"
    before = out.read_text()
    assert before.startswith("See (Doe, 2001).")
    assert main(arguments) == 0
    assert capsys.readouterr().err == ""
    text.write_text("See [@dow].\n")
    assert main(arguments) == 1
    assert "there is no source 'dow'" in capsys.readouterr().err
    assert out.read_text() == before
