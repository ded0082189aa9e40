"""New records from assignments, and texts that come back from an editor."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from citetool.library import door, files, state
from citetool.library.authority import corrections, read_authority
from citetool.problems import InputError, LibraryError, Problem, UsageError
from citetool.record.keys import Keys
from citetool.record.schema import checked, to_plain
from citetool.struct import replace

from .additions import plan_add
from .assignments import assigned, parse_assignment
from .plans import Plan, path_of, plan_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citetool.library.library import Library
    from citetool.record.model import Record

_OWN = ("id", "aliases", "files", "metadata", "citation")  # fields that a copy does not take over


def plan_new(
    library: Library, fields: Sequence[str], key: str = "", *, force: bool = False, base: Record | None = None
) -> Plan:
    """Plan a new record with these assignments, completed from the library's authority, with a key if none is given.

    Raises UsageError where an assignment is none or nothing is assigned, InputError for values that are faulty,
    LibraryError for a key that is taken.
    """
    if not fields and base is None:
        raise UsageError(Problem("no fields for the record", hint="write field=value, such as kind=letter"))
    record = check_fields(fields, key, force=force, base=base)
    changes = corrections(record, read_authority(library.root)) if library.root.is_dir() else {}
    record = checked({**to_plain(record), **{name: value for name, value in changes.items() if value is not None}})
    if key and library.path_of(key):
        raise LibraryError(
            Problem(f"there is a record {key!r} already", hint="choose another key, or citetool edit it")
        )
    if not key:
        record = replace(record, id=Keys(library.keys()).give(replace(record, id="")))
    return plan_add(library, [record])


def check_fields(fields: Sequence[str], key: str = "", *, force: bool = False, base: Record | None = None) -> Record:
    """Return the record that these assignments make. Raises UsageError for a wrong one, InputError for wrong values."""
    copied = {name: value for name, value in to_plain(base).items() if name not in _OWN} if base else {}
    data = {**copied, **assigned(copied, [parse_assignment(field, force=force) for field in fields])}
    return checked({"id": key or "new", **{name: value for name, value in data.items() if value is not None}})


class Draft(NamedTuple):
    """A record file taken into an editor: the text's own file, the record's path, and the bytes it had."""

    file: Path
    path: str
    before: bytes


def draft(library: Library, key: str) -> Draft:
    """Return the draft of a record: what was kept of the last edit if that did not end well, else its file's text.

    Raises NotFoundError for a key that is not there, LibraryError where nothing can be written.
    """
    path = path_of(library, key)
    before = files.read_bytes(library.root, path)
    name = f"{state.OWN}/edit/{path.replace('/', '%2F')}"
    file = state.own_folder(library.root) / "edit" / path.replace("/", "%2F")
    if door.is_file(library.root, name):
        library.say(f"the text of an earlier edit was kept and is opened: {file}")
        return Draft(file, path, before)
    files.write_files(library.root, {name: before})
    return Draft(file, path, before)


def plan_draft(library: Library, draft: Draft) -> Plan:
    """Return the plan of putting an edited draft in the place of the record's text.

    Raises InputError with all its faults, which stand in the draft's file; LibraryError where the record was changed
    meanwhile. The draft is kept until `forget`.
    """
    after = files.read_bytes(library.root, _relative(library, draft))
    now = files.read_bytes(library.root, draft.path)
    if now not in (draft.before, after):
        hint = f"your text is kept in {draft.file}; edit again on top of the new one, or copy it there"
        raise LibraryError(Problem(f"{draft.path!r} was changed meanwhile by somebody else", hint=hint))
    try:
        return plan_text(library, draft.path, draft.before, after)
    except InputError as error:
        file = str(draft.file)
        raise InputError(*(p._replace(where=p.where._replace(source=file)) for p in error.problems)) from None


def forget(library: Library, draft: Draft) -> None:
    """Take the draft's file away."""
    with suppress(OSError):
        door.unlink(library.root, _relative(library, draft))


def _relative(library: Library, draft: Draft) -> str:
    return draft.file.relative_to(library.root).as_posix()
