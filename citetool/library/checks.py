"""Checks of a whole library: each record by the checks of `record.check`, files, names spelled two ways, keys twice.

What is found has a place (file, line, field) and, where safe, the changes that put it right; `plan` makes of them a
change like any other, so that it can be taken back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool import plugins
from citetool.library.index.normalize import words
from citetool.problems import CitetoolError, LibraryError, Problem, Severity, UnknownNameError, Where, suggest
from citetool.record.check import CHECKS, Check, Finding, check_record
from citetool.record.levels import LEVELS, place
from citetool.record.schema import to_plain
from citetool.record.yamltext import compose, locate

from . import door, files
from .authority import Authority, corrections, read_authority
from .similarity import alike, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from citetool.record.model import Plain, Record

    from .library import Library

# The checks of this module: how grave, and why they matter.
OWN: dict[str, tuple[Severity, str]] = {
    "faulty-file": ("error", "A file that cannot be read is not cited, listed or found."),
    "duplicate-key": ("error", "Of two records with one key only one is ever cited."),
    "missing-file": ("warning", "The record names a file that is not there."),
    "two-spellings": ("warning", "One archive under two names is two archives in every list."),
    "style-drops": ("info", "What a style does not print is lost to the reader (only with --style)."),
    "authority": ("warning", "The names of repositories.yaml are those that all records should have."),
}
ALL: dict[str, tuple[Severity, str]] = {
    **OWN,
    **{name: (check.severity, check.why) for name, check in CHECKS.items()},
}


class Found(NamedTuple):
    """One finding: the check's name, file and key of the record, and what was found there."""

    check: str
    path: str
    key: str
    finding: Finding

    @property
    def severity(self) -> Severity:
        """The severity of the check's findings."""
        return ALL[self.check][0]


def check_names(only: Iterable[str]) -> list[str]:
    """Return these names, or all where none is given. Raises NotFoundError with near names for one that is none."""
    chosen = list(only)
    for name in chosen:
        if name not in ALL:
            check = plugins.find("citetool.checks", name, Check)
            if check is None:
                raise UnknownNameError(
                    Problem(f"there is no check {name!r}", hint=suggest(name, ALL) or ", ".join(ALL))
                )
            CHECKS[name], ALL[name] = check, (check.severity, check.why)
    return chosen or list(ALL)


def check_library(library: Library, query: str | None = None, only: Iterable[str] = ()) -> list[Found]:
    """Return the faults of the library, or of the records that a query finds, by file.

    Raises QueryError, NotFoundError.
    """
    names = check_names(only)
    found: list[Found] = []
    records: list[tuple[str, Record]] = []
    for path in library.paths() if query is None else [hit.path for hit in library.search(query)]:
        try:
            records.append((path, library.read(path)))
        except CitetoolError as error:
            found += [_faulty(path, problem) for problem in error.problems]
    if query is None:
        found += _keys(records)
    authority = read_authority(library.root)
    for path, record in records:
        found += [Found(name, path, record.id, one) for name, one in _of_record(record, names)]
        found += _missing_files(library, path, record)
        found += _authority(path, record, authority)
    if "two-spellings" in names:
        found += _spellings(records)
    return sorted((one for one in found if one.check in names), key=lambda one: one.path)


def _of_record(record: Record, names: Sequence[str]) -> Iterator[tuple[str, Finding]]:
    return check_record(record, [name for name in names if name in CHECKS])


def _faulty(path: str, problem: Problem) -> Found:
    field = str(Where(line=problem.where.line, field=problem.where.field))
    return Found("faulty-file", path, files.key_of(path), Finding(field, problem.message, problem.hint or ""))


def _keys(records: Iterable[tuple[str, Record]]) -> Iterator[Found]:
    owners: dict[str, str] = {}
    for path, record in records:
        for field, key in (("id", record.id), *(("aliases", alias) for alias in record.aliases)):
            other = owners.setdefault(key, path)
            if other != path:
                finding = Finding(field, f"{key!r} is also a key of {other}", "citetool rename, or take one out")
                yield Found("duplicate-key", path, record.id, finding)


def _missing_files(library: Library, path: str, record: Record) -> Iterator[Found]:
    for number, file in enumerate(record.files):
        beside = PurePosixPath(path).parent / file.path
        if not _is_there(library.root, str(beside)):
            yield Found("missing-file", path, record.id, _missing_file(library, path, record, number))


def _missing_file(library: Library, path: str, record: Record, number: int) -> Finding:
    """Return the finding of a file that is not where it was, with its new place where the library has it."""
    from .changes.attachments import moved  # noqa: PLC0415 - only a missing file needs it

    file = record.files[number]
    now = moved(library.root, PurePosixPath(path).parent, file)
    if not now:
        return Finding(f"files[{number}].path", f"{file.path!r} is not there", "put it there, or take it out")
    plain = to_plain(record)["files"]
    entries: list[Any] = plain if isinstance(plain, list) else [plain]
    changed = [{**entry, "path": now} if place == number else entry for place, entry in enumerate(entries)]
    return Finding(f"files[{number}].path", f"{file.path!r} was moved", f"it is {now!r} now", {"files": changed})


def _is_there(root: Path, path: str) -> bool:
    try:
        return door.is_file(root, path)
    except LibraryError:  # it leads out of the library
        return False


def _authority(path: str, record: Record, authority: Authority) -> Iterator[Found]:
    for field, value in corrections(record, authority).items():
        before = to_plain(record).get(field)
        finding = Finding(
            field, f"repositories.yaml has it otherwise: {_difference(before, value)}", "", {field: value}
        )
        yield Found("authority", path, record.id, finding)


