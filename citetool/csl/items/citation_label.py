"""Labels made from an item: the letters of a year suffix and the trigraph of a citation label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.output.markup import strip_markup

if TYPE_CHECKING:
    from .item import Item
    from .names import PersonName


def letters_of(number: int) -> str:
    """Return a, b ... z, aa, ab ... for 0, 1 ..."""
    letters = ""
    number += 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def citation_label(item: Item) -> str:
    """Return the label of an item that has none: letters of the family names and two digits of the year (`Doe65`).

    Four letters of one name, two of each of two, then fewer (`DoPS65`); a name in Chinese script has none, and without
    any the title gives them, from its first word with a capital on.
    """
    wanted = next((v for v in ("author", "editor", "translator", *item.names) if v in item.names), "")
    names = item.names.get(wanted, [])[:4]
    counts = _LETTERS[len(names)]
    label = "".join(_letters(name)[:count] for name, count in zip(names, counts, strict=True))
    date = item.dates.get("issued")
    year = str(abs(date.start[0]))[-2:] if date and date.start[0] else "00"
    if not label:
        title = strip_markup(item.text.get("title", ""))
        label = _capitalized(re.sub(r"^(?:[a-z]+ )+(?=[^\Wa-z\d_])", "", title))[:4]
    return label + year


_LETTERS = ((), (4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))


def _letters(name: PersonName) -> str:
    """Return the letters of a family name or body, the first as capital, all others small, without an article."""
    if not name.romanesque:
        return ""
    return _capitalized(name.family or re.sub(r"^(?:The|A|An) (?=\w)", "", name.literal))


def _capitalized(text: str) -> str:
    """Return the letters and digits of a text, the first as capital, all others small."""
    letters = re.sub(r"\W", "", text)
    return letters[:1].upper() + letters[1:].lower()
