"""convert, export, import and formats, through the real entry point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from citetool.cli.app import main

RIS = (
    "TY  - MANSCPT\nTI  - The Long Telegram\nAU  - Kennan, George F.\nDA  - 1946/02/22\nDB  - Truman Library\n"
    "AV  - Elsey Papers, Box 63\nER  - \nTY  - BOOK\nER  - \nTY  - BOOK\nTI  - Memoirs\nPY  - 1967\nER  - \n"
)


def run(*arguments: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    env.pop("CITETOOL_LIBRARY", None)
    return subprocess.run(
        [sys.executable, "-m", "citetool", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=env,
        check=False,
    )


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An empty library."""
    assert run("library", "init", "records", cwd=tmp_path).returncode == 0
    return tmp_path


def test_convert_streams_from_stdin_to_stdout_and_sums_up_on_stderr(tmp_path: Path) -> None:
    done = run("convert", "--to", "csl-json", stdin=RIS, cwd=tmp_path)
    items = json.loads(done.stdout)
    assert [item["title"] for item in items] == ["The Long Telegram", "Memoirs"]
    assert items[0]["archive_collection"] == "Elsey Papers"
    assert "2 read, 2 written, 1 rejected" in done.stderr
    assert "<stdin>:8: empty entry: only TY is present" in done.stderr
    assert done.returncode == 0


