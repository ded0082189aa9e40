"""The location of a document: the tokens behind its description, read as levels of an archive.

Two orders are in use: from small to large (`Folder 6, Box 10, X Papers, Library`) and from large to small (`Library, X
Papers, Box 10, Folder 6`). Both are tried; the one whose levels come with fewer turns wins. What a token without a word
of its own is follows from the order: before the box of a large-to-small citation stand collection and series, behind it
the title of the folder; before a repository of the other order stands the collection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.parsing.spans import Part, direction_changes

from .base import BODIES
from .large_first import LargeFirstParser
from .small_first import SmallFirstParser

if TYPE_CHECKING:
    from citetool.parsing.tokens import Token

_NAMES_ONLY = frozenset(("repository", "division", "place", "url", "digital", "short_form"))


def read_location(tokens: list[Token], text: str, *, begun: bool = False) -> tuple[list[Part], float]:
    """Return the levels of a location in the order of the text, and how well the better of the two orders fits.

    `begun` says that levels were read already, so that a bare number is a page of them.
    """
    if not tokens:
        return [], 0.0
    down, up = direction_changes(tokens)
    bodies = [i for i, u in enumerate(tokens) if u.type in BODIES]
    first_body = bodies[0] if bodies else -1
    seat = first_body == 1 and tokens[0].type == "place"  # `London, British Library, Harley MS 2253`
    if down == up:
        large_first = (first_body == 0 or seat) and len(tokens) > 1 and not all(u.type in _NAMES_ONLY for u in tokens)
    else:
        large_first = down > up
    parser = (LargeFirstParser if large_first else SmallFirstParser)(tokens, text)
    parser.begun = begun
    parts = parser.read()
    return parts, 1.0 - min(down, up) / max(1, down + up)
