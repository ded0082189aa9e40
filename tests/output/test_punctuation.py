"""Marks where pieces meet: what merges, what moves into quotes, what stays."""

from __future__ import annotations

import pytest

from citetool.output.punctuation import merge_punctuation
from citetool.output.quotes import QuoteMarks, resolve_spans
from citetool.output.tree import Affix, Mark, Out, Span, flatten

QUOTE = Mark("quote", "")
ITALIC = Mark("font-style", "italic")


def text(node: Out, *, in_quote: bool = False) -> str:
    events = merge_punctuation(flatten(node), in_quote=in_quote)
    return "".join(e for e in resolve_spans(events, QuoteMarks()) if isinstance(e, str))


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        (".", ".", "a. b"),
        ("?", ".", "a? b"),
        ("!", ".", "a! b"),
        (".", ",", "a., b"),
        (",", ".", "a,. b"),
        (":", "!", "a! b"),
        (";", ":", "a; b"),
        ("?", ",", "a?, b"),
    ],
)
def test_a_mark_of_the_style_after_a_mark(before: str, after: str, joined: str) -> None:
    assert text(["a" + before, Affix(after + " "), "b"]) == joined


def test_marks_merge_through_formatting() -> None:
    assert text([Span(["Who?"], ITALIC), Affix(". "), "b"]) == "Who? b"


def test_content_does_not_merge_with_content() -> None:
    assert text(["a.", "..b"]) == "a...b"


def test_two_spaces_that_meet_become_one() -> None:
    assert text(["a", Affix(" "), Affix(" b")]) == "a b"


def test_comma_and_full_stop_move_into_quotes_where_the_locale_says() -> None:
    node: Out = [Span(["a"], QUOTE), Affix(", "), Span(["b"], QUOTE), Affix(".")]
    assert text(node, in_quote=True) == "“a,” “b.”"
    assert text(node) == "“a”, “b”."


def test_other_marks_stay_outside() -> None:
    assert text([Span(["a"], QUOTE), Affix("; "), "b"], in_quote=True) == "“a”; b"


def test_a_stronger_mark_inside_takes_the_full_stop() -> None:
    assert text([Span(["a?"], QUOTE), Affix(". "), "b"], in_quote=True) == "“a?” b"
    assert text([Span(["a?"], QUOTE), Affix(", "), "b"], in_quote=True) == "“a?,” b"


def test_brackets_of_a_style_nest_as_square_ones() -> None:
    opening, closing = Affix(" (", "bracket"), Affix(")", "bracket")
    assert text([Affix("(", "bracket"), "a", opening, "b", closing, closing]) == "(a [b])"
    assert text(["(a", opening, "b", closing, ")"]) == "(a (b))"
