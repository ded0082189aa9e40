"""A record as a CSL-JSON item, as styles are given it: the archival levels as the variables that they print.

The item is made field by field; on the way it is noted where it cannot say all that the record holds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from citetool.record import levels
from citetool.record.kinds import csl_type, kind_of
from citetool.record.model import Holding
from citetool.record.roles import csl_variable

from .dates import to_csl_date
from .variables import ARCHIVE, DATES, IDENTIFIERS, PLACED, PUBLICATION, SIZED, SUPPLIED, Item

if TYPE_CHECKING:
    from citetool.names import Name
    from citetool.record.model import Creator, Level, Record


def make_item(record: Record, *, everybody: bool = False) -> tuple[Item, bool]:
    """Return the item of a record, and whether nothing in it is known to say less than the record does.

    `everybody`: also who was only in the room.
    """
    csl, genre = type_of(record.kind, record.type)
    exact = True
    item: Item = {"id": record.id, "type": csl}
    title = record.title or record.any_title
    if title:
        item["title"] = title
    if genre:
        item["genre"] = genre
    if record.creators:
        exact &= _put_names(record.creators, item, everybody=everybody)
    if record.date or record.date_text or record.dates:
        exact &= _put_dates(record, item)
    _put_texts(record, csl, item)
    if record.archive.levels:
        exact &= _put_archive(record, item)
    if record.digital:
        exact &= _put_digital(record, item)
    if record.publication:
        exact &= _put_publication(record.publication, item)
    return item, exact


@lru_cache(maxsize=512)
def type_of(kind: str, override: str) -> tuple[str, str]:
    """Return CSL type and genre of a record's kind and type."""
    return csl_type(kind, override), kind if kind_of(kind).genre else ""


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
    """Return the CSL name of a name."""
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
    for variable, event in DATES.items() if record.dates else ():
        if event in record.dates:
            other = to_csl_date(record.dates[event])
            if other:
                item[variable] = other
    return not record.date_text and not record.dates


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
        if system in NUMBERS:
            item[NUMBERS[system]] = number


NUMBERS = {system: variable for variable, system in IDENTIFIERS.items()}


def keyword(words: tuple[str, ...]) -> str:
    """Return the words as one text, parted so that `read_words` finds them again."""
    return ("; " if any("," in word for word in words) else ", ").join(words)


def _put_archive(record: Record, item: Item) -> bool:
    variables, number = archive_variables(record.archive.levels)
    item |= variables
    exact = True
    if number:
        item["call-number"] = number
        exact = number not in record.digital.url  # there it is read as the number of the copy
    return exact and ("archive-place" in item or "archive_collection" in item or kind_of(record.kind).archival)


@lru_cache(maxsize=8192)
def archive_variables(steps: tuple[Level, ...]) -> tuple[Item, str]:
    """Return the variables of a holding, and its call number; not to be changed."""
    archive = Holding(steps)
    texts = (levels.reference(archive), levels.collection(archive), levels.repository(archive), levels.place(archive))
    return {name: text for name, text in zip(ARCHIVE, texts, strict=True) if text}, archive.get("call_number")


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
    return exact and not digital.extra


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
