"""From the tree of a query to SQL over the index.

Words and fields become full-text expressions (FTS5), dates become comparisons of days. A part of the tree that is all
full text is asked at once; what is not becomes a condition on the record's number. SQL is built of constant pieces;
everything from the query goes in as a parameter, or as a quoted string of FTS5 made of letters and digits alone.

Of the records that words find, those come first that have all of them in a title or the key, then those that have them
in titles and names of people, then the others; within each by FTS5's rank. The rank alone puts the record that a title
names behind hundreds that mention the word, where it has a long transcript.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from citetool.library.index.fields import EVENT, NO_END, NO_START, SYNONYMS, day_number
from citetool.library.index.normalize import words
from citetool.library.index.tokens import MARK, field_token
from citetool.problems import CitetoolError, suggest

from .parse import All, Any_, Not, Query, Term, query_error

if TYPE_CHECKING:
    from collections.abc import Collection

    from .parse import Node, SortKey

_DATES = frozenset({"date", "sent", "received", "declassified", "accessed", "retrieved", "changed"})
_SORT = {
    "id": "key",
    "key": "key",
    "date": "earliest",
    "title": "sort_title",
    "author": "sort_author",
    "kind": "kind",
    "repository": "natural(repository)",
    "collection": "natural(collection)",
    "changed": "changed",
    "relevance": "rank",
}
_FIRST = (("title", "id"), ("title", "id", "name"))  # the fields of words in which a hit stands before others


class Selection(NamedTuple):
    """A statement behind its SELECT ...: `sql` from FROM on, its parameters, and whether `words` is joined.

    `words` is a shorter one for the rows alone, where words are all that is asked for: the best first, and among them
    rows that are out of use. It is empty where it would not do.
    """

    sql: str
    parameters: list[str | int]
    ranked: bool
    words: str = ""


class Scope(NamedTuple):
    """The text of a query, and the fields that records have (events begin with `@`)."""

    text: str
    fields: Collection[str]


class Phrase(NamedTuple):
    """Words that stand next to each other in `text` or in `facts`; with `prefix` the last one may go on."""

    column: str
    words: list[str]
    prefix: bool


def select(query: Query, fields: Collection[str]) -> Selection:
    """Return SQL for a query, over an index whose records have these fields (events begin with `@`).

    Raises QueryError for a field that nobody has, and for a date that is none.
    """
    scope = Scope(query.text, fields)
    match, rest = _split(query.root, scope)
    parameters: list[str | int] = []
    conditions = ["record.problems IS NULL"]
    source = "record"
    if match:
        source = "words JOIN record ON record.id = words.rowid"
        conditions.insert(0, "words MATCH ?")
        parameters.append(match)
    for node in rest:
        if isinstance(node, Term):
            conditions.append(_date(node, scope, parameters, alone=not match))
        else:
            conditions.append(_condition(node, scope, parameters))
    nearer = [_split(query.root, scope, fields)[0] for fields in _FIRST] if match and _has_words(query.root) else []
    order = _order(query.sort, scope, nearer, parameters)
    words = ""
    if nearer and not rest and not query.sort:
        words = f"FROM words WHERE words MATCH ? ORDER BY {', '.join(_by_relevance(nearer, []))}"
    return Selection(f"FROM {source} WHERE {' AND '.join(conditions)} ORDER BY {order}", parameters, bool(match), words)


def _by_relevance(nearer: list[str], parameters: list[str | int], direction: str = "") -> list[str]:
    """Return what to sort by to have the best hits first: those of each of these expressions before the others."""
    parameters += nearer
    outside = f"words.rowid NOT IN (SELECT rowid FROM words WHERE words MATCH ?){direction}"
    return [*(outside for _ in nearer), "rank" + direction]


def _has_words(node: Node | None) -> bool:
    """Return True if any word is asked for outside of fields: only then is one record a better answer than another."""
    if isinstance(node, All | Any_):
        return any(_has_words(part) for part in node.parts)
    return isinstance(node, Term) and not node.field


def _split(root: Node | None, scope: Scope, within: tuple[str, ...] = ()) -> tuple[str, list[Node]]:
    """One full-text expression for all that can be in it, and the other conditions.

    With `within`, words are to stand in these fields.
    """
    parts = () if root is None else root.parts if isinstance(root, All) else (root,)
    matches: list[str] = []
    rest: list[Node] = []
    for part in parts:
        match = _match(part, scope, within)
        if match:
            matches.append(match)
        else:
            rest.append(part)
    return " AND ".join(f"({match})" for match in matches), rest


def _match(node: Node, scope: Scope, within: tuple[str, ...] = ()) -> str:
    """Return the full-text expression of a part of the tree, empty where it has dates or negations."""
    if isinstance(node, Term):
        if is_date(node, scope):
            return ""
        if node.field or not within:
            return _term(node, scope)
        return " OR ".join(_term(node._replace(field=name), scope) for name in within)
    if isinstance(node, Not):
        return ""
    inner = [_match(part, scope, within) for part in node.parts]
    if not all(inner):
        return ""
    return (" AND " if isinstance(node, All) else " OR ").join(f"({match})" for match in inner)


def _condition(node: Node, scope: Scope, parameters: list[str | int]) -> str:
    if isinstance(node, Term) and is_date(node, scope):
        return _date(node, scope, parameters)
    match = _match(node, scope)
    if match:
        parameters.append(match)
        return "record.id IN (SELECT rowid FROM words WHERE words MATCH ?)"
    if isinstance(node, Not):
        return f"NOT {_condition(node.part, scope, parameters)}"
    assert isinstance(node, (All, Any_))  # a term is a date or a match
    joint = " AND " if isinstance(node, All) else " OR "
    return f"({joint.join(_condition(part, scope, parameters) for part in node.parts)})"


def is_date(term: Term, scope: Scope) -> bool:
    """Return True if the term compares days."""
    return term.compare != "*" and (term.field in _DATES or EVENT + term.field in scope.fields)


def _term(term: Term, scope: Scope) -> str:
    column, found, prefix = phrase_of(term, scope)
    return f'{column} : "{" ".join(found)}"{"*" if prefix else ""}'


def phrase_of(term: Term, scope: Scope) -> Phrase:
    """Return the words that a term asks for. Raises QueryError for an unknown field and for a term without a word."""
    if term.compare not in ("", "*", "="):
        near = "; only dates are compared" if term.field else ""
        raise query_error(scope.text, term.value_column, f"{term.field} is not a date{near}", "write field:word")
    found = words(term.value)
    if not found and term.compare != "*":
        raise query_error(scope.text, term.value_column, "there is no word in this", "write letters or digits")
    if not term.field:
        return Phrase("text", found, term.prefix)
    token = field_token(_known(term.field, term.column, scope))
    if term.compare == "*":
        return Phrase("facts", [token + MARK], prefix=False)
    inner = [token + word for word in found]
    if term.compare == "=" and not term.prefix:
        inner = [token + MARK, *inner, token + MARK]
    elif term.compare == "=":
        inner = [token + MARK, *inner]
    return Phrase("facts", inner, term.prefix)


def _known(name: str, column: int, scope: Scope) -> str:
    """Return the name of a field as the index has it. Raises QueryError with near names for one that nobody has."""
    field = SYNONYMS.get(name, name)
    if field in scope.fields or EVENT + field in scope.fields:
        return field
    names = {known for known in scope.fields if not known.startswith(EVENT)} | set(SYNONYMS)
    advice = suggest(name, names) or 'put it in quotes if it is no field: "like: this"'
    raise query_error(scope.text, column, f"there is no field {name!r}", advice)


def _date(term: Term, scope: Scope, parameters: list[str | int], *, alone: bool = False) -> str:
    first, last = days_of(term, scope)
    parameters += [first, last]
    if term.field == "date":
        if alone:
            return "record.id IN (SELECT id FROM record INDEXED BY record_days WHERE latest >= ? AND earliest <= ?)"
        # a record without a date has NULL here, whose negation would be NULL too
        return "(record.latest >= ? AND record.earliest <= ?) IS TRUE"
    if term.field == "changed":
        day = "CAST(strftime('%Y%m%d', record.changed, 'unixepoch', 'localtime') AS INTEGER)"
        return f"({day} >= ? AND {day} <= ?)"
    parameters.append(term.field)
    return (
        "EXISTS (SELECT 1 FROM span WHERE span.record = record.id"
        " AND span.latest >= ? AND span.earliest <= ? AND event = ?)"
    )


def days_of(term: Term, scope: Scope) -> tuple[int, int]:
    """Return the first and last day that a record's span must touch. Raises QueryError for no date."""
    if term.compare == "..":
        first = _bounds(term.value, term.value_column, scope)[0] if term.value else NO_START
        end_column = term.value_column + len(term.value) + 2
        return first, _bounds(term.end, end_column, scope)[1] if term.end else NO_END
    first, last = _bounds(term.value, term.value_column, scope)
    ranges = {">=": (first, NO_END), ">": (last + 1, NO_END), "<": (NO_START, first - 1), "<=": (NO_START, last)}
    return ranges.get(term.compare, (first, last))


