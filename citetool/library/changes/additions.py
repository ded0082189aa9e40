"""Plans that bring records into a library: keys that are taken, and what happens to the records that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.library import door, files
from citetool.library.index.sync import ready
from citetool.problems import LibraryError, Problem, Where
from citetool.record.merge import merged
from citetool.record.schema import dotted, to_plain
from citetool.record.sound import sound
from citetool.record.yamltext import read_record, write_record
from citetool.struct import replace

from .journal import Edit
from .plans import Library, OnConflict, Plan, edited_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from citetool.record.model import Record

_MOST = 10
_TOLD = 20  # fields set aside that are told one by one


def plan_add(
    library: Library,
    records: Iterable[Record],
    *,
    beside: Mapping[str, bytes] | None = None,
    on_conflict: OnConflict = "refuse",
) -> Plan:
    """Put records into the library, and texts `beside` them (by path); what is there with the same content stays.

    `on_conflict` says what happens to a record whose key is taken: the whole is refused (LibraryError with every such
    key), or the other is kept, replaced or has its gaps filled, or the record gets another key. A field that could not
    be read again is set aside in its record (`record.sound`), and said.
    """
    plan = Plan()
    taken = _Taken(library)
    problems: list[Problem] = []
    try:
        for record in _sound(library, records, plan):
            there = taken.path(record.id)
            if there is None:
                _add_new(plan, taken, record)
                continue
            old = taken.record(there)
            if to_plain(old) == to_plain(record):
                plan.note("unchanged", record.id)
            elif on_conflict == "refuse":
                hint = "--on-conflict keep, replace, merge, rename or ask says what is to be done"
                problems.append(Problem(f"the library has a record {record.id!r} already", Where(there), hint))
            elif on_conflict == "keep":
                plan.note("skipped", record.id)
            elif on_conflict == "rename":
                _add_new(plan, taken, replace(record, id=taken.free(record.id)))
            else:
                _add_over(plan, taken, there, record, whole=on_conflict == "replace")
    finally:
        taken.close()
    if problems:
        rest = [Problem(f"and {len(problems) - _MOST} more")] if len(problems) > _MOST else []
        raise LibraryError(*problems[:_MOST], *rest)
    _add_beside(library.root, plan, beside or {})
    return plan


def _sound(library: Library, records: Iterable[Record], plan: Plan) -> Iterator[Record]:
    """Yield the records as their files will be read; one without a key that a file can have is left out, and said."""
    told = 0
    for record in records:
        fit, faults = sound(record)
        for fault in faults:
            told += 1
            if told <= _TOLD:
                library.say(f"{record.metadata.file or record.id}: {record.id}: {dotted(fault.path)}: {fault.message}")
        if any(fault.path == ("id",) for fault in faults):
            plan.note("rejected", record.id)
        else:
            yield fit
    if told > _TOLD:
        library.say(f"and {told - _TOLD:,} more fields like these")


def _add_new(plan: Plan, taken: _Taken, record: Record) -> None:
    path = taken.new_path(record.id)
    plan.steps.append(Edit(path, None, write_record(record).encode()))
    taken.add(record, path)
    plan.note("added", record.id)


def _add_over(plan: Plan, taken: _Taken, path: str, record: Record, *, whole: bool) -> None:
    old = taken.record(path)
    before = to_plain(old)
    if whole:
        after = {**to_plain(record), "id": old.id}
    else:
        after, disagreements = merged(old, record)
        plan.disagreements += [(old.id, one) for one in disagreements]
    changes = {name: after.get(name) for name in {**before, **after} if before.get(name) != after.get(name)}
    if not changes:
        plan.note("unchanged", old.id)
        return
    data = taken.data(path)
    edit = Edit(path, None if taken.is_new(path) else data, edited_bytes(data, changes, path))
    plan.steps = [step for step in plan.steps if step.path != path] + [edit]
    plan.note("replaced" if whole else "merged", old.id)
    taken.replace(path, edit.after)


def _add_beside(root: Path, plan: Plan, beside: Mapping[str, bytes]) -> None:
    if not any(isinstance(step, Edit) for step in plan.steps):
        return
    for path, data in beside.items():
        try:
            before = files.read_bytes(root, path)
        except FileNotFoundError:
            before = None
        if before != data:
            plan.steps.append(Edit(path, before, data))


class _Taken:
    """The keys that are taken: those of the library, and those of this plan."""

    def __init__(self, library: Library) -> None:
        self._root = library.root
        self._index = ready(library.root, library.say, words=False)
        self._new: dict[str, str] = {}
        self._texts: dict[str, bytes] = {}

    def close(self) -> None:
        self._index.close()

    def path(self, key: str) -> str | None:
        return self._new.get(key) or self._index.find_key(key)

    def is_new(self, path: str) -> bool:
        return path in self._new.values()

    def data(self, path: str) -> bytes:
        return self._texts[path] if path in self._texts else files.read_bytes(self._root, path)

    def record(self, path: str) -> Record:
        return read_record(files.decoded(self.data(path), path), path)

    def add(self, record: Record, path: str) -> None:
        self._new[record.id] = path
        self._new.update(dict.fromkeys(record.aliases, path))
        self._texts[path] = write_record(record).encode()

    def replace(self, path: str, text: bytes) -> None:
        self._texts[path] = text

    def free(self, key: str) -> str:
        """Return the key with the first number behind it that makes it free."""
        number = 2
        while self.path(f"{key}-{number}"):
            number += 1
        return f"{key}-{number}"

    def new_path(self, key: str) -> str:
        """Return a path for a new record: the key's own, or one beside it where another file has that name."""
        name = files.file_name(key)
        path, number = f"{name}.yaml", 1
        while path in self._texts or door.exists(self._root, path):
            number += 1
            path = f"{name}~{number}.yaml"
        return path
