"""Words of a citation as keys of the tables, and lists of words as sets."""

from __future__ import annotations

from citetool.lazy_re import lazy

_SPACES = lazy(r"\s+")


def name_key(text: str) -> str:
    """Return the text as a key.

    Lower case, one blank between words, one kind of apostrophe, no stop or bracket around it.
    """
    return _SPACES.sub(" ", text.replace("’", "'").replace("ʹ", "'")).strip(" .,;:()[]<>*").casefold()


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set, so that lists of words can be written as they are read."""
    return frozenset(text.split())
