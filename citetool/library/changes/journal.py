"""The journal: what the last commands changed, so that it can be taken back, also by another process.

A change is one file in `.citetool/log`, named by a number that only grows (no clock is trusted) and its state:

    000012.begun    written, with all that is needed to take it back, before the first file changes
    000012.done     the change is complete
    000012.undone   it was taken back; `000012.after` has the texts that it had written, for `redo`

The first line tells of the command, each further line of one file of the library. What a changed file held stands in
the journal; a file that is removed, or whose making is taken back, lies in `.citetool/trash/000012/` under its own
path. A change that stays `begun` was interrupted; it is taken back like any other.
"""

from __future__ import annotations

import json
import time
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.lazy_re import lazy
from citetool.library import files
from citetool.problems import LibraryError, NotFoundError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

KEPT = 200
"""So many changes can be taken back; older ones and their trash are forgotten."""
_NAME = lazy(r"(\d+)\.(begun|done|undone)$")


class Edit(NamedTuple):
    """A file's new text: what it held (None: it was not there), and what it shall hold."""

    path: str
    before: bytes | None
    after: bytes


class Copy(NamedTuple):
    """A new file with what a file elsewhere holds."""

    path: str
    source: Path


class Removal(NamedTuple):
    """A file that goes to the trash."""

    path: str


Step = Edit | Copy | Removal


class Change(NamedTuple):
    """One entry of the journal: number, state, time (ISO 8601), the command, the number of files, folders it made."""

    number: int
    state: str
    time: str
    command: str
    size: int
    folders: tuple[str, ...] = ()


class _Line(NamedTuple):
    """One file of an entry: `add`, `write` or `remove`; the text before a `write`, the checksum of what was written."""

    path: str
    act: str
    before: str = ""
    check: str = ""


def apply(root: Path, steps: Sequence[Step], command: str) -> int:
    """Make a change: journal, files, journal; gives its number. The caller holds the lock.

    Raises LibraryError where a file is not as the step says it was, or cannot be written; a change that could not
    begin leaves nothing behind.
    """
    _clear_rubbish(root)
    lines = [_checked_line(root, step) for step in steps]
    number = max((known for known, _ in _entries(root)), default=0) + 1
    entry = _begin(root, number, lines, command)
    try:
        _write(root, number, steps)
    except LibraryError:
        if all(_is_back(root, number, line) for line in lines):
            entry.unlink()
        raise
    entry.rename(entry.with_suffix(".done"))
    _prune(root)
    return number


def _checked_line(root: Path, step: Step) -> _Line:
    """The line of the journal for a step. Raises LibraryError where the file is not as the step takes it to be."""
    place = files.inside(root, step.path)
    hint = "nothing was written; look at the file and try again"
    if isinstance(step, Edit) and step.path.endswith(files.SUFFIXES) and len(step.after) > files.MAX_BYTES:
        message = f"the record would be larger than {files.MAX_BYTES >> 20} MB, and could not be read again"
        raise LibraryError(
            Problem(message, Where(str(place)), "nothing was written; keep a long text in a file beside it")
        )
    if isinstance(step, Removal):
        if not place.is_file():
            raise LibraryError(Problem("the file is not there any more", Where(str(place)), hint))
        return _Line(step.path, "remove")
    if isinstance(step, Copy) or step.before is None:
        if place.exists():
            raise LibraryError(Problem("a file of this name is there already", Where(str(place)), hint))
        return _Line(step.path, "add", check=_check(step.after) if isinstance(step, Edit) else _check_file(step.source))
    if _read(root, step.path) != step.before:
        raise LibraryError(Problem("the file was changed meanwhile by somebody else", Where(str(place)), hint))
    return _Line(step.path, "write", _as_text(step.before), _check(step.after))


def _write(root: Path, number: int, steps: Iterable[Step]) -> None:
    files.write_files(root, {step.path: step.after for step in steps if isinstance(step, Edit)})
    for step in steps:
        if isinstance(step, Copy):
            files.copy(root, step.source, step.path)
        elif isinstance(step, Removal):
            files.move(root, step.path, trash(number, step.path))


def undo(root: Path, number: int) -> list[str]:
    """Take a change back; gives the paths of the files. The caller holds the lock.

    Raises NotFoundError for an unknown number, LibraryError where a file was changed again since: then nothing is
    taken back. Stopped on its way, it can be called again.
    """
    path, change, lines = _entry(root, number, ("begun", "done"))
    pending = [line for line in lines if not _is_back(root, number, line)]
    _refuse(root, [line.path for line in pending if not _is_done(root, number, line)])
    _keep_after(root, path.with_suffix(".after"), [line.path for line in pending if line.act == "write"])
    for line in pending:
        if line.act == "remove":
            files.move(root, trash(number, line.path), line.path)
        elif line.act == "add":
            files.move(root, line.path, trash(number, line.path))
    files.write_files(root, {line.path: _as_bytes(line.before) for line in pending if line.act == "write"})
    for folder in reversed(change.folders):
        with suppress(OSError):  # something else stands in it now
            (root / folder).rmdir()
    path.rename(path.with_suffix(".undone"))
    return [line.path for line in lines]


