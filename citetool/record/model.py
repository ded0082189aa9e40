"""The record: an archival source, or a publication cited beside it.

A record has two homes: `archive`, where the original is kept, as levels from small to large just as they are cited;
and `digital`, where a copy is read. Everything is text as people write it; dates are EDTF (ISO 8601-2) text, checked
when a record is read (`schema.py`), languages BCP 47. Unknown fields stay in `extra`.

Types here are made by the thousand when files are converted, so nothing keeps one from being changed (that costs three
times as much); by rule nobody changes one after it is made: use `struct.replace`. Scripts make a `Record`, which checks
its fields; readers make a `Draft`, which takes what they have read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.struct import NamedTuple, Struct

if TYPE_CHECKING:
    from citetool.names import Name

# What a field that citetool does not know may hold: text, or lists and mappings of such, as YAML and JSON give it.
Plain = str | list["Plain"] | dict[str, "Plain"]


class Level(NamedTuple):
    """One step of an archival hierarchy, as cited: `Level("box", "Box 173")`; names are those of `levels.LEVELS`."""

    name: str
    value: str


class Holding(Struct):
    """The archive that keeps an original: its levels in the order of the citation, usually small to large."""

    __slots__ = ("levels",)

    def __init__(self, levels: tuple[Level, ...] = ()) -> None:
        self.levels = levels

    def get(self, name: str) -> str:
        """Return the value of the first level of that name, or an empty text where the holding has none."""
        return next((level.value for level in self.levels if level.name == name), "")

    def __bool__(self) -> bool:
        """Return whether anything is known of it."""
        return bool(self.levels)


class Digital(Struct):
    """The site where a copy is read: its name and address, its number for the document, and its contents."""

    __slots__ = ("accessed", "contents", "extra", "id", "name", "url")

    def __init__(
        self,
        name: str = "",
        url: str = "",
        id: str = "",
        accessed: str = "",
        contents: tuple[str, ...] = (),
        extra: dict[str, Plain] | None = None,
    ) -> None:
        self.name = name
        self.url = url
        self.id = id
        self.accessed = accessed  # EDTF
        self.contents = contents
        self.extra = {} if extra is None else extra

    def __bool__(self) -> bool:
        """Return whether anything is known of it."""
        return bool(self.name or self.url or self.id or self.accessed or self.contents or self.extra)


class Creator(Struct):
    """A person or body with a part in the source: `role` is one of `roles.ROLES`, `office` that of the time.

    `original_name` is the name in its own script where `name` is a transliteration.
    """

    __slots__ = ("extra", "name", "office", "original_name", "role")

    def __init__(
        self,
        name: Name,
        role: str = "author",
        office: str = "",
        original_name: str = "",
        extra: dict[str, Plain] | None = None,
    ) -> None:
        self.name = name
        self.role = role
        self.office = office
        self.original_name = original_name
        self.extra = {} if extra is None else extra


class File(Struct):
    """A file beside the record: `path` relative to the record's folder, `kind` such as `transcript` or `scan`.

    `name` is the one it had before it was attached, `size` its bytes, `checksum` that of its content (`sha256:...`);
    `taken` and `place` (latitude, longitude) are what the camera says; `page` and `caption` tell what it shows.
    """

    __slots__ = (
        "caption", "checksum", "extra", "kind", "language", "name", "note", "page", "path", "place", "size", "taken",
    )  # fmt: skip

    def __init__(
        self,
        path: str,
        kind: str = "",
        language: str = "",
        note: str = "",
        page: str = "",
        caption: str = "",
        name: str = "",
        size: str = "",
        checksum: str = "",
        taken: str = "",
        place: str = "",
        extra: dict[str, Plain] | None = None,
    ) -> None:
        self.path = path
        self.kind = kind
        self.language = language
        self.note = note
        self.page = page
        self.caption = caption
        self.name = name
        self.size = size
        self.checksum = checksum
        self.taken = taken
        self.place = place
        self.extra = {} if extra is None else extra


class Metadata(Struct):
    """The origin of the record's facts, and which of them were inferred rather than read."""

    __slots__ = ("extra", "file", "inferred", "note", "reader", "retrieved", "source", "url")

    def __init__(
        self,
        source: str = "",
        url: str = "",
        file: str = "",
        retrieved: str = "",
        reader: str = "",
        inferred: tuple[str, ...] = (),
        note: str = "",
        extra: dict[str, Plain] | None = None,
    ) -> None:
        self.source = source  # a catalogue, finding aid or site, by name
        self.url = url
        self.file = file  # name of the file that was read
        self.retrieved = retrieved  # EDTF
        self.reader = reader  # the citetool format that read it
        self.inferred = inferred  # names of fields
        self.note = note
        self.extra = {} if extra is None else extra

    def __bool__(self) -> bool:
        """Return whether anything is known of it."""
        return bool(
            self.source or self.url or self.file or self.retrieved or self.reader or self.inferred or self.note
            or self.extra
        )  # fmt: skip


