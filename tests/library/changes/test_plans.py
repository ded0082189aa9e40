from __future__ import annotations

import multiprocessing
import time
from typing import TYPE_CHECKING

import pytest

from citetool.library.changes import journal
from citetool.library.changes.additions import plan_add
from citetool.library.changes.assignments import parse_assignment
from citetool.library.changes.attachments import plan_attach
from citetool.library.changes.journal import Edit, Removal
from citetool.library.changes.plans import (
    Plan,
    change,
    plan_assign,
    plan_remove,
    plan_rename,
    plan_text,
    undo,
)
from citetool.library.library import Library
from citetool.library.locks import Lock
from citetool.problems import CitetoolError, InputError, LibraryError, NotFoundError, UsageError
from citetool.record.schema import checked
from tests.libraries import contents, folders, make_library, record_text

if TYPE_CHECKING:
    from pathlib import Path

    from citetool.library.changes.journal import Step


@pytest.fixture
def library(tmp_path: Path) -> Library:
    commented = '# mine\nid: a\ntitle: A  # for now\narchive:\n  box: "3"\n  repository: LC\n'
    return make_library(tmp_path / "lib", {"a.yaml": commented, "sub/b.yaml": record_text("b")})


# ---- adding


def test_adding_writes_a_file_a_record(library: Library) -> None:
    plan = library.add([checked({"id": "c/d", "title": "C"}), checked({"id": "e", "title": "E"})])
    assert plan.keys == {"added": ["c/d", "e"]}
    assert contents(library.root)["c%2Fd.yaml"] == b"id: c/d\ntitle: C\n"
    assert library["c/d"].title == "C"


def test_taken_keys_are_refused_all_at_once_and_nothing_is_written(library: Library) -> None:
    before = contents(library.root)
    records = [checked({"id": key, "title": "other"}) for key in ("new", "a", "b")]
    with pytest.raises(LibraryError) as caught:
        library.add(records)
    assert [problem.message for problem in caught.value.problems] == [
        "the library has a record 'a' already",
        "the library has a record 'b' already",
    ]
    assert contents(library.root) == before


def test_what_is_there_already_is_left_alone(library: Library) -> None:
    assert library.add([library["a"]]).keys == {"unchanged": ["a"]}
    assert journal.changes(library.root) == []


def test_conflicts_can_be_skipped_replaced_merged_or_renamed(library: Library) -> None:
    other = checked({"id": "a", "title": "Other", "date": "1944", "archive": {"box": "3", "place": "Rome"}})
    assert library.add([other], on_conflict="keep").keys == {"skipped": ["a"]}
    assert library.add([other], on_conflict="rename").keys == {"added": ["a-2"]}
    plan = library.add([other], on_conflict="merge")
    assert plan.keys == {"merged": ["a"]}
    assert [(one.field, one.kept, one.dropped) for _, one in plan.disagreements] == [("title", "A", "Other")]
    assert contents(library.root)["a.yaml"].decode() == (
        '# mine\nid: a\ntitle: A  # for now\ndate: "1944"\narchive:\n  box: "3"\n  repository: LC\n  place: Rome\n'
    )
    assert library.add([other], on_conflict="replace").keys == {"replaced": ["a"]}
    assert library["a"] == other
    assert contents(library.root)["a.yaml"].startswith(b"# mine\n")


def test_one_key_twice_in_what_is_added(library: Library) -> None:
    twice = [checked({"id": "c", "title": "C"}), checked({"id": "c", "date": "1944"})]
    with pytest.raises(LibraryError, match="'c' already"):
        library.add(twice)
    assert library.add(twice, on_conflict="merge").keys == {"added": ["c"], "merged": ["c"]}
    assert (library["c"].title, library["c"].date) == ("C", "1944")


def test_an_alias_is_a_taken_key(library: Library) -> None:
    library.add([checked({"id": "c", "title": "C", "aliases": ["old"]})])
    with pytest.raises(LibraryError, match="'old' already"):
        library.add([checked({"id": "old", "title": "x"})])


def test_a_file_of_that_name_with_another_record_is_not_overwritten(library: Library) -> None:
    (library.root / "c.yaml").write_text(record_text("not c"))
    library.add([checked({"id": "c", "title": "C"})])
    assert library["not c"].id == "not c"
    assert library["c"].title == "C"


def test_texts_beside_records_are_written_with_them(library: Library) -> None:
    record = checked({"id": "t", "title": "T", "files": [{"path": "t.txt"}]})
    library.add([record], beside={"t.txt": b"words"})
    assert contents(library.root)["t.txt"] == b"words"
    undo(library)
    assert "t.txt" not in contents(library.root)
    with pytest.raises(LibraryError, match="leaves the library"):
        library.add([record], beside={"../t.txt": b"words"})


