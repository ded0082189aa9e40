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

import os
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citetool.library import door, files, state
from citetool.problems import LibraryError, NotFoundError, Problem, Where

from .entries import (
    LOG,
    Change,
    Entry,
    Line,
    as_bytes,
    as_text,
    entries,
    last_number,
    read_after,
    read_change,
    read_entry,
    set_aside,
    write_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KEPT = 200
"""So many changes can be taken back; older ones and their trash are forgotten."""


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


def apply(root: Path, steps: Sequence[Step], command: str) -> int:
    """Make a change: journal, files, journal; gives its number. The caller holds the lock.

    Raises LibraryError where a file is not as the step says it was, or cannot be written; a change that could not
    begin leaves nothing behind.
    """
    _clear_rubbish(root)
    lines = [_checked_line(root, step) for step in steps]
    number = last_number(root) + 1
    entry = _begin(root, number, lines, command)
    try:
        _write(root, number, steps)
    except LibraryError as error:
        raise _taken_back(root, entry, lines, error) from None
    _note(root, entry, "done", "the change is made")
    with suppress(OSError):  # what is old can go another time
        _prune(root)
    return number


def _taken_back(root: Path, entry: Entry, lines: Sequence[Line], error: LibraryError) -> LibraryError:
    """Take back what was done of a change before its fault; gives the fault, and what of the change is on the disk."""
    try:
        pending = [line for line in lines if not _is_back(root, entry.number, line)]
        _put_back(root, entry.number, pending)
    except (LibraryError, OSError):
        return _in_part(error, "the change is made in part", "citetool undo takes back what was changed")
    with suppress(OSError):
        door.unlink(root, entry.path)
    return error


def _in_part(error: LibraryError, said: str, hint: str) -> LibraryError:
    fault = error.problems[0]
    whole = f"{hint}; {fault.hint}" if fault.hint else hint
    return LibraryError(fault._replace(message=f"{fault.message}; {said}", hint=whole), *error.problems[1:])


def _note(root: Path, entry: Entry, state: str, done: str) -> None:
    """Note in the journal how a change stands. Raises LibraryError, which says what is `done` all the same."""
    try:
        door.rename(root, entry.path, entry.path_as(state))
    except OSError as error:
        fault = door.not_written(error, root)
        message = f"{done}, but the journal cannot note that: {fault.message}"
        raise LibraryError(fault._replace(message=message, hint="citetool log shows how it stands")) from None


def _checked_line(root: Path, step: Step) -> Line:
    """Return the line of the journal for a step. Raises LibraryError where the file is not as the step expects."""
    place = door.inside(root, step.path)
    hint = "nothing was written; look at the file and try again"
    if isinstance(step, Edit) and step.path.endswith(files.SUFFIXES) and len(step.after) > files.MAX_BYTES:
        message = f"the record would be larger than {files.MAX_BYTES >> 20} MB, and could not be read again"
        raise LibraryError(
            Problem(message, Where(str(place)), "nothing was written; keep a long text in a file beside it")
        )
    if isinstance(step, Removal):
        if not door.is_file(root, step.path):
            raise LibraryError(Problem("the file is not there any more", Where(str(place)), hint))
        return Line(step.path, "remove")
    if isinstance(step, Copy) or step.before is None:
        if door.exists(root, step.path):
            raise LibraryError(Problem("a file of this name is there already", Where(str(place)), hint))
        return Line(
            step.path, "add", check=_check(step.after) if isinstance(step, Edit) else _check_source(step.source)
        )
    if _read(root, step.path) != step.before:
        raise LibraryError(Problem("the file was changed meanwhile by somebody else", Where(str(place)), hint))
    return Line(step.path, "write", as_text(step.before), _check(step.after))


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
    entry, change, lines = _find(root, number, ("begun", "done"))
    pending = [line for line in lines if not _is_back(root, number, line)]
    _refuse(root, [line.path for line in pending if not _is_done(root, number, line)])
    _keep_after(root, entry, [line.path for line in pending if line.act == "write"])
    try:
        _put_back(root, number, pending)
    except LibraryError as error:
        if any(_is_back(root, number, line) for line in pending):
            raise _in_part(error, "the change is taken back in part", "citetool undo goes on with it") from None
        raise
    for folder in reversed(change.folders):
        with suppress(OSError):  # something else stands in it now
            door.remove_folder(root, folder)
    _note(root, entry, "undone", "the change is taken back")
    return [line.path for line in lines]


def _put_back(root: Path, number: int, pending: Iterable[Line]) -> None:
    for line in pending:
        if line.act == "remove":
            files.move(root, trash(number, line.path), line.path)
        elif line.act == "add":
            files.move(root, line.path, trash(number, line.path))
    if texts := {line.path: as_bytes(line.before) for line in pending if line.act == "write"}:
        files.write_files(root, texts)


def redo(root: Path, number: int) -> list[str]:
    """Make a change again that was taken back; gives the paths. The caller holds the lock. Raises as `undo` does."""
    entry, _, lines = _find(root, number, ("undone",))
    pending = [line for line in lines if not _is_done(root, number, line)]
    _refuse(root, [line.path for line in pending if not _is_back(root, number, line)])
    written = [line.path for line in pending if line.act == "write"]
    after = read_after(root, entry) if written else {}
    if lost := [path for path in written if path not in after]:
        raise LibraryError(Problem(f"the journal has no text for {lost[0]!r}", Where(str(root / entry.path))))
    for line in pending:
        if line.act == "remove":
            files.move(root, line.path, trash(number, line.path))
        elif line.act == "add":
            files.move(root, trash(number, line.path), line.path)
    files.write_files(root, {path: after[path] for path in written})
    _note(root, entry, "done", "the change is made again")
    with suppress(OSError):
        door.unlink(root, entry.path_as("after"))
    return [line.path for line in lines]


def preview(root: Path, number: int, *, again: bool = False) -> list[Step]:
    """Return the steps by which `undo`, or with `again` `redo`, would go; raises as they do, and changes nothing."""
    entry, _, lines = _find(root, number, ("undone",) if again else ("begun", "done"))
    reached, expected = (_is_done, _is_back) if again else (_is_back, _is_done)
    pending = [line for line in lines if not reached(root, number, line)]
    _refuse(root, [line.path for line in pending if not expected(root, number, line)])
    after = read_after(root, entry) if again else {}
    return [_step(root, number, line, after, again=again) for line in pending]


def _step(root: Path, number: int, line: Line, after: Mapping[str, bytes], *, again: bool) -> Step:
    if line.act == "write":
        text = after.get(line.path, b"") if again else as_bytes(line.before)
        return Edit(line.path, _read(root, line.path), text)
    comes_back = (line.act == "add") == again
    return Copy(line.path, Path(trash(number, line.path))) if comes_back else Removal(line.path)


def changes(root: Path) -> list[Change]:
    """Return the changes that the journal knows, latest first; damaged entries are left out."""
    found = []
    for entry in reversed(entries(root)):
        if entry.state != "damaged":
            with suppress(LibraryError):
                found.append(read_change(root, entry))
    return found


def trash(number: int, path: str) -> str:
    """Return the path of a removed file, relative to the library."""
    return f"{state.OWN}/trash/{number:06}/{path}"


def _is_back(root: Path, number: int, line: Line) -> bool:
    """Return whether the file is as it was before the change."""
    if line.act == "write":
        return _read(root, line.path) == as_bytes(line.before)
    if line.act == "add":
        return not door.exists(root, line.path)
    return door.exists(root, line.path) and not door.exists(root, trash(number, line.path))


def _is_done(root: Path, number: int, line: Line) -> bool:
    """Return whether the file is as the change has left it."""
    if line.act == "remove":
        return not door.exists(root, line.path) and door.exists(root, trash(number, line.path))
    return door.is_file(root, line.path) and _check_file(root, line.path) == line.check


def _refuse(root: Path, paths: list[str]) -> None:
    if paths:
        hint = "nothing was done; undo what came after first (citetool log), or move your version of the file away"
        raise LibraryError(*(Problem("the file was changed again since", Where(str(root / p)), hint) for p in paths))


def _keep_after(root: Path, entry: Entry, changed: list[str]) -> None:
    """Keep the texts that a change has written; those kept by an undo that was stopped stay."""
    path = entry.path_as("after")
    texts = read_after(root, entry) if door.exists(root, path) else {}
    for name in changed:
        texts.setdefault(name, _read(root, name) or b"")
    write_rows(root, path, [{"path": name, "text": as_text(text)} for name, text in texts.items()])


def _find(root: Path, number: int, states: tuple[str, ...]) -> tuple[Entry, Change, list[Line]]:
    for entry in entries(root):
        if entry.number == number and entry.state in states:
            try:
                return entry, *read_entry(root, entry)
            except LibraryError as error:
                raise LibraryError(error.problems[0]._replace(message=set_aside(root, entry, error))) from None
    verb = "made again" if states == ("undone",) else "taken back"
    raise NotFoundError(Problem(f"there is no change {number} that could be {verb}", hint="citetool log shows them"))


def _begin(root: Path, number: int, lines: Sequence[Line], command: str) -> Entry:
    head = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "command": command,
        "size": len(lines),
        "folders": _new_folders(root, lines),
    }
    entry = Entry(number, "begun", f"{LOG}/{number:06}.begun")
    write_rows(root, entry.path, [head, *(line._asdict() for line in lines)])
    return entry


