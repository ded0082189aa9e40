"""Groups of a bibliography: by kind, repository or language, by queries, or as a file `groups.yaml` says.

    - heading: Letters
      query: kind:letter
      sort: date                # optional: a sort key of the query language; else the order of the style
      style: chicago            # optional
    - heading: Other sources    # no query: all that is left

The first group that a record fits takes it. What no group takes stands at the end, under `OTHERS`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from citetool.formats.shared.languages import language_name
from citetool.problems import InputError, Problem, UsageError, Where, suggest
from citetool.record.levels import repository
from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citetool.record.model import Record

    Search = Callable[[Sequence[Record], str], list[Record]]

OTHERS = "Other Sources"
_FIELDS = ("heading", "query", "sort", "style")


class Rule(NamedTuple):
    """One group as it was asked for: its heading, what it takes ('' for all), its order and its style ('' for the
    usual).
    """

    heading: str
    query: str = ""
    sort: str = ""
    style: str = ""


class Group(NamedTuple):
    """One group and its records; with `ordered` they stay in this order, whatever the style says."""

    heading: str
    records: list[Record]
    style: str = ""
    ordered: bool = False


def _kind(record: Record) -> str:
    return (record.kind or record.type).replace("-", " ").replace("_", " ").capitalize()


_VALUES: dict[str, Callable[[Record], str]] = {
    "kind": _kind,
    "repository": lambda record: repository(record.archive),
    "language": lambda record: ", ".join(language_name(tag) or tag for tag in record.language),
}


def group(records: Sequence[Record], wanted: Sequence[str], search: Search) -> list[Group]:
    """Return the records in groups, empty ones left out.

    `wanted` are the values of `--group-by`: `kind`, `repository` or `language` alone, the path of a `.yaml` file alone,
    or queries, each the heading of its group. `search` finds the records of some that fit a query, in its order.
    Raises UsageError for several of different kinds, InputError for a file that cannot be used.
    """
    if len(wanted) == 1 and wanted[0] in _VALUES:
        return _by_value(records, _VALUES[wanted[0]])
    files = [text for text in wanted if text.endswith((".yaml", ".yml"))]
    named = [text for text in wanted if text in _VALUES]
    if named or (files and len(wanted) > 1):
        problem = Problem(f"--group-by {(named or files)[0]} stands alone", hint="or give queries only")
        raise UsageError(problem)
    rules = read_rules(Path(files[0])) if files else [Rule(query, query) for query in wanted]
    return _by_rules(records, rules, search)


def _by_value(records: Sequence[Record], value: Callable[[Record], str]) -> list[Group]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(value(record), []).append(record)
    last = found.pop("", [])
    groups = [Group(heading, found[heading]) for heading in sorted(found, key=str.casefold)]
    return [*groups, Group(OTHERS if groups else "", last)] if last else groups


def _by_rules(records: Sequence[Record], rules: Sequence[Rule], search: Search) -> list[Group]:
    left = list(records)
    groups = []
    for rule in rules:
        query = f"{rule.query} sort:{rule.sort}".strip() if rule.sort else rule.query
        members = search(left, query) if query else left
        taken = {id(record) for record in members}
        if not rule.sort:  # the order of the records, not that of how well they fit
            members = [record for record in left if id(record) in taken]
        left = [record for record in left if id(record) not in taken]
        groups.append(Group(rule.heading, members, rule.style, bool(rule.sort)))
    return [one for one in [*groups, Group(OTHERS, left)] if one.records]


def read_rules(path: Path) -> list[Rule]:
    """Return the groups that a file asks for. Raises InputError, naming the group, for all that is wrong with it."""
    from citetool.record.yamltext import parse_yaml  # noqa: PLC0415 - most bibliographies need no YAML

    try:
        data: Any = parse_yaml(path.read_text(encoding="utf-8-sig"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Problem(f"cannot read the groups: {error}", Where(str(path)))) from None
    if not isinstance(data, list) or not data:
        hint = "each with a heading and a query: - {heading: Letters, query: 'kind:letter'}"
        raise InputError(Problem("this is no list of groups", Where(str(path)), hint=hint))
    problems: list[Problem] = []
    rules = []
    for number, entry in enumerate(data, 1):
        where = Where(str(path), field=f"group {number}")
        if not isinstance(entry, dict) or not isinstance(entry.get("heading"), str):
            problems.append(Problem("a group needs a heading", where))
            continue
        for name, value in entry.items():
            if name not in _FIELDS:
                hint = suggest(str(name), _FIELDS) or f"one of: {', '.join(_FIELDS)}"
                problems.append(Problem(f"a group has no {name!r}", where, hint=hint))
            elif not isinstance(value, str):
                problems.append(Problem(f"{name} is no text", where))
        rules.append(Rule(*(entry.get(name, "") for name in _FIELDS)))
    if problems:
        raise InputError(*problems)
    return rules
