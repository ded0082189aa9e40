"""What the message says of a change that met a fault is what is on the disk, whichever call of the system it was."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from citetool.cli.app import main
from tests.libraries import contents, make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

RIS = "TY  - BOOK\nID  - q\nTI  - Q\nER  - \n\nTY  - BOOK\nID  - r\nTI  - R\nER  - \n"
CALLS = ("open", "fsync", "replace", "rename", "unlink", "mkdir", "write", "rmdir")
COMMANDS = (
    "set a title=New", "set --query kind:letter place=Oslo", "new kind=book title=Fresh --key z", "rename a k",
    "remove a", "import in.ris", "undo", "attach a in.ris", "tag new a b",
)  # fmt: skip


class Faulty:
    """The calls of the system that change files; the `first` of them fails, or all from there on."""

    def __init__(self, patch: pytest.MonkeyPatch, code: int, first: int, *, lasting: bool) -> None:
        self.count = 0
        for name in CALLS:
            self._wrap(patch, name, code, first, lasting)

    def _wrap(self, patch: pytest.MonkeyPatch, name: str, code: int, first: int, lasting: bool) -> None:
        real = getattr(os, name)

        def call(*given: Any, **named: Any) -> Any:
            if name == "open" and not int(given[1]) & (os.O_WRONLY | os.O_RDWR):
                return real(*given, **named)
            self.count += 1
            if self.count == first or (lasting and self.count > first and name != "unlink"):
                raise OSError(code, os.strerror(code))
            return real(*given, **named)

        patch.setattr(os, name, call)


@pytest.fixture
def before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.ris").write_text(RIS)
    return tmp_path / "records"


def _start(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, bytes]:
    if root.exists():
        for path in sorted(root.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    make_library(root, {f"{key}.yaml": record_text(key, kind="letter", title=key.upper()) for key in "ab"})
    assert main(["rename", "b", "c"]) == 0
    assert main(["list"]) == 0
    capsys.readouterr()
    return contents(root)


@pytest.mark.parametrize(("code", "lasting"), [(errno.EIO, False), (errno.ENOSPC, True), (errno.EROFS, True)])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_message_is_true(
    command: str, code: int, lasting: bool, before: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    root = before
    _start(root, capsys)
    with monkeypatch.context() as patch:
        calls = Faulty(patch, code, 0, lasting=False)
        assert main(command.split()) == 0
    number, after = calls.count, contents(root)
    for first in range(1, number + 1):
        old = _start(root, capsys)
        with monkeypatch.context() as patch:
            Faulty(patch, code, first, lasting=lasting)
            result = main(command.split())
        said = capsys.readouterr().err
        now = contents(root)
        told = f"call {first}, code {result}: {said}"
        assert result in (0, 1), told
        if now == old:
            assert result == 1, told
            assert "the change is" not in said, told
        elif now == after:
            assert result == 0 or "the change is made" in said or "the change is taken back" in said, told
        else:
            assert (result, "in part" in said) == (1, True), told
            assert main(["undo"]) == 0, told
            assert contents(root) in (old, after), told
