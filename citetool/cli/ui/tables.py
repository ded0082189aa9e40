"""Lists of records as tables, keys, JSON, CSV or by a template; each line is written as its record is found."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from citetool.lazy_re import lazy
from citetool.problems import Problem, UsageError
from citetool.text import display_width, pad, truncate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from citetool.library.query.search import Hit

CSV_COLUMNS = ("id", "date", "kind", "title", "author", "repository", "collection")
_LOOKED_AT = 100  # the width of columns is that of so many first lines
_WORD = lazy(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def pieces(hits: Iterable[Hit], how: str, width: int) -> Iterator[str]:
    """The list in pieces: `how` is `table` (in so many columns), `keys`, `json`, `csv`, or a template."""
    writers: dict[str, Callable[[Iterable[Hit]], Iterator[str]]] = {
        "table": lambda found: _table(found, width),
        "keys": lambda found: (hit.key + "\n" for hit in found),
        "json": _json,
        "csv": _csv,
    }
    return writers[how](hits) if how in writers else _templated(hits, how)


def _table(hits: Iterable[Hit], width: int) -> Iterator[str]:
    rest = iter(hits)
    first = list(islice(rest, _LOOKED_AT))
    keys = max((display_width(hit.key) for hit in first), default=0)
    dates = min(max((len(hit.date) for hit in first), default=0), 21)
    for hit in chain(first, rest):
        about = ": ".join(part for part in (hit.kind, hit.title or hit.author) if part)
        yield truncate(f"{pad(hit.key, keys)}  {pad(hit.date, dates)}  {about}", width) + "\n"


def _json(hits: Iterable[Hit]) -> Iterator[str]:
    import json

    joint = "[\n"
    for hit in hits:
        yield joint + json.dumps(hit.data(), ensure_ascii=False)
        joint = ",\n"
    yield "\n]\n" if joint != "[\n" else "[]\n"


def _csv(hits: Iterable[Hit]) -> Iterator[str]:
    yield _csv_line(CSV_COLUMNS)
    for hit in hits:
        yield _csv_line((hit.key, hit.date, hit.kind, hit.title, hit.author, hit.repository, hit.collection))


def _csv_line(cells: Iterable[str]) -> str:
    # RFC 4180: what holds a comma, a quotation mark or a line break stands in quotation marks
    quoted = ('"' + cell.replace('"', '""') + '"' if re.search(r'[",\r\n]', cell) else cell for cell in cells)
    return ",".join(quoted) + "\n"


def _templated(hits: Iterable[Hit], template: str) -> Iterator[str]:
    parts: list[str | tuple[str, ...]] = []
    at = 0
    for match in _WORD.finditer(template):
        parts.append(template[at : match.start()])
        at = match.end()
        if match[0] in ("{{", "}}"):
            parts.append(match[0][0])
        elif match[1]:
            parts.append(tuple(match[1].strip().split(".")))
        else:
            hint = "write a field in braces, as in '{id}: {title}, {archive.box}'; a brace itself twice"
            raise UsageError(
                Problem(f"{match[0]!r} at column {match.start() + 1} of the template is no field", hint=hint)
            )
    parts.append(template[at:])
    for hit in hits:
        data = hit.data()
        yield "".join(part if isinstance(part, str) else _value(data, hit, part) for part in parts) + "\n"


def _value(data: dict[str, Any], hit: Hit, path: tuple[str, ...]) -> str:
    value: Any = data
    for step in path:
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            value = value.get(step) if isinstance(value, dict) else None
    if value is None and len(path) == 1:
        value = hit._asdict().get(path[0]) or data.get("archive", {}).get(path[0])
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("family") or value.get("literal") or list(value.values()))
    return " ".join(str(value or "").split())
