"""Adding of sources: their keys, the change of the library, and the report.

The report says of each record what was read and what was inferred (`metadata.inferred`), field by field; where many
records come at once, a line each.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING, Any

import typer

from citetool.cli.ui import console
from citetool.formats.load import read_source
from citetool.formats.shared.selection import HINT, selected
from citetool.library.changes.additions import plan_add
from citetool.library.changes.plans import change
from citetool.problems import InputError, LibraryError, Problem, UsageError, Where
from citetool.record.keys import Keys
from citetool.record.schema import to_plain
from citetool.struct import replace
from citetool.text import pad

from . import apply, import_
from .tree import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citetool.library.changes.plans import OnConflict, Plan
    from citetool.library.library import Library
    from citetool.record.model import Plain, Record

CONFLICTS = (*import_.RULES, "refuse", "rename")
_LISTED = 20  # records that are named
MANY = 100  # records that nobody adds by accident
_FULL = 3  # of more records than this a line each
_WIDTH = 100


@dataclass(slots=True)
class Read:
    """All records that the sources held, with the files that go beside them and what there is to say."""

    records: list[Record] = field(default_factory=list)
    beside: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rejected: int = 0


def read_all(
    sources: Sequence[str],
    name: str | None = None,
    *,
    select: str | None = None,
    keep: bool = False,
    allow_private: bool = False,
    key: str | None = None,
) -> Read:
    """Return the records of all sources, each with a key. Raises InputError where there is none."""
    found = Read()
    keys = Keys()
    for source in sources:
        if source == "-":
            raise UsageError(Problem("add does not read stdin", hint="use citetool import -"))
        sourced = read_source(source, name, select=select, keep=keep, allow_private=allow_private)
        result = sourced.result
        found.records += [replace(record, id=keys.give(record)) for record in result.records]
        found.beside |= sourced.beside
        found.problems += [*result.problems, *(entry.problem for entry in result.rejected)]
        found.rejected += len(result.rejected)
    if not found.records:
        raise InputError(*(found.problems or [Problem("no records found", Where(", ".join(sources)))]))
    if key is not None:
        if len(found.records) != 1:
            raise UsageError(Problem(f"--key names one record, and there are {len(found.records)}"))
        found.records[0] = replace(found.records[0], id=key)
    return found


def agreed(read: Read, *, ask: bool, terminal: bool) -> bool:
    """Return whether the user wants what was read; of a source with a hierarchy the part that the answer names is kept.

    Without `ask`, as after a selection, only a large number is asked about. Raises UsageError for a large number from
    a source with a hierarchy where there is no terminal to ask on.
    """
    number = len(read.records)
    units = tree(read.records) if ask and number > _FULL else []
    if units and (terminal or number > MANY):
        console.note(f"the source has {number:,} records:")
        console.err("\n".join(units))
        if terminal:
            return _narrowed(read)
        hint = "--select 'box:173' adds those of a box, --all all of them"
        raise UsageError(Problem("there is no terminal to ask on which of them to add", hint=hint))
    if number <= MANY or not terminal:
        return True
    console.note(
        f"the source has {number:,} records", "--select 'box:173' takes those of a box; -n shows what there is"
    )
    return typer.confirm("add them all?", err=True)


def _narrowed(read: Read) -> bool:
    """Ask which of the records are wanted until the answer is all, none, or a selection of some."""
    while True:
        console.err(f"add all {len(read.records):,}? y, n, or which of them: {HINT}")
        answer = sys.stdin.readline().strip()
        if answer.casefold() in ("", "n", "no"):
            return False
        if answer.casefold() in ("y", "yes"):
            return True
        chosen = [record for record in read.records if selected(record, answer)]
        if chosen:
            read.records = chosen
            return True
        console.err(f"no record matches {answer!r}")


def put(library: Library, read: Read, rule: str) -> list[Plan]:
    """Write the records and the files beside them into the library; one change of it, or one for each answer."""
    if not library.root.is_dir():
        hint = f"citetool library init {quote(str(library.root))}"
        raise LibraryError(Problem(f"there is no library at {str(library.root)!r}", hint=hint))
    plans: list[Plan] = []
    for answer, members in import_.by_answer(library, read.records, rule).items():

        def plan(members: list[Record] = members, answer: OnConflict = answer) -> Plan:
            return plan_add(library, members, beside=read.beside, on_conflict=answer)

        plans.append(change(library, apply.command_line(), plan))
    return plans


# ---- the report


def as_dict(read: Read, plans: Sequence[Plan]) -> dict[str, Any]:
    """Return the report as plain data: what became of each key, the records, the files beside them."""
    return {
        "keys": import_.keys_of(plans),
        "records": [to_plain(record) for record in read.records],
        "files": sorted(read.beside),
        "problems": [problem.as_dict() for problem in read.problems],
    }


def report(read: Read, plans: Sequence[Plan], root: Path) -> Iterator[str]:
    """Yield the report for people, line by line; without plans of what was only read."""
    units = tree(read.records) if not plans and len(read.records) > _FULL else []
    if units:
        yield from (f"{len(read.records):,} records read:", *units, f"with --select some of them are added: {HINT}")
        return
    done = import_.keys_of(plans)
    became = {key: what for what, keys in done.items() for key in keys}
    full = len(read.records) <= _FULL
    for record in read.records[:_LISTED]:
        what = became.get(record.id, "added under another key" if plans else "read")
        yield f"{record.id}: {what}" + (f" in {root}" if what == "added" and full else "")
        if full:
            yield from _facts(record)
    if full:
        yield from (f"  beside    {path}, {len(data):,} bytes" for path, data in sorted(read.beside.items()))
    else:
        if len(read.records) > _LISTED:
            yield f"... and {len(read.records) - _LISTED:,} more"
        yield ", ".join(f"{len(keys):,} {what}" for what, keys in done.items()) or f"{len(read.records):,} read"


def _facts(record: Record) -> Iterator[str]:
    """Yield the fields that were read, then those that were inferred, a line each."""
    plain = to_plain(record)
    inferred = record.metadata.inferred
    shown = [(name, value) for name, value in plain.items() if name not in ("id", "metadata", "files")]
    lines = [line for name, value in shown for line in _lines(name, value) if line[0] not in inferred]
    guessed = [(path, _text(_at(plain, path))) for path in inferred]
    for label, rows in (("read", lines), ("inferred", guessed)):
        for i, (name, words) in enumerate(rows):
            yield f"  {label if i == 0 else '':8}  {pad(name, 24)} {_short(words)}".rstrip()


def _lines(name: str, value: Plain) -> Iterator[tuple[str, str]]:
    """Yield a field as lines of name and text; lists of people and the two homes take a line for each part."""
    if isinstance(value, dict):
        for part, inner in value.items():
            yield f"{name}.{part}", _text(inner)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for number, item in enumerate(value):
            yield f"{name}[{number}]", _text(item)
    else:
        yield name, _text(value)


def _text(value: Plain) -> str:
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        name = value.get("name") or value.get("literal") or value.get("family") or ""
        rest = [_text(v) for n, v in value.items() if n not in ("name", "literal", "family")]
        return ", ".join(filter(None, [_text(name), *rest]))
    return value


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1].rstrip()}…"


def _at(plain: Plain, path: str) -> Plain:
    """Return the value at a path such as `creators[0].name`; empty where nothing does."""
    value: Plain = plain
    for name, number in re.findall(r"([\w-]+)|\[(\d+)\]", path):
        if number and isinstance(value, list) and int(number) < len(value):
            value = value[int(number)]
        elif name and isinstance(value, dict) and name in value:
            value = value[name]
        else:
            return ""
    return value
