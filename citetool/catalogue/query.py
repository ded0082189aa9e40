"""From the query language of libraries to DuckDB's SQL over the rows of a catalogue.

The words of a row stand between blanks in `text` and `facts`, in the spelling of a library's index, so that a phrase of
the full-text index is a stretch of text here. Everything from the query goes in as a parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.library.index.extract import KNOWN_FIELDS
from citetool.library.index.tokens import MARK
from citetool.library.query.parse import All, Not, Term, parse_query, query_error
from citetool.library.query.sql import Scope, days_of, is_date, phrase_of

from .schema import HOME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.library.query.parse import Node, SortKey

_SORT = {name: name for name in ("key", "title", "author", "kind", "repository", "collection", "source")}
_SORT |= {"id": "key", "date": "earliest"}


class Selection(NamedTuple):
    """The conditions of a query, its order, and the parameters of the conditions."""

    where: str
    order: str
    parameters: list[str | int]


def select(text: str, fields: Iterable[str]) -> Selection:
    """Return the SQL of a query, over records that have these fields (events begin with `@`).

    Raises QueryError for a field that nobody has, a date that is none, and a sort key that is no column.
    """
    query = parse_query(text)
    scope = Scope(text, {*fields, *KNOWN_FIELDS})
    parameters: list[str | int] = []
    where = "TRUE" if query.root is None else _condition(query.root, scope, parameters)
    return Selection(where, _order(query.sort, text), parameters)


def _condition(node: Node, scope: Scope, parameters: list[str | int]) -> str:
    if isinstance(node, Term):
        return _date(node, scope, parameters) if is_date(node, scope) else _phrase(node, scope, parameters)
    if isinstance(node, Not):
        return f"NOT {_condition(node.part, scope, parameters)}"
    joint = " AND " if isinstance(node, All) else " OR "
    return f"({joint.join(_condition(part, scope, parameters) for part in node.parts)})"


def _phrase(term: Term, scope: Scope, parameters: list[str | int]) -> str:
    column, words, prefix = phrase_of(term, scope)
    if column == "facts" and words[0].partition(MARK)[0] in HOME:
        column = "home"
    parameters.append(f" {' '.join(words)}{'' if prefix else ' '}")
    return f"contains({column}, ?)"


def _date(term: Term, scope: Scope, parameters: list[str | int]) -> str:
    if term.field == "changed":
        raise query_error(scope.text, term.column, "a catalogue does not keep when records changed", "leave it out")
    first, last = days_of(term, scope)
    if term.field == "date":
        parameters += [first, last]
        # a record without a date has NULL here, whose negation would be NULL too
        return "coalesce(latest >= ? AND earliest <= ?, FALSE)"
    parameters += [term.field, first, last]
    return "len(list_filter(spans, lambda span: span.event = ? AND span.latest >= ? AND span.earliest <= ?)) > 0"


def _order(keys: tuple[SortKey, ...], text: str) -> str:
    orders = []
    for key in keys:
        if key.field not in _SORT:
            raise query_error(
                text, key.column, f"a catalogue cannot be sorted by {key.field}", f"one of: {', '.join(_SORT)}"
            )
        column = _SORT[key.field]
        # what is not known stands last, whatever the direction
        orders += [
            f"({column} IS NULL OR CAST({column} AS VARCHAR) = '')",
            column + (" DESC" if key.descending else ""),
        ]
    return ", ".join([*orders, "key", "source", "position"])
