"""A record as a CSL-JSON item: the archival levels as the variables that styles print.

The item is made field by field; whether it says all that the record holds is known for most records on the way. Only
where it is not sure, the item is read back (`cslread.py`) and compared, and what is missing carried beside it.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from citetool.patterns import lazy
from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Holding
from citetool.record.roles import csl_variable
from citetool.record.schema import FIELDS

from . import carried, zoterofields
from .csldates import from_csl_date, to_csl_date
from .cslread import (
    PLACED,
    PLACES,
    SIZED,
    SUPPLIED,
    Item,
    has_variables,
    native_record,
    read_kind,
    read_language,
    read_levels,
    read_notes,
    read_words,
)
from .cslvariables import ARCHIVE, DATE_VARIABLES, DATES, IDENTIFIERS, NAME_VARIABLES, PUBLICATION

if TYPE_CHECKING:
    from citetool.names import Name
    from citetool.record.model import Creator, Level, Plain, Record


def to_item(record: Record, program: str | None = None, *, carry: bool = True, everybody: bool = False) -> Item:
    """The CSL-JSON item of a record, for `program` (`zotero`) in the form that it takes.

    With `carry`, what the item does not say is added under `custom`, so that `from_item` gives an equal record, and
    the two archival variables that Zotero's import drops are repeated in `note`. Styles are given the item without.
    `everybody`: also who was only in the room, as always for a program.
    """
    csl, genre, exact = type_of(record.kind, record.type)
    item: Item = {"id": record.id, "type": csl}
    title = record.title or record.any_title
    if title:
        item["title"] = title
    if genre:
        item["genre"] = genre
    if record.creators:
        exact &= _put_names(record.creators, item, everybody=everybody or program is not None)
    if record.date or record.date_text or record.dates:
        exact &= _put_dates(record, item)
    _put_texts(record, csl, item)
    if record.archive.levels:
        exact &= _put_archive(record, item)
    if record.digital:
        exact &= _put_digital(record, item)
    if record.publication:
        exact &= _put_publication(record.publication, item)
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
        lost = _outside(record, csl) if exact and _is_sure(record, csl) else None
        if lost is None:
            lost = carried.difference(record, native_record(item, []))
        if lost:
            item["custom"] = {"citetool": lost}
    return item


@lru_cache(maxsize=512)
def type_of(kind: str, override: str) -> tuple[str, str, bool]:
    """CSL type, genre, and whether the two are read back as the same kind and type."""
    csl = csl_type(kind, override)
    genre = kind if kind_of(kind).genre else ""
    return csl, genre, read_kind(csl, genre) == (kind, override)


def _put_names(creators: tuple[Creator, ...], item: Item, *, everybody: bool) -> bool:
    """Put the names where styles look for them; whether they are read back as they were.

    Styles print `contributor` as "with X": whoever was in the room, drafted or interpreted is not put there, unless
    `everybody` is to come along, as into a reference manager.
    """
    exact = True
    last = ""
    for creator in creators:
        variable = csl_variable(creator.role)
        if variable == "contributor" != creator.role and not everybody:
            exact = False
        elif variable in item:
            item[variable].append(name_item(creator.name))
            exact &= variable == last
        else:
            item[variable] = [name_item(creator.name)]
        last = variable
        if variable != creator.role or creator.office or creator.original_name or creator.extra:
            exact = False
    return exact


def name_item(name: Name) -> dict[str, str]:
    """The CSL name of a name."""
    if name.literal:
        return {"literal": name.literal}
    data = {"family": name.family}
    if name.given:
        data["given"] = name.given
    if name.non_dropping:
        data["non-dropping-particle"] = name.non_dropping
    if name.dropping:
        data["dropping-particle"] = name.dropping
    if name.suffix:
        data["suffix"] = name.suffix
    return data


def _put_dates(record: Record, item: Item) -> bool:
    date = to_csl_date(record.date, record.date_text)
    if date:
        item["issued"] = date
    exact = not record.date_text and is_plain_date(record.date)
    for variable, event in DATES.items() if record.dates else ():
        if event in record.dates:
            other = to_csl_date(record.dates[event])
            if other:
                item[variable] = other
            exact = False
    return exact and not record.dates


@lru_cache(maxsize=4096)
def is_plain_date(edtf: str) -> bool:
    """Whether CSL holds the date as it is."""
    return not edtf or from_csl_date(to_csl_date(edtf)) == (edtf, "")


def _put_texts(record: Record, csl: str, item: Item) -> None:
    if record.short_title:
        item["title-short"] = record.short_title
    if record.original_title and record.original_title != item.get("title"):
        item["original-title"] = record.original_title
    if record.supplied_title and not record.title:
        item["annote"] = SUPPLIED
    if record.summary:
        item["abstract"] = record.summary
    if record.medium:
        item["medium"] = record.medium
    if record.rights:
        item["license"] = record.rights
    if record.extent and csl in SIZED:
        item["dimensions"] = record.extent
    if record.place and csl in PLACED:
        item["event-place"] = record.place
    if record.language:
        item["language"] = record.language[0]
    if record.notes:
        item["note"] = "\n\n".join(record.notes)
    if record.tags or record.subjects:
        item["keyword"] = keyword(record.tags + record.subjects)
    for system, number in record.identifiers.items():
        if system in _NUMBERS:
            item[_NUMBERS[system]] = number


_NUMBERS = {system: variable for variable, system in IDENTIFIERS.items()}


def keyword(words: tuple[str, ...]) -> str:
    """The words as one text, parted so that `read_words` finds them again."""
    return ("; " if any("," in word for word in words) else ", ").join(words)


def _put_archive(record: Record, item: Item) -> bool:
    variables, number, exact = archive_variables(record.archive.levels)
    item |= variables
    if number:
        item["call-number"] = number
        exact = exact and number not in record.digital.url  # there it is read as the number of the copy
    return exact and ("archive-place" in item or "archive_collection" in item or kind_of(record.kind).archival)


@lru_cache(maxsize=8192)
def archive_variables(steps: tuple[Level, ...]) -> tuple[Item, str, bool]:
    """The variables of a holding, its call number, and whether the same levels are read out of them."""
    archive = Holding(steps)
    texts = (levels.reference(archive), levels.collection(archive), levels.repository(archive), levels.place(archive))
    number = archive.get("call_number")
    variables = {variable: text for variable, text in zip(ARCHIVE, texts, strict=True) if text}
    return variables, number, read_levels(*texts, number) == steps


def _put_digital(record: Record, item: Item) -> bool:
    digital = record.digital
    if digital.name:
        item["source"] = digital.name
    if digital.url:
        item["URL"] = digital.url
    if digital.accessed:
        item["accessed"] = to_csl_date(digital.accessed) or {"literal": digital.accessed}
    exact = True
    if digital.id:  # read back from the call number where the address holds it
        exact = digital.id in digital.url and "call-number" not in item
        item.setdefault("call-number", digital.id)
    return exact and not digital.extra and is_plain_date(digital.accessed)


def _put_publication(publication: dict[str, str], item: Item) -> bool:
    exact = True
    for variable, text in publication.items():
        if variable in item or (variable not in PUBLICATION and variable != "language"):
            exact = False
        else:
            item[variable] = text
            exact &= variable not in INTERPRETED
    return exact


INTERPRETED = frozenset({*ARCHIVE, "call-number", "annote", "dimensions", "source", "language"})

# Fields that no variable is read into: what they hold is carried as it is, and nothing else is touched by it.
_OUTSIDE = ("aliases", "transliterated_title", "translated_title", "original_language", "copies", "markings", "files",
            "citation", "metadata")  # fmt: skip
_outside_fields = attrgetter(*_OUTSIDE, "extra", "digital.contents")


def _outside(record: Record, csl: str) -> dict[str, Plain]:
    """What a record holds of which no variable is read, as `carried.difference` would find it."""
    lost: dict[str, Plain] = {}
    if any(values := _outside_fields(record)):
        lost = {name: FIELDS[name].form.write(value) for name, value in zip(_OUTSIDE, values, strict=False) if value}
        if record.extra:
            lost["extra"] = record.extra
        if record.digital.contents:
            lost["digital"] = {"contents": list(record.digital.contents)}
    if record.identifiers.keys() - _NUMBERS.keys():
        lost["identifiers"] = {name: text for name, text in record.identifiers.items() if name not in _NUMBERS}
    if record.place and csl not in PLACED:
        lost["place"] = record.place
    return lost


def _is_sure(record: Record, csl: str) -> bool:
    """Whether all that variables can hold of a record whose parts are exact is sure to be read back equal."""
    if record.supplied_title or record.subjects or (record.extent and csl not in SIZED):
        return False
    if record.language and read_language(record.language[0]) != record.language:
        return False
    if record.any_title and not record.title:
        return False
    if record.tags and read_words(keyword(record.tags)) != record.tags:
        return False
    whole = "\n\n".join(record.notes)
    return not record.notes or (read_notes(whole) == record.notes and not has_variables(whole))


def archive_lines(item: Item) -> list[str]:
    """The variables of the archive that Zotero's import drops, as lines that it takes for variables in a note."""
    return [f"{name}: {item[name]}" for name in LINES if name in item]


