"""Zotero's own CSV export: a row an item, columns headed by the names of its fields.

A row becomes the item that Zotero's JSON would have, and is read as that is, so that both give the same record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.formats.base import Rejected
from citetool.formats.managers.zotero.json import FIELDS, item_records
from citetool.names import parse_name
from citetool.problems import InputError, Problem, Where

from .rows import line_of_cells, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.record.model import Record

_PEOPLE = (
    "Author", "Editor", "Series Editor", "Translator", "Contributor", "Attorney Agent", "Book Author", "Cast Member",
    "Commenter", "Composer", "Cosponsor", "Counsel", "Interviewer", "Producer", "Recipient", "Reviewed Author",
    "Scriptwriter", "Words By", "Guest",
)  # fmt: skip
_NAMED = {
    "Key": "key", "Item Type": "itemType", "Date": "date", "Url": "url", "Access Date": "accessDate",
    "Number Of Volumes": "numberOfVolumes", "Extra": "extra", "DOI": "DOI", "ISBN": "ISBN", "ISSN": "ISSN",
}  # fmt: skip


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each row; raises InputError where the heading is not Zotero's."""
    problems: list[Problem] = []
    rows = read_rows(stream, options, problems)
    line, head = next(rows, (1, []))
    head = [cell.strip().removeprefix("\ufeff") for cell in head]
    if "Item Type" not in head:
        raise InputError(Problem("this table has no column 'Item Type', as Zotero's has", Where(options.source, line)))
    for line, row in rows:
        cells = {name: cell.strip() for name, cell in zip(head, row, strict=False) if cell.strip()}
        where = Where(options.source, line)
        if "Item Type" not in cells:
            yield Rejected(Problem("a row without an item type", where), line_of_cells(row))
            continue
        yield from item_records(_item(cells), where)
    yield from problems


def _item(cells: dict[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {"creators": _people(cells), "tags": [], "notes": []}
    for name, text in cells.items():
        field = _NAMED.get(name) or _field(name)
        if name in ("Manual Tags", "Automatic Tags"):
            item["tags"] += [{"tag": tag.strip()} for tag in text.split(";") if tag.strip()]
        elif name == "Notes":
            item["notes"].append({"note": text})
        elif field in FIELDS or name in _NAMED:
            item[field] = text
    return item


def _field(name: str) -> str:
    """Return the name of a field in JSON, of its heading: `Archive Location` is `archiveLocation`."""
    words = name.split()
    return "".join([*(word.lower() for word in words[:1]), *words[1:]])


def _people(cells: dict[str, str]) -> list[dict[str, str]]:
    found = []
    for heading in _PEOPLE:
        for text in filter(None, (part.strip() for part in cells.get(heading, "").split(";"))):
            name = parse_name(text)
            own = {"lastName": name.family, "firstName": name.given or ""} if name.family else {"name": text}
            found.append({"creatorType": _field(heading), **own})
    return found
