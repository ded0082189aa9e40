"""Citation keys for records that come without one.

A key is made of what does not change when a record is read again: the archive's own number for the document where there
is one (`209833`), else who, when and what (`kennan1946long`), in ASCII. `Keys` keeps the keys of one run apart; the
second record that would get a key gets a letter behind it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.problems import Problem
from citetool.struct import replace
from citetool.text import ascii_slug, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from citetool.names import Name
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
_YEAR = lazy(r"\d{4}")


def make_key(record: Record) -> str:
    """Return the key a record suggests: its archive's number, else name or kind, year and first word of the title."""
    number = record.digital.id or next((record.identifiers[n] for n in _NUMBERS if n in record.identifiers), "")
    if number and len(number) < 32 and (slug := ascii_slug(number)):
        return slug
    names = [creator.name for creator in record.creators]
    return key_of(names, record.kind, (record.date, record.date_text), record.any_title)


def key_of(names: Iterable[Name], kind: str, dates: Iterable[str], title: str) -> str:
    """Return the key of a source without a number: first name or else kind, the year of the first date with one, a
    word.
    """
    year = next((match.group() for match in map(_YEAR.search, dates) if match), "")
    words = [word for word in ascii_slug(title).split("-") if word]
    word = next((word for word in words if word not in _SMALL), "")
    return f"{_who(names, kind)}{year}{word}" or "record"


def _who(names: Iterable[Name], kind: str) -> str:
    for name in names:
        slug = ascii_slug(f"{name.non_dropping}{name.family}" if name.family else name.literal)
        if slug and name.family:
            return slug.replace("-", "")
        if slug:
            return _first_word(slug.split("-"))
    return ascii_slug(kind).split("-")[0]


def _first_word(words: list[str]) -> str:
    """Return the first word of a name that is not small; initials make one: `us` of `u-s-department-of-state`."""
    initials = "".join(itertools.takewhile(lambda word: len(word) == 1, words))
    if len(initials) > 1:
        return initials
    return next((word for word in words if len(word) > 1 and word not in _SMALL), words[0])


class Keys:
    """The keys of one run: each is given out once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self._row: dict[str, Iterator[str]] = {}  # what is left of the candidates of a stem: no key becomes free again

    def give(self, record: Record) -> str:
        """Return the record's own key, or one made for it; with a mark behind it where another record has got it."""
        return self.give_like(record.id or make_key(record))

    def give_like(self, stem: str) -> str:
        """Return a key, with a mark behind it where another record has got it."""
        if stem not in self.taken:
            self.taken.add(stem)
            return stem
        row = self._row.get(stem)
        if row is None:
            row = self._row[stem] = _candidates(stem)
        key = next(key for key in row if key not in self.taken)
        self.taken.add(key)
        return key


def _candidates(stem: str) -> Iterator[str]:
    """Yield the key itself, then with marks behind it: `kennan1946longb`, `209833-2`."""
    yield stem
    for count in itertools.count(1):
        yield f"{stem}-{count + 1}" if stem[-1:].isdigit() or count > 25 else f"{stem}{chr(97 + count)}"


def settle(record: Record, get: Callable[[str], Record | None]) -> Record:
    """Return the record under the key that it has in a library, of which `get` gives the records.

    A key from the source says which record it is. A key that was made may be that of another work: then the record
    gets the first one of its row that is free, or under which the library has the same source, so that it is found
    again each time it is imported.
    """
    stem = make_key(record)
    if not record.id.startswith(stem) or len(record.id) > len(stem) + 3:
        return record
    for key in _candidates(stem):
        there = get(key)
        if there is None or same_source(there, record):
            return record if key == record.id else replace(record, id=key)
    raise AssertionError("the row of candidates has no end")


def same_source(one: Record, other: Record) -> bool:
    """Return whether two records are of one source: a number or address in common, or title, year and first name."""
    for system in one.identifiers.keys() & other.identifiers.keys() - {"isbn", "issn"}:
        return one.identifiers[system].casefold() == other.identifiers[system].casefold()
    if one.digital.url and one.digital.url == other.digital.url:
        return True
    return _traits(one) == _traits(other)


def _traits(record: Record) -> tuple[str, str, str]:
    first = record.creators[0].name if record.creators else None
    return fold(record.any_title), record.date[:4], fold(first.family or first.literal) if first else ""


def give_key(record: Record, keys: Keys, where: Where) -> Iterator[Problem]:
    """Set the key of a record that was just read; a warning where its own is that of an earlier record."""
    own = record.id
    record.id = keys.give(record)
    if own and own != record.id:
        yield Problem(
            f"the key {own!r} stands here a second time; this record gets {record.id!r}", where, None, "warning"
        )
