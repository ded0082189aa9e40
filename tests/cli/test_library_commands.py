"""The commands that find and change records, in one process, by what they print and what the files hold then."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from citetool.cli.app import main
from tests.libraries import contents, make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

LETTER = {
    "kind": "letter",
    "title": 'On "Poland", again',
    "date": "1944-06-26",
    "creators": [{"name": "Hull, Cordell", "role": "author"}],
    "archive": {"box": "Box 3", "collection": "Hull Papers", "repository": "LC", "place": "Washington"},
    "digital": {"url": "https://x.org/1"},
    "tags": ["one", "two"],
}
TELEGRAM = {"kind": "telegram", "title": "Long telegram", "date": "1946-02-22"}


class Shell:
    """The command line with a library of its own; each call gives exit code, stdout and stderr."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main([*arguments, "--library", str(self.root)])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def out(self, *arguments: str) -> str:
        """What a call that goes well prints."""
        code, out, err = self(*arguments)
        assert code == 0, err
        return out


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    root = tmp_path / "records"
    make_library(
        root, {"hull.yaml": record_text("hull", **LETTER), "sub/kennan.yaml": record_text("kennan", **TELEGRAM)}
    )
    return Shell(root, capsys)


def test_lists_in_all_forms(shell: Shell) -> None:
    assert shell.out("list") == (
        'hull    1944-06-26  letter: On "Poland", again (Box 3)\nkennan  1946-02-22  telegram: Long telegram\n'
    )
    assert shell.out("list", "--keys", "--query", "date:1946") == "kennan\n"
    assert [record["id"] for record in json.loads(shell.out("list", "--json"))] == ["hull", "kennan"]
    assert json.loads(shell.out("list", "--json", "--query", "nosuchword")) == []
    rows = list(csv.DictReader(io.StringIO(shell.out("list", "--csv"))))
    assert [row["title"] for row in rows] == ['On "Poland", again', "Long telegram"]
    assert shell.out("list", "hull", "--template", "{id}|{box}|{archive.place}|{creators}|{tags.1}|{url}|{{}}") == (
        "hull|Box 3|Washington|Hull, Cordell|two|https://x.org/1|{}\n"
    )


def test_a_wrong_template_or_query_is_exit_code_2(shell: Shell) -> None:
    code, out, err = shell("list", "--template", "{id")
    assert (code, out) == (2, "")
    assert "column 1" in err
    for wrong in (("--template", "{id} {nosuch}"), ("--columns", "id,nosuch"), ("--columns", "id", "--json")):
        code, out, err = shell("list", *wrong)
        assert (code, out) == (2, ""), wrong
    code, out, err = shell("search", "autor:hull")
    assert (code, out) == (2, "")
    assert "  autor:hull\n  ^ did you mean 'author'" in err


def test_search(shell: Shell) -> None:
    assert shell.out("search", "poland", "--keys") == "hull\n"
    assert shell.out("search", "kind:telegram", "or", "box:3", "sort:-date", "--keys") == "kennan\nhull\n"
    assert shell.out("search", "sort:date", "--keys", "--limit", "1") == "hull\n"


def test_a_file_is_listed_and_searched_like_a_library(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "refs.json").write_text(shell.out("cite", "hull", "--style", "csl-json"))
    found = shell.out("list", "--input", str(tmp_path / "refs.json"), "--query", "author:hull", "--keys")
    assert found == "hull\n"


def test_new_records(shell: Shell) -> None:
    key = shell.out("new", "kind=letter", "author=Harriman, W. Averell", "date=1944-07-01", "box=7").strip()
    assert contents(shell.root)[f"{key}.yaml"].decode() == (
        f"id: {key}\nkind: letter\ncreators:\n- {{name: 'Harriman, W. Averell', role: author}}\n"
        'date: 1944-07-01\narchive:\n  box: "7"\n'
    )
    assert shell.out("new", "title=x", "--key", "mine") == "mine\n"
    code, _, err = shell("new", "title=x", "--key", "mine")
    assert (code, "already" in err) == (1, True)
    assert shell("new")[0] == 2
    assert shell("new", "date=soon")[0] == 1


