"""After any sequence of commands the index is one built from the files, and taking all back gives the first state."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citetool.library.changes import journal
from citetool.library.changes.assignments import parse_assignment
from citetool.library.changes.attachments import plan_attach
from citetool.library.changes.plans import change, plan_assign, plan_remove, plan_rename, plan_text, undo
from citetool.library.dedupe import plan_merge
from citetool.library.index.sync import ready
from citetool.problems import CitetoolError
from citetool.record.schema import checked
from tests.libraries import contents, folders, make_library, record_text
from tests.strategies import plain_records

if TYPE_CHECKING:
    from citetool.library.library import Library

_KEYS = st.sampled_from(["a", "b", "c", "d", "x/y", "old"])
_ASSIGNMENTS = st.sampled_from(
    ["kind=letter", "title=", "box=Box 3", "tags+=x", "tags-=x", "author=Hull, Cordell", "date=1944-06", "own=1",
     "date=x"]
)  # fmt: skip
_COMMANDS = st.one_of(
    st.tuples(st.just("add"), st.lists(plain_records(), min_size=1, max_size=3), st.sampled_from(["merge", "rename"])),
    st.tuples(st.just("set"), st.lists(_KEYS, max_size=3), st.lists(_ASSIGNMENTS, max_size=3)),
    st.tuples(st.just("rename"), _KEYS, _KEYS),
    st.tuples(st.just("remove"), st.lists(_KEYS, min_size=1, max_size=2)),
    st.tuples(st.just("attach"), _KEYS),
    st.tuples(st.just("edit"), _KEYS, st.text(max_size=8)),
    st.tuples(st.just("merge"), _KEYS, _KEYS),
    st.tuples(st.just("search"), st.sampled_from(["", "title", "tag:x", "date:1944"])),
    st.tuples(st.just("undo")),
)


def carry_out(library: Library, command: tuple[Any, ...], source: Path) -> None:
    """One command as the command line would do it; a known fault changes nothing."""
    act, *rest = command
    if act == "add":
        records = [checked({**plain, "id": f"{plain['id']}"}) for plain in rest[0]]
        library.add(records, on_conflict=rest[1])
    elif act == "set":
        paths = [library.path_of(key) or "nosuch.yaml" for key in rest[0]]
        change(library, "set", lambda: plan_assign(library, paths, [parse_assignment(text) for text in rest[1]]))
    elif act == "rename":
        change(library, "rename", lambda: plan_rename(library, *rest))
    elif act == "remove":
        paths = [path for key in rest[0] if (path := library.path_of(key))]
        change(library, "remove", lambda: plan_remove(library, paths))
    elif act == "attach":
        change(library, "attach", lambda: plan_attach(library, rest[0], [source], {"kind": "transcript"}))
    elif act == "edit":
        path = library.path_of(rest[0])
        if path:
            data = (library.root / path).read_bytes()
            new = data.replace(b"title: ", b"title: " + rest[1].encode())
            change(library, "edit", lambda: plan_text(library, path, data, new))
    elif act == "merge":
        pair = [path for key in rest if (path := library.path_of(key))]
        if len(set(pair)) == 2:
            change(library, "merge", lambda: plan_merge(library, [pair]))
    elif act == "search":
        list(library.search(rest[0]))
    else:
        undo(library)


def index_of(root: Path, *, rebuild: bool) -> list[tuple[Any, ...]]:
    """All that the index says of the records, or what one built anew says."""
    index = ready(root, print, rebuild=rebuild)
    try:
        words = index.connection.execute(
            "SELECT path FROM words JOIN record ON record.id = words.rowid WHERE words MATCH 'title' ORDER BY path"
        ).fetchall()
        return index.dump() + words
    finally:
        index.close()


@pytest.mark.property
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(_COMMANDS, min_size=1, max_size=8))
def test_any_sequence_of_commands(commands: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.txt"
        source.write_text("the title of a transcript")
        root = Path(folder) / "records"
        library = make_library(
            root,
            {
                "a.yaml": record_text("a", title="title A", aliases=["old"], tags=["x"]),
                "sub/b.yaml": "# mine\nid: b\ntitle: title B # so far\n",
                "c.yaml": record_text("c", title="title C", files=[{"path": "c.txt"}]),
                "c.txt": "title of the text",
            },
        )
        first = contents(root), folders(root)
        for command in commands:
            with suppress(CitetoolError):
                carry_out(library, command, source)
            assert index_of(root, rebuild=False) == index_of(root, rebuild=True)
        while any(entry.state != "undone" for entry in journal.changes(root)):
            undo(library)
        assert (contents(root), folders(root)) == first
