"""Tests for names of persons, offices and bodies, by their letters alone."""

from __future__ import annotations

from citetool.lazy_re import lazy

from .folding import name_key, word_set

_PARTICLES = word_set(
    "of the de von van der den du la le di da del and for in on at zu zur y et und e i a all dos das des al el "
    "bin ibn with acting embassy legation consulate delegation mission office commissioner secretary governor"
)
NOBLE = word_set("de von van der den du la le di da del al el bin ibn zu")
_NAME_WORD = lazy(r"[A-ZÀ-ÞА-ЯЁ\[«\"“'’][\w.\[\]'’&/-]*,?$|[^\x00-\u2e7f]+$")


def looks_like_names(text: str, most: int = 10) -> bool:
    """Return whether every word of a text could stand in a person's name or office.

    Capitals, particles, no sentence.
    """
    words = text.split()
    if len(words) > 1 and words[0] in NOBLE:
        del words[0]
    if not words or len(words) > most or not _NAME_WORD.match(words[0]):
        return False
    return all(_NAME_WORD.match(word) or word in _PARTICLES or word[0] == "(" or word[-1] == ")" for word in words[1:])


def is_person(text: str) -> bool:
    """Return whether a text looks like the name of one person: two to four capitalised words, no word of a title."""
    words = text.split()
    return (
        2 <= len(words) <= 4 and looks_like_names(text) and not any(w.casefold() in _PARTICLES - NOBLE for w in words)
    )


def is_one_name(text: str) -> bool:
    """Return whether a part of `A and B` can be a name of its own: it is short and begins with a capital or `the`."""
    words = text.split()
    return 0 < len(words) <= 7 and (words[0][:1].isupper() or name_key(words[0]) == "the" or words[0][0] == "[")