def test_a_new_record_says_what_a_place_was_taken_for(shell: Shell) -> None:
    letter = ["new", "kind=letter", "author=Acheson, Dean", "repository=Truman Library", "place=Independence"]
    assert "archive_place=" in shell(*letter)[2]
    assert "archive_place=" not in shell(*letter, "archive_place=Independence")[2]
    assert "archive_place=" not in shell("new", "kind=letter", "place=Moscow")[2]


def test_a_query_in_the_place_of_a_key(shell: Shell) -> None:
    code, _, err = shell("list", "kind:letter")
    assert (code, "citetool search" in err) == (1, True)


def test_a_style_that_does_not_say_where_a_source_is_kept(shell: Shell) -> None:
    given = ["kind=letter", "author=Acheson, Dean", "date=1950-01-12", "repository=Truman Library"]
    key = shell.out("new", *given).strip()
    for command in (["cite", key], ["bib", key]):
        assert f"does not say where the source is kept ({key})" in shell(*command, "--style", "harvard")[2]
        assert shell(*command, "--style", "chicago")[2] == ""
    assert shell("cite", key, "--style", "harvard", "--form", "in-text")[2] == ""
    book = shell.out("new", "kind=book", "title=Containment", "date=1982", "archive.repository=Truman Library").strip()
    assert shell("cite", book, "--style", "harvard")[2] == ""


def test_set_tag_rename_remove_and_undo(shell: Shell) -> None:
    before = contents(shell.root)
    code, out, err = shell("set", "kind=cable", "box=4", "--query", "date:1946", "--dry-run")
    assert (code, contents(shell.root)) == (0, before)
    assert "-kind: telegram\n+kind: cable\n" in out
    assert "would be changed: kennan" in err
    shell.out("set", "kind=cable", "kennan")
    shell.out("tag", "a1,b1", "hull", "--query", "kind:cable")
    assert shell.out("list", "--query", "tag:a1", "--keys") == "hull\nkennan\n"
    shell.out("tag", "a1", "hull", "--remove")
    shell.out("rename", "kennan", "long")
    assert "id: long" in shell.out("show", "--yaml", "kennan")
    shell.out("remove", "--query", "tag:two or kind:cable")
    assert contents(shell.root) == {}
    log = shell.out("log").splitlines()
    assert [int(line.split()[0]) for line in log] == [5, 4, 3, 2, 1]
    for _ in range(5):
        shell.out("undo")
    assert contents(shell.root) == before
    assert shell("undo")[0] == 1
    assert "there is no change 99 that can be taken back" in shell("undo", "99")[2]
    shell.out("undo", "--redo")
    assert {entry["number"]: entry["state"] for entry in json.loads(shell.out("log", "--json"))}[1] == "done"


