"""The archive of a CSL item as it comes out of reading and writing: the part of `cslfinish` that is about holdings."""

from __future__ import annotations

from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.record.model import Holding
from citetool.record.schema import FIELDS

from .export import archive_lines
from .from_csl import read_levels
from .roundtrip import is_read_back
from .to_csl import archive_variables
from .variables import ARCHIVE, Item

if TYPE_CHECKING:
    from citetool.record.model import Plain

HELD = (*ARCHIVE, "call-number")


class Held(NamedTuple):
    """The variables of the archive as they are written, where it keeps a source and where they are a publication's; the
    lines of them in the note; the call numbers, which are the number of the copy where its address holds them; and the
    levels, as a record file has them, where the variables do not give them back.
    """

    kept: str = ""
    published: str = ""
    lines: str = ""
    numbers: tuple[str, ...] = ()
    levels: Plain = ""


NOT_HELD = Held()


def held_of(item: Item, *, archival: bool) -> Held | None:
    """What the archive comes to; None where that is not sure."""
    get = item.get
    try:
        held = _holding(
            archival,
            get("archive_location", ""),
            get("archive_collection", ""),
            get("archive", ""),
            get("archive-place", ""),
            get("call-number", ""),
        )
    except TypeError:  # a list or mapping
        return None
    if held and held.numbers and "URL" in item and any(number in str(item["URL"]) for number in held.numbers):
        return None
    return held


@lru_cache(maxsize=8192)
def _holding(archival: bool, *values: Any) -> Held | None:
    if not all(value.__class__ is str for value in values):
        return None
    texts = [value.strip() for value in values]
    location, collection, repository, place, number = texts
    if not archival and not collection and not place:
        published = {name: text for name, text in zip(HELD, texts, strict=True) if text}
        return Held(published=_members(published), numbers=(number,) if number else ())
    levels = read_levels(location, collection, repository, place, number)
    variables, found = archive_variables(levels)
    lines = archive_lines(variables)
    if not (archival or lines) or any("}" in line or "\n" in line for line in lines):
        return None
    numbers = tuple(filter(None, (number, found)))
    kept = {**variables, "call-number": found} if found else variables
    lost = "" if is_read_back(levels) else FIELDS["archive"].form.write(Holding(levels))
    return Held(_members(kept), "", "\n".join(lines), numbers, lost)


def _members(texts: dict[str, str]) -> str:
    return ", ".join([f'"{name}": {quoted(text)}' for name, text in texts.items()])
