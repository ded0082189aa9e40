"""Files of a record: attached in order with what is known of each, taken out, and found again when they were moved."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from citetool.library import camera, door, files
from citetool.library.photographs import natural
from citetool.problems import InputError, LibraryError, NotFoundError, Problem, UsageError, Where, suggest
from citetool.record.schema import to_plain

from .journal import Copy, Removal, Step
from .plans import Plan, can_go, named_files, path_of, plan_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from io import BufferedReader
    from pathlib import Path

    from citetool.library.library import Library
    from citetool.record.model import File, Plain, Record


def plan_attach(library: Library, key: str, sources: Iterable[Path], about: Mapping[str, str]) -> Plan:
    """Copy files beside a record, named by its key, and name them in the record in this order.

    Of a folder all files are taken, in the order of the numbers in their names, hidden ones left out; a file that the
    record has already, by its name and checksum, is not taken again. `about` is said of each (its kind ...); a `page`
    that is a number is that of the first, and counts on. Each keeps its name before, its size, its checksum, and what
    the camera says. Raises NotFoundError for a file that is not there.
    """
    path = path_of(library, key)
    record = library.read(path)
    entries = _plain_files(record)
    names = Names.free(library, PurePosixPath(path).parent, record.id)
    held = {(file.name, file.checksum): file.path for file in record.files}
    steps: list[Step] = []
    told: dict[str, list[str]] = {"attached": [], "there already": []}
    for source in chain.from_iterable(map(_files_of, sources)):
        if files.is_record_file(source.name):
            raise LibraryError(Problem("a YAML file would become a record", Where(str(source)), "rename it to .txt"))
        facts = facts_of(source)
        if there := held.get((facts["name"], facts["checksum"])):
            told["there already"].append(f"{source.name} as {there}")
            continue
        name = names.give(source.suffix.lower())
        entries.append({"path": name, **_said(about, len(steps)), **facts})
        steps.append(Copy(str(PurePosixPath(path).parent / name), source))
        told["attached"].append(name)
    plan = plan_edits(library, [path], lambda _: {"files": entries}) if steps else Plan()
    plan.steps[:0] = steps
    plan.keys = {what: names for what, names in told.items() if names}
    return plan


def plan_detach(library: Library, key: str, names: Sequence[str]) -> Plan:
    """Take files out of a record, all where none is named; those that no other record names go to the trash.

    A file is named by its path, the name it had before, or its number in the record, from 1.
    """
    path = path_of(library, key)
    record = library.read(path)
    places = range(len(record.files)) if not names else [_place(record, name) for name in names]
    if not places:
        raise NotFoundError(Problem(f"the record {key!r} has no files"))
    kept: list[Plain] = [plain for number, plain in enumerate(_plain_files(record)) if number not in places]
    plan = plan_edits(library, [path], lambda _: {"files": kept or None})
    plan.keys = {"detached": [record.files[number].path for number in sorted(set(places))]}
    others = named_files(library, {path}) | {
        str(PurePosixPath(path).parent / file.path) for n, file in enumerate(record.files) if n not in places
    }
    for name in plan.keys["detached"]:
        beside = str(PurePosixPath(path).parent / name)
        if beside not in others and can_go(library.root, beside):
            plan.steps.append(Removal(beside))
    return plan


def moved(root: Path, folder: PurePosixPath, file: File) -> str:
    """Return where in the library a missing file lies now, relative to its record's folder; empty where nowhere.

    It is known by its size and checksum, so that a file that was changed is another one.
    """
    if not file.checksum:
        return ""
    # a record names files of its own folder and of those below it
    for found in sorted(_below(root, "" if folder == PurePosixPath() else str(folder)), key=lambda found: found.path):
        if file.size and str(found.size) != file.size:
            continue
        # a link, or something else that is never read, is not the file
        with suppress(LibraryError), os.fdopen(door.open_file(root, found.path), "rb") as stream:
            if _checksum(stream) == file.checksum:
                return str(PurePosixPath(found.path).relative_to(folder))
    return ""


def _below(root: Path, folder: str) -> Iterator[files.Found]:
    """Yield all files of a folder of the library and of those below it."""
    for found in files.listing(root, folder):
        if isinstance(found, str):
            yield from _below(root, found)
        else:
            yield found


class Names(NamedTuple):
    """Names beside a record that are free: `key.jpg`, `key-2.jpg` ..."""

    library: Library
    folder: PurePosixPath
    stem: str
    given: set[str]

    @classmethod
    def free(cls, library: Library, folder: PurePosixPath, key: str) -> Names:
        """Return the names for a record of that key in that folder."""
        return cls(library, folder, files.file_name(key), set())

    def record_path(self) -> str:
        """Return the path of a new record's own file, one that is free."""
        return str(self.folder / self.give(".yaml"))

    def give(self, suffix: str) -> str:
        """Return the next free name with that suffix."""
        number, name = 1, f"{self.stem}{suffix}"
        while name in self.given or door.exists(self.library.root, str(self.folder / name)):
            number += 1
            name = f"{self.stem}-{number}{suffix}"
        self.given.add(name)
        return name


def _files_of(source: Path) -> Iterator[Path]:
    if source.is_dir():
        found = [file for file in source.iterdir() if file.is_file() and not file.name.startswith(".")]
        if not found:
            raise NotFoundError(Problem("there are no files in this folder", Where(str(source))))
        yield from sorted(found, key=lambda file: natural(file.name))
    elif source.is_file():
        yield source
    else:
        raise NotFoundError(Problem("there is no such file", Where(str(source))))


def _said(about: Mapping[str, str], number: int) -> dict[str, Plain]:
    said: dict[str, Plain] = {name: text for name, text in about.items() if text}
    page = about.get("page", "")
    if page.isdecimal():
        said["page"] = str(int(page) + number)
    return said


def facts_of(source: Path) -> dict[str, str]:
    """Return name, size and checksum of a file, and what the camera says. Raises InputError where it cannot be read."""
    try:
        with source.open("rb") as stream:
            size = str(os.fstat(stream.fileno()).st_size)
            return {"name": source.name, "size": size, "checksum": _checksum(stream), **camera.taken(source)}
    except OSError as error:
        message = f"the file cannot be read: {str(error.strerror).lower()}"
        raise InputError(Problem(message, Where(str(source)))) from None


def _checksum(stream: BufferedReader) -> str:
    return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"


def _place(record: Record, name: str) -> int:
    for number, file in enumerate(record.files):
        if name in (file.path, file.name, str(number + 1)):
            return number
    hint = suggest(name, [file.path for file in record.files]) or f"citetool show {record.id} lists them"
    raise UsageError(Problem(f"{record.id!r} has no file {name!r}", hint=hint))


def _plain_files(record: Record) -> list[Plain]:
    plain = to_plain(record).get("files", [])
    return list(plain) if isinstance(plain, list) else [plain]
