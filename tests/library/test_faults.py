"""What may go wrong around a library: killed writers, full disks, folders that may not be written."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citetool.library.changes.assignments import parse_assignment
from citetool.library.changes.plans import change, plan_assign
from citetool.problems import LibraryError
from citetool.record.schema import checked
from tests.libraries import contents, make_library, record_text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
ROUNDS = os.environ.get("CITETOOL_FAULT_ROUNDS", "40")


def python(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        capture_output=True,
        text=True,
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": "/nonexistent"},
        check=False,
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killing at a call wants fork")
def test_killed_writers_lose_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", ROUNDS, str(time.time_ns() % 10**6)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "nothing lost" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_builder_of_the_index_leaves_no_wrong_one(tmp_path: Path) -> None:
    library = make_library(tmp_path, [f"r{number}" for number in range(400)])
    script = "import sys; from citetool.library.library import Library; print(len(Library(sys.argv[1]).keys()))"
    script = script.replace("Library(sys.argv[1])", "Library(__import__('pathlib').Path(sys.argv[1]))")
    for wait in (0.1, 0.15, 0.2, 0.25, 0.3):
        builder = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        time.sleep(wait)
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        assert len(library.keys()) == 400
        for path in (tmp_path / ".citetool").glob("*"):
            path.unlink()


def test_a_limit_on_file_sizes_changes_nothing_and_searching_goes_on(tmp_path: Path) -> None:
    make_library(tmp_path, ["a", "b"])
    before = contents(tmp_path)
    done = python(
        """
        import resource, signal, sys
        from pathlib import Path
        from citetool.library.changes.assignments import parse_assignment
        from citetool.library.changes.plans import change, plan_assign
        from citetool.library.library import Library
        from citetool.library.stats import reindex
        from citetool.problems import LibraryError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        library = Library(Path(sys.argv[1]), say=print)
        print([hit.key for hit in library.search("title")])
        long = parse_assignment("summary=" + "word " * 2000)
        try:
            change(library, "set", lambda: plan_assign(library, ["a.yaml", "b.yaml"], [long]))
        except LibraryError as error:
            print(error)
        try:
            print("indexed:", reindex(library))
        except LibraryError as error:
            print(error)
        """,
        str(tmp_path),
    )
    assert "['a', 'b']" in done.stdout, done.stderr
    assert "no record was damaged" in done.stdout
    assert "no index could be written" in done.stdout
    assert "indexed" not in done.stdout
    assert contents(tmp_path) == before


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_changes_nothing_and_says_so(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(tmp_path, ["a", "b"])
    library.keys()
    before = contents(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(LibraryError, match="the disk is full"):
            change(library, "set", lambda: plan_assign(library, ["a.yaml"], [parse_assignment("kind=letter")]))
    assert contents(tmp_path) == before
    assert not list((tmp_path / ".citetool" / "tmp").iterdir())
    library.add([checked({"id": "c", "title": "C"})])


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A library that somebody may read and not write; root may write everything, so the tests ask as nobody."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "records"
        make_library(root, {"a.yaml": record_text("a"), "sub/b.yaml": record_text("b")})
        Path(folder).chmod(0o755)
        for path in (root / "sub", root):
            path.chmod(0o555)
        yield root
        for path in (root, root / "sub"):
            path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions")
def test_a_read_only_library_is_read_and_says_why_it_is_not_written(read_only: Path, tmp_path: Path) -> None:
    done = python(
        """
        import os, sys
        from pathlib import Path
        from citetool.library.library import Library
        from citetool.problems import LibraryError
        from citetool.record.schema import checked
        # nobody may not be able to read the interpreter: what is needed is loaded before
        Library(Path(sys.argv[2])).add([checked({"id": "x", "title": "X"})])
        if os.geteuid() == 0:
            os.setuid(65534)
            os.environ["CITETOOL_SAFE_LIBRARIES"] = "*"  # not the owner is refused here, but the mode of the folder
        library = Library(Path(sys.argv[1]), say=print)
        print([hit.key for hit in library.search("title")], library["b"].id)
        try:
            library.add([checked({"id": "c", "title": "C"})])
        except LibraryError as error:
            print(error)
        """,
        str(read_only),
        str(tmp_path),
    )
    assert "['a', 'b'] b" in done.stdout, done.stderr
    assert "may not be written by you" in done.stdout
    assert set(contents(read_only)) == {"a.yaml", "sub/b.yaml"}
