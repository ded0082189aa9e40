from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.library.index.extract import KNOWN_FIELDS
from citetool.library.query.parse import All, Any_, Node, Not, QueryError, Term, parse_query
from citetool.library.query.sql import select
from citetool.problems import UsageError


def plain(node: Node | None) -> object:
    """A tree without its columns, as nested tuples."""
    if isinstance(node, Term):
        value = f"{node.value}..{node.end}" if node.compare == ".." else node.value
        shown = f"{node.compare if node.compare != '..' else ''}{value}{'*' if node.prefix else ''}"
        return f"{node.field}:{shown}" if node.field else shown
    if isinstance(node, Not):
        return ("not", plain(node.part))
    if isinstance(node, All | Any_):
        return ("all" if isinstance(node, All) else "any", *map(plain, node.parts))
    return None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("harriman", "harriman"),
        ("harriman stalin", ("all", "harriman", "stalin")),
        ("harriman and stalin", ("all", "harriman", "stalin")),
        ("harriman or stalin hull", ("any", "harriman", ("all", "stalin", "hull"))),
        ("harriman | stalin", ("any", "harriman", "stalin")),
        ("(a or b) c", ("all", ("any", "a", "b"), "c")),
        ("-hopkins not hull", ("all", ("not", "hopkins"), ("not", "hull"))),
        ("-(a b)", ("not", ("all", "a", "b"))),
        ('"two words" x', ("all", "two words", "x")),
        (r'"a \"b\""', 'a "b"'),
        ('author:harriman collection:"Harriman Papers"', ("all", "author:harriman", "collection:Harriman Papers")),
        ("tag:=chapter-2", "tag:=chapter-2"),
        ("date:1944..1945", "date:1944..1945"),
        ("date:..1945", "date:..1945"),
        ("date:>=1944-06", "date:>=1944-06"),
        ("-url:*", ("not", "url:*")),
        ("harr*", "harr*"),
        ("author:harr*", "author:harr*"),
        ("publication.volume:3", "publication.volume:3"),
        ("well-known", "well-known"),
        ("10:30", "10:30"),
        ("sort:date harriman", "harriman"),
        ("Author:Harriman", "author:Harriman"),
    ],
)
def test_queries_are_read(text: str, tree: object) -> None:
    assert plain(parse_query(text).root) == tree


def test_an_order_may_stand_anywhere() -> None:
    query = parse_query("a sort:-date,title b")
    assert [(key.field, key.descending) for key in query.sort] == [("date", True), ("title", False)]


# The fault, its column, and what the message says.
FAULTS = [
    ("(harriman", 1, "this parenthesis is not closed"),
    ("harriman)", 9, "nothing is open"),
    ("a or", 5, "a word or a field is wanted before the end"),
    ("or a", 1, "a word or a field is wanted before this"),
    ("a and and b", 7, "a word or a field is wanted"),
    ('a "b', 3, "no partner"),
    ("author:", 8, "wants a value"),
    ("x author: y", 10, "wants a value"),
    ("date:..", 6, "a range wants a date"),
    ("*", 1, "a lone *"),
    ("tag:=", 6, "wants a value"),
    ("sort:date,", 11, "a field is wanted"),
    ("sort:,date", 6, "a field is wanted"),
    ("autor:x", 1, "there is no field 'autor'"),
    ("a sort:autor", 8, "there is no field 'autor'"),
    ("date:1944-13", 11, "there is no month 13"),
    ("date:1944..soon", 12, "soon"),
    ("date:>=never", 8, "never"),
    ("box:>3", 6, "box is not a date"),
    ("box:1..3", 5, "box is not a date"),
    ("a -...", 4, "there is no word in this"),
    ("author:—", 8, "there is no word in this"),
]


@pytest.mark.parametrize(("text", "column", "message"), FAULTS)
def test_a_wrong_query_points_at_the_place(text: str, column: int, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        select(parse_query(text), KNOWN_FIELDS)
    problem = caught.value.problems[0]
    assert message in problem.message
    assert problem.where.column == column
    shown = (problem.hint or "").splitlines()
    assert shown[0] == text
    assert shown[1].index("^") - 2 == column - 1


@pytest.mark.property
@given(st.lists(st.sampled_from([*'abz:"()|-*=<>., \\é\n', "or ", "date:", "1944", "sort:"]), max_size=20).map("".join))
def test_any_text_is_a_query_or_a_usage_error(text: str) -> None:
    try:
        selection = select(parse_query(text), KNOWN_FIELDS)
    except UsageError:
        return
    assert selection.sql.count("?") == len(selection.parameters)


@pytest.mark.parametrize("text", ["a " * 501, "a or " * 500 + "b", "box:1 " * 20_000])
def test_more_words_than_people_write_are_refused(text: str) -> None:
    assert parse_query("a " * 500).root is not None
    with pytest.raises(QueryError, match="it may have 500"):
        parse_query(text)


@pytest.mark.parametrize("text", ["(" * 3000 + "a" + ")" * 3000, "not " * 3000 + "a", "-(" * 100 + "a" + ")" * 100])
def test_deep_nesting_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(QueryError, match="nested deeper than 50 levels"):
        parse_query(text)


def test_nesting_as_people_write_it_is_understood() -> None:
    assert parse_query("(" * 40 + "a" + ")" * 40).root == Term("", "a", column=41, value_column=41)
