"""Photographs of documents, and the rules by which people say which of them show one document.

    folder              those of one folder
    name                those whose names differ in their last number: `box3 letter_01.jpg`, `box3 letter_02.jpg`
    each                each by itself
    10m, 10min, 1h      those taken without a longer pause, by the camera's clock
    {box}_{folder}_*    those whose names say the same: a pattern of the name without its suffix; a word in braces is a
                        field of the record, `{page}` the page that a photograph shows, `*` anything

Where the rule does not fit a photograph, nothing is grouped: none may be lost on the way.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from citetool.library import camera
from citetool.problems import InputError, NotFoundError, Problem, UsageError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    Rule = Callable[[Sequence[Path]], list["Group"]]

SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".webp", ".jp2", ".gif", ".bmp", ".dng")
_UNITS = {"s": 1, "m": 60, "h": 3600}
_PAUSE = re.compile(r"(\d+)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)", re.IGNORECASE)
_NUMBERED = re.compile(r"(.*?)[\s_.-]*\(?\d+\)?")
_PART = re.compile(r"\{(\w+(?:\.[\w-]+)?)\}|\*")
_TOLD = 5


class Group(NamedTuple):
    """The photographs of one document, in order: its name, the fields that the rule says of it, each file with its
    page (empty where nothing says it).
    """

    name: str
    fields: tuple[tuple[str, str], ...]
    files: list[tuple[Path, str]]


def groups(sources: Iterable[Path], rule: str) -> list[Group]:
    """Return the photographs among the files and in the folders, and below them, grouped by the rule.

    Raises UsageError for what is no rule, NotFoundError where there is no photograph, InputError for empty files and
    for photographs that the rule does not fit.
    """
    grouped = _rule(rule)
    found: dict[Path, None] = {}
    for source in sources:
        if not source.exists():
            raise NotFoundError(Problem("there is no such file", Where(str(source))))
        inside = sorted(source.rglob("*"), key=lambda path: [natural(part) for part in path.relative_to(source).parts])
        for path in inside if source.is_dir() else [source]:
            hidden = source.is_dir() and any(part.startswith(".") for part in path.relative_to(source).parts)
            if path.is_file() and path.suffix.lower() in SUFFIXES and not hidden:
                found[path] = None
    if not found:
        raise NotFoundError(Problem("there are no photographs", hint=f"they end in {', '.join(SUFFIXES)}"))
    empty = [path for path in found if not path.stat().st_size]
    _refuse(empty, "the file is empty", "copy it from the camera again, or move it away")
    return grouped(list(found))


def natural(name: str) -> list[tuple[int, str]]:
    """Return the key to sort names by, their numbers by value."""
    return [(int(part) if part.isdecimal() else -1, part.casefold()) for part in re.split(r"([0-9]+)", name)]


def _rule(rule: str) -> Rule:
    if rule == "folder":
        return lambda paths: _together(paths, lambda path: (path.parent.resolve().name, str(path.parent)))
    if rule == "name":
        return lambda paths: _together(paths, _numbered)
    if rule == "each":
        return lambda paths: _together(paths, lambda path: (path.stem, str(path)))
    if match := _PAUSE.fullmatch(rule):
        pause = int(match[1]) * _UNITS[match[2][0].lower()]
        return lambda paths: _by_time(paths, pause)
    if _PART.search(rule):
        return lambda paths: _by_pattern(paths, rule)
    hint = "folder, name, each, a pause such as 10m, or a pattern of names such as '{box}_{folder}_*'"
    raise UsageError(Problem(f"{rule!r} is no rule for photographs", hint=hint))


def _together(paths: Iterable[Path], mark: Callable[[Path], tuple[str, str]]) -> list[Group]:
    """Return those with the same mark together; a mark is the name of the group, and what tells it from others."""
    found: dict[tuple[str, str], Group] = {}
    for path in paths:
        name, other = mark(path)
        found.setdefault((name, other), Group(name, (), [])).files.append((path, ""))
    return list(found.values())


def _numbered(path: Path) -> tuple[str, str]:
    match = _NUMBERED.fullmatch(path.stem)
    return (match[1] if match and match[1] else path.stem), str(path.parent)


def _by_time(paths: Sequence[Path], pause: int) -> list[Group]:
    taken = {path: camera.taken(path).get("taken", "") for path in paths}
    _refuse(
        [path for path in paths if not taken[path]], "the camera left no time in it", "group these by name or folder"
    )
    found: list[Group] = []
    last = datetime.min
    for path in sorted(paths, key=lambda path: (taken[path], natural(path.name))):
        time = datetime.fromisoformat(taken[path])
        if not found or (time - last).total_seconds() > pause:
            found.append(Group(path.stem, (), []))
        found[-1].files.append((path, ""))
        last = time
    return found


def _by_pattern(paths: Sequence[Path], pattern: str) -> list[Group]:
    names = [match[1] for match in _PART.finditer(pattern) if match[1]]
    if len({*names}) < len(names):
        raise UsageError(Problem(f"a field stands twice in the pattern {pattern!r}", hint="leave one of them out"))
    expression = re.compile(_expression(pattern))
    matches = {path: expression.fullmatch(path.stem) for path in paths}
    _refuse(
        [path for path in paths if not matches[path]],
        f"the name does not fit {pattern!r}",
        "change the pattern, or the name",
    )
    found: dict[tuple[tuple[str, str], ...], Group] = {}
    for path, match in matches.items():
        values = dict(zip(names, match.groups() if match else (), strict=True))
        page = values.pop("page", "")
        fields = tuple(values.items())
        name = _PART.sub(lambda part, values=values: values.get(part[1], ""), pattern)  # type: ignore[misc]
        group = found.setdefault(fields, Group(name.strip(" _-.") or path.stem, fields, []))
        group.files.append((path, page.lstrip("0") or page))
    return list(found.values())


def _expression(pattern: str) -> str:
    """Return the regular expression of a pattern; a field takes as little as it can."""
    parts, last = [], 0
    for match in _PART.finditer(pattern):
        parts += [re.escape(pattern[last : match.start()]), r"(.+?)" if match[1] else r".*?"]
        last = match.end()
    return "".join([*parts, re.escape(pattern[last:])])


def _refuse(paths: Sequence[Path], message: str, hint: str) -> None:
    if paths:
        more = [Problem(f"and {len(paths) - _TOLD:,} more")] if len(paths) > _TOLD else []
        raise InputError(*(Problem(message, Where(str(path)), hint) for path in paths[:_TOLD]), *more)