LINES = ("archive_collection", "archive-place")


def name_lines(variable: str, names: list[dict[str, str]]) -> list[str]:
    """Names that a program has no field for, as lines that Zotero and citeproc take for variables in a note."""
    return [f"{variable}: {_name_text(name)}" for name in names]


def is_one_line(name: dict[str, str]) -> bool:
    """Whether a line of a note gives the name back as it is."""
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
    """The note with a word before each line that Zotero would take for a field: `Type: letter`, `Language: Thai`."""
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
    """Put the item's facts where Zotero's imports find them; gives the lines that have to go into its Extra field.

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
    if item["type"] in zoterofields.UNKNOWN:
        lines.append(f"type: {item['type']}")
    if item["type"] in zoterofields.AS_MANUSCRIPT and kind_of(record.kind).archival:
        item["type"] = "manuscript"
        if record.kind and record.kind != "document":
            item.setdefault("genre", record.kind)
    csl = shape or item["type"]
    if csl in zoterofields.WITHOUT_GENRE and "genre" in item:
        lines.append(f"genre: {item['genre']}")
    if csl in zoterofields.WITHOUT_ARCHIVE:
        lines += [f"{name}: {item[name]}" for name in zoterofields.ARCHIVE if name in item]
    for variable in [name for name in item if name in NAME_VARIABLES and not zoterofields.has_part(csl, name)]:
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
