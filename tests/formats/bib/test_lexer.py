"""Blocks are those of bibtexparser, whichever way they are found."""

from __future__ import annotations

from typing import Any

import pytest
from bibtexparser.model import Block, DuplicateBlockKeyBlock, ImplicitComment
from bibtexparser.splitter import Splitter
from hypothesis import given
from hypothesis import strategies as st

from citetool.formats.bib.lexer import split

TEXTS = [
    '@book{a, title = {A {B {C}} d}, year = 1946, note = "x, y", month = jan}\n\n@misc{b,\n  title = {B},\n}\n',
    "% a comment\n@string{x = {y}}\n@book{a, title = x # {b}}\n@book{b, title = {c}}",
    "@comment{jabref-meta: x}\n@commentary{a, title = {b}}\n@preamble{{x}}\n@book{b, title = {c}}",
    "@book{a, title = {b\n@book{b, title = {c}}\n@book{c, title = {d}}",
    "@book{a, title = {x}, title = {y}}\n@book{a, title = {z}}\n",
    '@book{a, title = {\\{ x}}\n@book{b, title = {\\"o \\} }}\n@book(c, title = {x})\n@book{d}\n',
    "@book{a, title = {me\n  @home {x}}, year = {1}}\n@book{b, title = {c@d}}",
    "@book{a title = {x}}\n@book{b, title = {c}}",
    "@book{a, title = {x} year = 1}\n text @book{b, title = {c}}\n@book{c, = {d}}",
    "@book{a,\n title = {x},,\n}\n@book{b, title = {{{{{{deep}}}}}}}\n\n@book {c , title= {x} }",
]
MARKS = ["@book{k", "@string{s", "@comment{", ",", " = ", "{", "}", '"', "\n", "\\{", "x", "1", "#", "@", "(", ")", " "]


def shown(block: Block, line: int) -> Any:
    """What is taken of a block."""
    if isinstance(block, DuplicateBlockKeyBlock) and block.ignore_error_block:
        block = block.ignore_error_block
    fields = [(field.key, field.value) for field in getattr(block, "fields", ())]
    parts = [getattr(block, name, None) for name in ("entry_type", "key", "value", "duplicate_keys", "error")]
    return type(block).__name__, line, block.raw, fields, *map(str, parts)


def hold(text: str) -> None:
    theirs = Splitter(text).split().blocks
    expected = [shown(b, (b.start_line or 0) + 1) for b in theirs if not isinstance(b, ImplicitComment)]
    assert [shown(b, line) for b, line in split(text) if not isinstance(b, ImplicitComment)] == expected


@pytest.mark.parametrize("text", TEXTS)
def test_blocks_of_bibtexparser(text: str) -> None:
    hold(text)


def test_a_line_that_a_backslash_ends_counts() -> None:
    text = "@book{a, title = {x\\\ny}}\n@book{b, title = {c}}"
    assert [line for _, line in split(text)] == [1, 3]


@pytest.mark.property
@given(st.lists(st.one_of(st.sampled_from(MARKS), st.sampled_from(TEXTS)), max_size=12).map("".join))
def test_any_text(text: str) -> None:
    hold(text)