def test_rejected_entries_are_kept_aside_and_strict_exits_1(tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_text(RIS, encoding="utf-8")
    done = run("convert", "in.ris", "-o", "out.bib", "--strict", "--rejected", "bad.ris", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "bad.ris").read_text(encoding="utf-8") == "TY  - BOOK\nER  - \n"
    assert (tmp_path / "out.bib").read_text(encoding="utf-8").startswith("@unpublished{")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.ris", "in.ris", "out.bib"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["convert"], 2, "--to"),
        (["convert", "--to", "rsi"], 2, "'ris'"),
        (["convert", "none.ris", "--to", "ris"], 1, "there is no file"),
        (["convert", "--to", "ris", "--for", "zotreo"], 2, "zotero"),
        (["export", "nosuch", "--to", "ris"], 1, "nosuch"),
        (["import", "none.ris", "--on-conflict", "shout"], 2, "keep"),
    ],
)
def test_wrong_calls(arguments: list[str], code: int, words: str, tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["csl-yaml", "mods", "endnote-xml", "dublin-core", "csl-json"])
def test_nothing_is_printed_of_what_cannot_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"name": 1}')
    done = run("convert", "a.json", "--to", name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")


def test_a_failed_conversion_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text('[{"id": "a", "type": "book"}, {"id": ', encoding="utf-8")
    done = run("convert", "in.json", "-o", "out.ris", cwd=tmp_path)
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.json"]


def test_an_output_that_is_a_link_or_a_pipe_stays_one(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("old", encoding="utf-8")
    kept.chmod(0o600)
    link = tmp_path / "link.json"
    link.symlink_to(kept)
    assert run("convert", "-", "--to", "csl-json", "-o", str(link), stdin=RIS).returncode == 0
    assert link.is_symlink()
    assert len(json.loads(kept.read_text(encoding="utf-8"))) == 2
    assert kept.stat().st_mode & 0o777 == 0o600
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        done = run("convert", "-", "--to", "csl-json", "-o", str(pipe), stdin=RIS)
        found = reader.communicate(timeout=60)[0]
    assert (done.returncode, len(json.loads(found))) == (0, 2)
    assert pipe.is_fifo()


def test_export_tells_what_is_lost_and_what_would_keep_it(tmp_path: Path) -> None:
    done = run("export", "219945", "--to", "ris", "--for", "zotero", "--explain", cwd=tmp_path)
    assert "DB  - Manuscript Division, Library of Congress\n" in done.stdout
    assert "no field in RIS, lost: " in done.stderr
    assert "; --lossless keeps it in a note\n" in done.stderr
    assert "  219945: lost: " in done.stderr
    assert "citetool(" not in done.stdout


def test_import_finds_what_it_has_imported(library: Path) -> None:
    (library / "in.ris").write_text(RIS, encoding="utf-8")
    first = run("import", "in.ris", "--json", cwd=library)
    assert json.loads(first.stdout)["keys"] == {"added": ["kennan1946long", "book1967memoirs"]}
    again = run("import", "in.ris", "--json", cwd=library)
    assert json.loads(again.stdout)["keys"] == {"unchanged": ["kennan1946long", "book1967memoirs"]}


def test_import_keeps_apart_what_would_get_the_same_key(library: Path) -> None:
    (library / "in.ris").write_text(RIS, encoding="utf-8")
    (library / "other.ris").write_text(RIS.replace("The Long Telegram", "A Long Day"), encoding="utf-8")
    run("import", "in.ris", cwd=library)
    done = run("import", "other.ris", "--json", cwd=library)
    assert json.loads(done.stdout)["keys"] == {"added": ["kennan1946longb"], "unchanged": ["book1967memoirs"]}


@pytest.mark.parametrize(("rule", "titles"), [("keep", ["Memoirs", "1967"]), ("replace", ["Memoirs", "1968"])])
def test_rules_for_conflicts(rule: str, titles: list[str], library: Path) -> None:
    entry = "TY  - BOOK\nTI  - Memoirs\nPY  - 1967\nDO  - 10.1/x\nID  - memoirs\nER  - \n"
    (library / "in.ris").write_text(entry, encoding="utf-8")
    run("import", "in.ris", cwd=library)
    (library / "in.ris").write_text(entry.replace("1967", "1968"), encoding="utf-8")
    assert run("import", "in.ris", "--on-conflict", rule, cwd=library).returncode == 0
    shown = json.loads(run("export", "memoirs", "--to", "csl-json", cwd=library).stdout)[0]
    assert [shown["title"], str(shown["issued"]["date-parts"][0][0])] == titles


def test_asking_needs_a_terminal(library: Path) -> None:
    done = run("import", "-", "--on-conflict", "ask", stdin=RIS, cwd=library)
    assert done.returncode == 2
    assert "terminal" in done.stderr


def test_formats(tmp_path: Path) -> None:
    done = run("formats", cwd=tmp_path)
    assert "biblatex" in done.stdout
    rows = json.loads(run("formats", "--json", cwd=tmp_path).stdout)
    assert {"ris", "csl-json", "mods"} <= {row["name"] for row in rows}
    told = json.loads(run("formats", "ris", "--json", cwd=tmp_path).stdout)
    assert "archive" in told["has"]
    assert "files" in told["has_not"]


def test_a_file_of_which_nothing_is_read_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{a}\n")
    assert run("convert", "a.bib", "--to", "ris", cwd=tmp_path).returncode == 1
    (tmp_path / "a.bib").write_text("@book{a}\n@book{c, title = {C}}\n")
    assert run("convert", "a.bib", "--to", "ris", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ris", "L1  - {}"),
        ("bibtex", "file = {{transcript:{}:text/plain}}"),
        ("biblatex", "file = {{transcript:{}:text/plain}}"),
        ("zotero-rdf", '<rdf:resource rdf:resource="{}"/>'),
    ],
)
def test_files_are_named_with_whole_paths_where_asked(library: Path, name: str, line: str) -> None:
    folder = library / "records" / "deep"
    folder.mkdir(parents=True, exist_ok=True)
    text = 'id: "a"\nkind: letter\ntitle: T\nfiles: [{path: a.txt, kind: transcript}]\n'
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    wanted = line.format(folder.resolve() / "a.txt")
    assert wanted not in run("export", "a", "--to", name, cwd=library).stdout
    assert wanted in run("export", "a", "--to", name, "--files", cwd=library).stdout


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("a.bib", "@book{a, title={A}}\n@book{b, title={B", 1),
        ("a.ris", "TY  - BOOK\nTI  - A\nER  - \nTY  - BOOK\nTI  - B", 2),
        ("a.json", '[{"id": "a", "type": "book", "title": "A"}, {"id": "b", "ty', 1),
        ("a.xml", '<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>A</title></titleInfo>'
                  "<name><namePart>N</namePart></name></mods><mods><ti", 1),
    ],
)  # fmt: skip
def test_a_file_that_was_cut_off_fails_and_keeps_what_was_read(name: str, text: str, kept: int, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    done = run("convert", name, "--to", "csl-yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("- id:") == kept
    assert f"error: {name}:" in done.stderr


def test_an_entry_in_the_middle_without_its_end_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text("TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nER  - \n")
    done = run("convert", "a.ris", "--to", "csl-yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("- id:")) == (0, 2)
    assert "warning: a.ris:1: the entry does not end with ER" in done.stderr


@pytest.mark.parametrize("name", ["html", "marc", "ris", "wilson", "csl-json", "mods"])
@pytest.mark.parametrize("encoding", ["klingon", "hex", "a\0b"])
def test_an_encoding_that_is_none_is_said(
    name: str, encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x").write_bytes(b"<html><title>A</title></html>")
    code = main(["convert", str(tmp_path / "x"), "--from", name, "--encoding", encoding, "--to", "ris"])
    said = capsys.readouterr().err
    assert (code in (1, 2), "encoding" in said or "control characters" in said) == (True, True)


def test_files_and_folders_go_into_one_with_a_line_for_each(tmp_path: Path) -> None:
    folder = tmp_path / "refs"
    (folder / "more").mkdir(parents=True)
    (folder / "a.ris").write_text(RIS, encoding="utf-8")
    (folder / "more" / "b.bib").write_text("@book{b, title = {B}}\n", encoding="utf-8")
    (folder / "notes.doc").write_text("nothing", encoding="utf-8")
    done = run("convert", "refs", "--to", "csl-json", cwd=tmp_path)
    assert [item["title"] for item in json.loads(done.stdout)] == ["The Long Telegram", "Memoirs", "B"]
    assert "refs/a.ris: 2 read, 1 rejected\nrefs/more/b.bib: 1 read\n" in done.stderr
    assert done.returncode == 0
    (tmp_path / "empty").mkdir()
    assert run("convert", "empty", "--to", "ris", cwd=tmp_path).returncode == 2


def test_one_of_several_files_that_is_refused_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text(RIS, encoding="utf-8")
    (tmp_path / "b.txt").write_text("nothing that is known\n", encoding="utf-8")
    done = run("convert", "b.txt", "a.ris", "--to", "csl-json", cwd=tmp_path)
    assert len(json.loads(done.stdout)) == 2
    assert "b.txt: refused" in done.stderr
    assert "1 file refused" in done.stderr
    assert done.returncode == 1
    run("library", "init", "lib", cwd=tmp_path)
    done = run("import", "b.txt", "a.ris", "-L", "lib", cwd=tmp_path)
    assert "b.txt: refused" in done.stderr
    assert done.returncode == 1
    assert len([*(tmp_path / "lib").rglob("*.yaml")]) >= 2


def test_several_processes_read_in_the_order_of_the_files(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.ris").write_text(RIS.replace("Memoirs", f"Memoirs {number}"), encoding="utf-8")
    (tmp_path / "3.ris").write_text("no references\n", encoding="utf-8")
    one, two = (run("convert", str(tmp_path), "--to", "csl-json", "--jobs", jobs) for jobs in ("1", "2"))
    assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
    titles = [item["title"] for item in json.loads(two.stdout)]
    assert [title for title in titles if title.startswith("Memoirs")] == [f"Memoirs {n}" for n in (0, 1, 2, 4)]
    assert run("library", "init", "records", cwd=tmp_path).returncode == 0
    done = run("import", "0.ris", "1.ris", "--jobs", "2", cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1].split(",")[0]) == (0, "4 read")


def test_what_parse_prints_is_cited(tmp_path: Path) -> None:
    text = "Hull to Kennan, 3 May 1944, box 6, Cordell Hull Papers, Library of Congress"
    printed = run("parse", "--json", text, cwd=tmp_path).stdout
    cited = run("cite", "--input", "-", stdin=printed, cwd=tmp_path)
    assert cited.stdout.startswith("Hull to Kennan, May 3, 1944, box 6, Cordell Hull Papers, Library of Congress")


def test_a_folder_of_records_is_read_and_its_notes_left_out(library: Path) -> None:
    assert run("new", "kind=book", "title=Mills", "author=Miller, Anna", "--key", "mills", cwd=library).returncode == 0
    (library / "records" / "README.md").write_text("# Notes\n", encoding="utf-8")
    (library / "records" / "repositories.yaml").write_text("- name: Archive of Mills\n", encoding="utf-8")
    done = run("convert", "records", "--to", "csl-json", cwd=library)
    assert (done.returncode, [item["id"] for item in json.loads(done.stdout)]) == (0, ["mills"])
