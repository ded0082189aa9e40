"""Writers that are killed: `python -m tests.faults [ROUNDS] [SEED]`.

Each round a process of its own changes a library as fast as it can (sets fields in several records, adds, renames,
removes, takes back) and is killed (SIGKILL) after a random time, or at a random call of the system. Then the library
is looked at: every record is there, whole, in one of its states; a search finds what the files hold; the next writer
can go on; and taking everything back gives the first state, byte for byte.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from citetool.library.changes import journal
from citetool.library.changes.assignments import parse_assignment
from citetool.library.changes.plans import Plan, change, plan_assign, plan_remove, plan_rename, undo
from citetool.library.library import Library
from citetool.problems import CitetoolError
from citetool.record.schema import checked
from tests.libraries import contents, make_library, record_text

RECORDS = 12
_CALLS = ("open", "fsync", "replace", "rename", "unlink", "mkdir", "write")


def main(rounds: int, seed: int) -> None:
    """Kill so many writers; raises AssertionError where the library has suffered."""
    choose = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "records"
        texts = {f"r{n}.yaml": record_text(f"r{n}", title="v0", summary="v0 " * 200) for n in range(RECORDS)}
        make_library(root, texts)
        first = contents(root)
        interrupted = 0
        for number in range(rounds):
            child = os.fork()
            if child == 0:
                _work(root, choose.random() + number, by_call=number % 2 == 0)
            if number % 2:
                time.sleep(choose.uniform(0.002, 0.08))
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            interrupted += _look(root, number)
            if number % 10 == 9:
                _take_all_back(root, first)
        print(f"{rounds} writers killed, {interrupted} in the middle of a change: nothing lost")


def _work(root: Path, seed: float, *, by_call: bool) -> None:
    choose = random.Random(seed)
    if by_call:
        _die_at_call(choose.randrange(1, 120))
    version = 0
    while True:
        version += 1
        with suppress(CitetoolError):
            _one_change(root, choose, version)
        if by_call and version > 40:
            os.kill(os.getpid(), signal.SIGKILL)


def _die_at_call(number: int) -> None:
    """Make this process kill itself right before its so-many-th call of the system that changes files."""
    count = 0

    def wrap(name: str) -> None:
        real = getattr(os, name)

        def call(*args: object, **named: object) -> object:
            nonlocal count
            if name == "open" and not int(args[1]) & (os.O_WRONLY | os.O_RDWR):  # type: ignore[call-overload]
                return real(*args, **named)
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **named)

        setattr(os, name, call)

    for name in _CALLS:
        wrap(name)


def _one_change(root: Path, choose: random.Random, version: int) -> None:
    library = Library(root)
    paths = library.paths()
    act = choose.choice(("set", "set", "set", "add", "rename", "remove", "undo"))
    if act == "set":
        some = choose.sample(paths, min(4, len(paths)))
        words = f"v{os.getpid()}.{version}"
        assignments = [parse_assignment(f"title={words}"), parse_assignment(f"summary={f'{words} ' * 200}")]
        change(library, "set", lambda: plan_assign(library, some, assignments))
    elif act == "add":
        library.add([checked({"id": f"n{os.getpid()}-{version}-{n}", "title": "n", "summary": "n"}) for n in range(3)])
    elif act == "rename":
        old = library.read(choose.choice(paths)).id
        change(library, "rename", lambda: plan_rename(library, old, f"k{os.getpid()}-{version}"))
    elif act == "remove" and len(paths) > RECORDS:
        change(library, "remove", lambda: plan_remove(library, [choose.choice(paths)]))
    elif act == "undo":
        undo(library)


def _look(root: Path, number: int) -> bool:
    """See that every record is whole; says whether the writer was stopped in the middle of a change."""
    library = Library(root)
    for path, data in contents(root).items():
        record = library.read(path)
        words = set(record.summary.split())
        assert words == {record.title}, f"round {number}: {path} is half one, half another: {words}"
        assert data.endswith(b"\n"), f"round {number}: {path} is cut off"
    found = sorted(hit.path for hit in library.search(""))
    assert found == sorted(contents(root)), f"round {number}: the index says {found}"
    states = [entry.state for entry in journal.changes(root)]
    return "begun" in states[:1]


def _take_all_back(root: Path, first: dict[str, bytes]) -> None:
    library = Library(root)
    change(library, "nothing", Plan)
    with suppress(CitetoolError):
        while True:
            undo(library)
    left = [entry for entry in journal.changes(root) if entry.state != "undone"]
    assert not left, f"cannot be taken back: {left}"
    assert contents(root) == first
    for path in (root / ".citetool" / "log").glob("*"):
        path.unlink()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
