"""What a stranger meets: wrong calls, closed streams, empty libraries. Each through the real entry point."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from citetool.cli.app import main
from citetool.cli.registry import COMMANDS
from citetool.cli.ui import console
from citetool.library.files import MAX_BYTES

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: str, cwd: Path, redirect: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, with a home of its own; `redirect` as a shell has it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CITETOOL_", "XDG_"))}
    return subprocess.run(
        ["bash", "-c", f'exec "$@" {redirect}', "bash", sys.executable, "-m", "citetool", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**env, "PYTHONPATH": str(ROOT), "HOME": str(cwd), **extra},
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["show"], "missing argument 'KEY...'", "see citetool show --help"),
        (["list", "--nosuch"], "no such option: --nosuch", "see citetool list --help"),
        (["list", "--librry", "x"], "no such option: --librry", "did you mean --library?"),
        (["cite", "x", "--style"], "option '--style' requires an argument", "see citetool cite --help"),
        (["search", "--limit", "many", "x"], "invalid value for '--limit': 'many' is not a whole number", "see "),
        (["lst"], "there is no command 'lst'", "did you mean 'list', 'set', 'lsp'?"),
        (["styles", "srch"], "no such command 'srch'", "did you mean 'search'?"),
    ],
)
def test_a_wrong_call_says_what_and_what_to_do(arguments: list[str], message: str, hint: str, tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first == f"error: {message}"
    assert second.startswith(f"  {hint}")


@pytest.mark.parametrize("arguments", [[], ["library"], ["styles"]])
def test_no_command_is_answered_with_help(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: citetool")


@pytest.mark.parametrize("name", [name for name, row in COMMANDS.items() if not row.group])
def test_the_help_of_a_command_begins_as_its_line_in_the_list(name: str) -> None:
    module = import_module(f"citetool.cli.commands.{COMMANDS[name].module}")
    assert module.run.__doc__.partition("\n\n")[0] == COMMANDS[name].help
    assert COMMANDS[name].help.endswith(".")


@pytest.mark.parametrize("name", [name for name, row in COMMANDS.items() if not row.group])
def test_options_are_named_alike_in_all_commands(name: str, tmp_path: Path) -> None:
    said = run(name, "--help", cwd=tmp_path).stdout
    alike = {"--query": "-q", "--dry-run": "-n", "--input": "-i", "--output": "-o", "--style": "-s", "--format": "-f",
             "--library": "-L"}  # fmt: skip
    short = {long: dash for dash, long in re.findall(r"^  (?:(-\w), )?(--[\w-]+)", said, re.M)}
    assert short
    assert {long: dash for long, dash in short.items() if dash and long in alike}.items() <= alike.items()
    assert not {"--query", "--dry-run", "--input", "--output"} & {long for long, dash in short.items() if not dash}
    assert "<str>" not in said


@pytest.mark.parametrize("arguments", [["import", "-"], ["parse", "-"], ["cite", "--input", "-"]])
def test_a_closed_stdin_is_an_empty_one(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path, redirect="<&-")
    assert done.returncode in (1, 2)
    assert done.stderr.startswith("error: ")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["import", "."], "error: .: no records found", None),
        (["import", "https://x.org/1"], "error: 'https://x.org/1' is an address on the web, not a file",
         "citetool add https://x.org/1"),
        (["add", "-"], "error: add does not read stdin", "use citetool import -"),
        (["add", "empty.json"], "error: empty.json: no records found", None),
        (["list", "--library", "empty.json"], "error: empty.json: a library is a folder, and this is none", None),
        (["list", "--library", "a b"], "error: a b: there is no such library", "citetool library init 'a b'"),
    ],
)  # fmt: skip
def test_what_is_no_source_or_library_is_said(
    arguments: list[str], message: str, hint: str | None, tmp_path: Path
) -> None:
    (tmp_path / "empty.json").write_text("[]", "utf-8")
    run("library", "init", cwd=tmp_path)
    done = run(*arguments, cwd=tmp_path)
    assert done.stderr.splitlines() == [message, *([f"  {hint}"] if hint else [])]


def test_the_hint_to_copy_a_shipped_record_can_be_carried_out(tmp_path: Path) -> None:
    done = run("set", "219945", "title=x", cwd=tmp_path)
    assert done.returncode == 1
    hint = done.stderr.splitlines()[1].removeprefix("  copy it first: ")
    for command in hint.replace("citetool ", f"{sys.executable} -m citetool ").split("; "):
        subprocess.run(
            command, shell=True, check=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60
        )
    assert run("set", "219945", "title=x", cwd=tmp_path).returncode == 0
    assert "title: x" in run("show", "--yaml", "219945", cwd=tmp_path).stdout


def test_closed_stdout_and_stderr_are_no_fault(tmp_path: Path) -> None:
    assert run("cite", "219945", cwd=tmp_path, redirect=">&-").returncode == 0
    assert run("cite", "nosuch", cwd=tmp_path, redirect="2>&-").returncode == 1


def test_nothing_found_is_said(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    for name in ("list", "info", "bib"):
        done = run(name, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith(f"note: there are no records in {tmp_path / 'records'}\n  ")
    done = run("search", "xyzzy", cwd=tmp_path)
    assert done.stderr == f"note: no record in {tmp_path / 'records'} matches 'xyzzy'\n"
    assert run("check", cwd=tmp_path).stderr == f"note: no problems found in {tmp_path / 'records'}\n"
    assert run("dedupe", cwd=tmp_path).stderr.startswith("note: no likely duplicates")
    assert run("log", cwd=tmp_path).stderr.startswith("note: no changes yet")


def test_without_a_library_list_says_whose_records_these_are(tmp_path: Path) -> None:
    done = run("list", cwd=tmp_path)
    assert "219945" in done.stdout
    assert done.stderr.startswith(f"note: no library at {tmp_path}")
    assert "citetool library init" in done.stderr


def test_of_many_findings_the_first_are_told_and_all_counted(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    for number in range(25):
        (tmp_path / "records" / f"k{number}.yaml").write_text(f"id: k{number}\nkind: book\ntitle: T\n", "utf-8")
    done = run("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count(".yaml:1: date\n") == 20
    assert "note: findings in 25 records: 25 missing-date\n  --all " in done.stderr
    assert run("check", "--all", cwd=tmp_path).stderr.count(".yaml:1: date\n") == 25


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"rmdir '{gone}'; {sys.executable} -m citetool list"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    env.pop("CITETOOL_LIBRARY", None)
    said = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=gone, env=env, check=False)
    assert said.returncode == 1
    assert said.stderr.startswith("error: the folder that you are in is gone\n  ")


def test_an_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("export", "--to", "ris", "--output", "file/x.ris", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error: file/x.ris: the file cannot be written: not a directory\n" in done.stderr


def test_an_editor_that_is_not_there_is_said(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    run("new", "kind=letter", "title=A", "--key", "a", cwd=tmp_path)
    done = run("edit", "a", cwd=tmp_path, redirect="</dev/null", VISUAL="no-such-editor")
    assert done.returncode == 1
    assert done.stderr.startswith("error: the editor 'no-such-editor' cannot be started: no such file or directory\n  ")
    done = run("edit", "a", cwd=tmp_path, redirect="</dev/null", VISUAL="sed -i s/title:.*/title:no/")
    assert done.returncode == 1
    assert "error: the record was not changed: 1 fault\n  your text is kept" in done.stderr
    assert "title: A\n" in run("show", "--yaml", "a", cwd=tmp_path).stdout


def test_new_asks_again_for_what_is_faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["letter", "A title", "", "", "1946-13", "1946-02", "", "", "", "", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    (tmp_path / "records").mkdir()
    assert main(["new", "--key", "a", "--library", str(tmp_path)]) == 0
    text = (tmp_path / "records" / "a.yaml").read_text("utf-8")
    assert text == "id: a\nkind: letter\ntitle: A title\ndate: 1946-02\n"
    assert next(answers, None) is None


def test_new_asks_what_the_kind_needs() -> None:
    from citetool.cli.commands.new import questions

    asked = {kind: [field for field, _ in questions(kind)] for kind in ("letter", "journal article", "book", "thesis")}
    assert {"box", "repository", "recipient"} <= set(asked["letter"])
    assert {"journal", "volume", "pages"} <= set(asked["journal article"])
    assert {"publisher", "place"} <= set(asked["book"])
    assert not {"box", "repository"} & {*asked["book"], *asked["journal article"]}
    assert "university" in asked["thesis"]


def test_new_copies_a_record(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    run("new", "kind=letter", "author=Hull, Cordell", "date=5 May 1944", "box=3", "tags=x", "--key", "a", cwd=tmp_path)
    done = run("new", "--from", "a", "date=1944-05-06", "--key", "b", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    first = run("show", "--yaml", "a", cwd=tmp_path).stdout
    assert run("show", "--yaml", "b", cwd=tmp_path).stdout == first.replace("id: a", "id: b").replace("05-05", "05-06")


def test_hints_name_the_way_that_helps(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    assert run("new", "kind=letter", "title=A", "--key", "a b", cwd=tmp_path).stdout == "a b\n"
    assert "  citetool attach 'a b' FILE\n" in run("open", "a b", "--file", cwd=tmp_path).stderr
    assert "  citetool set 'a b' url=https://...\n" in run("open", "a b", cwd=tmp_path).stderr
    assert run("set", "a b", cwd=tmp_path).stderr.startswith("error: no field to set\n  write field=value")
    done = run("watch", "--output", "x.nosuch", "--once", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: the output format is not known; name it with --to\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("arguments", [["cite", "219945"], ["list", "--json"], ["show", *["219945"] * 20]])
def test_a_full_disk_behind_stdout_is_said(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path, redirect=">/dev/full")
    assert done.returncode == 1
    assert done.stderr.endswith("error: <stdout>: the output cannot be written: no space left on device\n")


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    (tmp_path / "long.bib").write_text("@misc{long, title={" + "x" * (MAX_BYTES + 1) + "}}", "utf-8")
    done = run("import", "long.bib", cwd=tmp_path)
    assert done.returncode == 1
    assert "the record would be larger than 16 MB" in done.stderr
    assert not list((tmp_path / "records").glob("*.yaml"))
    assert run("log", cwd=tmp_path).stdout == ""


def test_a_file_too_large_hides_no_other_record(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    (tmp_path / "records" / "long.yaml").write_text("id: long\ntitle: " + "x" * MAX_BYTES + "\n", "utf-8")
    assert run("cite", "219945", cwd=tmp_path).returncode == 0
    assert "larger than 16 MB" in run("cite", "long", cwd=tmp_path).stderr


def test_a_locale_without_terms_is_said(tmp_path: Path) -> None:
    done = run("cite", "219945", "--locale", "english", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: there is no locale 'english'\n")
    for tag in ("de", "pt-BR", "zh-TW", "en_GB"):
        assert run("cite", "219945", "--locale", tag, cwd=tmp_path).stderr == ""


def test_counts_have_no_markup(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    run("new", "kind=letter", "collection=<i>Decision</i> magazine papers", cwd=tmp_path)
    assert "\n  Decision magazine papers  1\n" in run("info", "--by", "collection", cwd=tmp_path).stdout


def test_a_terminal_is_told_how_far_long_work_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = iter(range(100))
    monkeypatch.setattr(console, "monotonic", lambda: next(seconds))
    monkeypatch.setenv("TERM", "xterm")
    assert list(console.counted(iter("abc"), "read")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""  # no terminal
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert list(console.counted(iter("abc"), "read")) == ["a", "b", "c"]
    assert capsys.readouterr().err == "\r1 read\r2 read\r3 read\r\x1b[K"


def test_control_characters_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console.out("a\x1b]0;title\x07b\x9bc\tkept\r\n")
    console.note("fi\x1b[31mle\rname")
    seen = capsys.readouterr()
    assert seen.out == "a\ufffd]0;title\ufffdb\ufffdc\tkept\r\n"
    assert seen.err == "note: fi\ufffd[31mle\ufffdname\n"
    coloured = console.visible("\x1b[31mred\x1b[0m\x1b[8mhidden", coloured=True)
    assert coloured == "\x1b[31mred\x1b[0m\ufffd[8mhidden"


def test_characters_that_no_record_holds_stay_outside(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    for argument in ("title=a\x1bb", b"title=a\xffb".decode("utf-8", "surrogateescape")):
        done = run("new", "kind=letter", argument, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "an argument has control characters or bytes that are no UTF-8: 'title=a\ufffdb'" in done.stderr
    (tmp_path / "keys").write_bytes(b"a\xff1\n")
    done = run("cite", "-", cwd=tmp_path, redirect="<keys")
    assert (done.returncode, "a\ufffd1" in done.stderr) == (1, True)


def test_a_file_whose_name_is_no_utf8_can_be_named(tmp_path: Path) -> None:
    name = b"a\xffb.ris".decode("utf-8", "surrogateescape")
    (tmp_path / name).write_text("TY  - BOOK\nTI  - T\nER  - \n", encoding="utf-8")
    assert run("convert", name, "--to", "csl-json", cwd=tmp_path).returncode == 0


def test_no_output_is_written_over_a_file_of_a_library(tmp_path: Path) -> None:
    run("library", "init", cwd=tmp_path)
    run("new", "kind=letter", "title=T", "--key", "a", cwd=tmp_path)
    (tmp_path / "note.txt").write_text("mine")
    run("attach", "a", "note.txt", cwd=tmp_path)
    record = tmp_path / "records" / "a.yaml"
    text = record.read_text()
    (tmp_path / "records" / "free.txt").write_text("none's")
    for target in ("records/a.yaml", "records/a.txt", "records/.citetool/here"):
        for command in (["export", "a", "--to", "csl-yaml"], ["cite", "a"], ["watch", "--once", "--to", "ris"]):
            done = run(*command, "-o", target, cwd=tmp_path)
            assert (done.returncode, "this is a file of a library" in done.stderr) == (2, True), done.stderr
    assert (record.read_text(), (tmp_path / "records" / "a.txt").read_text()) == (text, "mine")
    assert run("export", "a", "--to", "ris", "-o", "records/free.txt", cwd=tmp_path).returncode == 0
