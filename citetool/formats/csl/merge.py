"""An item made whole: the names, keywords and notes that a reader has found beside it, as variables of their own.

Both say None where a record that is read out of the item would not have them as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .from_csl import read_notes, read_words
from .to_csl import keyword

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .variables import Item


def with_names(item: Item, names: Iterable[tuple[str, dict[str, str]]]) -> Item | None:
    """The item with names under their variables; None where their order would be another one then."""
    whole = {**item}
    last = ""
    for variable, name in names:
        if variable == last:
            whole[variable].append(name)
        elif variable in whole:
            return None
        else:
            whole[variable] = [name]
        last = variable
    return whole


def with_texts(item: Item, words: tuple[str, ...], notes: tuple[str, ...]) -> Item | None:
    """The item, changed, with keywords and notes; None where they would not be read as the same."""
    if words:
        item["keyword"] = keyword(words)
        if read_words(item["keyword"]) != words:
            return None
    if notes:
        note = item["note"] = "\n\n".join(notes)
        if read_notes(note) != notes or note != note.strip():
            return None
    return item