# ---- setting


@pytest.mark.parametrize(
    ("assignments", "expected"),
    [
        (["kind=letter"], "id: r\nkind: letter\ntitle: R\ntags: [x]\n"),
        (["title="], "id: r\ntags: [x]\n"),
        (["tags+=w", "tags+=x"], "id: r\ntitle: R\ntags: [x, w]\n"),
        (["tags-=x"], "id: r\ntitle: R\n"),
        (["tags=z"], "id: r\ntitle: R\ntags: [z]\n"),
        (["tags=[a, 'b c']"], "id: r\ntitle: R\ntags: [a, b c]\n"),
        (["box=Box 3", "archive.repository=LC", "folder=2"],
         'id: r\ntitle: R\narchive:\n  folder: "2"\n  box: Box 3\n  repository: LC\ntags: [x]\n'),
        (["url=https://x.org/1"], "id: r\ntitle: R\ndigital:\n  url: https://x.org/1\ntags: [x]\n"),
        (["author=Hull, Cordell"], "id: r\ntitle: R\ncreators:\n- {name: 'Hull, Cordell', role: author}\ntags: [x]\n"),
        (["note=mine"], "id: r\ntitle: R\ntags: [x]\nnotes: [mine]\n"),
        (["dates.received=1944"], 'id: r\ntitle: R\ndates:\n  received: "1944"\ntags: [x]\n'),
        (["x-own=thing"], "id: r\ntitle: R\ntags: [x]\nx-own: thing\n"),
        (["kind=book", "publisher=P", "place=New York", "journal=J", "volume=2"],
         "id: r\nkind: book\ntitle: R\npublication:\n  publisher: P\n  publisher-place: New York\n"
         "  container-title: J\n  volume: \"2\"\ntags: [x]\n"),
        (["volume=2", "kind=letter"], "id: r\nkind: letter\ntitle: R\narchive:\n  volume: \"2\"\ntags: [x]\n"),
        (["date=5 May 1950"], "id: r\ntitle: R\ndate: 1950-05-05\ntags: [x]\n"),
        (["date=ca. 1936"], "id: r\ntitle: R\ndate: 1936~\ntags: [x]\n"),
        (["date=1936/37"], "id: r\ntitle: R\ndate: 1936/1937\ntags: [x]\n"),
        (["date=5.5.1950"], "id: r\ntitle: R\ndate: 1950-05-05\ntags: [x]\n"),
        (["title=R"], "id: r\ntitle: R\ntags: [x]\n"),
    ],
)  # fmt: skip
def test_assignments(tmp_path: Path, assignments: list[str], expected: str) -> None:
    library = make_library(tmp_path, {"r.yaml": "id: r\ntitle: R\ntags: [x]\n"})
    change(library, "set", lambda: plan_assign(library, ["r.yaml"], [parse_assignment(text) for text in assignments]))
    assert contents(tmp_path)["r.yaml"].decode() == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind", "is not an assignment"),
        ("=x", "is not an assignment"),
        ("id=x", "rename"),
        ("tilte=x", "'title'"),
        ("title.x=y", "has no part"),
        ("nosuchname=x", "there is no field 'nosuchname'"),
        ("foo.bar=3", "there is no field 'foo'"),
        ("archive.boxx=3", "did you mean 'box'"),
        ("publication.publishr=x", "did you mean 'publisher'"),
    ],
)
def test_wrong_assignments(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_assignment(text)


def test_a_value_that_makes_a_record_faulty_changes_no_record(library: Library) -> None:
    before = contents(library.root)
    with pytest.raises(InputError) as caught:
        change(library, "set", lambda: plan_assign(library, ["a.yaml", "sub/b.yaml"], [parse_assignment("date=soon")]))
    assert len(caught.value.problems) == 2
    assert contents(library.root) == before


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    library = make_library(tmp_path)
    (tmp_path / "w.yaml").write_bytes(b"\xef\xbb\xbfid: w\r\ntitle: W\r\n")
    change(library, "set", lambda: plan_assign(library, ["w.yaml"], [parse_assignment("kind=letter")]))
    assert contents(tmp_path)["w.yaml"] == b"\xef\xbb\xbfid: w\r\nkind: letter\r\ntitle: W\r\n"


def test_a_dry_run_shows_a_diff(library: Library) -> None:
    plan = plan_assign(library, ["a.yaml"], [parse_assignment("box=4")])
    assert list(plan.diff()) == [
        "--- a.yaml", "+++ a.yaml", "@@ -4,3 +4,3 @@", " archive:", '-  box: "3"', '+  box: "4"', "   repository: LC",
    ]  # fmt: skip


# ---- other plans


def test_renaming_keeps_the_old_key_as_alias(library: Library) -> None:
    change(library, "rename", lambda: plan_rename(library, "a", "x/y"))
    assert library["a"].id == library["x/y"].id == "x/y"
    assert set(contents(library.root)) == {"x%2Fy.yaml", "sub/b.yaml"}
    with pytest.raises(LibraryError, match="'b' already"):
        plan_rename(library, "a", "b")
    with pytest.raises(NotFoundError):
        plan_rename(library, "nosuch", "z")


def test_a_text_with_another_key_goes_to_its_file(library: Library) -> None:
    data = contents(library.root)["sub/b.yaml"]
    change(library, "edit", lambda: plan_text(library, "sub/b.yaml", data, data.replace(b"id: b", b"id: c")))
    assert set(contents(library.root)) == {"a.yaml", "sub/c.yaml"}
    with pytest.raises(LibraryError, match="'a' already"):
        plan_text(library, "sub/c.yaml", b"", data.replace(b"id: b", b"id: a"))


def test_attached_files_stand_beside_the_record(library: Library, tmp_path: Path) -> None:
    for name in ("Scan 1.PDF", "Scan 2.PDF", "Scan 2.PDF"):
        scan = tmp_path / name
        scan.write_bytes(b"%PDF \xff\x00")
        told = change(library, "attach", lambda scan=scan: plan_attach(library, "b", [scan], {"kind": "scan"})).keys  # type: ignore[misc]
    assert told == {"there already": ["Scan 2.PDF as b-2.pdf"]}
    assert {path: data for path, data in contents(library.root).items() if path.endswith("pdf")} == {
        "sub/b.pdf": b"%PDF \xff\x00",
        "sub/b-2.pdf": b"%PDF \xff\x00",
    }
    assert [(file.path, file.kind) for file in library["b"].files] == [("b.pdf", "scan"), ("b-2.pdf", "scan")]
    undo(library)
    assert "sub/b-2.pdf" not in contents(library.root)


def test_removed_records_lie_in_the_trash_with_the_files_that_nobody_else_names(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            "a.yaml": record_text("a", title="A", files=[{"path": "a.txt"}, {"path": "both.txt"}]),
            "b.yaml": record_text("b", title="B", files=[{"path": "both.txt"}]),
            "a.txt": "a",
            "both.txt": "both",
        },
    )
    before = contents(tmp_path)
    change(library, "remove", lambda: plan_remove(library, ["a.yaml"]))
    assert set(contents(tmp_path)) == {"b.yaml", "both.txt"}
    assert (tmp_path / journal.trash(1, "a.txt")).read_text() == "a"
    undo(library)
    assert contents(tmp_path) == before


