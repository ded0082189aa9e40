"""Citation keys for records that come without one.

A key is made of what does not change when a record is read again: the archive's own number for the document where there
is one (`209833`), else who, when and what (`kennan1946long`), in ASCII. `Keys` keeps the keys of one run apart; the
second record that would get a key gets a letter behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.problems import Problem
from citetool.text import ascii_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.problems import Where

    from .model import Record

# Words that a key does not begin its title part with.
_SMALL = frozenset(
    [
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"),
        *("das", "dem", "den", "der", "des", "die", "ein", "eine", "und", "von", "zu", "zur", "zum", "im"),
        *("de", "des", "du", "et", "la", "le", "les", "l", "d", "un", "une", "el", "los", "las", "y", "il", "gli"),
        *("i", "o", "ob", "v", "na", "s"),
    ]
)
_NUMBERS = ("naid", "wilson-center")
_YEAR = re.compile(r"\d{4}")


def make_key(record: Record) -> str:
    """The key that a record suggests: its archive's number, else name or kind, year and first word of the title."""
    number = record.digital.id or next((record.identifiers[n] for n in _NUMBERS if n in record.identifiers), "")
    if number and len(number) < 32 and (slug := ascii_slug(number)):
        return slug
    year = _YEAR.search(record.date) or _YEAR.search(record.date_text)
    words = [word for word in ascii_slug(record.any_title).split("-") if word]
    title = next((word for word in words if word not in _SMALL), "")
    parts = [_who(record), year.group() if year else "", title]
    return "".join(parts) or "record"


def _who(record: Record) -> str:
    for creator in record.creators:
        name = creator.name
        slug = ascii_slug(f"{name.non_dropping}{name.family}" if name.family else name.literal)
        if slug and name.family:
            return slug.replace("-", "")
        if slug:
            return slug.split("-")[0]
    return ascii_slug(record.kind).split("-")[0]


class Keys:
    """The keys of one run: each is given out once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)

    def give(self, record: Record) -> str:
        """The record's own key, or one made for it; with a mark behind it where another record has got it."""
        stem = record.id or make_key(record)
        key = stem
        count = 0
        while key in self.taken:
            count += 1
            key = f"{stem}-{count + 1}" if stem[-1:].isdigit() or count > 25 else f"{stem}{chr(97 + count)}"
        self.taken.add(key)
        return key


def give_key(record: Record, keys: Keys, where: Where) -> Iterator[Problem]:
    """Set the key of a record that was just read; a warning where its own is that of an earlier record."""
    own = record.id
    record.id = keys.give(record)
    if own and own != record.id:
        yield Problem(
            f"the key {own!r} stands here a second time; this record gets {record.id!r}", where, None, "warning"
        )