def _bounds(text: str, column: int, scope: Scope) -> tuple[int, int]:
    from citetool.edtf import parse_edtf  # noqa: PLC0415 - a search without dates does not pay for them

    if text.casefold() == "today":
        text = time.strftime("%Y-%m-%d")
    try:
        date = parse_edtf(text)
    except CitetoolError as error:
        problem = error.problems[0]
        place = column + (problem.where.column or 1) - 1
        raise query_error(scope.text, place, problem.message, problem.hint or "") from None
    first, last = date.earliest, date.latest
    return NO_START if first is None else day_number(first), NO_END if last is None else day_number(last)


def _order(keys: tuple[SortKey, ...], scope: Scope, nearer: list[str], parameters: list[str | int]) -> str:
    orders: list[str] = []
    for key in keys:
        direction = " DESC" if key.descending else ""
        if key.field == "relevance":
            orders += _by_relevance(nearer, parameters, direction) if nearer else []
            continue
        value = _SORT.get(key.field)
        if value is None:
            parameters.append(_known(key.field, key.column, scope))
            value = "value_of(record.plain, ?)"
        # what is not known stands last, whatever the direction
        orders += [f"(coalesce({value}, '') = '')", value + direction]
        if value.endswith("?)"):
            parameters.append(parameters[-1])
    if nearer and not keys:
        orders += _by_relevance(nearer, parameters)
    return ", ".join([*orders, "key", "path"])
