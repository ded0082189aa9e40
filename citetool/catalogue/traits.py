"""The parts of a record that tell it from others: what a citation and a description of one thing have in common.

A citation that was read (`parsing`) and a description are both records, so that one function takes both apart; the
words of `search_words` are those by which descriptions are found (`candidates`), the rest is what `compare` weighs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy
from citetool.library.index.extract import span_of
from citetool.library.index.normalize import words
from citetool.record.levels import bare, group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citetool.record.model import Record

_IDLE = frozenset(
    (
        *(
            "the",
            "a",
            "an",
            "of",
            "and",
            "in",
            "for",
            "on",
            "to",
            "from",
            "at",
            "by",
            "with",
            "box",
            "folder",
            "series",
        ),
        *("de", "der", "die", "das", "des", "la", "le", "les", "et", "und", "del", "di"),
    )
)
_LONGEST = 24
_ADDRESS = lazy(r"(?i)(?:https?://|\b(?=[a-z0-9-]+(?:\.[a-z0-9-]+)+/))[^\s<>()\[\]{}“”\"]+[^\s<>()\[\]{}“”\".,;:]")
_CODE = lazy(r"(?=.{1,24}$)(?=\D*\d)[^\s,;:]+(?:[ ./-]\d[^\s,;:]*)*$|[ivxlc]+$", re.IGNORECASE)


class Traits(NamedTuple):
    """The parts of a source by which it is told from others.

    `codes` are numbers and shelfmarks by the group of their level, `names` the words of levels that have a name,
    `printed` the words of the edition that prints it, `series` its initials, `number` that of the source in it, and
    `address` that of its page.
    """

    title: frozenset[str]
    people: frozenset[str]
    days: tuple[int, int] | None
    codes: dict[str, frozenset[str]]
    names: dict[str, frozenset[str]]
    bodies: frozenset[str]
    printed: frozenset[str] = frozenset()
    series: str = ""
    number: str = ""
    address: str = ""

    @property
    def everything(self) -> frozenset[str]:
        """All words of its names: title, people, levels, where it is kept, and where it is printed."""
        edition = self.printed.union([self.series] if self.series else [])
        return self.title.union(self.people, self.bodies, edition, *self.names.values())


def traits(record: Record) -> Traits:
    """Return the traits of a record, its levels those of the original, or of a copy where it has no original."""
    codes: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    bodies: set[str] = set()
    holding = record.archive if record.archive.levels else next(iter(record.copies), record.archive)
    for level in holding.levels:
        group = group_of(level.name)
        value = bare(level)
        if group in ("repository", "division", "place"):
            bodies |= telling(level.value)
        elif _CODE.match(value):
            codes.setdefault(group, set()).update(codes_of(value))
        else:
            names.setdefault(group, set()).update(telling(level.value))
    for number in record.identifiers.values():
        if len(str(number)) <= _LONGEST:  # a longer one is an address, which no citation of an archive has
            codes.setdefault("item", set()).add(_folded(str(number)))
    span = span_of(record.date) if record.date else None
    return Traits(
        telling(record.any_title),
        frozenset(word for creator in record.creators for word in words(creator.name.family or creator.name.literal)),
        (span.earliest, span.latest) if span else None,
        {group: frozenset(found) for group, found in codes.items()},
        {group: frozenset(found) for group, found in names.items()},
        frozenset(bodies),
        *_edition(record),
        address_of(record.digital.url),
    )


def _edition(record: Record) -> tuple[frozenset[str], str, str]:
    """Return the words of the edition that prints a record, its initials (`FRUS`), and the number of the record."""
    title, number = record.publication.get("container-title", ""), record.publication.get("section", "")
    return (telling(title), initials(title), _folded(number)) if title and number else (frozenset(), "", "")


def initials(title: str) -> str:
    """Return the initials by which a series is known, of the words before the first comma: at least three."""
    found = "".join(word[0] for word in words(title.partition(",")[0]) if word not in _IDLE)
    return found if len(found) > 2 else ""


def address_of(url: str) -> str:
    """Return an address as it is compared: without scheme, `www.` and a stroke or a fragment at the end."""
    return re.sub(r"^(?:https?://)?(?:www\.)?|[/.]*(?:#.*)?$", "", url.casefold())


def telling(text: str) -> frozenset[str]:
    """Return the words of a text without those that tell nothing."""
    return frozenset(word for word in words(text) if word not in _IDLE)


def search_words(found: Traits) -> list[str]:
    """Return the words by which a record with these traits is looked for, sorted.

    Those with digits begin with `#`, an address with `@`.
    """
    return sorted({*map(marked, found.everything), *_numbers(found), *(["@" + found.address] if found.address else [])})


def words_of_text(text: str) -> frozenset[str]:
    """Return what the text of a citation may be found by beside what was read in it."""
    found = telling(text)
    # the zeros before a number are in a description's words, too, as they are in its codes
    folded = (marked(_folded(word)) for word in found if word.startswith("0"))
    return frozenset((*map(marked, found), *folded, *("@" + address_of(url) for url in _ADDRESS.findall(text))))


def marked(word: str) -> str:
    """Return a word as it is looked for: with `#` before it if it has digits."""
    return "#" + word if any(map(str.isdigit, word)) else word


def _numbers(found: Traits) -> Iterator[str]:
    if found.number:
        yield "#" + found.number
    for codes in found.codes.values():
        yield from ("#" + code for code in codes)
    if found.days:
        first, last = (day // 10000 for day in found.days)
        yield from (f"#{year}" for year in range(first, min(last, first + 5) + 1))


def codes_of(value: str) -> Iterable[str]:
    """Return the code as it is compared, and where it is a range of numbers (`10-13`) each of them."""
    match = re.fullmatch(r"(\d{1,5})\s*[-–]\s*(\d{1,5})", value)
    if match and 0 < int(match[2]) - int(match[1]) < 50:
        return map(str, range(int(match[1]), int(match[2]) + 1))
    return (_folded(value),)


def _folded(code: str) -> str:
    return "".join(char for char in code.casefold() if char.isalnum() or char == ".").lstrip("0") or "0"