def test_undo_shows_what_it_would_do(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_bytes(b"picture")
    for step in (["set", "title=New", "hull"], ["attach", "hull", str(tmp_path / "scan.jpg")], ["remove", "kennan"]):
        shell(*step)
    before = contents(shell.root)
    for number, shown in (("1", "-title: New\n"), ("2", " (to the trash)"), ("3", "+++ sub/kennan.yaml (from ")):
        code, out, err = shell("undo", number, "--dry-run")
        if number == "1":  # the record was changed again by the second
            assert (code, "was changed again" in err) == (1, True)
            continue
        assert (code, shown in out, "would be undone: " in err) == (0, True, True)
    assert contents(shell.root) == before
    shell.out("undo")
    code, out, err = shell("undo", "--redo", "-n")
    assert (code, out) == (0, "--- sub/kennan.yaml (to the trash)\n")
    assert "would be redone: 3 (" in err
    shell.out("undo")
    assert "-title: New\n" in shell.out("undo", "-n")
    assert shell("undo", "7", "-n")[0] == 1


def test_nothing_is_changed_without_saying_what(shell: Shell) -> None:
    for arguments in (["remove"], ["set", "kind=x"], ["tag", "x"]):
        assert shell(*arguments)[0] == 2
    assert shell("remove", "nosuch")[0] == 1


def test_attach_and_open(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("the marshal said")
    shell.out("attach", "kennan", str(tmp_path / "t.txt"), "--kind", "transcript")
    assert shell.out("search", "marshal", "--keys") == "kennan\n"
    assert shell.out("open", "kennan", "--print") == f"{shell.root / 'sub' / 'kennan.txt'}\n"
    assert shell.out("open", "hull", "--print") == "https://x.org/1\n"
    assert shell("open", "hull", "--print", "--file")[0] == 1
    assert shell("attach", "kennan", str(tmp_path / "nosuch"))[0] == 1


def test_a_file_that_would_run_is_not_opened(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "t.desktop").write_text("[Desktop Entry]")
    shell.out("attach", "kennan", str(tmp_path / "t.desktop"))
    code, _, said = shell("open", "kennan")
    assert (code, "is a program and is not opened" in said) == (1, True)


def editor(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    script = f"import sys,pathlib; p=pathlib.Path(sys.argv[1]); p.write_text(p.read_text().replace({old!r},{new!r}))"
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c {json.dumps(script)}")


def test_edit_keeps_a_text_with_faults(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(shell.root)
    editor(monkeypatch, "1944-06-26", "1944-16-26")
    code, _, err = shell("edit", "hull")
    assert code == 1
    assert "there is no month 16" in err
    assert "is kept" in err
    assert contents(shell.root) == before
    editor(monkeypatch, "1944-16-26", "1944-06-27")
    assert shell("edit", "hull")[0] == 0
    assert b"1944-06-27" in contents(shell.root)["hull.yaml"]
    assert not list((shell.root / ".citetool" / "edit").iterdir())
    monkeypatch.setenv("VISUAL", "no-such-editor")
    code, _, err = shell("edit", "hull")
    assert (code, "cannot be started" in err) == (1, True)


def test_check_in_all_forms(shell: Shell) -> None:
    code, _, err = shell("check")
    assert code == 1
    assert "[missing-level]" in err
    code, out, _ = shell("check", "--json")
    assert {finding["check"] for finding in json.loads(out)} == {"missing-level"}
    code, out, _ = shell("check", "--sarif")
    log: dict[str, Any] = json.loads(out)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["missing-level"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "sub/kennan.yaml"}
    assert shell("check", "--query", "kind:letter")[0] == 0
    assert shell("check", "--only", "nosuch")[0] == 2
    assert "two-spellings" in shell.out("check", "--explain")


def test_check_puts_right_what_needs_no_judgement(shell: Shell) -> None:
    shell.out("set", "title=[A  title]", "kennan")
    code, out, _ = shell("check", "--only", "leftovers,supplied-title", "--fix", "--dry-run")
    assert "+title: '[A title]'" in out
    for _ in range(2):
        code, out, err = shell("check", "--only", "leftovers,supplied-title", "--fix")
    assert code == 0, err
    assert shell.out("list", "kennan", "--template", "{supplied_title}") == "A title\n"


def test_dedupe(shell: Shell) -> None:
    (shell.root / "again.yaml").write_text(record_text("again", **{**LETTER, "tags": ["three"]}))
    assert shell.out("dedupe").startswith("1.00  hull  again") or shell.out("dedupe").startswith("0.95  hull  again")
    assert json.loads(shell.out("dedupe", "--json"))[0]["keys"] == ["hull", "again"]
    shell.out("dedupe", "--merge", "--dry-run")
    assert "again.yaml" in contents(shell.root)
    shell.out("dedupe", "--merge")
    assert shell.out("list", "again", "--template", "{id}: {tags}") == "hull: one; two; three\n"


def test_info_and_stats(shell: Shell) -> None:
    assert json.loads(shell.out("info", "--json"))["year"] == {"1944": 1, "1946": 1}
    assert shell.out("info", "--by", "kind").splitlines() == ["kind (2 records)", "  letter    1", "  telegram  1"]
    assert shell("info", "--by", "nosuch")[0] == 2
    assert json.loads(shell.out("library", "stats", "--json"))["records"] == 2
    assert shell("library", "reindex")[0] == 0


def test_watch_writes_once_and_only_what_has_changed(shell: Shell, tmp_path: Path) -> None:
    refs = tmp_path / "refs.ris"
    code, _, err = shell("watch", "--output", str(refs), "--query", "kind:letter", "--once")
    assert (code, "1 record" in err) == (0, True)
    assert refs.read_text().count("TY  - ") == 1
    assert shell("watch", "--output", str(refs), "--query", "kind:letter", "--once")[2] == ""


def test_watch_follows(shell: Shell, tmp_path: Path) -> None:
    refs = tmp_path / "refs.ris"
    command = ["watch", "-o", str(refs), "--interval", "0.1", "--library", str(shell.root)]
    watcher = subprocess.Popen([sys.executable, "-m", "citetool", *command], stderr=subprocess.PIPE, text=True)
    try:
        assert watcher.stderr is not None
        assert "2 records" in watcher.stderr.readline()
        (shell.root / "new.yaml").write_text(record_text("new", **TELEGRAM))
        assert "3 records" in watcher.stderr.readline()
        assert refs.read_text().count("TY  - ") == 3
    finally:
        watcher.kill()
        watcher.communicate()


def test_git_merges_with_our_driver(shell: Shell, tmp_path: Path) -> None:
    texts = {
        name: record_text("a", title="T", date=date) for name, date in (("o", "1944"), ("a", "1944"), ("b", "1945"))
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    assert main(["library", "merge-file", *(str(tmp_path / name) for name in "oab")]) == 0
    assert (tmp_path / "a").read_text() == texts["b"]


def test_the_style_that_an_archive_asks_for(shell: Shell) -> None:
    (shell.root / "repositories.yaml").write_text("repositories:\n- {name: LC, style: wilson-center}\n")
    found = json.loads(shell.out("cite", "kennan", "hull", "kennan", "--style", "preferred", "--json"))
    assert [(entry["id"], entry["style"]) for entry in found] == [
        ("kennan", "chicago"), ("hull", "wilson-center"), ("kennan", "chicago"),
    ]  # fmt: skip
    assert [entry["citation"] for entry in found] == [
        shell.out("cite", entry["id"], "--style", entry["style"]).rstrip("\n") for entry in found
    ]


def test_one_faulty_file_stops_neither_list_nor_bibliography_nor_export(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "records" / "bad.yaml").write_text("id: bad\ndate: never\n", "utf-8")
    for command in (["bib"], ["export", "--to", "ris"], ["list"], ["bib", "-q", "kind:letter"]):
        code, out, err = shell(*command)
        assert (code, bool(out)) == (1, True), command
        assert "bad.yaml:2: date" in err or "files that cannot be read: 1" in err
    assert shell("bib", "-o", str(tmp_path / "refs.txt"))[0] == 1
    assert (tmp_path / "refs.txt").read_text("utf-8")
    code, out, err = shell("cite", "bad")
    assert (code, out) == (1, "")


def test_what_is_odd_about_a_new_record_is_said_at_once(shell: Shell) -> None:
    code, out, err = shell("new", "kind=book", "author=John Gaddis", "title=We", "date=1997")
    assert (code, out) == (0, "john1997we\n")
    assert "note: 'John Gaddis' is read as the name of a body\n  a person is written 'Gaddis, John'" in err
    code, out, err = shell("rename", "john1997we", "a b")
    assert "note: pandoc and LaTeX cannot cite the key 'a b'\n" in err
    code, out, err = shell("new", "kind=book", "author=Gaddis, John", "title=We", "date=1997", "--key", "a:b-c")
    assert "note" not in err


def test_tags_are_counted_and_written_as_a_list(shell: Shell) -> None:
    shell("set", "hull", "tags=ch1, ch2")
    shell("set", "kennan", "tags=ch1")
    assert shell("info", "--by", "tag")[1] == "tag (3 records)\n  ch1  2\n  ch2  1\n"
    assert "\ntag (3 records)\n  ch1  2\n" in shell("info")[1]


def test_files_are_attached_opened_and_detached(shell: Shell, tmp_path: Path) -> None:
    for name in ("a.jpg", "b.pdf"):
        (tmp_path / name).write_text(name)
    shell.out("attach", "hull", str(tmp_path / "a.jpg"), str(tmp_path / "b.pdf"), "--page", "1")
    places = shell.out("open", "hull", "--all", "--print").splitlines()
    assert [place.rpartition("/")[2] for place in places] == ["hull.jpg", "hull.pdf"]
    assert shell.out("open", "hull", "--file", "--print").splitlines() == places[:1]
    assert shell("detach", "hull")[0] == 2
    assert shell("detach", "hull", "a.jpg", "--all")[0] == 2
    shell.out("detach", "hull", "a.jpg")
    assert shell.out("open", "hull", "--all", "--print").splitlines() == places[1:]
    shell.out("detach", "hull", "--all")
    assert shell("open", "hull", "--all", "--print")[0] == 1


def test_a_card_has_citation_people_homes_files_and_faults(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "scan.jpg").write_text("x")
    shell.out("set", "hull", "recipient=Kennan, George F.", "url=https://x.org/1", "folder=7")
    shell.out("attach", "hull", str(tmp_path / "scan.jpg"), "--kind", "scan", "--page", "1")
    first, citation, *rows = shell.out("show", "hull").splitlines()
    assert first == "hull  letter"
    assert citation == f"  {shell.out('cite', 'hull').strip()}"
    assert "author     Hull, Cordell" in rows
    assert "recipient  Kennan, George F." in rows
    assert next(row for row in rows if row.startswith("original")) == "original   Washington (place)"
    assert any(row.startswith("copy       ") and "https://x.org/1" in row for row in rows)
    assert any(row.startswith("files      hull.jpg, scan, 1, was scan.jpg") for row in rows)
    shell.out("new", "kind=letter", "--key", "bare")
    assert shell.out("show", "bare").splitlines()[0] == "bare  letter"
    assert "error: title: there is no title" in shell.out("show", "bare") or "warning: date" in shell.out(
        "show", "bare"
    )


def test_kinds_are_taken_as_they_are_meant_and_slips_told(shell: Shell) -> None:
    for kind, where, kept in (
        ("dissertation", "university=Yale", "thesis"),
        ("article", "newspaper=New York Times", "newspaper article"),
        ("article", "journal=JAH", "journal article"),
        ("article", "title=On arXiv", "article"),
    ):
        key = shell.out("new", f"kind={kind}", where, "author=Kim, A.", "date=1999").strip()
        assert f"kind: {kept}\n" in shell.out("show", "--yaml", key)
    assert "did you mean 'letter'" in shell("new", "kind=lettr", "title=A")[2]
    assert "did you mean 'letter'" in shell("set", "hull", "kind=lettr")[2]
    assert shell("check", "--only", "unknown-word", "--fix")[0] == 1
    shell.out("set", "hull", "kind=photo")
    assert "kind: photograph\n" in shell.out("show", "--yaml", "hull")


def test_a_tag_and_a_key_that_changed_places_are_told(shell: Shell) -> None:
    code, _, err = shell("tag", "hull", "chapter-2")
    assert code == 2
    assert "citetool tag chapter-2 hull" in err


def test_a_locator_that_a_form_does_not_print_is_told(shell: Shell) -> None:
    assert "the locator is not printed" in shell("cite", "hull", "--style", "mla", "--locator", "p. 2")[2]
    assert "not printed" not in shell("cite", "hull", "--locator", "p. 2")[2]


def test_a_card_has_of_a_file_what_people_ask(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "IMG_1.jpg").write_bytes(b"0" * 1234)
    shell.out("attach", "hull", str(tmp_path / "IMG_1.jpg"))
    assert "hull.jpg, was IMG_1.jpg, 1,234 bytes" in shell.out("show", "hull")
    assert "there already: IMG_1.jpg as hull.jpg" in shell("attach", "hull", str(tmp_path / "IMG_1.jpg"))[2]
    assert shell.out("show", "hull", "--yaml").count("checksum") == 1
