"""A citation as it is linked: by what was read in it, and by its text where that was misread.

A number whose level stands before it (`Box 1.148`), a date in brackets behind an author, and the words with which a
citation begins tell the same in every style, however the rest was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy
from citetool.library.index.extract import span_of
from citetool.library.index.normalize import words
from citetool.parsing.dates import edtf_of
from citetool.record.levels import LEVELS, group_of

from .traits import codes_of, search_words, telling, traits, words_of_text

if TYPE_CHECKING:
    from citetool.record.model import Record

    from .traits import Traits

_LABELS = {
    label.casefold(): group_of(name)
    for name, term in LEVELS.items()
    if term.group in ("folder", "container", "series")
    for label in (term.label.rstrip("."), name.replace("_", " "))
    if len(label) > 2  # `f.` and `p.` are too much else
}
_NUMBERED = lazy(
    rf"(?i)\b({'|'.join(sorted(_LABELS, reverse=True))})s?\.?\s+(?:no\.?\s*)?#?"
    r"(\d{1,5}\s*[-–]\s*\d{1,5}(?![\w.]?\w)|\d[\w./-]*)"
)
_IN_EDITION = lazy(
    r"(?i)(?:\b(?:documents?|docs?|nos?|nr|numbers?|papers?|letters?|briefe?|lettres?|n[º°])\.?|^)\s*(\d{1,5})(?=\W|$)"
)
_DATE_IN_BRACKETS = lazy(r"[(\[](\d{4}\b[^()\[\]]{0,40})[)\]]")


class Cited(NamedTuple):
    """A citation: its traits, all words that its text may be found by, and its telling words in their order.

    `numbers` are those that may stand for a document in an edition: `Document 134`, `No. 6`, a number it begins with.
    """

    traits: Traits
    words: frozenset[str]
    opening: tuple[str, ...]
    numbers: frozenset[str] = frozenset()


def cited(text: str, record: Record) -> Cited:
    """Return what a citation says, given as text and as the record that was read from it."""
    found = traits(record)
    codes = dict(found.codes)
    for group, some in _numbered(text).items():
        codes[group] = codes.get(group, frozenset()) | some
    found = found._replace(codes=codes, days=_days(text, found.days))
    opening = tuple(word for word in words(text[:400]) if telling(word))
    numbers = frozenset(match[1].lstrip("0") for match in _IN_EDITION.finditer(text))
    return Cited(found, words_of_text(text) | frozenset(search_words(found)), opening, numbers)


def _numbered(text: str) -> dict[str, frozenset[str]]:
    """Return the numbers that stand behind the word of a level, by its group."""
    found: dict[str, set[str]] = {}
    for match in _NUMBERED.finditer(text):
        found.setdefault(_LABELS[match[1].casefold()], set()).update(codes_of(match[2].rstrip("./-")))
    return {group: frozenset(some) for group, some in found.items()}


def _days(text: str, read: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the days of a date in brackets (`(1989, October 3)`) if it says more than what was read."""
    for match in _DATE_IN_BRACKETS.finditer(text):
        date = edtf_of(match[1])
        span = span_of(date) if date else None
        if span and (read is None or read[0] <= span.earliest <= span.latest <= read[1]):
            return span.earliest, span.latest
    return read
