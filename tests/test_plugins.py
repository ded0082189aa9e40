"""Plug-ins: the example package of the handbook, installed the way an installer does it, and run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "plugins" / "example"
PAGE = ROOT / "citetool" / "handbook" / "plugins.md"


def install(folder: Path, name: str, points: dict[str, dict[str, str]], **modules: str) -> None:
    """Write modules and their metadata into a folder as a wheel's installation has them."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [f"[{group}]\n" + "".join(f"{n} = {v}\n" for n, v in rows.items()) for group, rows in points.items()]
    (info / "entry_points.txt").write_text("\n".join(lines))
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of installed packages with the example in it."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    source = (EXAMPLE / "citetool_example.py").read_text(encoding="utf-8")
    install(tmp_path / "site", project["name"], project["entry-points"], citetool_example=source)
    return tmp_path / "site"


def citetool(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    folder = site.parent / "work"
    folder.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "citetool", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{site}", "XDG_DATA_HOME": str(site.parent / "data")},
    )


def test_a_writer(site: Path) -> None:
    done = citetool(site, "cite", "adams-2001", "--format", "mediawiki", "--form", "bibliography")
    assert done.returncode == 0, done.stderr
    assert "''" in done.stdout
    assert "<i>" not in done.stdout


def test_a_format_is_read_and_written(site: Path) -> None:
    work = site.parent / "work"
    work.mkdir()
    (work / "room.inventory").write_text("a1\t1944-06-26\tA letter\nbroken\n")
    done = citetool(site, "convert", "room.inventory", "--to", "ris")
    assert done.returncode == 0, done.stderr
    assert "TI  - A letter" in done.stdout
    assert "1 columns, 3 expected" in done.stderr
    done = citetool(site, "export", "219945", "-o", "out.inventory")
    assert done.returncode == 0, done.stderr
    assert (work / "out.inventory").read_text().startswith("219945\t1944-06-26\tStalin and Harriman")


def test_a_check(site: Path) -> None:
    work = site.parent / "work" / "records"
    work.mkdir(parents=True)
    (work / "a.yaml").write_text('id: "a"\nkind: letter\ntitle: LOUD WORDS\n')
    done = citetool(site, "check", "--only", "shouting-title")
    assert "the title is in capitals [shouting-title]" in done.stderr
    assert done.returncode == 0
    assert citetool(site, "check", "--only", "shouting-title", "--fix").returncode == 0
    assert "title: Loud words" in (work / "a.yaml").read_text()


def test_a_command(site: Path) -> None:
    done = citetool(site, "years")
    assert done.returncode == 0, done.stderr
    assert "1944  1\n" in done.stdout
    assert "Count the records by the first four characters" in citetool(site, "years", "--help").stdout
    assert "did you mean 'years'?" in citetool(site, "yeers").stderr


GROUPS = [
    ("citetool.writers", ("cite", "219945", "--format", "odd")),
    ("citetool.formats", ("export", "219945", "--to", "odd")),
    ("citetool.checks", ("check", "--only", "odd")),
    ("citetool.commands", ("odd",)),
]


@pytest.mark.parametrize(("group", "call"), GROUPS)
@pytest.mark.parametrize(
    ("source", "said"),
    [("raise ValueError('no')", "cannot be loaded: ValueError: no"), ("odd = 1", "is no")],
    ids=["raising", "another kind"],
)
def test_a_faulty_plug_in_is_named(tmp_path: Path, group: str, call: tuple[str, ...], source: str, said: str) -> None:
    install(tmp_path / "site", "odd-package", {group: {"odd": "odd_module:odd"}}, odd_module=source)
    done = citetool(tmp_path / "site", *call)
    assert done.returncode == 1, done.stderr
    assert "'odd' of the package odd-package" in done.stderr
    assert said in done.stderr


def test_two_packages_with_one_name(site: Path) -> None:
    install(site, "another", {"citetool.commands": {"years": "citetool_example:years"}})
    done = citetool(site, "years")
    assert done.returncode == 1
    assert "several packages bring 'years': another, citetool-example" in done.stderr


def test_our_own_names_come_first(tmp_path: Path) -> None:
    points = {group: {"text": "none:none", "ris": "none:none", "cite": "none:none"} for group, _ in GROUPS}
    install(tmp_path / "site", "greedy", points)
    for call in (("cite", "219945"), ("cite", "219945", "--style", "ris")):
        assert citetool(tmp_path / "site", *call).returncode == 0


def test_the_page_shows_the_package(update_golden: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    block = re.compile(r"(<!-- file: (\S+) -->\n```\w+\n)(.*?)(^```$)", re.S | re.M)
    assert len(block.findall(text)) == 2
    new = block.sub(lambda match: match[1] + (ROOT / match[2]).read_text(encoding="utf-8") + match[4], text)
    if update_golden:
        PAGE.write_text(new, encoding="utf-8")
    assert text == new or update_golden
