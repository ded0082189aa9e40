"""AtoM's CSV of archival descriptions, by its templates for ISAD(G) and for RAD.

A row describes a fonds, a series, a file or an item; `parentId` names the `legacyId` of the row above it. A record has
its own storage first (box, folder), then the titles of its file, series and fonds, then the repository, which a row
has from the row above where it names none itself. Cells with several values have them between `|`. A row with the
`legacyId` of the one before it and another `culture` is its translation.

Left out: what belongs to the administration of a description (status, dates of revision, archivist's notes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import (
    closed_title,
    date_range,
    file_name,
    heading_name,
    key_of,
    role_of,
    written_date,
)
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Creator, Holding, Level, Metadata, Record
from citetool.struct import replace

from .rows import line_of_cells, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

# Levels of description in the languages of AtoM's interface: the archival level that each is, and the kind of a record.
_LEVELS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("fonds", "bestand", "fondo", "archief"), ("fonds", "fonds")),
    **dict.fromkeys(("collection", "sammlung", "colección", "collezione", "coleção"), ("collection", "collection")),
    **dict.fromkeys(("subfonds", "sous-fonds", "sub-fonds", "teilbestand", "subfondo"), ("subfonds", "series")),
    **dict.fromkeys(("series", "série", "serie", "sèrie"), ("series", "series")),
    **dict.fromkeys(("subseries", "sous-série", "sub-series", "unterserie", "subserie"), ("subseries", "series")),
    **dict.fromkeys(
        ("file", "dossier", "akte", "expediente", "fascicolo", "unidad documental compuesta"), ("file", "file")
    ),
    **dict.fromkeys(("item", "pièce", "einzelstück", "unidad documental simple", "unità documentaria"), ("item", "")),
    "record group": ("record_group", "collection"),
    "class": ("section", "series"),
    "part": ("item", ""),
}
# Columns and the facts that they are, where a cell says no more than its text.
_FACTS: dict[str, str] = {
    "scopeAndContent": "summary", "extentAndMedium": "extent", "physicalDescription": "extent",
    "accessConditions": "rights", "reproductionConditions": "rights",
    "digitalObjectURI": "url",
}  # fmt: skip
_SEVERAL: dict[str, str] = {
    "subjectAccessPoints": "subject", "placeAccessPoints": "subject", "nameAccessPoints": "subject",
    "genreAccessPoints": "kind", "language": "language", "radGeneralMaterialDesignation": "kind",
    "generalNote": "note", "radGeneralNote": "note", "alternativeIdentifiers": "identifier",
}  # fmt: skip
_CONTAINERS = {"box": "box", "boîte": "box", "carton": "carton", "folder": "folder", "chemise": "folder",
               "volume": "volume", "reel": "reel", "drawer": "drawer", "album": "album", "cabinet": "container",
               "filing cabinet": "container", "map cabinet": "container", "shelf": "container"}  # fmt: skip
_CREATION = frozenset(("", "creation", "création", "entstehung", "creación", "creazione", "accumulation", "null"))


class _Above(NamedTuple):
    """A row as those below it see it: its level and title, what is above it, and its repository."""

    level: Level | None
    above: str
    repository: str


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each row, in the order of the table; raises InputError where a column is missing."""
    problems: list[Problem] = []
    rows = read_rows(stream, options, problems)
    line, head = next(rows, (1, []))
    head = [cell.strip().removeprefix("\ufeff") for cell in head]
    if not {"title", "levelOfDescription"} <= set(head):
        message = "this is no table of AtoM's descriptions: it has no title and levelOfDescription"
        raise InputError(Problem(message, Where(options.source, line)))
    tree: dict[str, _Above] = {}
    last: tuple[str, str, Record] | None = None  # which a row in another language may translate
    for line, row in rows:
        where = Where(options.source, line)
        cells = {name: cell.strip() for name, cell in zip(head, row, strict=False) if cell.strip()}
        parent, own_id, culture = (cells.get(name, "") for name in ("parentId", "legacyId", "culture"))
        if last and own_id and own_id == last[0] and culture != last[1]:
            title = closed_title(cells.get("title", ""))
            last[2].translated_title = title if title != last[2].title else ""
            continue
        if last:
            yield last[2]
            last = None
        if parent and parent not in tree:
            message = f"parentId {parent!r} is not the legacyId of a row above; the levels above are not known"
            yield Problem(message, where, severity="warning")
        own = _own_level(cells)
        repository = cells.get("repository") or (tree[parent].repository if parent in tree else "")
        if cells.get("legacyId"):
            tree[cells["legacyId"]] = _Above(own, parent, repository)
        record = _record(cells, _levels_above(parent, tree), repository, options)
        if record is None:
            yield Rejected(Problem("a row without a title", where), line_of_cells(row))
        else:
            last = own_id, culture, record
    if last:
        yield last[2]
    yield from problems


