"""Find the facts of a record that its CSL item does not say.

For most records that is known from the record alone. Only where it is not sure, the item is read back (`from_csl.py`)
and compared.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from citetool.formats.shared import embedded
from citetool.record.schema import FIELDS

from .dates import from_csl_date, to_csl_date
from .from_csl import (
    has_variables,
    native_record,
    read_kind,
    read_language,
    read_levels,
    read_notes,
    read_roles,
    read_words,
)
from .to_csl import NUMBERS, archive_variables, keyword, type_of
from .variables import ARCHIVE, PLACED, SIZED, Item

if TYPE_CHECKING:
    from citetool.record.model import Level, Plain, Record


def lost_in(record: Record, item: Item, csl: str, *, exact: bool) -> dict[str, Plain]:
    """Return what the item of a record does not say, by field; `exact` as `make_item` gives it."""
    if exact and _is_sure(record, csl):
        return _outside(record, csl)
    return embedded.difference(record, native_record(item, []))


@lru_cache(maxsize=4096)
def is_plain_date(edtf: str) -> bool:
    """Return whether CSL holds the date as it is."""
    return not edtf or from_csl_date(to_csl_date(edtf)) == (edtf, "")


@lru_cache(maxsize=512)
def _is_kind(kind: str, override: str) -> bool:
    """Return whether type and genre are read back as this kind and type."""
    return read_kind(*type_of(kind, override)) == (kind, override)


@lru_cache(maxsize=8192)
def is_read_back(steps: tuple[Level, ...]) -> bool:
    """Return whether the same levels are read out of the variables of a holding."""
    variables, number = archive_variables(steps)
    location, collection, repository, place = (variables.get(name, "") for name in ARCHIVE)
    return read_levels(location, collection, repository, place, number) == steps


# Fields that no variable is read into: what they hold is carried as it is, and nothing else is touched by it.
_OUTSIDE = ("aliases", "transliterated_title", "translated_title", "original_language", "copies", "markings", "files",
            "citation", "metadata")  # fmt: skip
_outside_fields = attrgetter(*_OUTSIDE, "extra", "digital.contents")


def _outside(record: Record, csl: str) -> dict[str, Plain]:
    """Return what a record holds of which no variable is read, as `embedded.difference` would find it."""
    lost: dict[str, Plain] = {}
    if any(values := _outside_fields(record)):
        lost = {name: FIELDS[name].form.write(value) for name, value in zip(_OUTSIDE, values, strict=False) if value}
        if record.extra:
            lost["extra"] = record.extra
        if record.digital.contents:
            lost["digital"] = {"contents": list(record.digital.contents)}
    if record.identifiers.keys() - NUMBERS.keys():
        lost["identifiers"] = {name: text for name, text in record.identifiers.items() if name not in NUMBERS}
    if record.place and csl not in PLACED:
        lost["place"] = record.place
    return lost


def _is_sure(record: Record, csl: str) -> bool:
    """Return whether all that variables can hold of a record whose parts are exact is sure to be read back equal."""
    if not (
        _is_kind(record.kind, record.type) and is_plain_date(record.date) and is_plain_date(record.digital.accessed)
    ):
        return False
    if record.archive.levels and not is_read_back(record.archive.levels):
        return False
    if record.supplied_title or record.subjects or (record.extent and csl not in SIZED):
        return False
    if record.language and read_language(record.language[0]) != record.language:
        return False
    if record.any_title and not record.title:
        return False
    if record.tags and read_words(keyword(record.tags)) != record.tags:
        return False
    whole = "\n\n".join(record.notes)
    return not record.notes or (
        read_notes(whole) == record.notes and not has_variables(whole) and not read_roles(whole)[0]
    )
