"""Labels made from an item: the letters of a year suffix and the trigraph of a citation label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citetool.csl.item import Item


def letters_of(number: int) -> str:
    """a, b ... z, aa, ab ... for 0, 1 ..."""
    letters = ""
    number += 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def citation_label(item: Item) -> str:
    """The label of an item that has none: letters of the family names and two digits of the year (`Doe65`)."""
    names = next((item.names[v] for v in ("author", "editor", "translator") if v in item.names), [])
    families = [re.sub(r"[^\w]", "", n.family or n.literal) for n in names[:4]]
    count = {1: 4, 2: 2, 3: 1, 4: 1}.get(len(families), 0)
    label = "".join(f[:count] for f in families)
    date = item.dates.get("issued")
    year = f"{abs(date.start[0]) % 100:02}" if date else "00"
    if not label:
        label = re.sub(r"[^\w]", "", item.text.get("title", ""))[:4]
    return label + year