def _difference(before: Any, after: Any) -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        return "; ".join(f"{name}: {text}" for name, text in after.items() if before.get(name) != text)
    return "; ".join(str(item.get("name")) for item in after or [] if item not in (before or []))


def _spellings(records: Sequence[tuple[str, Record]]) -> Iterator[Found]:
    """Yield repositories, and collections of one repository, that differ by so little that they are likely one."""
    for level in ("repository", "collection"):
        homes: dict[str, Counter[str]] = defaultdict(Counter)
        marks: dict[tuple[str, str], Marks] = {}
        for _, record in records:
            if name := record.archive.get(level):
                home = _home(record, level)
                homes[home][name] += 1
                known = marks.setdefault((home, name), defaultdict(set))
                for kind, value in _marks(record, level):
                    known[kind].add(value)
        better = {home: _better(names, {name: marks[home, name] for name in names}) for home, names in homes.items()}
        for path, record in records:
            name = record.archive.get(level)
            right = better.get(_home(record, level), {}).get(name)
            if right:
                yield Found("two-spellings", path, record.id, _spelling(record, level, name, right))


def _home(record: Record, level: str) -> str:
    if level != "collection":
        return ""
    return "\n".join(plain_name(text) for text in (record.archive.get("repository"), place(record.archive)))


Marks = dict[str, set[str]]


def _marks(record: Record, level: str) -> Iterator[tuple[str, str]]:
    """Yield what tells namesakes apart, as `(kind, value)`: of repositories place, country and the tradition of their
    references (classes at Kew, record groups in College Park), of collections their numbers.
    """
    for one in record.archive.levels:
        if one.name in (("place", "country") if level == "repository" else ("collection_id", "record_group", "class")):
            yield one.name, plain_name(one.value)
        elif level == "repository" and one.name in LEVELS and LEVELS[one.name].tradition not in ("", "microfilm"):
            yield "tradition", LEVELS[one.name].tradition


def _may_be_one(first: Marks, second: Marks) -> bool:
    """Return whether nothing that is known of both names tells them apart."""
    return all(first[kind] & second[kind] for kind in first.keys() & second.keys())


def _spelling(record: Record, level: str, name: str, right: str) -> Finding:
    archive = to_plain(record)["archive"]
    changes: Mapping[str, Plain | None] | None = None
    if plain_name(name) == plain_name(right) and isinstance(archive, dict):
        changes = {"archive": {**archive, level: right}}
    return Finding(f"archive.{level}", f"{name!r} is elsewhere spelled {right!r}", "take one spelling", changes)


def _better(names: Counter[str], marks: Mapping[str, Marks]) -> dict[str, str]:
    """Return for each name that is likely another one, that other one: the more frequent, then the longer."""
    ranked = sorted(names, key=lambda name: (-names[name], -len(name), name))
    heads: list[str] = []
    better: dict[str, str] = {}
    for name in ranked:
        same = (
            head for head in heads if plain_name(head) == plain_name(name) and _may_be_one(marks[head], marks[name])
        )
        if known := next(same, None):
            better[name] = known
        else:
            heads.append(name)
    for name, other in alike(heads):
        # numbers tell collections apart: RG 59 is not RG 69
        if [word for word in words(name) if word.isdigit()] == [word for word in words(other) if word.isdigit()]:
            first, second = sorted((name, other), key=ranked.index)
            if _may_be_one(marks[first], marks[second]):
                better.setdefault(second, first)
    return better


# The fields that say where a document is kept, who made it, and when: no fix touches them unless somebody agreed to it.
_ASKED = frozenset({"archive", "copies", "creators", "date", "date_text", "dates", "place"})


def is_asked(found: Found) -> bool:
    """Return whether a fix needs an answer; names that the library's own repositories.yaml gives need none."""
    return bool(found.finding.changes and found.check != "authority" and _ASKED & set(found.finding.changes))


def fixes(found: Iterable[Found]) -> dict[str, dict[str, Plain | None]]:
    """Return the changes that the findings bring, by file; of two for one field the first."""
    changes: dict[str, dict[str, Plain | None]] = {}
    for one in found:
        if one.finding.changes and not set(one.finding.changes) & set(changes.get(one.path, {})):
            changes.setdefault(one.path, {}).update(one.finding.changes)
    return changes


def problem(library: Library, found: Found) -> Problem:
    """Return a finding as a problem, with the line in its file."""
    field = found.finding.field
    if found.check == "faulty-file":
        field = field.lstrip("0123456789").removeprefix(": ")
    where = Where(str(library.root / found.path), _line(library, found), field=field or None)
    hint = found.finding.hint or None
    if found.finding.changes:
        does = "--fix asks" if is_asked(found) else "--fix does it"
        hint = f"{hint}; {does}" if hint else does
    return Problem(f"{found.finding.message} [{found.check}]", where, hint, found.severity)


def _line(library: Library, found: Found) -> int | None:
    if found.check == "faulty-file":
        head = found.finding.field.partition(":")[0]
        return int(head) if head.isdigit() else None
    try:
        node = locate(compose(files.read_text(library.root, found.path)), _path(found.finding.field))
    except (CitetoolError, FileNotFoundError):
        return None
    return node.start_mark.line + 1 if node else None


def _path(field: str) -> tuple[str | int, ...]:
    steps = field.replace("[", ".").replace("]", "").split(".")
    return tuple(int(step) if step.isdigit() else step for step in steps)
