"""An item in the form in which Zotero's imports take it, chosen by what a user of Zotero prints from it.

A fact stands in one place: in a field that Zotero exports under the same CSL variable, else in a line of Extra, where
Zotero and citeproc take it for the variable. So the collection and the place of the archive are lines, and never
repeated in Archive Location or Place; the place where a document was made is the line `event-place`, for Zotero's own
field Place is printed as that of publication. Whoever was only in the room is a line for people (`Participant: ...`),
which no style prints, as in citetool's own citations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.record.kinds import kind_of
from citetool.record.roles import csl_variable

from . import zotero_fields
from .dates import to_csl_date
from .variables import DATES, NAME_VARIABLES, Item

if TYPE_CHECKING:
    from citetool.record.model import Record


def turn_to_zotero(record: Record, item: Item, shape: str = "") -> list[str]:
    """Put the item's facts where Zotero's imports find them, and return the lines that have to go into its Extra field.

    `shape` is the CSL type of what Zotero makes of it, where the format has no way to say the item's own. Lines for
    people come last: what follows them is no variable any more.
    """
    lines = archive_lines(item)
    if record.id and record.id in record.digital.url:
        item.setdefault("call-number", record.id)
    archival = kind_of(record.kind).archival
    lines += _turn_type(record, item, shape, archival=archival)
    csl = shape or item["type"]
    for variable in ("archive_location", "archive"):
        if csl in zotero_fields.WITHOUT_ARCHIVE and variable in item:
            lines.append(f"{variable}: {item[variable]}")
    if csl in zotero_fields.WITHOUT_ARCHIVE:
        lines += [f"{name}: {item[name]}" for name in ("call-number", "source") if name in item]
    if archival:
        item.pop("event-place", None)
        if record.place:
            lines.append(f"event-place: {record.place}")
        lines += _variable_lines(record, item, csl)
    for variable in [name for name in item if name in NAME_VARIABLES]:
        people = item[variable]
        if not zotero_fields.has_part(csl, variable) or any("," in name.get("literal", "") for name in people):
            lines += name_lines(variable, item.pop(variable))
        else:
            item[variable] = [_two_parts(name) for name in people]
    if SEASON.match(record.date):  # it reads no season but in words
        item["issued"] = {"literal": zotero_date(record.date, "")}
    if item["type"] == "software":  # one of these makes Zotero refuse the whole file
        item["type"] = "document"
        item.setdefault("genre", "software")
    return [*(line for line in lines if "\n" not in line), *role_lines(record)]


def _turn_type(record: Record, item: Item, shape: str, *, archival: bool) -> list[str]:
    """Give the item a type and genre that Zotero has, and return the lines that say the item's own."""
    lines: list[str] = []
    if item["type"] in zotero_fields.BY_LINE or shape not in ("", item["type"]):
        lines.append(f"type: {item['type']}")
    if item["type"] in zotero_fields.AS_MANUSCRIPT and archival:
        if record.kind and record.kind not in ("document", item["type"]):
            item.setdefault("genre", record.kind)
        item["type"] = "manuscript"
    if (shape or item["type"]) in zotero_fields.WITHOUT_GENRE and "genre" in item:
        lines.append(f"genre: {item.pop('genre')}")
    return lines


def _variable_lines(record: Record, item: Item, csl: str) -> list[str]:
    """Take the texts and dates out of an archival item that Zotero's type has no field for, as lines."""
    fields = zotero_fields.TEXTS.get(csl, frozenset()) | zotero_fields.TEXTS_OF_ALL
    others = [name for name, value in item.items() if isinstance(value, str) and name not in fields]
    lines = [f"{name}: {item.pop(name)}" for name in others]
    for variable, event in DATES.items():
        if variable in item:
            date = item.pop(variable)
            lines.append(f"{variable}: {record.dates.get(event) or date.get('literal', '')}")
    return lines


def _two_parts(name: dict[str, str]) -> dict[str, str]:
    """Return a name in family and given alone, the parts that Zotero reads; it finds the others in them."""
    if "literal" in name or name.keys() <= {"family", "given"}:
        return name
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    given = ", ".join(filter(None, (given, name.get("suffix"))))
    return {"family": family, "given": given} if given else {"literal": family}


def archive_lines(item: Item) -> list[str]:
    """Return the archive's variables that Zotero's import drops, as lines that it takes for variables."""
    return [f"{name}: {item[name]}" for name in LINES if name in item]


LINES = ("archive_collection", "archive-place")


def role_lines(record: Record) -> list[str]:
    """Return a line for each person whose role no CSL variable names, for people to read."""
    return [
        f"{creator.role.capitalize()}: {creator.name}"
        for creator in record.creators
        if csl_variable(creator.role) == "contributor" != creator.role
    ]


def name_lines(variable: str, names: list[dict[str, str]]) -> list[str]:
    """Return names that a program has no field for, as lines that Zotero and citeproc take for variables in a note."""
    return [f"{variable}: {_name_text(name)}" for name in names]


def _name_text(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    family = (name.get("non-dropping-particle"), name["family"], name.get("suffix"))
    given = (name.get("given"), name.get("dropping-particle"))
    return " || ".join(text for text in (" ".join(filter(None, parts)) for parts in (family, given)) if text)


SEASON = lazy(r"(\d{4})-(2[1-4])$")
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")


def zotero_date(edtf: str, text: str) -> str:
    """Return the date for Zotero's field Date: EDTF, with a range for unspecified digits and for sets, or the words."""
    if not edtf:
        return text
    if season := SEASON.match(edtf):
        return f"{_SEASONS[int(season[2]) - 21]} {season[1]}"
    parts = (to_csl_date(edtf) or {}).get("date-parts", [])
    if parts and ("X" in edtf or edtf[0] in "[{"):
        return "/".join("-".join(f"{number:02d}" for number in numbers) for numbers in parts)
    return edtf
