"""Rich text: tags, quotation marks and apostrophes, read and printed again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.output.markup import parse_rich_text, strip_markup
from citetool.output.punctuation import merge_punctuation
from citetool.output.quotes import QuoteMarks, resolve_spans
from citetool.output.tree import Mark, Out, Span, flatten, plain
from citetool.output.writers import get_writer
from citetool.output.writers.base import write_events


def html(node: Out) -> str:
    events = resolve_spans(merge_punctuation(flatten(node), in_quote=False), QuoteMarks())
    return write_events(events, get_writer("html"))


@pytest.mark.parametrize(
    ("field", "printed"),
    [
        ("a <i>b</i> c", "a <i>b</i> c"),
        ("a <i>b c", "a &#60;i&#62;b c"),
        ("a</i> b", "a&#60;/i&#62; b"),
        ("don't", "don’t"),
        ("the '90s", "the ’90s"),
        ('say "yes"', "say “yes”"),
        ("\"a 'b' c\"", "“a ‘b’ c”"),
        ('5" disk', '5" disk'),
        ("<sc>a</sc>", '<span style="font-variant:small-caps;">a</span>'),
        ("<script>a</script>", "&#60;script&#62;a&#60;/script&#62;"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
    ],
)
def test_fields(field: str, printed: str) -> None:
    assert html(parse_rich_text(field)) == printed


def test_italics_in_italics_are_upright() -> None:
    title = Span([parse_rich_text("The <i>Bounty</i>")], Mark("font-style", "italic"))
    assert html(title) == '<i>The <span style="font-style:normal;">Bounty</span></i>'


def test_quotes_alternate_by_depth() -> None:
    title = Span([parse_rich_text('What "we" know')], Mark("quote", ""))
    assert html(title) == "“What ‘we’ know”"


def test_strip_markup_leaves_words() -> None:
    assert strip_markup('<i>A</i> <span class="nocase">b</span> < c') == "A b < c"


@pytest.mark.property
@given(st.text(alphabet="ab <>/i\"'“”‘’.span", max_size=60))
def test_letters_are_never_lost(field: str) -> None:
    letters = [c for c in plain(parse_rich_text(field)) if c in "ab."]
    assert letters == [c for c in strip_markup(field) if c in "ab."] or "<" in field
    assert html(parse_rich_text(field)).count("<i>") == html(parse_rich_text(field)).count("</i>")
