"""Changes of a library: each is planned first, can be looked at as a diff, and is then made in one piece.

A plan is a list of steps (`journal.Step`) and what there is to say about them. `change` makes it: it takes the lock,
plans on what the files hold then, writes by the journal. So two writers on one record come one after the other, and
the second sees what the first has done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING, Any, Literal, Protocol

from citetool.library import door, files, state
from citetool.library.locks import DEFAULT_WAIT, Lock
from citetool.problems import CitetoolError, InputError, LibraryError, NotFoundError, Problem, Where
from citetool.record.yamledit import edited
from citetool.record.yamltext import parse_yaml, read_record

from . import entries, journal
from .assignments import assigned
from .journal import Copy, Edit, Removal, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from citetool.library.query.search import Hit
    from citetool.record.merge import Disagreement
    from citetool.record.model import Plain, Record

    from .assignments import Assignment


class Library(Protocol):
    """The part of a library that a plan needs (`library.Library` is one, and makes changes by plans)."""

    root: Path
    say: Callable[[str], None]

    def __getitem__(self, key: str, /) -> Record:
        """Return the record of a key, also one that ships with citetool. Raises NotFoundError."""

    def __contains__(self, key: str, /) -> bool:
        """Return whether a record has this key."""

    def search(self, query: str) -> Iterator[Hit]:
        """Yield what a query finds. Raises QueryError."""

    def path_of(self, key: str) -> str | None:
        """Return the path of a key's record file, None where this library has none."""

    def read(self, path: str) -> Record:
        """Return the record of a file."""


OnConflict = Literal["refuse", "keep", "replace", "merge", "rename"]
LOCK = f"{state.OWN}/lock"
_MOST = 10


@dataclass(slots=True)
class Plan:
    """The work of one command before it is done: its steps, and the keys by outcome (`added`, `changed` ...)."""

    steps: list[Step] = field(default_factory=list)
    keys: dict[str, list[str]] = field(default_factory=dict)
    disagreements: list[tuple[str, Disagreement]] = field(default_factory=list)
    number: int | None = None

    def note(self, what: str, key: str) -> None:
        """Keep what becomes of a key."""
        self.keys.setdefault(what, []).append(key)

    def diff(self) -> Iterator[str]:
        """Yield the lines of the plan as a unified diff, without newlines."""
        for step in self.steps:
            if isinstance(step, Edit):
                before = (step.before or b"").decode("utf-8", "replace").splitlines()
                after = step.after.decode("utf-8", "replace").splitlines()
                old = "/dev/null" if step.before is None else step.path
                yield from unified_diff(before, after, old, step.path, lineterm="", n=1)
            elif isinstance(step, Copy):
                yield f"+++ {step.path} (from {step.source})"
            else:
                yield f"--- {step.path} (to the trash)"


def change(library: Library, command: str, plan: Callable[[], Plan], *, wait: float = DEFAULT_WAIT) -> Plan:
    """Make a plan and carry it out, in one piece; gives the plan, with its number in the journal.

    Raises what the plan raises, and LibraryError where the library cannot be locked or written; then nothing has
    changed.
    """
    first = None if library.root.is_dir() else plan()
    if first is not None and not first.steps:
        return first  # what changes nothing, or is refused, leaves no empty library behind
    state.own_folder(library.root)
    with Lock(library.root, LOCK, wait=wait, say=library.say):
        _tell_state(library)
        made = plan() if first is None or any(journal.changes(library.root)) else first
        if made.steps:
            made.number = journal.apply(library.root, made.steps, command)
    return made


def _tell_state(library: Library) -> None:
    """Say which entries of the journal are damaged, and whether the last change was interrupted."""
    for message in entries.set_aside_damaged(library.root):
        library.say(message)
    last = next(iter(journal.changes(library.root)), None)
    if last and last.state == "begun":
        library.say(f"change {last.number} ({last.command}) was interrupted; `citetool undo` takes back what it did")


