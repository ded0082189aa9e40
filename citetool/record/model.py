"""The record: an archival source, or a publication cited beside it.

A record has two homes: `archive`, where the original is kept, as levels from small to large just as they are cited;
and `digital`, where a copy is read. Everything is text as people write it; dates are EDTF (ISO 8601-2) text, checked
when a record is read (`schema.py`), languages BCP 47. Unknown fields stay in `extra`.

Types here are made by the thousand when files are converted, so they are not frozen (that costs three times as much);
by rule nobody changes one after it is made: use `dataclasses.replace`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from citetool.names import Name

# What a field that citetool does not know may hold: text, or lists and mappings of such, as YAML and JSON give it.
Plain = str | list["Plain"] | dict[str, "Plain"]


class Level(NamedTuple):
    """One step of an archival hierarchy, as cited: `Level("box", "Box 173")`; names are those of `levels.LEVELS`."""

    name: str
    value: str


@dataclass(slots=True)
class Holding:
    """Where an original is kept: its levels in the order of the citation, usually small to large."""

    levels: tuple[Level, ...] = ()

    def get(self, name: str) -> str:
        """The value of the first level of that name, or an empty text where the holding has none."""
        return next((level.value for level in self.levels if level.name == name), "")

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.levels)


@dataclass(slots=True)
class Digital:
    """Where a copy is read: the site, its address, its own number for the document, and what it offers there."""

    name: str = ""
    url: str = ""
    id: str = ""
    accessed: str = ""  # EDTF
    contents: tuple[str, ...] = ()
    extra: dict[str, Plain] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.name or self.url or self.id or self.accessed or self.contents or self.extra)


@dataclass(slots=True)
class Creator:
    """Who had a part in the source: `role` is one of `roles.ROLES`, `office` what the person was at the time.

    `original_name` is the name in its own script where `name` is a transliteration.
    """

    name: Name
    role: str = "author"
    office: str = ""
    original_name: str = ""
    extra: dict[str, Plain] = field(default_factory=dict)


@dataclass(slots=True)
class File:
    """A file beside the record: `path` relative to the record's folder, `kind` such as `transcript` or `scan`."""

    path: str
    kind: str = ""
    language: str = ""
    note: str = ""
    extra: dict[str, Plain] = field(default_factory=dict)


@dataclass(slots=True)
class Metadata:
    """Where the record's facts come from, and which of them were inferred and not read."""

    source: str = ""  # a catalogue, finding aid or site, by name
    url: str = ""
    file: str = ""  # name of the file that was read
    retrieved: str = ""  # EDTF
    reader: str = ""  # the citetool format that read it
    inferred: tuple[str, ...] = ()  # names of fields
    note: str = ""
    extra: dict[str, Plain] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return self != _NO_METADATA


_NO_METADATA = Metadata()


@dataclass(slots=True, kw_only=True)
class Record:
    """One source. Each field is described, with an example, in `schema.FIELDS`; empty means not known."""

    id: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    type: str = ""
    title: str = ""
    supplied_title: str = ""
    short_title: str = ""
    original_title: str = ""
    transliterated_title: str = ""
    translated_title: str = ""
    creators: tuple[Creator, ...] = ()
    date: str = ""
    date_text: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    place: str = ""
    language: tuple[str, ...] = ()
    original_language: tuple[str, ...] = ()
    archive: Holding = field(default_factory=Holding)
    copies: tuple[Holding, ...] = ()
    digital: Digital = field(default_factory=Digital)
    publication: dict[str, str] = field(default_factory=dict)
    markings: tuple[str, ...] = ()
    summary: str = ""
    subjects: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    extent: str = ""
    medium: str = ""
    rights: str = ""
    identifiers: dict[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    citation: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    extra: dict[str, Plain] = field(default_factory=dict)

    def by_role(self, *roles: str) -> list[Name]:
        """The names of all who have one of these roles, in the record's order."""
        return [creator.name for creator in self.creators if creator.role in roles]

    @property
    def any_title(self) -> str:
        """The title to call the source by: the one it bears, else a supplied, translated or original one."""
        return (
            self.title
            or self.supplied_title
            or self.translated_title
            or self.transliterated_title
            or self.original_title
        )
