"""A record as a card for people: its citation, all that is known of it by field, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.record.levels import size_of
from citetool.record.schema import to_plain
from citetool.text import display_width

from .markdown_text import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from citetool.problems import Problem
    from citetool.record.model import Record

    Paint = Callable[[str, str], str]

_FIRST = {"id", "kind"}  # they stand in the first line
_HOMES = {"archive": "original", "digital": "copy", "copies": "also in"}


def lines(record: Record, citation: str, problems: Sequence[Problem], width: int, paint: Paint) -> Iterator[str]:
    """Yield the lines of a card: key and kind, the citation, the fields in the order of a record file, the problems."""
    plain = to_plain(record)
    yield f"{paint(record.id, 'bold')}  {record.kind}".rstrip()
    if citation:
        yield from (f"  {line}" for line in wrapped(citation, width - 2))
    rows = [(label, text) for name, value in plain.items() if name not in _FIRST for label, text in _rows(name, value)]
    space = max((display_width(label) for label, _ in rows), default=0)
    last = ""
    for label, text in rows:
        shown = label if label != last else ""
        last = label
        head = paint(shown, "dim") + " " * (space - display_width(shown)) + "  "
        indent = len(text) - len(text.lstrip())
        for number, piece in enumerate(wrapped(text, width - space - 2 - indent) or [""]):
            yield (head if not number else " " * (space + 2)) + " " * indent + piece
    for problem in problems:
        place = f"{problem.where.field}: " if problem.where.field else ""
        yield f"{paint(f'{problem.severity}:', problem.severity)} {place}{problem.message}"
        if problem.hint:
            yield f"  {problem.hint}"


def _rows(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the lines of a field, each with its label."""
    label = _HOMES.get(name, name.replace("_", " "))
    if name == "creators":
        for person in _listed(value):
            role, who = (person.get("role", "author"), person) if isinstance(person, dict) else ("author", person)
            yield role, _text({k: v for k, v in who.items() if k != "role"} if isinstance(who, dict) else who)
    elif name == "archive":
        yield from ((label, line) for line in _tree(value))
    elif name == "copies":
        yield from ((label, line) for home in _listed(value) for line in _tree(home))
    elif name == "files":
        yield from ((label, _file(file)) for file in _listed(value))
    elif name in ("notes", "citation"):
        yield from ((label, _text(one)) for one in _listed(value))
    elif isinstance(value, dict) and name != "digital":
        yield from ((f"{part}".replace("_", " "), _text(one)) for part, one in value.items())
    else:
        yield label, _text(value)


def _tree(levels: Mapping[str, Any]) -> Iterator[str]:
    for depth, name in enumerate(sorted(levels, key=size_of, reverse=True)):
        branch = "   " * (depth - 1) + "└─ " if depth else ""
        yield f"{branch}{_text(levels[name])}  ({name.replace('_', ' ')})"


def _file(file: Any) -> str:
    """Return what people ask of a file; its checksum is for programs."""
    if not isinstance(file, dict):
        return _text(file)
    said = {**file, "name": f"was {file['name']}"} if file.get("name") else dict(file)
    size = str(said.pop("size", ""))
    said.pop("checksum", None)
    return ", ".join([_text(said), *([f"{int(size):,} bytes"] if size.isdecimal() else [])])


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_text(one) for one in value.values())
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return " ".join(str(value).split())
