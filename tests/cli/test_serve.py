"""`citetool serve` through the real entry point."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from citetool.cli.app import main
from tests.libraries import make_library, record_text

pytest.importorskip("uvicorn", reason="pip install 'citetool[serve]'")


def test_it_serves_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "citetool", "serve", "--port", "0", "--pick", "219945"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stderr is not None
        try:
            match = None
            while match is None:
                line = process.stderr.readline()
                assert line, "the server ended"
                match = re.search(r"http://127\.0\.0\.1:\d+/", line)
            with urllib.request.urlopen(f"{match[0]}better-bibtex/cayw?format=pandoc", timeout=20) as answer:
                assert answer.read() == b"@219945"
            process.send_signal(signal.SIGINT)
            assert process.wait(10) in (0, 130)
            assert "Traceback" not in process.stderr.read()
        finally:
            process.kill()


def test_several_libraries_have_ports_of_their_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_library(tmp_path / name, {f"{name}.yaml": record_text(name, title=f"Title {name}")})
    command = [sys.executable, "-m", "citetool", "serve", "--port", "0"]
    command += [word for name in ("one", "two") for word in ("-L", str(tmp_path / name))]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stderr is not None
        try:
            lines = [process.stderr.readline() for _ in range(2)]
            addresses = [line.split(": ", 1)[1].split()[0] for line in lines]
            pages = []
            for address in addresses:
                with urllib.request.urlopen(address, timeout=20) as answer:
                    pages.append(answer.read().decode())
            assert ["Title one" in page for page in pages] == [True, False]
            assert ["Title two" in page for page in pages] == [False, True]
            assert f'<a href="{addresses[1]}">two</a>' in pages[0]
            process.send_signal(signal.SIGINT)
            assert process.wait(10) in (0, 130)
        finally:
            process.kill()


def test_a_taken_port_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "citetool", "serve", "--port", port]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, check=False, cwd=Path(__file__).parents[2]
        )
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr
    assert "--port" in done.stderr


def test_an_unknown_key_to_pick_is_refused() -> None:
    command = [sys.executable, "-m", "citetool", "serve", "--port", "0", "--pick", "no-such-key"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 1
    assert "no-such-key" in done.stderr


@pytest.mark.parametrize(("command", "module"), [("serve", "starlette"), ("mcp", "mcp")])
def test_records_that_ship_with_citetool_are_not_saved_into(
    command: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip(module)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("CITETOOL_LIBRARY", raising=False)
    assert main([command, "--save"]) == 2
    said = capsys.readouterr()
    assert "there is no library to save into yet" in said.err
    assert "citetool library init" in said.err
    assert said.out == ""
