"""The manners of the command line: exit codes, streams, messages, pipes. Each through the real entry point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from citetool.cli.registry import COMMANDS

WILSON = (
    '"Stalin and Harriman Exchange Military Information", June 26, 1944, Wilson Center Digital Archive, Container 173, '
    "W. Averell Harriman Papers, Manuscript Division, Library of Congress, Washington, D.C. "
    "<https://digitalarchive.wilsoncenter.org/document/219945>"
)
CHICAGO = (
    "“Stalin and Harriman Exchange Military Information,” June 26, 1944, Container 173, W. Averell Harriman Papers, "
    "Manuscript Division, Library of Congress, Washington, D.C., Wilson Center Digital Archive, "
    "https://digitalarchive.wilsoncenter.org/document/219945."
)


def run(*arguments: str, stdin: str = "", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "citetool", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent), **env},
        check=False,
    )


def test_the_main_job_to_the_letter(tmp_path: Path) -> None:
    done = run("cite", "219945", "--style", "wilson-center", cwd=tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == (WILSON + "\n", "", 0)


def test_chicago_is_the_default_style(tmp_path: Path) -> None:
    assert run("cite", "219945", cwd=tmp_path).stdout == CHICAGO + "\n"
    assert run("cite", "219945", "--style", "chicago", cwd=tmp_path).stdout == CHICAGO + "\n"


@pytest.mark.parametrize(("style", "start"), [("ris", "TY  - "), ("bibtex", "@"), ("biblatex", "@"), ("csl-json", "[")])
def test_a_format_is_a_style_too(style: str, start: str, tmp_path: Path) -> None:
    done = run("cite", "219945", "--style", style, cwd=tmp_path)
    assert done.stdout.startswith(start), done.stderr
    assert done.returncode == 0


def test_json_goes_to_programs(tmp_path: Path) -> None:
    done = run("cite", "219945", "--style", "wilson-center", "--json", cwd=tmp_path)
    assert json.loads(done.stdout) == [{"id": "219945", "style": "wilson-center", "citation": WILSON}]


def test_a_wrong_key_is_answered_with_near_ones(tmp_path: Path) -> None:
    done = run("cite", "21994", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "'21994'" in done.stderr
    assert "219945" in done.stderr


def test_a_wrong_style_is_answered_with_near_ones(tmp_path: Path) -> None:
    done = run("cite", "219945", "--style", "chicgo", cwd=tmp_path)
    assert done.returncode == 2
    assert "chicago" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["cite"],
        ["cite", "219945", "--form", "nosuch"],
        ["cite", "219945", "--format", "nosuch"],
        ["nosuch"],
        ["cite", "--x"],
    ],
)
def test_a_wrong_call_is_exit_code_2(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    command = (
        f"{sys.executable} -m citetool cite 219945 219945 219945 --style csl-json | head -1; echo ${{PIPESTATUS[0]}}"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path, env=env, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in ("0", "141")


def test_a_fault_of_ours_leaves_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from citetool.cli import app
    from citetool.library import library

    def fail(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(library, "open_library", fail)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert app.main(["list"]) == 3
    said = capsys.readouterr().err
    assert "ZeroDivisionError: on purpose" in said
    assert "Traceback" not in said
    (log,) = tmp_path.glob("citetool-*.log")
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert str(log) in said


def test_no_colour_but_on_a_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in run("cite", "nosuch", cwd=tmp_path).stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0
    assert "Example" in done.stdout or COMMANDS[name].group
    assert COMMANDS[name].help.rstrip(".") in " ".join(done.stdout.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(shell: str) -> None:
    done = run(_CITETOOL_COMPLETE=f"source_{shell}")
    assert done.returncode == 0, done.stderr
    assert "_CITETOOL_COMPLETE=complete_" in done.stdout


def test_completion_offers_live_keys_and_styles(tmp_path: Path) -> None:
    def complete(words: str) -> str:
        env = {"_CITETOOL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        return run(cwd=tmp_path, **env).stdout

    assert "219945" in complete("citetool cite 2199").split()
    assert "wilson-center" in complete("citetool cite 219945 --style wils").split()