def redo(root: Path, number: int) -> list[str]:
    """Make a change again that was taken back; gives the paths. The caller holds the lock. Raises as `undo` does."""
    path, _, lines = _entry(root, number, ("undone",))
    pending = [line for line in lines if not _is_done(root, number, line)]
    _refuse(root, [line.path for line in pending if not _is_back(root, number, line)])
    after = {row["path"]: _as_bytes(row["text"]) for row in _rows(path.with_suffix(".after"))}
    for line in pending:
        if line.act == "remove":
            files.move(root, line.path, trash(number, line.path))
        elif line.act == "add":
            files.move(root, trash(number, line.path), line.path)
    files.write_files(root, {line.path: after[line.path] for line in pending if line.act == "write"})
    path.rename(path.with_suffix(".done"))
    with suppress(OSError):
        path.with_suffix(".after").unlink()
    return [line.path for line in lines]


def changes(root: Path) -> list[Change]:
    """The changes that the journal knows, latest first."""
    return [_change(number, path, next(_rows(path))) for number, path in sorted(_entries(root), reverse=True)]


def trash(number: int, path: str) -> str:
    """Where a removed file lies, relative to the library."""
    return f"{files.OWN}/trash/{number:06}/{path}"


def _is_back(root: Path, number: int, line: _Line) -> bool:
    """Whether the file is as it was before the change."""
    place = root / line.path
    if line.act == "write":
        return _read(root, line.path) == _as_bytes(line.before)
    if line.act == "add":
        return not place.exists()
    return place.exists() and not (root / trash(number, line.path)).exists()


def _is_done(root: Path, number: int, line: _Line) -> bool:
    """Whether the file is as the change has left it."""
    place = root / line.path
    if line.act == "remove":
        return not place.exists() and (root / trash(number, line.path)).exists()
    return place.is_file() and _check_file(place) == line.check


def _refuse(root: Path, paths: list[str]) -> None:
    if paths:
        hint = "nothing was done; move your version of the file away first"
        raise LibraryError(*(Problem("the file was changed again since", Where(str(root / p)), hint) for p in paths))


def _keep_after(root: Path, path: Path, changed: list[str]) -> None:
    """Keep the texts that a change has written; those kept by an undo that was stopped stay."""
    rows = list(_rows(path)) if path.exists() else []
    kept = {row["path"] for row in rows}
    rows += [{"path": p, "text": _as_text(_read(root, p) or b"")} for p in changed if p not in kept]
    _write_rows(root, path, rows)


def _entry(root: Path, number: int, states: tuple[str, ...]) -> tuple[Path, Change, list[_Line]]:
    for known, path in _entries(root):
        if known == number and path.suffix[1:] in states:
            rows = _rows(path)
            change = _change(number, path, next(rows))
            return path, change, [_Line(**row) for row in rows]
    verb = "made again" if states == ("undone",) else "taken back"
    raise NotFoundError(Problem(f"there is no change {number} that could be {verb}", hint="citetool log shows them"))


def _change(number: int, path: Path, head: dict[str, Any]) -> Change:
    return Change(number, path.suffix[1:], head["time"], head["command"], head["size"], tuple(head["folders"]))


def _begin(root: Path, number: int, lines: Sequence[_Line], command: str) -> Path:
    head = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "command": command,
        "size": len(lines),
        "folders": _new_folders(root, lines),
    }
    folder = root / files.OWN / "log"
    path = folder / f"{number:06}.begun"
    _write_rows(root, path, [head, *(line._asdict() for line in lines)])
    return path


def _new_folders(root: Path, lines: Iterable[_Line]) -> list[str]:
    """The folders that the change will make, outer ones first."""
    found: dict[str, None] = {}
    for line in lines:
        parts = line.path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in found and not (root / folder).is_dir():
                found[folder] = None
    return list(found)


def _write_rows(root: Path, path: Path, rows: Iterable[dict[str, Any]]) -> None:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    files.write_files(root, {path.relative_to(root).as_posix(): data})


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file of the journal. Raises LibraryError where it is damaged."""
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                row: dict[str, Any] = json.loads(line)
                yield row
    except (OSError, ValueError) as error:
        hint = "move the file away; what it could have taken back is lost"
        raise LibraryError(
            Problem(f"this entry of the journal cannot be read: {error}", Where(str(path)), hint)
        ) from None


def _as_text(data: bytes) -> str:
    """Bytes as JSON can hold them, also those that are not UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _check(data: bytes) -> str:
    return f"{len(data)} {zlib.crc32(data):08x}"


def _check_file(path: Path) -> str:
    size = check = 0
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                size += len(block)
                check = zlib.crc32(block, check)
    except OSError as error:
        raise LibraryError(Problem(f"cannot read: {files.reason(error)}", Where(str(path)))) from None
    return f"{size} {check:08x}"


def _read(root: Path, path: str) -> bytes | None:
    try:
        return files.read_bytes(root, path)
    except FileNotFoundError:
        return None


def _entries(root: Path) -> list[tuple[int, Path]]:
    folder = root / files.OWN / "log"
    if not folder.is_dir():
        return []
    found = ((_NAME.match(path.name), path) for path in folder.iterdir())
    return [(int(match[1]), path) for match, path in found if match]


def _clear_rubbish(root: Path) -> None:
    """Take away what writers left who were stopped: whoever holds the lock is the only one."""
    folder = files.own_folder(root) / "tmp"
    if folder.is_dir():
        for rest in folder.iterdir():
            with suppress(OSError):
                rest.unlink()


def _prune(root: Path) -> None:
    for number, path in sorted(_entries(root))[:-KEPT]:
        for rest in (path, path.with_suffix(".after")):
            with suppress(OSError):
                rest.unlink()
        files.remove_tree(root / files.OWN / "trash" / f"{number:06}")
