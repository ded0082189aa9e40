"""The documentation says what the program does: tables are made from the code, examples are run.

`pytest --update-golden tests/test_docs.py` writes the tables and the outputs anew.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citetool.cli.registry import COMMANDS
from citetool.formats.base import WriteOptions
from citetool.formats.loss.coverage import supported_fields
from citetool.formats.registry import FORMATS, write_text
from citetool.record.kinds import KINDS
from citetool.record.levels import LEVELS
from citetool.record.roles import ROLES
from citetool.record.schema import FIELDS
from citetool.record.yamltext import read_record

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


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def fields() -> str:
    return table(
        ("field", "what it is", "example"), [(f"`{n}`", f.meaning, f"`{n}: {f.example}`") for n, f in FIELDS.items()]
    )


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
    *((RECORDS, make) for make in (fields, levels, kinds, roles)),
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
        assert found[2] == make()


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


def test_the_example_of_a_style_extends_ours(tmp_path: Path) -> None:
    (style,) = examples(ROOT / "styles" / "README.md", "xml")
    (tmp_path / "ours.csl").write_text(style, encoding="utf-8")
    ours = run_block("$ citetool cite 219945 --style ours.csl\n", tmp_path).splitlines()[-1]
    chicago = run_block("$ citetool cite 219945 --style chicago\n", tmp_path).splitlines()[-1]
    assert ours == chicago.removesuffix(".") + ";"


def test_every_command_that_is_named_exists() -> None:
    pages = [page.read_text(encoding="utf-8") for page in [*PAGES, ROOT / "CHANGELOG.md"]]
    named = set(re.findall(r"`citetool ([a-z]+)", "\n".join(pages)))
    assert named
    assert named <= set(COMMANDS)


def test_scripting_examples_run(tmp_path: Path) -> None:
    """Each `python` block of the README runs in an empty folder, and prints what its comments say."""
    for block in examples(ROOT / "README.md", "python"):
        expected = [line.split("#> ", 1)[1] for line in block.splitlines() if "#> " in line]
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
        assert done.stdout.splitlines() == expected