def undo(library: Library, number: int | None = None, *, again: bool = False) -> tuple[entries.Change, list[str]]:
    """Take the last change back (or the one of that number), or make it `again`; gives it and the paths of its files.

    Raises NotFoundError where there is none, LibraryError where a file was changed since.
    """
    if not library.root.is_dir():
        raise _none_to(number, again=again)
    state.own_folder(library.root)
    with Lock(library.root, LOCK, say=library.say):
        for message in entries.set_aside_damaged(library.root):
            library.say(message)
        chosen = _change_to_undo(library, number, again=again)
        act = journal.redo if again else journal.undo
        return chosen, act(library.root, chosen.number)


def plan_undo(library: Library, number: int | None = None, *, again: bool = False) -> tuple[entries.Change, Plan]:
    """Return the change that `undo` would take back or make `again`, and the steps of that; raises as it does."""
    chosen = _change_to_undo(library, number, again=again)
    return chosen, Plan(journal.preview(library.root, chosen.number, again=again))


def _change_to_undo(library: Library, number: int | None, *, again: bool) -> entries.Change:
    known = journal.changes(library.root) if library.root.is_dir() else []
    states = ("undone",) if again else ("done", "begun")
    fit = [entry for entry in (reversed(known) if again else known) if entry.state in states]
    if again:
        newest = max((entry.number for entry in known if entry.state != "undone"), default=0)
        fit = [entry for entry in fit if entry.number > newest or number is not None]
    chosen = next((entry for entry in fit if number in (None, entry.number)), None)
    if chosen is None:
        raise _none_to(number, again=again)
    return chosen


def _none_to(number: int | None, *, again: bool) -> NotFoundError:
    act = "made again" if again else "taken back"
    message = f"there is no change to be {act}" if number is None else f"there is no change {number} that can be {act}"
    return NotFoundError(Problem(message, hint="citetool log shows the last ones"))


# ---- plans


def plan_assign(library: Library, paths: Iterable[str], assignments: Sequence[Assignment]) -> Plan:
    """Set fields of the records in these files. Raises InputError with every record that would become faulty."""
    return plan_edits(library, paths, lambda data: assigned(data, assignments))


def plan_edits(
    library: Library, paths: Iterable[str], changes: Callable[[Mapping[str, Any]], Mapping[str, Plain | None]]
) -> Plan:
    """Change fields of the records in these files, as `changes` says of the plain data of each.

    Raises InputError with every record that would become faulty.
    """
    plan = Plan()
    problems: list[Problem] = []
    for path in paths:
        source = str(library.root / path)
        try:
            data = files.read_bytes(library.root, path)
            plain = parse_yaml(files.decoded(data, source), source)
            key = str(plain.get("id", path)) if isinstance(plain, dict) else path
            wanted = changes(plain) if isinstance(plain, dict) else {}
            after = edited_bytes(data, wanted, source)
        except FileNotFoundError:
            problems.append(Problem("the file is not there any more", Where(source)))
            continue
        except InputError as error:
            problems += error.problems
            continue
        if after == data:
            plan.note("unchanged", key)
        else:
            plan.steps.append(Edit(path, data, after))
            plan.note("changed", key)
    if problems:
        raise InputError(*problems)
    return plan


def plan_fix(library: Library, fixes: Mapping[str, Mapping[str, Plain | None]]) -> Plan:
    """Set top-level fields of the record in each file (by path) to plain data; None takes one out."""
    plan = Plan()
    for path, changes in fixes.items():
        one = plan_edits(library, [path], lambda _, changes=changes: changes)  # type: ignore[misc]
        plan.steps += one.steps
        for what, keys in one.keys.items():
            plan.keys.setdefault(what, []).extend(keys)
    return plan


