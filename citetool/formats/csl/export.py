"""A record as a CSL-JSON item for a file, as programs take it, with what it does not say carried beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.record.roles import ROLES, csl_variable

from .roundtrip import lost_in
from .to_csl import make_item
from .variables import DATE_VARIABLES, NAME_VARIABLES, PLACES, Item
from .zotero import archive_lines, name_lines, turn_to_zotero

if TYPE_CHECKING:
    from citetool.record.model import Plain, Record


def to_item(record: Record, program: str | None = None, *, carry: bool = True, everybody: bool = False) -> Item:
    """Return the CSL-JSON item of a record, for `program` (`zotero`) in the form that it takes.

    With `carry`, what the item does not say is added under `custom`, so that `from_item` gives an equal record, and
    the two archival variables that Zotero's import drops are repeated in `note`. `everybody`: also who was only in the
    room, as always for a program.
    """
    item, csl, exact = _make(record, program, carry=carry, everybody=everybody)
    if carry and (lost := lost_in(record, item, csl, exact=exact)):
        item["custom"] = {"citetool": lost}
    return item


def item_and_lost(record: Record, program: str | None = None, *, carry: bool) -> tuple[Item, dict[str, Plain]]:
    """Return the item as `to_item` makes it, but without `custom`, and by field what it does not say."""
    item, csl, exact = _make(record, program, carry=carry, everybody=False)
    return item, lost_in(record, item, csl, exact=exact)


def _make(record: Record, program: str | None, *, carry: bool, everybody: bool) -> tuple[Item, str, bool]:
    """Return the item, the type that the record has in CSL, and whether all that it says is said exactly."""
    item, exact = make_item(record, everybody=everybody)
    csl = item["type"]
    if program == "zotero":
        exact = False
        _put_lines(item, turn_to_zotero(record, item))
    elif carry and (record.archive.levels or record.notes or "recipient" in item):
        lines = archive_lines(item)
        if "recipient" in item and csl != "personal_communication":  # Zotero would make authors of them
            people = item.pop("recipient")
            lines += name_lines("recipient", people)
            # they are read back behind all others
            exact &= csl_variable(record.creators[-1].role) == "recipient" and all(map(is_one_line, people))
        exact &= _put_lines(item, lines) and not any("}" in line or "\n" in line for line in lines)
    return item, csl, exact


def is_one_line(name: dict[str, str]) -> bool:
    """Return whether a line of a note gives the name back as it is."""
    return (name.keys() == {"family", "given"} or name.keys() == {"literal"}) and not any(
        "||" in part for part in name.values()
    )


_LABEL = lazy(r"(?m)^(?=([A-Za-z][A-Za-z _-]{1,30}):)")
_LIVE = frozenset(
    name.lower().replace("_", "-")
    for name in (*PLACES, *NAME_VARIABLES, *DATE_VARIABLES, *ROLES) if name != "note"
) | {"accession-number", "archive-location", "date", "item-type", "library-catalog", "pages", "place", "rights",
     "series"}  # fmt: skip


def harmless(note: str) -> str:
    """Return the note with a word before each line that Zotero would take for a field, as `Type: letter`."""
    if ":" not in note:
        return note
    return _LABEL.sub(lambda match: "Note: " if match[1].lower().replace(" ", "-") in _LIVE else "", note)


def _put_lines(item: Item, lines: list[str]) -> bool:
    """Put lines before the note, of which none may be taken for another; whether the note stands as it was."""
    note: str = item.get("note", "")
    kept = harmless(note)
    if lines or note:
        item["note"] = "\n".join([*lines, kept] if note else lines)
    return kept == note
