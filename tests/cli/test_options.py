"""One word for one thing: every option of every command against one table, and what shared options do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from citetool.cli.app import app, main
from citetool.cli.registry import COMMANDS

ROOT = Path(__file__).parents[2]

# Each long option that more than one command has: its short form, and the word for its value ("" for a switch). An
# option of one command only may be anything, but not a second word for what stands here.
SHARED: dict[str, tuple[str, str]] = {
    "--min-score": ("", "SCORE"),
    "--add": ("", ""),
    "--all": ("", ""),
    "--by": ("", "FIELD"),
    "--catalogue": ("-C", "DIR"),
    "--columns": ("", "LIST"),
    "--csv": ("", ""),
    "--dialect": ("", "NAME"),
    "--dry-run": ("-n", ""),
    "--encoding": ("", "NAME"),
    "--engine": ("", "NAME"),
    "--explain": ("", ""),
    "--for": ("", "PROGRAM"),
    "--force": ("", ""),
    "--form": ("", "FORM"),
    "--format": ("-f", "FORMAT"),
    "--from": ("", "FORMAT"),
    "--input": ("-i", "FILE"),
    "--interval": ("", "SECONDS"),
    "--json": ("", ""),
    "--key": ("", "KEY"),
    "--keys": ("", ""),
    "--jobs": ("-j", "N"),
    "--library": ("-L", "LIBRARY"),
    "--limit": ("", "N"),
    "--links": ("", ""),
    "--lossless": ("", ""),
    "--locator": ("", "TEXT"),
    "--locale": ("", "TAG"),
    "--on-conflict": ("", "RULE"),
    "--once": ("", ""),
    "--only": ("", "LIST"),
    "--output": ("-o", "FILE"),
    "--query": ("-q", "QUERY"),
    "--rejected": ("", "FILE"),
    "--sarif": ("", ""),
    "--save": ("", ""),
    "--select": ("", "WHAT"),
    "--map": ("", "FILE"),
    "--strict": ("", ""),
    "--style": ("-s", "STYLE"),
    "--template": ("", "TEXT"),
    "--to": ("", "FORMAT"),
}
# Words that were once second names for what the table has.
GONE = {"--most", "--least", "--every", "--lines-of", "--file-format"}


def commands() -> dict[str, Any]:
    """Every command by its words: `cite`, `styles search` ..."""
    found = {}
    group: Any = typer.main.get_command(app)
    for name in COMMANDS:
        command = group.get_command(None, name)
        for sub, one in getattr(command, "commands", {"": command}).items():
            if not one.hidden:
                found[f"{name} {sub}".strip()] = one
    return found


OPTIONS = {
    (name, option.opts[0] if option.opts[0].startswith("--") else option.opts[-1]): option
    for name, command in commands().items()
    for option in command.params
    if option.param_type_name == "option" and "--help" not in option.opts
}


@pytest.mark.parametrize(("command", "name"), OPTIONS)
def test_each_option_is_that_of_the_table(command: str, name: str) -> None:
    option = OPTIONS[command, name]
    short = next((word for word in option.opts if re.fullmatch("-[^-]", word)), "")
    value = "" if option.is_flag else option.metavar
    assert name not in GONE
    if (command, name) == ("new", "--from"):  # as git and others say it of a copy
        assert value == "KEY"
    elif (command, name) == ("catalogue build", "--output"):  # a catalogue is a folder of files
        assert (short, value) == ("-o", "DIR")
    elif name in SHARED:
        assert (short, value) == SHARED[name]
    else:
        assert [n for c, n in OPTIONS if n == name] == [name], "add an option of several commands to SHARED"
        assert short not in {dash for dash, _ in SHARED.values() if dash}
    assert option.help
    assert option.help.endswith((".", "...", "?", "'", ")"))


def test_the_table_has_nothing_that_is_not_there() -> None:
    assert set(SHARED) <= {name for _, name in OPTIONS}


def test_whatever_prints_json_writes_files() -> None:
    lacking = [c for c, name in OPTIONS if name == "--json" and (c, "--output") not in OPTIONS]
    assert set(lacking) <= {
        "parse",
        "config",
        "library stats",
        "doc keys",
        "doc places",
        "doc check",
        "doc extract",
        "doc stats",
    }


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a library, so that the shipped records are the library."""
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in [name for name in os.environ if name.startswith("CITETOOL_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    "arguments",
    [
        ["cite", "219945"], ["bib"], ["show", "219945"], ["list"], ["search", "harriman"], ["info"], ["formats"],
        ["explain", "219945"], ["styles", "list"], ["styles", "show", "chicago"], ["list", "--json"],
    ],
)  # fmt: skip
def test_output_holds_what_stdout_would(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert printed
    assert main([*arguments, "-o", "out.txt"]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == printed


def test_a_failed_command_leaves_no_output_and_an_old_one_as_it_was(tmp_path: Path) -> None:
    assert main(["bib", "nosuch", "-o", "refs.txt"]) == 1
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "refs.txt").write_text("old")
    assert main(["bib", "219945", "nosuch", "-o", "refs.txt"]) == 1
    assert main(["cite", "219945", "--style", "nosuch", "-o", "refs.txt"]) == 2
    assert (tmp_path / "refs.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["refs.txt"]


def test_an_output_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "219945", "-o", "nosuch/refs.txt"]) == 1
    assert "nosuch/refs.txt: the file cannot be written" in capsys.readouterr().err


def test_the_name_of_the_output_says_its_markup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bib", "219945", "-o", "refs.html"]) == 0
    assert (tmp_path / "refs.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main(["bib", "219945", "-f", "html", "-o", "refs.html"]) == 0
    assert (tmp_path / "refs.html").read_text(encoding="utf-8").startswith("<div")
    assert main(["cite", "adams-2001", "-o", "note.md"]) == 0
    assert "*Journal of the History of Biology*" in (tmp_path / "note.md").read_text(encoding="utf-8")
    assert main(["bib", "219945", "-o", "refs.docx"]) == 2
    assert "write refs.rtf" in capsys.readouterr().err
    assert not (tmp_path / "refs.docx").exists()


def test_a_manuscript_stays_in_its_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("a [@219945]", encoding="utf-8")
    assert main(["doc", "render", "a.md", "-o", "b.docx"]) == 2
    assert "write b.md, then: pandoc b.md -o b.docx" in capsys.readouterr().err
    assert main(["doc", "render", "a.md", "-o", "b.txt"]) == 0


def test_wrong_calls_say_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    for call, said in (
        (["cite", "219945", "--locator"], "see citetool cite --help"),
        (["-L", "x", "list"], "options stand behind a command"),
        (["list", "--limit", "x"], "'x' is not a whole number"),
        (["serve", "--port", "abc"], "'abc' is not a whole number"),
        (["export", "219945", "--to", "docx"], "citetool bib -o bib.rtf"),
        (["export", "219945", "--to", "html"], "'html' is no format of references"),
    ):
        assert main(call) == 2
        assert said in capsys.readouterr().err


def test_the_help_of_a_group_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doc", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Put the citations of a style in the place of keys and fields, with notes and a bibliography." in said


def test_no_keys_on_stdin_are_not_all_records() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "citetool", "bib", "-"], input="\n", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "no keys came on stdin" in done.stderr


def test_keys_from_stdin() -> None:
    def piped(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "citetool", *arguments],
            input="novikov-1946\n219945\n",
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ).stdout

    assert piped("list", "--keys", "-") == "novikov-1946\n219945\n"
    assert piped("list", "--keys", "spock-1974", "-") == "spock-1974\nnovikov-1946\n219945\n"
    assert piped("cite", "-").count("\n") == 2
    assert [record["id"] for record in json.loads(piped("show", "-", "--json"))] == ["novikov-1946", "219945"]