class Record(Struct):
    """One source. Each field is described, with an example, in `schema.FIELDS`; empty means not known."""

    __slots__ = (
        "aliases",
        "archive",
        "citation",
        "copies",
        "creators",
        "date",
        "date_text",
        "dates",
        "digital",
        "extent",
        "extra",
        "files",
        "id",
        "identifiers",
        "kind",
        "language",
        "markings",
        "medium",
        "metadata",
        "notes",
        "original_language",
        "original_title",
        "place",
        "publication",
        "rights",
        "short_title",
        "subjects",
        "summary",
        "supplied_title",
        "tags",
        "title",
        "translated_title",
        "transliterated_title",
        "type",
    )  # fmt: skip

    def __init__(
        self,
        *,
        id: str,
        aliases: tuple[str, ...] = (),
        kind: str = "",
        type: str = "",
        title: str = "",
        supplied_title: str = "",
        short_title: str = "",
        original_title: str = "",
        transliterated_title: str = "",
        translated_title: str = "",
        creators: tuple[Creator, ...] = (),
        date: str = "",
        date_text: str = "",
        dates: dict[str, str] | None = None,
        place: str = "",
        language: tuple[str, ...] = (),
        original_language: tuple[str, ...] = (),
        archive: Holding | None = None,
        copies: tuple[Holding, ...] = (),
        digital: Digital | None = None,
        publication: dict[str, str] | None = None,
        markings: tuple[str, ...] = (),
        summary: str = "",
        subjects: tuple[str, ...] = (),
        tags: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        extent: str = "",
        medium: str = "",
        rights: str = "",
        identifiers: dict[str, str] | None = None,
        files: tuple[File, ...] = (),
        citation: str = "",
        metadata: Metadata | None = None,
        extra: dict[str, Plain] | None = None,
    ) -> None:
        """Take the values as they are. Raises InputError, naming each field, for those of another type and for dates
        that are none.
        """
        self.id = id
        self.aliases = aliases
        self.kind = kind
        self.type = type
        self.title = title
        self.supplied_title = supplied_title
        self.short_title = short_title
        self.original_title = original_title
        self.transliterated_title = transliterated_title
        self.translated_title = translated_title
        self.creators = creators
        self.date = date
        self.date_text = date_text
        self.dates = {} if dates is None else dates
        self.place = place
        self.language = language
        self.original_language = original_language
        self.archive = Holding() if archive is None else archive
        self.copies = copies
        self.digital = Digital() if digital is None else digital
        self.publication = {} if publication is None else publication
        self.markings = markings
        self.summary = summary
        self.subjects = subjects
        self.tags = tags
        self.notes = notes
        self.extent = extent
        self.medium = medium
        self.rights = rights
        self.identifiers = {} if identifiers is None else identifiers
        self.files = files
        self.citation = citation
        self.metadata = Metadata() if metadata is None else metadata
        self.extra = {} if extra is None else extra
        self._check()

    def _check(self) -> None:
        from .shape import check_fields  # noqa: PLC0415 - commands make drafts alone

        check_fields(self)

    def __repr__(self) -> str:
        """Return a short line, for a prompt: key, kind, title (else who wrote to whom) and date."""
        people = (" and ".join(map(str, self.by_role(role))) for role in ("author", "recipient"))
        about = ", ".join(filter(None, (self.kind, self.any_title or " to ".join(filter(None, people)), self.date)))
        return f"<Record {self.id!r}: {about}>" if about else f"<Record {self.id!r}>"

    def _repr_html_(self) -> str:
        """Return a table for a notebook: what the line has, the people, and the archive."""
        import html  # noqa: PLC0415 - only a notebook needs it

        rows = {
            "key": self.id,
            "kind": self.kind,
            "title": self.any_title,
            "date": self.date,
            **{creator.role: str(creator.name) for creator in self.creators},
            **{level.name.replace("_", " "): level.value for level in self.archive.levels},
        }
        cells = (f"<tr><th>{html.escape(n)}</th><td>{html.escape(v)}</td></tr>" for n, v in rows.items() if v)
        return f"<table>{''.join(cells)}</table>"

    def by_role(self, *roles: str) -> list[Name]:
        """Return the names of all who have one of these roles, in the record's order."""
        return [creator.name for creator in self.creators if creator.role in roles]

    @property
    def any_title(self) -> str:
        """Return the title to call the source by: the one it bears, else a supplied, translated or original one."""
        return (
            self.title
            or self.supplied_title
            or self.translated_title
            or self.transliterated_title
            or self.original_title
        )


class Draft(Record):
    """A record as a reader makes it: whatever its fields hold; once made it is a `Record` like any other.

    Readers make them by the thousand, and bring dates that are none. `sound.py` makes them fit for a library.
    """

    __slots__ = ()

    def _check(self) -> None:
        self.__class__ = Record  # type: ignore[assignment]