def _several(text: str) -> list[str]:
    """Return the values of a cell; AtoM writes NULL for one that is not there."""
    return ["" if part.strip() == "NULL" else part.strip() for part in text.split("|")]


def _own_level(cells: dict[str, str]) -> Level | None:
    name = _LEVELS.get(cells.get("levelOfDescription", "").casefold(), ("series", ""))[0]
    title = closed_title(cells.get("title", ""))
    return Level(name, title) if title else None


def _levels_above(parent: str, tree: dict[str, _Above]) -> list[Level]:
    """Return the levels of the rows above, small to large."""
    found: list[Level] = []
    seen: set[str] = set()
    while parent in tree and parent not in seen:
        seen.add(parent)
        if (level := tree[parent].level) is not None:
            found.append(level)
        parent = tree[parent].above
    return found


def _record(cells: dict[str, str], above: list[Level], repository: str, options: ReadOptions) -> Record | None:
    builder = RecordBuilder()
    kind = _LEVELS.get(cells.get("levelOfDescription", "").casefold(), ("", ""))[1]
    builder.add("kind", kind)
    builder.add("title", cells.get("title", ""))
    for column, fact in _FACTS.items():
        builder.add(fact, cells.get(column, ""))
    for column, fact in _SEVERAL.items():
        builder.add(fact, *_several(cells.get(column, "")))
    storage = _storage(cells)
    reference = cells.get("identifier", "")
    builder.levels = storage or ([Level("call_number", reference)] if reference and not kind else [])
    builder.levels += above
    if repository:
        builder.levels.append(Level("repository", repository))
    builder.add("identifier", reference)
    metadata = Metadata(source=repository, file=file_name(options.source), reader="atom-csv")
    record = builder.record(metadata, key_of(cells.get("legacyId", "")))
    if record is None:
        return None
    date, words, creators = _events(cells, bool(kind))
    holding = Holding(tuple(dict.fromkeys(builder.levels)))
    return replace(record, date=date, date_text=words, creators=tuple(creators), archive=holding)


def _storage(cells: dict[str, str]) -> list[Level]:
    """Return the boxes and folders that a description lies in, folders first."""
    names = _several(cells.get("physicalObjectName", ""))
    types = [*_several(cells.get("physicalObjectType", "")), *[""] * len(names)]
    found = []
    for name, kind in zip(names, types, strict=False):
        words = [*kind.casefold().split(), *name.casefold().split()[:1]]
        level = next((_CONTAINERS[word] for word in reversed(words) if word in _CONTAINERS), "container")
        if name:
            found.append(Level(level, name))
    return sorted(found, key=lambda level: level.name != "folder")


def _events(cells: dict[str, str], whole: bool) -> tuple[str, str, list[Creator]]:
    """Return date, its words where they are no date, and the actors of all events."""
    columns = ("eventTypes", "eventDates", "eventStartDates", "eventEndDates", "eventActors")
    given = [_several(cells.get(column, "")) for column in columns]
    if "creators" in cells:  # older templates
        given[4] = given[4] if any(given[4]) else _several(cells["creators"])
        for i, column in enumerate(("creationDates", "creationDatesStart", "creationDatesEnd"), 1):
            given[i] = given[i] if any(given[i]) else _several(cells.get(column, ""))
    date = words = ""
    creators: list[Creator] = []
    for i in range(max(map(len, given))):
        kind, shown, begin, end, actor = (values[i] if i < len(values) else "" for values in given)
        created = kind.casefold() in _CREATION
        if created and not (date or words):
            date, words = written_date(shown)
            date = date or date_range(begin, end)
        if actor:
            role = ("creator" if whole else "author") if created else role_of(kind, "contributor")
            body = ", " not in actor
            creator = Creator(heading_name(actor, body=body), role)
            if creator not in creators:
                creators.append(creator)
    return date, words, creators