# ---- undo


def test_changes_are_taken_back_one_by_one_and_made_again(library: Library) -> None:
    states = [contents(library.root)]
    library.add([checked({"id": "c", "title": "C"})])
    states.append(contents(library.root))
    change(library, "set", lambda: plan_assign(library, ["a.yaml"], [parse_assignment("kind=letter")]))
    states.append(contents(library.root))
    change(library, "remove", lambda: plan_remove(library, ["a.yaml", "c.yaml"]))
    states.append(contents(library.root))
    for state in states[-2::-1]:
        undo(library)
        assert contents(library.root) == state
    with pytest.raises(NotFoundError, match="no change"):
        undo(library)
    for state in states[1:]:
        undo(library, again=True)
        assert contents(library.root) == state
    with pytest.raises(NotFoundError, match="no change"):
        undo(library, again=True)


def test_folders_that_a_change_made_go_with_it(library: Library) -> None:
    before = folders(library.root)
    edit = Edit("new/deep/x.yaml", None, record_text("x").encode())
    change(library, "add", lambda: Plan([edit]))
    undo(library)
    assert folders(library.root) == before


def test_a_file_that_was_changed_since_is_not_overwritten(library: Library) -> None:
    change(library, "set", lambda: plan_assign(library, ["a.yaml", "sub/b.yaml"], [parse_assignment("kind=letter")]))
    (library.root / "a.yaml").write_text("id: a\ntitle: by hand\n")
    now = contents(library.root)
    with pytest.raises(LibraryError, match=r"a\.yaml: the file was changed again since"):
        undo(library)
    assert contents(library.root) == now


def test_a_new_change_ends_what_could_be_made_again(library: Library) -> None:
    change(library, "set", lambda: plan_assign(library, ["a.yaml"], [parse_assignment("kind=letter")]))
    undo(library)
    library.add([checked({"id": "c", "title": "C"})])
    with pytest.raises(NotFoundError):
        undo(library, again=True)


