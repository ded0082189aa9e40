"""What a release carries beside the code: one version, completions for shells, a citation of citetool."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from typer._completion_shared import get_completion_script

import citetool

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("shell", "name"), [("bash", "citetool.bash"), ("zsh", "_citetool"), ("fish", "citetool.fish")]
)
def test_completions_are_those_of_the_parser(shell: str, name: str) -> None:
    made = get_completion_script(prog_name="citetool", complete_var="_CITETOOL_COMPLETE", shell=shell)
    assert (ROOT / "citetool" / "completions" / name).read_text(encoding="utf-8").strip() == made.strip()


def test_the_version_stands_in_one_place() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "citetool/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", citetool.__version__)


def test_citetool_cites_itself() -> None:
    (record,) = citetool.read(ROOT / "citetool" / "CITATION.cff")
    assert record.title == "citetool"
    assert f"version: {citetool.__version__}\n" in (ROOT / "citetool" / "CITATION.cff").read_text(encoding="utf-8")
    assert "citetool" in citetool.cite(record, style="apa")[0]


def test_the_wheel_is_compared_with_what_is_told_to_be_shared() -> None:
    checked = runpy.run_path(str(ROOT / ".ci" / "dist"))["SHARED"]
    assert checked == PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
