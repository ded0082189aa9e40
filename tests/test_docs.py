"""The documentation says what the program does: tables are made from the code, examples are run.

`pytest --update-golden tests/test_docs.py` writes the tables and the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

from citetool.cli.app import app
from citetool.cli.registry import COMMANDS
from citetool.cli.workflows.command_page import whole_page
from citetool.formats.base import WriteOptions
from citetool.formats.loss.coverage import supported_fields
from citetool.formats.registry import FORMATS, write_text
from citetool.record.kinds import KINDS
from citetool.record.levels import LEVELS
from citetool.record.publication import PUBLICATION
from citetool.record.roles import ROLES
from citetool.record.schema import FIELDS
from citetool.record.yamltext import read_record
from tests.pictures import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / "records" / "README.md"
FORMAT_PAGE = ROOT / "citetool" / "formats" / "README.md"
HANDBOOK = ROOT / "citetool" / "handbook"
PAGES = [
    ROOT / "README.md",
    *sorted(ROOT.glob("*/README.md")),
    *sorted(ROOT.glob("citetool/*/README.md")),
    *sorted(path for path in HANDBOOK.glob("*.md") if path.name != "README.md"),
]


OF_OTHERS = {"--citeproc"}  # pandoc's


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def fields() -> str:
    return table(
        ("field", "what it is", "example"), [(f"`{n}`", f.meaning, f"`{n}: {f.example}`") for n, f in FIELDS.items()]
    )


def publication() -> str:
    """The names that `new` and `set` take for the parts of `publication`."""
    said = {n: f"{n}={f.example}" for n, f in PUBLICATION.items()}
    quoted = {n: f'"{text}"' if " " in text else text for n, text in said.items()}
    rows = [(f"`{n}`", f.meaning, f"`{quoted[n]}`", f"`{f.variable}`") for n, f in PUBLICATION.items()]
    return table(("name", "what it is", "example", "kept as"), rows)


def levels() -> str:
    rows = [(f"`{n}`", t.group, t.label and f"{t.label} 5", t.tradition) for n, t in LEVELS.items()]
    return table(("level", "group", "a bare 5 is cited", "tradition"), rows)


def kinds() -> str:
    return table(("kind", "CSL type"), [(name, f"`{kind.csl}`") for name, kind in KINDS.items()])


def roles() -> str:
    return table(
        ("role", "CSL variable", "MARC relator"), [(f"`{n}`", f"`{r.csl}`", f"`{r.marc}`") for n, r in ROLES.items()]
    )


def formats() -> str:
    rows = []
    for name, row in sorted(FORMATS.items()):
        does = " ".join(word for word, so in (("reads", row.reads), ("writes", row.writes)) if so)
        forms = ", ".join([*(f"`--for {program}`" for program in row.programs), *row.dialects])
        rows.append((f"`{name}`", row.title, does, " ".join(row.extensions), forms))
    return table(("format", "what it is", "", "extensions", "for programs, and dialects"), rows)


def losses() -> str:
    written = sorted(name for name, row in FORMATS.items() if row.writes)
    return table(("format", "no field for"), [(f"`{name}`", ", ".join(supported_fields(name)[1])) for name in written])


# A record whose every fact has words of its own, and the names that programs show for the tags of their RIS.
_HELD = """
id: a
kind: telegram
title: Supplies
date: 1942-02-03
creators:
- {name: "Kennan, George"}
- {name: "Marshall, Tom", role: recipient}
- {name: "Pavlov, Ivan", role: interpreter}
place: Moscow
extent: 5 pages
archive: {folder: Folder 12, box: Box 3, collection: Stone Papers, repository: Hartwell Library, place: Leeds}
digital: {name: Cold War Site, url: "https://example.org/77"}
"""
_SHOWN = {
    "DB": "Archive", "AV": "Loc. in Archive", "DP": "Library Catalog", "M2": "Extra", "M3": "Type", "TY": "item type",
}  # fmt: skip
_FACTS = {
    "kind": "telegram", "author": "Kennan", "recipient": "Marshall", "others": "Pavlov", "place of writing": "Moscow",
    "extent": "5 pages", "folder, box": "Folder 12", "collection": "Stone Papers",
    "repository": "Hartwell Library", "its town": "Leeds", "site of the copy": "Cold War Site",
}  # fmt: skip


def programs() -> str:
    """The field of each fact in the forms for programs, found by writing a record."""
    forms = {
        "Zotero": ("ris", WriteOptions(program="zotero")),
        "EndNote": ("ris", WriteOptions(program="endnote")),
        "Mendeley": ("ris", WriteOptions(program="mendeley")),
        "JabRef": ("biblatex", WriteOptions(program="jabref")),
        "biblatex-chicago": ("biblatex", WriteOptions(dialect="chicago")),
        "biblatex-mla": ("biblatex", WriteOptions(dialect="mla")),
    }
    columns = [
        re.findall(r"(?m)^\s*(\w+) +[=-] +(.*)$", "".join(write_text([read_record(_HELD)], name, options)))
        for name, options in forms.values()
    ]
    rows = []
    for fact, words in _FACTS.items():
        cells = [list(dict.fromkeys(field for field, value in lines if words in value)) for lines in columns]
        cells[0] = [_SHOWN.get(tag, "Creators" if tag == "AU" else tag) for tag in cells[0]]
        rows.append((fact, *(", ".join(cell) for cell in cells)))
    return table(("fact", *forms), rows)


TABLES = [
    *((HANDBOOK / "fields.md", make) for make in (fields, publication, kinds, roles)),
    (HANDBOOK / "levels.md", levels),
    *((FORMAT_PAGE, make) for make in (formats, programs, losses)),
]


@pytest.mark.parametrize(("page", "make"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_tables_are_those_of_the_code(page: Path, make: Callable[[], str], update_golden: bool) -> None:
    text = page.read_text(encoding="utf-8")
    block = re.compile(rf"(<!-- {make.__name__} -->\n)(.*?)(<!-- end -->)", re.S)
    found = block.search(text)
    assert found
    if update_golden:
        page.write_text(block.sub(lambda m: m[1] + make() + m[3], text), encoding="utf-8")
    else:
        assert found[2] == make(), "run: pytest --update-golden tests/test_docs.py"


def examples(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.S | re.M)


def test_example_records_are_faultless() -> None:
    found = examples(RECORDS, "yaml")
    assert found
    for text in found:
        assert read_record(text).archive


@pytest.mark.parametrize("name", FIELDS)
def test_example_of_each_field_is_faultless(name: str) -> None:
    key = "" if name == "id" else 'id: "x"\n'
    record = read_record(f"{key}{name}: {FIELDS[name].example}\n")
    assert getattr(record, name)


def tours() -> list[Path]:
    return [page for page in PAGES if examples(page, "console")]


@pytest.mark.parametrize("page", tours(), ids=lambda page: str(page.relative_to(ROOT)))
def test_tour(page: Path, tmp_path: Path, update_golden: bool) -> None:
    """Each `$ command` of a `console` block prints what stands below it; the commands of a page share a folder."""
    text = page.read_text(encoding="utf-8")
    wanted, got = [], []
    for block in examples(page, "console"):
        lines = run_block(block, tmp_path)
        wanted.append(block)
        got.append(lines)
        if update_golden:
            text = text.replace(block, lines)
    if update_golden:
        page.write_text(text, encoding="utf-8")
    else:
        assert wanted == got


def run_block(block: str, folder: Path) -> str:
    """The block with the outputs that its commands have now."""
    out = ""
    for line in block.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(
                ["bash", "-c", f'citetool() {{ {shlex.quote(sys.executable)} -m citetool "$@"; }}\n{line[2:]}'],
                cwd=folder,
                env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(folder), "LANG": "C.UTF-8"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                check=False,
            )
            printed = done.stdout.replace(str(folder), "/home/you").replace(str(ROOT), "/opt/citetool")
            out += f"{line}\n{printed}"
    return out


def test_the_picture_shows_what_the_terminal_shows(tmp_path: Path, update_golden: bool) -> None:
    shown = (
        "$ citetool cite 219945 --style chicago\n$ citetool cite 219945 --style mla\n"
        "$ citetool cite 219945 --style chicago --form short --locator 'p. 2'\n$ citetool explain 219945 | head -8\n"
    )
    picture = HANDBOOK / "terminal.svg"
    made = terminal(run_block(shown, tmp_path))
    if update_golden:
        picture.write_text(made, encoding="utf-8")
    assert picture.read_text(encoding="utf-8") == made
    assert "](citetool/handbook/terminal.svg)" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s#]+)", re.sub(r"(?s)```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8")))
    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_the_example_of_a_style_extends_ours(tmp_path: Path) -> None:
    (style,) = examples(ROOT / "styles" / "README.md", "xml")
    (tmp_path / "ours.csl").write_text(style, encoding="utf-8")
    ours = run_block("$ citetool cite 219945 --style ours.csl\n", tmp_path).splitlines()[-1]
    chicago = run_block("$ citetool cite 219945 --style chicago\n", tmp_path).splitlines()[-1]
    assert ours == chicago.removesuffix(".") + ";"


def test_every_command_that_is_named_exists() -> None:
    pages = [page.read_text(encoding="utf-8") for page in [*PAGES, ROOT / "CHANGELOG.md"]]
    named = set(re.findall(r"(?:`|^    |^\$ )citetool ([a-z]+)", "\n".join(pages), re.M))
    assert named
    assert named <= set(COMMANDS)


def test_every_option_that_is_named_exists() -> None:
    """An option in backticks or behind `citetool`: what a page promises, some command has."""
    known = set(re.findall(r"-[\w-]+", whole_page(typer.main.get_command(app), typer.Context))) | {
        "--help",
        "--version",
        "--install-completion",
    }
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        called = re.findall(r"(?m)(?:`|^    |^\$ )citetool [^`\n|>]*", text)
        named = re.findall(r"`(--[a-z][\w-]+)", text) if page.parent == HANDBOOK else []
        used = {word for call in called for word in re.findall(r"(?<=\s)--[a-z][\w-]+", call)}
        assert {*used, *named} <= known | OF_OTHERS, page.name


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_the_makefile_builds_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    (makefile,) = examples(HANDBOOK / "recipes.md", "make")
    (tmp_path / "Makefile").write_text(makefile, encoding="utf-8")
    for folder in ("records", "chapters"):
        (tmp_path / folder).mkdir()
    (tmp_path / "chapters" / "one.md").write_text("A claim.[@a]\n", encoding="utf-8")
    (tmp_path / "records" / "a.yaml").write_text("id: a\nkind: book\ntitle: T\n", encoding="utf-8")
    (tmp_path / "citetool").write_text(f'#!/bin/sh\nexec {sys.executable} -m citetool "$@"\n', encoding="utf-8")
    (tmp_path / "citetool").chmod(0o755)
    path = f"{tmp_path}:/usr/bin:/bin"
    env = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    for said in ("citetool doc render chapters/one.md -o out/one.md", "Nothing to be done"):
        done = subprocess.run(["make"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
    assert "*T*" in (tmp_path / "out" / "one.md").read_text(encoding="utf-8")
    assert "<i>T</i>" in (tmp_path / "out" / "bibliography.html").read_text(encoding="utf-8")


def filled(block: str, printed: Sequence[str]) -> str:
    """The block with what it printed in its comments."""
    left = iter(printed)
    return "".join(f"#> {next(left)}\n" if line.startswith("#> ") else line for line in block.splitlines(keepends=True))


SCRIPTED = [page for page in PAGES if any("#> " in block for block in examples(page, "python"))]


@pytest.mark.parametrize("page", SCRIPTED, ids=lambda page: str(page.relative_to(ROOT)))
def test_scripting_examples_run(page: Path, tmp_path: Path, update_golden: bool) -> None:
    """Each `python` block of a page runs in an empty folder, and prints what its comments say."""
    text = page.read_text(encoding="utf-8")
    for block in examples(page, "python"):
        done = subprocess.run(
            [sys.executable, "-c", block],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stderr == ""
        printed = done.stdout.splitlines()
        if not update_golden:
            assert printed == [line[3:] for line in block.splitlines() if line.startswith("#> ")]
        elif len(printed) == block.count("\n#> "):
            text = text.replace(block, filled(block, printed))
    if update_golden:
        page.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", SCRIPTED, ids=lambda page: str(page.relative_to(ROOT)))
def test_scripting_examples_have_the_types_they_claim(page: Path, tmp_path: Path) -> None:
    for number, block in enumerate(examples(page, "python")):
        (tmp_path / f"example{number}.py").write_text(block, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache"), "."]
    env = {**os.environ, "MYPYPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
