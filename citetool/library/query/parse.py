"""The query language: text to a tree, with a caret under what cannot be understood.

    query  = *(part | "sort:" key *("," key))          key   = ["-"] field
    part   = all *(("or" | "|") all)                   all   = one *(["and"] one)
    one    = ("-" | "not") one | "(" part ")" | term
    term   = [field ":"] value                         field = letter *(letter | digit | "_" | "-" | ".")
    value  = "*" | [compare] word ["*"] | [compare] phrase | [word] ".." [word]
    phrase = '"' any '"'                               compare = "=" | "<" | "<=" | ">" | ">="

    harriman stalin -hopkins                both words, not the third
    author:harriman collection:"Harriman Papers" kind:telegram or kind:cable
    date:1944..1945  date:>=1944-06         days that a date may mean, by EDTF (`date:194X`)
    box:173  fond:45  tag:=chapter-2        levels by their bare value; the whole value and nothing more
    -url:*  sort:date,-title                without a field; in an order

Words are compared without case and diacritics; several in quotes stand next to each other. `or` binds less than the
rest. What a field is, and what is a date, is decided where the tree is used (`sql.py`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from citetool.lazy_re import lazy
from citetool.problems import Problem, UsageError, Where


class Term(NamedTuple):
    """One condition: a field (empty: anywhere), how it is compared, with what, and its column in the query (from 1).

    `compare` is empty for containing, `*` for being there, `..` for a range (`value` to `end`), or one of = < <= > >=.
    """

    field: str
    value: str
    compare: str = ""
    end: str = ""
    prefix: bool = False
    column: int = 1
    value_column: int = 1


class Not(NamedTuple):
    """A condition that must not hold."""

    part: Node


class All(NamedTuple):
    """Conditions that must all hold."""

    parts: tuple[Node, ...]


class Any_(NamedTuple):  # noqa: N801 - typing has the plain name
    """Of which one must hold."""

    parts: tuple[Node, ...]


Node = Term | Not | All | Any_


class SortKey(NamedTuple):
    """One field to sort by."""

    field: str
    descending: bool
    column: int


class Query(NamedTuple):
    """A query: its text, its conditions (None: every record), its order (empty: by relevance or key)."""

    text: str
    root: Node | None
    sort: tuple[SortKey, ...]


class QueryError(UsageError):
    """A query that cannot be understood; the hint shows it with a caret."""


def query_error(text: str, column: int, message: str, advice: str = "") -> QueryError:
    """Return the error for a place in a query: the hint has the query, a caret below the place, and what to write."""
    shown = text.replace("\n", " ").replace("\t", " ")
    caret = f"{shown}\n  {' ' * (column - 1)}^"
    hint = f"{caret} {advice}" if advice else caret
    return QueryError(Problem(message, Where("query", column=column), hint))


_TOKEN = lazy(
    r"""(?P<space>\s+)
    |(?P<open>\()|(?P<close>\))|(?P<bar>\|)|(?P<minus>-(?=[^\s)|]))
    |(?P<field>[^\W\d][\w.-]*(?=:)):
    |(?P<phrase>"(?:[^"\\]|\\.)*"?)
    |(?P<word>[^\s()"|]+)""",
    re.X,
)
_VALUE = lazy(r'(?P<compare>>=|<=|=|<|>)?(?:(?P<phrase>"(?:[^"\\]|\\.)*"?)|(?P<word>[^\s()"|]*))(?P<star>\*)?')
_DEEPEST = 50  # parentheses and negations, far above what people write and below what the stack holds
_MOST = 500  # words and fields, far above what people write; the time for thousands grows faster than their number
_WORDS = {"or": "bar", "and": "and", "not": "minus"}


class _Token(NamedTuple):
    kind: str  # open close bar minus and term sort end
    column: int
    term: Term | None = None
    sort: tuple[SortKey, ...] = ()


def parse_query(text: str) -> Query:
    """Return the tree of a query. Raises QueryError at the first place that cannot be understood."""
    tokens = _tokens(text)
    terms = [token for token in tokens if token.term]
    if len(terms) > _MOST:
        raise QueryError(Problem(f"a query of {len(terms):,} words; it may have {_MOST}", hint="ask for fewer words"))
    sort = tuple(key for token in tokens for key in token.sort)
    parser = _Parser(text, [token for token in tokens if token.kind != "sort"])
    root = None if parser.kind == "end" else parser.part()
    if parser.kind == "close":
        raise query_error(text, parser.column, "nothing is open that could be closed here", "take it out")
    return Query(text, root, sort)


class _Parser:
    """Recursive descent over the tokens; each method reads the rule of its name."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at].kind

    @property
    def column(self) -> int:
        return self._tokens[self._at].column

    def part(self) -> Node:
        parts = [self.all()]
        while self.kind == "bar":
            self._at += 1
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Any_(tuple(parts))

    def all(self) -> Node:
        parts = [self.one()]
        while self.kind not in ("bar", "close", "end"):
            if self.kind == "and":
                self._at += 1
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self) -> Node:
        if self._depth == _DEEPEST:
            raise query_error(
                self._text, self.column, f"this is nested deeper than {_DEEPEST} levels", "write it flatter"
            )
        self._depth += 1
        node = self._one()
        self._depth -= 1
        return node

    def _one(self) -> Node:
        token = self._tokens[self._at]
        if token.kind == "minus":
            self._at += 1
            return Not(self.one())
        if token.kind == "open":
            self._at += 1
            inner = self.part()
            if self.kind != "close":
                raise query_error(self._text, token.column, "this parenthesis is not closed", "write ) behind it")
            self._at += 1
            return inner
        if token.term is None:
            what = "the end of the query" if token.kind == "end" else "this"
            raise query_error(self._text, token.column, f"a word or a field is wanted before {what}")
        self._at += 1
        return token.term


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:  # every character is one of the above
            raise query_error(text, at + 1, "this is not understood")
        kind, column, at = match.lastgroup or "", at + 1, match.end()
        if kind == "field":
            token, at = _field(text, match["field"], column, at)
            tokens.append(token)
        elif kind in ("phrase", "word"):
            word = match[kind]
            if kind == "word" and word.lower() in _WORDS:
                tokens.append(_Token(_WORDS[word.lower()], column))
            else:
                tokens.append(_Token("term", column, _plain(text, word, column)))
        elif kind != "space":
            tokens.append(_Token(kind, column))
    return [*tokens, _Token("end", len(text) + 1)]


def _plain(text: str, word: str, column: int) -> Term:
    if word.startswith('"'):
        return Term("", _unquoted(text, word, column), column=column, value_column=column)
    value = word.removesuffix("*")
    if not value:
        raise query_error(text, column, "a lone * says nothing", "write field:* for records that have the field")
    return Term("", value, prefix=word != value, column=column, value_column=column)


def _unquoted(text: str, phrase: str, column: int) -> str:
    if len(phrase) < 2 or not phrase.endswith('"'):
        raise query_error(text, column, "this quotation mark has no partner", 'write " behind it')
    return re.sub(r"\\(.)", r"\1", phrase[1:-1])


def _field(text: str, name: str, column: int, at: int) -> tuple[_Token, int]:
    match = _VALUE.match(text, at)
    field = name.casefold()
    if match is None or match.end() == at:
        raise query_error(text, at + 1, f"{name}: wants a value behind it", f"write {name}:word, or {name}:* for any")
    if field == "sort":
        return _Token("sort", column, sort=_sort_keys(text, match[0], at)), match.end()
    compare, word, place = match["compare"] or "", match["word"], match.start() + 1
    value_column = place + len(compare)
    if match["phrase"]:
        value = _unquoted(text, match["phrase"], value_column)
        term = Term(field, value, compare, "", bool(match["star"]), column, value_column)
    elif word == "*" and not compare:
        term = Term(field, "", "*", "", False, column, value_column)
    elif ".." in word and not compare:
        start, _, end = word.partition("..")
        if not (start or end):
            raise query_error(text, place, "a range wants a date at one end", f"write {name}:1944..1945")
        term = Term(field, start, "..", end, False, column, value_column)
    else:
        value = word.removesuffix("*")
        if not value:
            raise query_error(text, value_column, f"{name}:{compare} wants a value behind it", f"write {name}:=word")
        term = Term(field, value, compare, "", value != word, column, value_column)
    return _Token("term", column, term), match.end()


def _sort_keys(text: str, value: str, at: int) -> tuple[SortKey, ...]:
    keys: list[SortKey] = []
    column = at + 1
    for name in value.split(","):
        bare = name.removeprefix("-")
        if not bare:
            raise query_error(text, column, "a field is wanted here", "write sort:date or sort:-date,title")
        keys.append(SortKey(bare.casefold(), bare != name, column))
        column += len(name) + 1
    return tuple(keys)