def plan_text(library: Library, path: str, before: bytes, after: bytes) -> Plan:
    """Put a text in the place of the one that a record file had `before`.

    Where it has another key, the file is named anew. Raises InputError for a faulty record, LibraryError for a key that
    is taken.
    """
    source = str(library.root / path)
    record = read_record(files.decoded(after, source), source)
    if before == after:
        return Plan(keys={"unchanged": [record.id]})
    if files.key_of(path) == record.id or library.path_of(record.id) == path:
        return Plan([Edit(path, before, after)], {"changed": [record.id]})
    _refuse_taken(library, record.id, path)
    return Plan(_moved(path, record.id, before, after), {"renamed": [record.id]})


def _refuse_taken(library: Library, key: str, path: str) -> None:
    if key in library and library.path_of(key) != path:
        raise LibraryError(Problem(f"there is a record {key!r} already", hint="choose another key"))


def _moved(path: str, key: str, before: bytes, after: bytes) -> list[Step]:
    """Return the steps that put a text under another key, into the file of that name."""
    target = str(PurePosixPath(path).with_name(files.file_name(key) + PurePosixPath(path).suffix))
    return [Edit(path, before, after)] if target == path else [Edit(target, None, after), Removal(path)]


def plan_remove(library: Library, paths: Iterable[str]) -> Plan:
    """Put records into the trash, and the files beside them that no other record names."""
    plan = Plan()
    chosen = list(dict.fromkeys(paths))
    beside: list[str] = []
    for path in chosen:
        plan.steps.append(Removal(path))
        try:
            record = library.read(path)
        except CitetoolError:
            plan.note("removed", files.key_of(path))
            continue
        plan.note("removed", record.id)
        beside += [str(PurePosixPath(path).parent / file.path) for file in record.files]
    others = named_files(library, set(chosen)) if beside else set()
    for path in dict.fromkeys(beside):
        if path not in others and can_go(library.root, path):
            plan.steps.append(Removal(path))
    return plan


def can_go(root: Path, path: str) -> bool:
    """Return whether a file that a record names is one of the library; what lies outside stays as it is."""
    try:
        return door.is_file(root, path)
    except LibraryError:
        return False


def named_files(library: Library, without: set[str]) -> set[str]:
    """Return the files that records of the library name, but for those of some records."""
    found: set[str] = set()
    for hit in library.search("file:*"):
        if hit.path not in without:
            found |= {str(PurePosixPath(hit.path).parent / file["path"]) for file in hit.data().get("files", [])}
    return found


def plan_rename(library: Library, old: str, new: str, *, alias: bool = True) -> Plan:
    """Give a record another key; the old one stays as an alias, and files named by it are named anew.

    Raises LibraryError where the new key is taken.
    """
    path = path_of(library, old)
    _refuse_taken(library, new, path)
    data = files.read_bytes(library.root, path)
    record = library.read(path)
    aliases = [name for name in (*record.aliases, *([record.id] if alias else [])) if name != new]
    after = edited_bytes(data, {"id": new, "aliases": list(dict.fromkeys(aliases)) or None}, path)
    if files.key_of(path) != record.id:
        return Plan([Edit(path, data, after)], {"renamed": [new]})
    return Plan(_moved(path, new, data, after), {"renamed": [new]})


def path_of(library: Library, key: str) -> str:
    """Return the file of a record that can be changed. Raises NotFoundError; one that ships with citetool is none."""
    path = library.path_of(key)
    if path is not None:
        return path
    library[key]  # raises with near keys where nobody has it
    file = quote(str(library.root / f"{files.file_name(key)}.yaml"))
    made = "" if library.root.is_dir() else f"citetool library init {quote(str(library.root))}; "
    hint = f"copy it first: {made}citetool show --yaml {quote(key)} > {file}"
    raise NotFoundError(Problem(f"the record {key!r} ships with citetool and is not in your library", hint=hint))


def edited_bytes(data: bytes, changes: Mapping[str, Plain | None], source: str) -> bytes:
    """Return a record file with some fields changed, its line ends and byte order mark as they are."""
    if not changes:
        return data
    text = edited(files.decoded(data, source), changes, source)
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    return (files.BOM if data.startswith(files.BOM) else b"") + text.encode()