def test_cite_takes_a_query(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "219945", "-q", "kind:telegram date:1946", "--json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["219945", "novikov-1946"]
    assert main(["cite"]) == 2


WRONG = [
    ["cite", "219945", "--style", "nosuch"], ["cite", "219945", "--form", "nosuch"], ["bib", "--engine", "nosuch"],
    ["cite", "219945", "--format", "nosuch"], ["cite", "219945", "--locale", "xx"], ["list", "--columns", "nosuch"],
    ["list", "--template", "{nosuch}"], ["check", "--only", "nosuch"], ["export", "--to", "nosuch"],
    ["export", "--to", "ris", "--for", "nosuch"], ["convert", "--from", "nosuch", "--to", "ris", "x"],
    ["info", "--by", "nosuch"], ["list", "--limit", "-1"], ["dedupe", "--min-score", "2"], ["bib", "--split", "x"],
    ["list", "--query", "nosuch:x"], ["styles", "show", "nosuch"], ["formats", "nosuch"], ["config", "nosuch"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_value_of_any_option_is_exit_code_2(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x").write_text("TY  - BOOK\nER  - \n")
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "error: " in said.err


def test_preferred_styles_in_a_bibliography(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bib", "--style", "preferred", "--json"]) == 0
    mixed = json.loads(capsys.readouterr().out)
    assert main(["bib", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in mixed] == [row["id"] for row in plain]


def test_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "219945", "vasconcellos-1985", "--columns", "key,recipient,box,reference,url"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["219945", "vasconcellos-1985"]
    assert "Deukmejian" in lines[1]
    assert main(["list", "219945", "--csv", "--columns", "key,container"]) == 0
    assert capsys.readouterr().out == "key,container\n219945,Container 173\n"


@pytest.mark.parametrize("words", [["-url:*"], ["-opis:3", "harriman"], ["harriman", "-xyzzy"], ["--", "-url:*"]])
def test_a_word_of_a_query_may_begin_with_a_dash(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--keys", *words]) == 0
    found = capsys.readouterr().out
    assert main(["list", "--keys", "-q", " ".join(word for word in words if word != "--") + " sort:relevance"]) == 0
    assert sorted(capsys.readouterr().out.split()) == sorted(found.split())


@pytest.mark.parametrize("words", [["-j", "x"], ["--jsn", "x"]])
def test_other_words_with_a_dash_are_options(words: list[str]) -> None:
    assert main(["search", *words]) == 2
