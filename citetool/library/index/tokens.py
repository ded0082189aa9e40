"""The spelling of a field and its words in the index: `field=word`, and `field==` at both ends of each value."""

from __future__ import annotations

from functools import cache

MARK = "="


@cache
def field_token(name: str) -> str:
    """Return a field's name as the beginning of a word of the index: letters, digits and `_` alone, and the mark."""
    return "".join(char if char.isalnum() else "_" for char in name.casefold()) + MARK


def value_tokens(name: str, words: str) -> str:
    """Return the words of one value of a field, between marks, so that a whole value can be asked for as a phrase.

    The words come with a space between two, as `normalize.spaced` gives them.
    """
    token = field_token(name)
    inner = f"{token}{words.replace(' ', f' {token}')} " if words else ""
    return f"{token}{MARK} {inner}{token}{MARK}"