def test_only_the_last_changes_are_kept(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT", 3)
    for number in range(6):
        library.add([checked({"id": f"n{number}", "title": "x"})])
    assert [entry.number for entry in journal.changes(library.root)] == [6, 5, 4]


DAMAGED = {
    "no JSON": "{",
    "empty": "",
    "no head": "[]\n",
    "another shape": '{"time": 1, "command": "x", "size": 1, "folders": []}\n',
    "deep": "[" * 100_000,
    "folder outside": '{"time": "", "command": "x", "size": 1, "folders": ["../x"]}\n',
    "file outside": '{"time": "", "command": "x", "size": 1, "folders": []}\n'
    '{"path": "a/../../x", "act": "remove", "before": "", "check": ""}\n',
    "own file": '{"time": "", "command": "x", "size": 1, "folders": []}\n'
    '{"path": ".citetool/lock", "act": "remove", "before": "", "check": ""}\n',
    "unknown act": '{"time": "", "command": "x", "size": 1, "folders": []}\n'
    '{"path": "a.yaml", "act": "link", "before": "", "check": ""}\n',
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=list(DAMAGED))
def test_a_damaged_entry_is_set_aside_and_stops_nothing(text: str, tmp_path: Path) -> None:
    said: list[str] = []
    library = Library(make_library(tmp_path, ["a"]).root, say=said.append)
    library.add([checked({"id": "b", "title": "B"})])
    log = tmp_path / ".citetool" / "log"
    (log / "000002.done").write_text(text)
    library.add([checked({"id": "c", "title": "C"})])
    assert sorted(path.name for path in log.iterdir()) == ["000001.done", "000002.damaged", "000003.done"]
    assert "000002.damaged" in said[-1]
    assert undo(library)[1] == ["c.yaml"]
    assert undo(library)[1] == ["b.yaml"]


# ---- who else writes


def test_a_step_whose_file_has_changed_is_refused(library: Library) -> None:
    for step in (Edit("a.yaml", b"other", b"id: a\n"), Edit("a.yaml", None, b"id: a\n"), Removal("nosuch.yaml")):
        before = contents(library.root)
        with pytest.raises(LibraryError):
            change(library, "x", lambda step=step: Plan([Edit("new.yaml", None, b"id: n\ntitle: n\n"), step]))  # type: ignore[misc]
        assert contents(library.root) == before


def _hold(root: Path, seconds: float, held: object) -> None:
    with Lock(root, ".citetool/lock"):
        held.set()  # type: ignore[attr-defined]
        time.sleep(seconds)


def test_who_waits_too_long_is_told_for_whom(library: Library) -> None:
    library.add([checked({"id": "c", "title": "C"})])
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    holder = context.Process(target=_hold, args=(library.root, 30, held))
    holder.start()
    try:
        assert held.wait(20)
        with pytest.raises(LibraryError, match=f"is being changed by process {holder.pid}"):
            change(library, "x", Plan, wait=0.1)
    finally:
        holder.kill()
        holder.join()
    change(library, "x", Plan, wait=5)


def _tag(root: Path, tag: str) -> None:
    library = make_library(root)
    change(library, "tag", lambda: plan_assign(library, ["a.yaml"], [parse_assignment(f"tags+={tag}")]))


def test_two_writers_on_one_record_lose_nothing(library: Library) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_tag, args=(library.root, f"t{number}")) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(library["a"].tags) == [f"t{number}" for number in range(6)]


def test_an_interrupted_change_is_told_of_and_can_be_taken_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(library.root)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("citetool.library.files.move", stop)
        steps: list[Step] = [Edit("a.yaml", before["a.yaml"], b"id: a\ntitle: new\n"), Removal("sub/b.yaml")]
        with pytest.raises(KeyboardInterrupt):
            change(library, "half", lambda: Plan(list(steps)))
    said: list[str] = []
    library.say = said.append
    change(library, "nothing", Plan)
    assert "change 1 (half) was interrupted" in said[0]
    undo(library)
    assert contents(library.root) == before


def test_what_cannot_be_planned_changes_nothing(library: Library) -> None:
    def plan() -> Plan:
        raise CitetoolError("no")

    with pytest.raises(CitetoolError):
        change(library, "x", plan)
    assert journal.changes(library.root) == []
    assert plan_add(library, []).steps == []


def test_what_is_refused_makes_no_library(tmp_path: Path) -> None:
    library = Library(tmp_path / "new")
    with pytest.raises(NotFoundError):
        change(library, "rename b1 b2", lambda: plan_rename(library, "b1", "b2"))
    with pytest.raises(NotFoundError):
        undo(library)
    assert not library.root.exists()
    change(library, "new", lambda: plan_add(library, [checked({"id": "b1", "kind": "letter", "title": "T"})]))
    assert list(library) == ["b1"]
