"""Import of records: their keys, conflicts with the library, the changes made, and the report."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from shlex import quote
from typing import TYPE_CHECKING, Any, cast

from citetool.cli.ui import console
from citetool.formats.convert import CUT_OFF, Transfer
from citetool.library.changes.additions import plan_add
from citetool.library.changes.journal import Copy
from citetool.library.changes.plans import change
from citetool.problems import InputError, LibraryError, Problem, UsageError, Where
from citetool.record.keys import settle
from citetool.struct import replace

from . import apply, convert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citetool.library.changes.plans import OnConflict, Plan
    from citetool.library.library import Library
    from citetool.record.model import Record

RULES = ("keep", "replace", "merge", "ask")
_SHOWN = 20
_MANY = 2_000  # records that take seconds
_ANSWERS: dict[str, OnConflict] = {"k": "keep", "r": "replace", "m": "merge"}


@dataclass(slots=True)
class Found:
    """The records of all files, each with the name of its file in its metadata, and what there is to say."""

    records: list[Record] = field(default_factory=list)
    transfer: Transfer = field(default_factory=Transfer)


def read_all(
    files: Sequence[str],
    name: str | None,
    encoding: str | None,
    select: str | None,
    columns: str | None = None,
    jobs: int = 1,
) -> Found:
    """Return the records of the files, read by so many processes. Raises InputError where no file has one."""
    found = Found()
    read_one = partial(convert.read, name=name, encoding=encoding, select=select, columns=columns, count=jobs == 1)
    for path, record in convert.read_each(convert.files_of(files), found.transfer, read_one, jobs):
        base = "" if path == "-" else PurePath(path).name
        known = record.metadata.source or record.metadata.file
        metadata = record.metadata if known or not base else replace(record.metadata, file=base)
        found.records.append(replace(record, metadata=metadata))
    if not found.records:
        problem = Problem("no records found", Where(", ".join(files)))
        raise InputError(*(found.transfer.problems or [problem]))
    return found


def photographs(library: Library, sources: Sequence[str], rule: str, fields: Sequence[str], *, dry_run: bool) -> None:
    """Bring photographs in, grouped by the rule, and report. Raises UsageError for what is no rule."""
    from citetool.library.changes.photographs import plan_photographs
    from citetool.library.photographs import groups

    if not rule:
        raise UsageError(Problem("--set belongs to --photos", hint="change records with citetool set"))
    _refuse_nowhere(library)
    found = groups(map(Path, sources), rule)
    plan = apply.apply_plan(library, lambda: plan_photographs(library, found, fields), dry_run)
    if made := len(plan.keys.get("added", ())):
        pictures = sum(isinstance(step, Copy) for step in plan.steps)
        what = ("record" if made == 1 else "records", "photograph" if pictures == 1 else "photographs")
        console.note(f"{made:,} {what[0]} of {pictures:,} {what[1]}")


def put(library: Library, found: Found, rule: str, *, dry_run: bool) -> list[Plan]:
    """Carry the import out; one change of the library, or one for each answer where the rule is to ask."""
    _refuse_nowhere(library)
    if len(found.records) >= _MANY:
        library.say(f"adding {len(found.records):,} records to {library.root}")
    settled = list(_settled(library, found.records))
    plans: list[Plan] = []
    for answer, members in by_answer(library, settled, rule).items():

        def plan(members: list[Record] = members, answer: OnConflict = answer) -> Plan:
            return plan_add(library, members, on_conflict=answer)

        plans.append(plan() if dry_run else change(library, apply.command_line(), plan))
    return plans


def _refuse_nowhere(library: Library) -> None:
    if not library.root.is_dir():
        hint = f"citetool library init {quote(str(library.root))}"
        raise LibraryError(Problem(f"there is no library at {str(library.root)!r}", hint=hint))


def _settled(library: Library, records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records under the keys that they have in the library, or get there."""
    given: dict[str, Record] = {}
    for record in records:
        result = settle(record, lambda key: given.get(key) or library.get(key))
        given[result.id] = result
        yield result


def by_answer(library: Library, records: Sequence[Record], rule: str) -> dict[OnConflict, list[Record]]:
    """Return the records grouped by what happens to keys the library has: by the rule, or as answered one by one."""
    if rule != "ask":
        return {cast("OnConflict", rule): list(records)}
    if not sys.stdin.isatty():
        raise UsageError(Problem("--on-conflict ask needs a terminal", hint="choose keep, replace or merge"))
    groups: dict[OnConflict, list[Record]] = {}
    for record in records:
        there = library.get(record.id)
        answer: OnConflict = "merge" if there is None or there == record else _ask(record)
        groups.setdefault(answer, []).append(record)
    return groups


def _ask(record: Record) -> OnConflict:
    while True:
        console.err(f"{record.id}: {record.any_title}: [k]eep, [r]eplace or [m]erge?")
        answer = sys.stdin.readline()
        if not answer:
            raise UsageError(Problem("aborted: no answer to the conflict prompt"))
        if answer.strip()[:1].lower() in _ANSWERS:
            return _ANSWERS[answer.strip()[:1].lower()]


# ---- the report


def keys_of(plans: Iterable[Plan]) -> dict[str, list[str]]:
    """Return the keys of several plans by what became of them."""
    keys: dict[str, list[str]] = {}
    for plan in plans:
        for what, names in plan.keys.items():
            keys.setdefault(what, []).extend(names)
    return keys


def as_dict(found: Found, plans: Sequence[Plan]) -> dict[str, Any]:
    """Return the report as plain data."""
    data = found.transfer.as_dict()
    return {"keys": keys_of(plans), **{name: data[name] for name in ("read", "rejected", "problems")}}


def summary(found: Found, plans: Sequence[Plan], *, dry_run: bool) -> Iterator[str]:
    """Yield the report for people."""
    counts = [f"{found.transfer.read:,} read", *(f"{len(names):,} {what}" for what, names in keys_of(plans).items())]
    if found.transfer.rejected:
        counts.append(f"{len(found.transfer.rejected):,} rejected")
    yield ("dry run, nothing changed: " if dry_run else "") + ", ".join(counts)
    if found.transfer.cut_off:
        yield CUT_OFF
    differing = [pair for plan in plans for pair in plan.disagreements if not pair[1].field.startswith("metadata")]
    for key, one in differing[:_SHOWN]:
        yield f"  {key}: {one.field}: kept {one.kept!r}, not {one.dropped!r}"
    if len(differing) > _SHOWN:
        yield f"  and {len(differing) - _SHOWN:,} more fields kept as in the library"
