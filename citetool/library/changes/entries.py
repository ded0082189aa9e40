"""The files of the journal in `.citetool/log`: written whole, and validated when they are read.

The first line of an entry tells of the command, each further line of one file of the library, as JSON. An entry decides
which files an undo moves and removes, so it is read as input from outside: every value has its type, every path stays
in the library and out of `.citetool`. A damaged entry is set aside under the name `000012.damaged`; it can take nothing
back, but stops no later change.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.lazy_re import lazy
from citetool.library import door, files, state
from citetool.problems import LibraryError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LOG = f"{state.OWN}/log"
_NAME = lazy(r"(\d{1,12})\.(begun|done|undone|damaged)$")
_ACTS = frozenset({"add", "write", "remove"})
_MAX_BYTES = 1 << 30
_MAX_HEAD = 1 << 20
_HEAD = {"time": str, "command": str, "size": int, "folders": list}
_LINE = {"path": str, "act": str, "before": str, "check": str}


class Change(NamedTuple):
    """One entry of the journal: number, state, time (ISO 8601), the command, the number of files, folders it made."""

    number: int
    state: str
    time: str
    command: str
    size: int
    folders: tuple[str, ...] = ()


class Line(NamedTuple):
    """One file of an entry: `add`, `write` or `remove`; the text before a `write`, the checksum of what was written."""

    path: str
    act: str
    before: str = ""
    check: str = ""


class Entry(NamedTuple):
    """A file of the journal by number and state, at its path relative to the library."""

    number: int
    state: str
    path: str

    def path_as(self, state: str) -> str:
        """Return the path that the entry has in another state."""
        return f"{LOG}/{self.number:06}.{state}"


def entries(root: Path) -> list[Entry]:
    """Return the entries of the journal by number, damaged ones among them."""
    found = ((_NAME.match(name), name) for name in door.names(root, LOG))
    return sorted(Entry(int(match[1]), match[2], f"{LOG}/{name}") for match, name in found if match)


def last_number(root: Path) -> int:
    """Return the highest number in use, 0 for an empty journal."""
    return max((entry.number for entry in entries(root)), default=0)


def read_change(root: Path, entry: Entry) -> Change:
    """Return what the first line of an entry says. Raises LibraryError where it is damaged."""
    try:
        with open(door.open_file(root, entry.path), "rb") as file:  # noqa: PTH123 - an open descriptor
            return _change(entry, json.loads(file.readline(_MAX_HEAD)))
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(root, entry.path, str(error)) from None


def read_entry(root: Path, entry: Entry) -> tuple[Change, list[Line]]:
    """Return all that an entry says. Raises LibraryError where it is damaged."""
    rows = read_rows(root, entry.path)
    try:
        return _change(entry, next(rows, None)), [_line(row) for row in rows]
    except ValueError as error:
        raise _damaged(root, entry.path, str(error)) from None


def _change(entry: Entry, head: Any) -> Change:
    _check_row(head, _HEAD)
    for folder in head["folders"]:
        _check_path(folder)
    return Change(entry.number, entry.state, head["time"], head["command"], head["size"], tuple(head["folders"]))


def _line(row: dict[str, Any]) -> Line:
    _check_row(row, _LINE)
    _check_path(row["path"])
    if row["act"] not in _ACTS:
        raise ValueError(f"unknown act {row['act']!r}")
    return Line(**row)


def _check_row(row: Any, types: Mapping[str, type]) -> None:
    if not isinstance(row, dict) or row.keys() != types.keys():
        raise ValueError(f"a line has not the fields {', '.join(types)}")
    for name, kind in types.items():
        if not isinstance(row[name], kind) or isinstance(row[name], bool):
            raise ValueError(f"the value of {name!r} has not the type {kind.__name__}")


def _check_path(path: Any) -> None:
    """Refuse a path outside the library, or one among what is citetool's own. Raises ValueError."""
    if not isinstance(path, str):
        raise ValueError("a path is no text")
    try:
        first = door.parts(path)[0]
    except LibraryError as error:
        raise ValueError(error.problems[0].message) from None
    if first == state.OWN:
        raise ValueError(f"{path!r} is no file of the library")


def read_after(root: Path, entry: Entry) -> dict[str, bytes]:
    """Return the texts that an undone change had written, by path. Raises LibraryError where the file is damaged."""
    path = entry.path_as("after")
    texts: dict[str, bytes] = {}
    for row in read_rows(root, path):
        try:
            _check_row(row, {"path": str, "text": str})
            texts[row["path"]] = as_bytes(row["text"])
        except ValueError as error:
            raise _damaged(root, path, str(error)) from None
    return texts


def read_rows(root: Path, path: str) -> Iterator[Any]:
    """Give the lines of a file of the journal as JSON values. Raises LibraryError where it cannot be read."""
    try:
        data = files.read_bytes(root, path, _MAX_BYTES)
        for line in data.decode().splitlines():
            yield json.loads(line)
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(root, path, str(error)) from None


def write_rows(root: Path, path: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write a file of the journal whole. Raises LibraryError."""
    files.write_files(root, {path: "".join(json.dumps(row) + "\n" for row in rows).encode()})


def set_aside_damaged(root: Path) -> list[str]:
    """Rename the entries that cannot be read, and return a message for each. The caller holds the lock.

    Of entries before the last only the first line is read here; the rest is read when one of them is undone.
    """
    messages = []
    known = [entry for entry in entries(root) if entry.state != "damaged"]
    for entry in known:
        try:
            if entry == known[-1]:
                read_entry(root, entry)
            else:
                read_change(root, entry)
        except LibraryError as error:
            messages.append(set_aside(root, entry, error))
    return messages


def set_aside(root: Path, entry: Entry, error: LibraryError) -> str:
    """Rename an entry that cannot be read, and return the message for it."""
    kept = entry.path_as("damaged")
    with suppress(OSError):
        door.rename(root, entry.path, kept)
    return f"{error.problems[0].message}; it is set aside as {kept} and cannot be undone"


def as_text(data: bytes) -> str:
    """Return bytes as JSON can hold them, also those that are not UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def as_bytes(text: str) -> bytes:
    """Return the bytes that `as_text` made a text of. Raises ValueError for any other text."""
    return text.encode("utf-8", "surrogateescape")


def _damaged(root: Path, path: str, why: str) -> LibraryError:
    hint = "move the file away; what it could have taken back is lost"
    message = f"the journal entry {path.rpartition('/')[2]} is damaged: {why}"
    return LibraryError(Problem(message, Where(str(root / path)), hint))
