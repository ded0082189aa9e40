"""A record as a CSL-JSON item for a file, as programs take it, with what it does not say carried beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.record import levels
from citetool.record.kinds import kind_of
from citetool.record.roles import csl_variable

from . import zotero_fields
from .roundtrip import lost_in
from .to_csl import make_item
from .variables import DATE_VARIABLES, NAME_VARIABLES, PLACES, Item

if TYPE_CHECKING:
    from citetool.record.model import Record


def to_item(record: Record, program: str | None = None, *, carry: bool = True, everybody: bool = False) -> Item:
    """Return the CSL-JSON item of a record, for `program` (`zotero`) in the form that it takes.

    With `carry`, what the item does not say is added under `custom`, so that `from_item` gives an equal record, and
    the two archival variables that Zotero's import drops are repeated in `note`. `everybody`: also who was only in the
    room, as always for a program.
    """
    item, exact = make_item(record, everybody=everybody or program is not None)
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
    if carry:
        lost = lost_in(record, item, csl, exact=exact)
        if lost:
            item["custom"] = {"citetool": lost}
    return item


def archive_lines(item: Item) -> list[str]:
    """Return the archive's variables that Zotero's import drops, as lines that it takes for variables."""
    return [f"{name}: {item[name]}" for name in LINES if name in item]


LINES = ("archive_collection", "archive-place")


def name_lines(variable: str, names: list[dict[str, str]]) -> list[str]:
    """Return names that a program has no field for, as lines that Zotero and citeproc take for variables in a note."""
    return [f"{variable}: {_name_text(name)}" for name in names]


def is_one_line(name: dict[str, str]) -> bool:
    """Return whether a line of a note gives the name back as it is."""
    return (name.keys() == {"family", "given"} or name.keys() == {"literal"}) and not any(
        "||" in part for part in name.values()
    )


def _name_text(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    family = (name.get("non-dropping-particle"), name["family"], name.get("suffix"))
    given = (name.get("given"), name.get("dropping-particle"))
    return " || ".join(text for text in (" ".join(filter(None, parts)) for parts in (family, given)) if text)


_LABEL = lazy(r"(?m)^(?=([A-Za-z][A-Za-z _-]{1,30}):)")
_LIVE = frozenset(
    name.lower().replace("_", "-") for name in (*PLACES, *NAME_VARIABLES, *DATE_VARIABLES) if name != "note"
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


def turn_to_zotero(record: Record, item: Item, shape: str = "") -> list[str]:
    """Put the item's facts where Zotero's imports find them, and return the lines that have to go into its Extra field.

    `shape` is the CSL type of what Zotero makes of it, where the format has no way to say the item's own.
    """
    archive = record.archive
    if archive:
        above = [level.value for level in reversed(levels.in_group(archive, "division", "collection"))]
        below = item.get("archive_location", "")
        taken = [text for text in above if text not in below]
        repository = ", ".join(level.value for level in levels.in_group(archive, "repository"))
        location = ", ".join([*taken, below] if below else taken)
        for variable, text in (("archive", repository), ("archive_location", location)):
            if text:
                item[variable] = text
            else:
                item.pop(variable, None)
    lines = archive_lines(item)
    if record.id and record.id in record.digital.url:
        item.setdefault("call-number", record.id)
    if item["type"] in zotero_fields.UNKNOWN:
        lines.append(f"type: {item['type']}")
    if item["type"] in zotero_fields.AS_MANUSCRIPT and kind_of(record.kind).archival:
        item["type"] = "manuscript"
        if record.kind and record.kind != "document":
            item.setdefault("genre", record.kind)
    csl = shape or item["type"]
    if csl in zotero_fields.WITHOUT_GENRE and "genre" in item:
        lines.append(f"genre: {item['genre']}")
    if csl in zotero_fields.WITHOUT_ARCHIVE:
        lines += [f"{name}: {item[name]}" for name in zotero_fields.ARCHIVE if name in item]
    for variable in [name for name in item if name in NAME_VARIABLES and not zotero_fields.has_part(csl, name)]:
        lines += name_lines(variable, item.pop(variable))
    if csl != "motion_picture":  # a place makes a video of a film
        _put_place(record, item)
    if item["type"] == "software":  # one of these makes Zotero refuse the whole file
        item["type"] = "document"
        item.setdefault("genre", "software")
    return lines


def _put_place(record: Record, item: Item) -> None:
    """Put the place where it was made, else that of the archive, into the one place that most of Zotero's types have.

    That of a publication is where it was published.
    """
    if not kind_of(record.kind).archival:
        return
    if record.place:
        item.setdefault("event-place", record.place)
    place = record.place if item["type"] != "personal_communication" else ""
    if place or "archive-place" in item:
        item.setdefault("publisher-place", place or item["archive-place"])