def _new_folders(root: Path, lines: Iterable[Line]) -> list[str]:
    """Return the folders that the change will make, outer ones first."""
    found: dict[str, None] = {}
    for line in lines:
        parts = line.path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in found and not door.is_folder(root, folder):
                found[folder] = None
    return list(found)


def _check(data: bytes) -> str:
    return f"{len(data)} {zlib.crc32(data):08x}"


def _check_file(root: Path, path: str) -> str:
    try:
        return _check_open(door.open_file(root, path))
    except OSError as error:
        raise LibraryError(Problem(f"cannot read: {door.os_error_text(error)}", Where(str(root / path)))) from None


def _check_source(path: Path) -> str:
    """Return the checksum of a file outside the library, which the user has named."""
    try:
        return _check_open(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)))
    except OSError as error:
        raise LibraryError(Problem(f"cannot read: {door.os_error_text(error)}", Where(str(path)))) from None


def _check_open(descriptor: int) -> str:
    size = check = 0
    with open(descriptor, "rb") as file:
        while block := file.read(1 << 20):
            size += len(block)
            check = zlib.crc32(block, check)
    return f"{size} {check:08x}"


def _read(root: Path, path: str) -> bytes | None:
    try:
        return files.read_bytes(root, path)
    except FileNotFoundError:
        return None


def _clear_rubbish(root: Path) -> None:
    """Take away what writers left who were stopped: whoever holds the lock is the only one."""
    state.own_folder(root)
    folder = f"{state.OWN}/tmp"
    for name in door.names(root, folder):
        with suppress(OSError):
            door.unlink(root, f"{folder}/{name}")


def _prune(root: Path) -> None:
    for entry in entries(root)[:-KEPT]:
        for path in (entry.path, entry.path_as("after")):
            with suppress(OSError):
                door.unlink(root, path)
        door.remove_tree(root, f"{state.OWN}/trash/{entry.number:06}")
