"""The location of a document: the tokens behind its description, read as levels of an archive.

Two orders are in use: from small to large (`Folder 6, Box 10, X Papers, Library`) and from large to small (`Library, X
Papers, Box 10, Folder 6`). Both are tried; the one whose levels come with fewer turns wins. What a token without a word
of its own is follows from the order: before the box of a large-to-small citation stand collection and series, behind it
the title of the folder; before a repository of the other order stands the collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.parsing.spans import Part, direction_changes
from citetool.parsing.tokens import Token

from .base import BODIES
from .large_first import LargeFirstParser
from .small_first import SmallFirstParser

if TYPE_CHECKING:
    from .base import LocationParser

_TOLD = frozenset(("level", "repository", "place", "collection", "url", "digital", "short_form", "opening", "marking"))
_NAMES_ONLY = frozenset(("repository", "division", "place", "url", "digital", "short_form"))


class Location(NamedTuple):
    """The levels of a location in the order of the text, and how well the better of the two orders fits.

    `agreed` says that both orders give the same levels, so that nothing hangs on which it is.
    """

    parts: list[Part]
    fit: float
    agreed: bool = True


def read_location(tokens: list[Token], text: str, *, begun: bool = False) -> Location:
    """Return the location that tokens are; `begun` says that levels were read already: a bare number is a page then."""
    if not tokens:
        return Location([], 0.0)
    down, up = direction_changes(tokens)
    bodies = [i for i, u in enumerate(tokens) if u.type in BODIES]
    first_body = bodies[0] if bodies else -1
    seat = first_body == 1 and tokens[0].type == "place"  # `London, British Library, Harley MS 2253`
    if down == up:
        large_first = (first_body == 0 or seat) and len(tokens) > 1 and not all(u.type in _NAMES_ONLY for u in tokens)
    else:
        large_first = down > up
    orders: list[type[LocationParser]] = [LargeFirstParser, SmallFirstParser]
    told = all(u.type in _TOLD for u in tokens) and sum(u.type == "collection" for u in tokens) < 2
    copies = [] if told else [Token(u.start, u.end, u.type, u.before, u.level) for u in tokens]
    parts = _read(orders[not large_first], tokens, text, begun=begun)
    agreed = told or _named(parts) == _named(_read(orders[large_first], copies, text, begun=begun))
    return Location(parts, 1.0 - min(down, up) / max(1, down + up), agreed)


def _read(order: type[LocationParser], tokens: list[Token], text: str, *, begun: bool) -> list[Part]:
    parser = order(tokens, text)
    parser.begun = begun
    return parser.read()


def _named(parts: list[Part]) -> set[tuple[int, int, str, str]]:
    return {(part.start, part.end, part.role, part.level) for part in parts}
