"""Assignments as they are written at the shell: `kind=letter`, `archive.box=Box 3`, `tags+=chapter-2`, `place=`.

    assignment = path ("=" | "+=" | "-=") [value]        path = name *("." name)

The path leads into the record file. A level may stand without `archive.`, a role without `creators`, `url` and `doi`
without their place. `=` sets (without a value: takes the field out), `+=` and `-=` add to a list or take from it. A
value in brackets or braces is YAML where the field is not a text; everything else is the text that it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.lazy_re import lazy
from citetool.problems import Problem, UsageError, suggest
from citetool.record.levels import LEVELS, with_level
from citetool.record.roles import ROLES
from citetool.record.schema import FIELDS, TEXT
from citetool.record.yamltext import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citetool.record.model import Plain

_FORM = lazy(r"(\w(?:[\w-]*\w)?(?:\.\w(?:[\w:-]*\w)?)*)\s*(\+=|-=|=)(.*)", re.S)
_MAPPINGS = frozenset({"archive", "digital", "publication", "identifiers", "dates", "metadata"})
_LISTS = frozenset({"aliases", "tags", "subjects", "notes", "markings", "language", "original_language", "creators"})
_ELSEWHERE = {
    "url": ("digital", "url"),
    "site": ("digital", "name"),
    "accessed": ("digital", "accessed"),
    "doi": ("identifiers", "doi"),
    "isbn": ("identifiers", "isbn"),
    "tag": ("tags",),
    "subject": ("subjects",),
    "note": ("notes",),
    "marking": ("markings",),
    "alias": ("aliases",),
}


class Assignment(NamedTuple):
    """Where in the record, how (`=`, `+=`, `-=`), and what; an empty value with `=` takes the field out."""

    path: tuple[str, ...]
    act: str
    value: Any


def parse_assignment(text: str) -> Assignment:
    """The assignment that the text writes. Raises UsageError where it is none."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise UsageError(Problem(f"{text!r} sets nothing", hint="write field=value, such as kind=letter"))
    name, act, value = match[1], match[2], match[3].strip()
    path = tuple(name.split("."))
    if path == ("id",):
        raise UsageError(Problem("the key is not set like a field", hint="citetool rename OLD NEW keeps the old one"))
    if len(path) == 1 and path[0] not in FIELDS:
        path = _place(path[0])
    is_text = path[0] in FIELDS and FIELDS[path[0]].form is TEXT
    data: Any = parse_yaml(value) if value[:1] in ("[", "{") and not is_text else value
    if path[0] == "creators" and len(path) == 2 and isinstance(data, str) and data:
        data = {"name": data, "role": path[1]}
    if len(path) > 1 and path[0] in FIELDS and path[0] not in (*_MAPPINGS, "creators"):
        raise UsageError(Problem(f"{path[0]!r} has no parts", hint=f"write {path[0]}=value"))
    return Assignment(path, act, data)


def _place(name: str) -> tuple[str, ...]:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    if name in LEVELS:
        return ("archive", name)
    if name in ROLES:
        return ("creators", name)
    hint = suggest(name, {*FIELDS, *_ELSEWHERE, *LEVELS, *ROLES})
    if hint:
        raise UsageError(Problem(f"there is no field {name!r}", hint=hint))
    return (name,)


def assigned(data: Mapping[str, Any], assignments: Sequence[Assignment]) -> dict[str, Plain | None]:
    """The top-level fields of a record's plain data that the assignments change, with their new values."""
    now: dict[str, Any] = {}
    for path, act, value in assignments:
        field = path[0]
        old = now.get(field, data.get(field))
        if field == "creators" and len(path) == 2:
            now[field] = _with_role(_as_list(old), path[1], act, value)
        elif len(path) > 1:
            now[field] = _set_in(dict(old) if isinstance(old, dict) else {}, path[1:], act, value)
        else:
            now[field] = _set(field, old, act, value)
    return {field: value or None for field, value in now.items() if (value or None) != data.get(field)}


def _set(field: str, old: Any, act: str, value: Any) -> Any:
    values = value if isinstance(value, list) else [value] if value not in ("", None) else []
    if act == "+=":
        present = _as_list(old)
        return present + [item for item in values if item not in present]
    if act == "-=":
        return [item for item in _as_list(old) if item not in values]
    return values if field in _LISTS and not isinstance(value, dict) else value


def _set_in(mapping: dict[str, Any], path: tuple[str, ...], act: str, value: Any) -> dict[str, Any]:
    name = path[0]
    old = mapping.get(name)
    if len(path) > 1:
        new = _set_in(dict(old) if isinstance(old, dict) else {}, path[1:], act, value)
    else:
        new = _set(name, old, act, value)
    if not new:
        mapping.pop(name, None)
        return mapping
    if name in mapping or name not in LEVELS:
        mapping[name] = new
        return mapping
    return with_level(mapping, name, new)


def _with_role(creators: list[Any], role: str, act: str, value: Any) -> list[Any]:
    if act == "+=":
        return [*creators, *([value] if value and value not in creators else [])]
    if act == "-=":
        name = value["name"] if isinstance(value, dict) else ""
        return [c for c in creators if not (_role(c) == role and isinstance(c, dict) and c.get("name") == name)]
    first = next((i for i, creator in enumerate(creators) if _role(creator) == role), len(creators))
    others = [creator for creator in creators if _role(creator) != role]
    return [*others[:first], *([value] if value else []), *others[first:]]


def _role(creator: Any) -> str:
    return str(creator.get("role", "author")) if isinstance(creator, dict) else "author"


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value] if value not in (None, "") else []
