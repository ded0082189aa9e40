"""Names given once and used by many records: `repositories.yaml` in the library.

    repositories:
    - name: Library of Congress
      short: LC
      place: Washington, D.C.
      country: United States
      style: chicago                      # what `--style preferred` takes for its documents
      also: [Library of Congress (LC)]    # other spellings, which `check --fix` puts right
      labels: {box: Container}            # what it calls a level
    collections:
    - {name: W. Averell Harriman Papers, repository: Library of Congress, also: [Harriman Papers]}
    people:
    - {name: "Harriman, W. Averell", also: ["Harriman, William Averell"]}

A library without the file has no authority, and nothing is put right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citetool.library.index.normalize import words
from citetool.problems import InputError, Problem, Where, suggest
from citetool.record.levels import LEVELS, bare, with_level
from citetool.record.schema import to_plain
from citetool.record.yamltext import parse_yaml
from citetool.text import fold

from . import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from citetool.record.model import Plain, Record

FILE = "repositories.yaml"
_FIELDS = {
    "repositories": ("name", "short", "place", "country", "style", "also", "labels"),
    "collections": ("name", "repository", "also"),
    "people": ("name", "also"),
}


@dataclass(slots=True)
class Repository:
    """An archive: its name, and what is known of all that it keeps; `labels` by level."""

    name: str
    short: str = ""
    place: str = ""
    country: str = ""
    style: str = ""
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Authority:
    """Repositories by name, for each spelling (folded) the name that is right, and the repositories of collections."""

    repositories: dict[str, Repository] = field(default_factory=dict)
    spellings: dict[str, dict[str, str]] = field(default_factory=lambda: {part: {} for part in _FIELDS})
    homes: dict[str, str] = field(default_factory=dict)

    def right(self, part: str, name: str) -> str:
        """Return the right spelling of a name of `repositories`, `collections` or `people`, or the name itself."""
        return self.spellings[part].get(fold(name), name)

    def repository_of(self, record: Record) -> Repository | None:
        """Return the known facts of the archive that keeps the record's original."""
        name = record.archive.get("repository") or record.archive.get("institution")
        if not name:
            name = self.homes.get(self.right("collections", record.archive.get("collection")), "")
        return self.repositories.get(self.right("repositories", name)) if name else None


def read_authority(root: Path) -> Authority:
    """Return the authority of a library. Raises InputError with all that is wrong with its file."""
    try:
        text = files.read_text(root, FILE)
    except FileNotFoundError:
        return Authority()
    source = str(root / FILE)
    data = parse_yaml(text, source)
    problems: list[Problem] = []
    authority = Authority()
    if not isinstance(data, dict):
        problems.append(Problem("the file does not hold names", Where(source, 1), "begin with repositories:"))
        data = {}
    for part, entries in data.items():
        if part not in _FIELDS:
            hint = suggest(part, _FIELDS) or f"one of: {', '.join(_FIELDS)}"
            problems.append(Problem(f"{part!r} is not understood here", Where(source, field=part), hint))
            continue
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries] if entries else []):
            _take(authority, part, entry, Where(source, field=f"{part}[{number}]"), problems)
    if problems:
        raise InputError(*problems)
    return authority


def _take(authority: Authority, part: str, entry: Any, where: Where, problems: list[Problem]) -> None:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or not entry["name"]:
        problems.append(Problem("an entry without a name", where, "write - name: Library of Congress"))
        return
    for name, value in entry.items():
        wanted = dict if name == "labels" else (list, str) if name == "also" else str
        if name not in _FIELDS[part]:
            hint = suggest(name, _FIELDS[part]) or f"one of: {', '.join(_FIELDS[part])}"
            problems.append(Problem(f"{name!r} is not understood here", where, hint))
            return
        if not isinstance(value, wanted):
            problems.append(
                Problem(f"{name!r} is not as it should be", where, "a text, but also: a list and labels: a mapping")
            )
            return
    name = entry["name"]
    also = entry.get("also", [])
    short = [entry["short"]] if entry.get("short") else []
    for spelling in (name, *short, *([also] if isinstance(also, str) else also)):
        authority.spellings[part][fold(str(spelling))] = name
    if part == "repositories":
        known = {n: entry[n] for n in ("name", "short", "place", "country", "style", "labels") if n in entry}
        authority.repositories[name] = Repository(**known)
    elif part == "collections" and entry.get("repository"):
        authority.homes[name] = entry["repository"]


def corrections(record: Record, authority: Authority) -> dict[str, Plain | None]:
    """Return the top-level fields of a record that the authority corrects: spellings, missing levels, labels."""
    plain = to_plain(record)
    changes: dict[str, Plain | None] = {}
    levels = plain.get("archive", {})
    if isinstance(levels, dict) and levels:
        new = _levels(record, dict(levels), authority)
        if new != levels or list(new) != list(levels):
            changes["archive"] = new
    people = [_person(creator, authority) for creator in _list(plain.get("creators"))]
    if people != _list(plain.get("creators")):
        changes["creators"] = people
    return changes


def _levels(record: Record, levels: dict[str, Plain], authority: Authority) -> dict[str, Plain]:
    home = authority.repository_of(record)
    given = record.archive.get("place")
    if home is not None and home.place and given and not _same_place(home.place, given):
        return levels  # a namesake elsewhere
    for name, part in (("repository", "repositories"), ("institution", "repositories"), ("collection", "collections")):
        value = levels.get(name)
        if isinstance(value, str):
            levels[name] = authority.right(part, value)
    if home is None:
        return levels
    if "repository" not in levels and "institution" not in levels:
        levels = with_level(levels, "repository", home.name)
    if home.place and "place" not in levels:
        levels = with_level(levels, "place", home.place)
    for level in record.archive.levels:
        label = home.labels.get(level.name)
        if label and isinstance(levels.get(level.name), str) and bare(level) == level.value and level.name in LEVELS:
            levels[level.name] = f"{label} {level.value}"
    return levels


def _same_place(first: str, second: str) -> bool:
    """Return whether one place may be the other written longer: `Kew` and `Kew, Richmond`."""
    one, two = set(words(first)), set(words(second))
    return one <= two or two <= one


def _person(creator: Plain, authority: Authority) -> Plain:
    if isinstance(creator, dict) and isinstance(creator.get("name"), str):
        return {**creator, "name": authority.right("people", str(creator["name"]))}
    return creator


def _list(value: Plain | None) -> list[Plain]:
    return value if isinstance(value, list) else []


def preferred_style(record: Record, authority: Authority, otherwise: str) -> str:
    """Return the citation style that the record's repository asks for, or the other one."""
    home = authority.repository_of(record)
    return home.style if home and home.style else otherwise


def known_names(authority: Authority) -> Mapping[str, list[str]]:
    """Return the right names by part, for completion."""
    return {part: sorted(set(names.values())) for part, names in authority.spellings.items()}
