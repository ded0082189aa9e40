"""Lists of records as a table, keys, JSON, CSV or lines of a template, each line printed as its record is found.

Columns and templates name the same values: a field of the record (`title`, `archive.box`, `creators.0.name`), a level
of the archive (`box`), a role (`recipient`), or one of `SPECIAL`. Fields of the user's own are `extra.NAME`.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from citetool.lazy_re import lazy
from citetool.problems import Problem, UnknownNameError, UsageError, suggest
from citetool.record.levels import LEVELS, reference
from citetool.record.model import Holding, Level
from citetool.record.roles import ROLES
from citetool.record.schema import FIELDS
from citetool.text import display_width, pad, truncate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from citetool.library.query.search import Hit

    Layout = Callable[[Iterable[Hit], int], Iterator[str]]
    Column = Callable[[Hit, dict[str, Any]], str]

CSV_COLUMNS = ("id", "date", "kind", "title", "author", "recipient", "reference", "collection", "repository", "url")
# Values with a short name: `path` within the record, or made from several fields (`_MADE`).
SPECIAL = ("key", "path", "people", "reference", "url", "doi", "isbn", "tag", "subject")
_PATHS = {
    "url": "digital.url",
    "doi": "identifiers.doi",
    "isbn": "identifiers.isbn",
    "tag": "tags",
    "subject": "subjects",
}
_MEASURED = 100  # lines that the width of columns is taken from
_WIDEST = 40  # a column of a table, but for the last one
_WORD = lazy(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def layout(columns: str, template: str | None, *, keys: bool, csv: bool, json: bool) -> Layout:
    """Return the function that lays hits out for a width of the terminal.

    Raises UsageError for two layouts at once or a faulty template, UnknownNameError for a column that does not exist.
    """
    wanted = {"--template": template is not None, "--keys": keys, "--json": json, "--csv": csv}
    given = [option for option, on in wanted.items() if on]
    if len(given) > 1 or (columns and given not in ([], ["--csv"])):
        both = " and ".join([*(["--columns"] if columns else []), *given])
        raise UsageError(Problem(f"{both} exclude each other", hint="leave all but one out"))
    names = [name.strip() for name in columns.split(",") if name.strip()]
    if template is not None:
        line = _template(template)
        return lambda hits, _width: (line(hit, hit.data()) + "\n" for hit in hits)
    if keys:
        return lambda hits, _width: (hit.key + "\n" for hit in hits)
    if json:
        return lambda hits, _width: _json(hits)
    if csv:
        heads = names or list(CSV_COLUMNS)
        cells = [column(name) for name in heads]
        return lambda hits, _width: _csv(hits, heads, cells)
    cells = [column(name) for name in names] or [lambda hit, _: hit.key, lambda hit, _: hit.date, _about]
    return lambda hits, width: _table(hits, cells, width)


def column(name: str) -> Column:
    """Return the function that gives a hit's value of that name. Raises UnknownNameError, naming near ones."""
    if name in _MADE:
        return _MADE[name]
    path = tuple(_PATHS.get(name, name).split("."))
    if name in LEVELS:
        path = ("archive", name)
    elif name in ROLES:
        return lambda _hit, data: "; ".join(_people(data, name))
    elif path[0] == "extra" and len(path) > 1:
        path = path[1:]
    elif path[0] not in FIELDS:
        known = {*FIELDS, *LEVELS, *ROLES, *SPECIAL}
        hint = suggest(name, known) or "citetool fields lists them; write a field of your own as extra.NAME"
        raise UnknownNameError(Problem(f"there is no field {name!r}", hint=hint))
    return lambda _hit, data: _text(_at(data, path))


def _about(hit: Hit, data: dict[str, Any]) -> str:
    """Return what tells a record from its neighbours: kind, title or people, and the place within the archive."""
    about = ": ".join(part for part in (hit.kind, hit.title or _correspondents(data) or hit.author) if part)
    place = _reference(data)
    return f"{about} ({place})" if place else about


def _correspondents(data: dict[str, Any]) -> str:
    senders = next(filter(None, (_people(data, role) for role in ROLES if ROLES[role].csl == "author")), [])
    to = "; ".join(_people(data, "recipient"))
    return f"{'; '.join(senders)} to {to}".strip() if to else "; ".join(senders)


def _reference(data: dict[str, Any]) -> str:
    levels = data.get("archive")
    if not isinstance(levels, dict):
        return ""
    return reference(Holding(tuple(Level(name, _text(value)) for name, value in levels.items())))


def _people(data: dict[str, Any], role: str) -> list[str]:
    creators = data.get("creators")
    found = creators if isinstance(creators, list) else [creators] if creators else []
    return [_text(one) for one in found if (one.get("role", "author") if isinstance(one, dict) else "author") == role]


_MADE: dict[str, Column] = {
    "key": lambda hit, _: hit.key,
    "id": lambda hit, _: hit.key,
    "path": lambda hit, _: hit.path,
    "author": lambda hit, data: "; ".join(_people(data, "author")) or hit.author,
    "people": lambda _, data: "; ".join(map(_text, data.get("creators") or [])),
    "reference": lambda _, data: _reference(data),
    "title": lambda hit, _: hit.title,
}


def _table(hits: Iterable[Hit], columns: Sequence[Column], width: int) -> Iterator[str]:
    rows = ([cell(hit, data) for cell in columns] for hit in hits for data in (hit.data(),))
    first = list(islice(rows, _MEASURED))
    widths = [min(max(map(display_width, cells)), _WIDEST) for cells in zip(*first, strict=True)]
    for row in chain(first, rows):
        cells = [
            pad(cell if display_width(cell) <= w else truncate(cell, w), w) for cell, w in zip(row, widths, strict=True)
        ]
        yield truncate("  ".join([*cells[:-1], row[-1]]).rstrip(), width) + "\n"


def _json(hits: Iterable[Hit]) -> Iterator[str]:
    import json

    joint = "[\n"
    for hit in hits:
        yield joint + json.dumps(hit.data(), ensure_ascii=False)
        joint = ",\n"
    yield "\n]\n" if joint != "[\n" else "[]\n"


def _csv(hits: Iterable[Hit], heads: Sequence[str], columns: Sequence[Column]) -> Iterator[str]:
    yield _csv_line(heads)
    for hit in hits:
        data = hit.data()
        yield _csv_line([cell(hit, data) for cell in columns])


def _csv_line(cells: Iterable[str]) -> str:
    # RFC 4180: a cell with a comma, a quotation mark or a line break stands in quotation marks
    quoted = ('"' + cell.replace('"', '""') + '"' if re.search(r'[",\r\n]', cell) else cell for cell in cells)
    return ",".join(quoted) + "\n"


def _template(template: str) -> Column:
    parts: list[str | Column] = []
    at = 0
    for match in _WORD.finditer(template):
        parts.append(template[at : match.start()])
        at = match.end()
        if match[0] in ("{{", "}}"):
            parts.append(match[0][0])
        elif match[1]:
            parts.append(column(match[1].strip()))
        else:
            hint = "write a field in braces, as in '{id}: {title}, {archive.box}'; double a literal brace"
            message = f"unexpected {match[0]!r} at column {match.start() + 1} of the template"
            raise UsageError(Problem(message, hint=hint))
    parts.append(template[at:])
    return lambda hit, data: "".join(part if isinstance(part, str) else part(hit, data) for part in parts)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if isinstance(data, list) and step.isdigit():
            data = data[int(step)] if int(step) < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("family") or value.get("literal") or list(value.values()))
    return " ".join(str(value or "").split())
