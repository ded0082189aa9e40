"""Archival levels out of the few texts that bibliographic formats have for them.

A format with fields for archive, location, collection and place is read by `parse_holding`; the location is taken
apart at its commas by the words that name a level (`Box 10`, `f. 5`, `RG 59`). A piece that names none keeps its text
and counts as a call number. What people put whole into one field, with the archive that keeps it, is read as a
citation is (`citetool.parsing`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.record.levels import collection as collection_of
from citetool.record.levels import group_of, paired_names, reference
from citetool.record.levels import place as place_of
from citetool.record.levels import repository as repository_of
from citetool.record.model import Holding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Record

# The words that begin a piece of a location, and the level that they name.
_WORDS: dict[str, str] = {
    "box": "box", "boxes": "box", "container": "container", "containers": "container", "carton": "carton",
    "cartons": "carton", "folder": "folder", "folders": "folder", "file": "file", "files": "file",
    "file unit": "file_unit", "dossier": "dossier", "series": "series", "subseries": "subseries",
    "sub-series": "subseries", "subgroup": "subgroup", "sous-série": "subseries", "série": "series",
    "record group": "record_group", "rg": "record_group", "entry": "entry", "lot": "lot", "lot file": "lot",
    "reel": "reel", "reels": "reel", "roll": "roll", "frame": "frame", "frames": "frame", "volume": "volume",
    "vol.": "volume", "vols.": "volume", "page": "page", "pages": "page", "p.": "page", "pp.": "page", "item": "item",
    "document": "document", "doc.": "document", "drawer": "drawer", "album": "album", "bundle": "bundle",
    "tape": "tape", "sheet": "sheet", "accession": "accession", "piece": "piece", "f.": "fond", "ф.": "fond",
    "fond": "fond", "фонд": "fond", "op.": "opis", "оп.": "opis", "opis": "opis", "d.": "delo", "д.": "delo",
    "delo": "delo", "l.": "list", "ll.": "list", "л.": "list", "лл.": "list", "list": "list", "karton": "carton",
    "kasten": "box", "mappe": "folder", "carton.": "carton", "caja": "box", "legajo": "bundle", "carpeta": "folder",
    "liasse": "bundle", "boîte": "box",
}  # fmt: skip
_PIECE = lazy(
    rf"(?i)({'|'.join(re.escape(w) for w in sorted(_WORDS, key=len, reverse=True))})"
    r"(?=[\s\d#:]|$)\s*(?:no\.?\s*)?[#:]?\s*\S"
)
_CLASS_PIECE = lazy(r"([A-Z]{2,5} \d+)/(\d\S*)$")
_COLLECTION = lazy(
    r"(?i)\b(?:papers|collection|collections|records|fonds|manuscripts|correspondence|nachlass|archive files)$"
)
_DIVISION = lazy(
    r"(?i)\b(?:division|department|manuscripts|special collections|archives and manuscripts|section|branch|room)\b"
)
_IS_DIVISION = lazy(r"(?i)\b(?:division|department|branch)$")
_MORE = lazy(r"(?:and |& )?\d[\d–-]*$")
_COMMA = lazy(r"[,;]")
_SPLIT = lazy(r"\s*[,;]\s+(?![^(]*\))")


@lru_cache(maxsize=8192)
def parse_level(text: str) -> Level:
    """One piece of a location as a level; `call_number` where its words name no level."""
    match = _PIECE.match(text)
    if match:
        return Level(_WORDS[match.group(1).lower()], text)
    if _COLLECTION.search(text):
        return Level("collection", text)
    return Level("division" if _IS_DIVISION.search(text) else "call_number", text)


_KEEPER = lazy(
    r"(?i)archi[vw]|arkiv|archyw|librar(?:y|ies)\b|bibliot|museum|\bmus[ée]e\b|\bmuseo\b|historical society"
    r"|record office|архив|библиотек|музе[йя]"
)
_SITE = lazy(r"(?i)\b(?:digital|online|internet|e-?print\w*|web|cochrane|database|arxiv)\b")


def is_kept(archive: str, location: str, *, article: bool = False) -> bool:
    """Return whether archive and location are those of an original.

    Of what is published, both may be a database and its number: the words of the location have to name a level, or,
    of what is no article, those of the archive a keeper of originals.
    """
    if not archive or not location:
        return False
    if any(parse_level(piece).name not in ("call_number", "item") for piece in _SPLIT.split(location)):
        return True
    return not article and bool(_KEEPER.search(archive)) and not _SITE.search(archive)


def parse_location(text: str) -> list[Level]:
    """Return the levels of a location text, in its order: `Folder 6, Box 10` gives a folder and a box."""
    levels: list[Level] = []
    for piece in _SPLIT.split(text.strip()) if text.strip() else ():
        pair = _CLASS_PIECE.match(piece)
        if pair:
            levels += [Level("class", pair.group(1)), Level("piece", pair.group(2))]
        elif levels and _MORE.match(piece):  # `Boxes 3, 5`
            levels[-1] = Level(levels[-1].name, f"{levels[-1].value}, {piece}")
        elif piece:
            levels.append(parse_level(piece))
    return levels


@lru_cache(maxsize=4096)
def parse_repository(text: str) -> tuple[Level, ...]:
    """Division and repository of `Manuscript Division, Library of Congress`; the whole as repository otherwise."""
    first, comma, rest = text.partition(", ")
    if comma and rest and _DIVISION.search(first) and not _DIVISION.search(rest):
        return Level("division", first), Level("repository", rest)
    return (Level("repository", text),) if text else ()


def parse_holding(location: str = "", collection: str = "", repository: str = "", place: str = "") -> Holding:
    """Return the holding that four texts describe, small to large."""
    return Holding(parse_levels(location, collection, repository, place))


@lru_cache(maxsize=8192)
def parse_levels(location: str, collection: str, repository: str, place: str) -> tuple[Level, ...]:
    """Return the levels that four texts describe, small to large.

    The location may also name the collection and what stands between it and the repository, large to small:
    `Manuscript Division, Harriman Papers, Container 173`. A location or a repository that is alone may be the whole way
    from the box to the archive.
    """
    above: list[Level] = []
    if not collection and not repository and _names_keeper(location) and (whole := _whole_way(location)):
        levels = whole
    elif collection and collection in location:
        before, _, after = location.partition(collection)
        levels = [*parse_location(after.lstrip(" ,;.")), Level("collection", collection)]
        larger = parse_location(before.rstrip(" ,;."))
        if all(group_of(level.name) in _ABOVE for level in larger):
            levels += reversed(larger)
        else:
            levels = [*larger, levels[-1], *levels[:-1]]
    else:
        levels = parse_location(location)
        while len(levels) > 1 and group_of(levels[0].name) in _ABOVE and levels[0].name not in _IN_REFERENCES:
            above.insert(0, levels.pop(0))
        if collection:
            levels.append(Level("collection", collection))
        levels += above
    if repository:
        levels += keeper_levels(repository)[0] if _names_level(repository) else parse_repository(repository)
    if place:
        levels.append(Level("place", place))
    return _apart(levels)


def _names_level(text: str) -> bool:
    """Return whether what a text names first or last is a level below an archive."""
    if not _COMMA.search(text):
        return False
    return any(parse_level(piece).name not in ("call_number", "division") for piece in _SPLIT.split(text))


def _names_keeper(text: str) -> bool:
    """Return whether a piece that names no level is the name or the letters of an archive."""
    pieces = [piece for piece in _SPLIT.split(text) if parse_level(piece).name in ("call_number", "division")]
    return any(_KEEPER.search(piece) or _LETTERS.match(piece) for piece in pieces) and "," in text


_LETTERS = lazy(r"[A-ZА-Я](?=\w*[A-ZА-Я])[^\W\d_]*(?: [A-ZА-Я]{2,})?$")  # TNA, BArch, АВП РФ


def _whole_way(text: str) -> list[Level]:
    """Return the levels of a location that names its archive; none where no archive is found, or not all is read."""
    levels = _read(text)
    names = {level.name for level in levels}
    found = any(group_of(name) == "repository" for name in names) and not names <= {"repository", "page"}
    return levels if found and _says_all(levels, text) else []


def is_whole_way(text: str) -> bool:
    """Return whether a text of any kind, a note for one, is the way from something kept to its archive and no more.

    `Box 4, Dulles Papers, Princeton University Library` is; a sentence, a place of publication, the bare name of an
    archive and a series of reports or books (`IEEE, Paper 12`, `Loeb Classical Library, vol. 12`) are not.
    """
    if not _names_keeper(text):
        return False
    levels = _whole_way(text)
    below = [level for level in levels if group_of(level.name) not in ("repository", "place", "division")]
    unnamed = [level for level in below if level.name == "collection" and not _IS_COLLECTION.search(level.value)]
    if len(below) == len(unnamed) or any(level.value.split()[-1][:1].islower() for level in unnamed):  # `Held at the`
        return False
    if any(level.name in _OF_ARCHIVES or _IS_COLLECTION.search(level.value) for level in below):
        return True
    return any(_is_archive(level.value, below) for level in levels if group_of(level.name) == "repository")


_OF_ARCHIVES = frozenset(
    ("box", "folder", "carton", "container", "reel", "record_group", "fond", "opis", "delo", "papka", "dossier")
)


def _is_archive(name: str, below: Iterable[Level]) -> bool:
    """Return whether a name is that of a known archive; letters alone may be another body's: a shelfmark tells."""
    from citetool.parsing.gazetteer import gazetteer  # noqa: PLC0415 - as in `_read`

    if gazetteer().repository(name) is None:
        return False
    return not _LETTERS.match(name) or any(_SHELVED.search(level.value) for level in below)


_SHELVED = lazy(r"/|[A-Z] \d|\d [A-Z]")  # `PREM 4/33/5`, `N 1042`, `72 AJ 235`; not `TM-2003-212345`


def _says_all(levels: Iterable[Level], text: str) -> bool:
    said = " ".join(level.value for level in levels)
    text = _SHORT.sub("", text)
    return all(word in said for word in _WORD.findall(text))


def _apart(levels: list[Level]) -> tuple[Level, ...]:
    """Return the levels, each name in one run: pairs (`f. 5, d. 1; f. 6, d. 2`) are put together by name, another that
    bears the name of an earlier one, not the one before it, is renamed.
    """
    if len({level.name for level in levels}) == len(levels):
        return tuple(levels)
    paired = frozenset[str]().union(*paired_names(level.name for level in levels))
    kept: list[Level] = []
    for level in levels:
        names = [before.name for before in kept]
        name = level.name
        if name in names and names[-1] != name and name not in paired:
            name = next((other for other in _SPARE if other not in names), name)
        if name in names and names[-1] != name:
            index = len(names) - names[::-1].index(name)
            kept.insert(index, Level(name, level.value))
        else:
            kept.append(Level(name, level.value))
    return tuple(kept)


_SPARE = ("section", "subfonds", "accession", "item")


_IS_COLLECTION = lazy(r"(?i)\b(?:papers|collections?|records|fonds|nachlass|files?|manuscripts)\b")


_SHELF_MARK = lazy(r"(?:[A-Z]+[\d.]*|[A-Z][a-z]+) [.A-Z]{0,2}\d[\w./-]*$")


@lru_cache(maxsize=1024)
def keeper_levels(text: str) -> tuple[tuple[Level, ...], bool]:
    """Return the levels of a text that names a repository, and whether more was read out of it than its name.

    A text without commas is the name, or a shelf mark or container, as Zotero has it there. Of a longer one, a reading
    counts only where it finds a collection by its word or a level below; a body and its part are `division` and
    `repository`. The postal code of an American address is left out, its city is the `place`.
    """
    address = _ADDRESSED.search(text)
    if address:
        levels, _ = keeper_levels(text[: address.start()])
        return (*levels, Level("place", address[1])), True
    if not _COMMA.search(text):
        level = parse_level(text)
        if _SHELF_MARK.match(text) or level.name not in ("call_number", "collection", "division"):
            return (level,), True
        return ((Level("repository", text),) if text else ()), False
    found = _read(text)
    if found and not _says_all(found, text):
        return _levels_then_name(text), True
    groups = {group_of(level.name) for level in found}
    if groups & {"item", "folder", "container", "series"} or any(
        group_of(level.name) == "collection" and _IS_COLLECTION.search(level.value) for level in found
    ):
        return tuple(found), True
    parts = _levels_then_name(text)
    return parts, len(parts) > 1


_ADDRESSED = lazy(r"(?<=\w),\s+([^,;\d]+,\s+[A-Z]{2})\.?\s+\d{5}(?:-\d{4})?\s*$")
_SHORT = lazy(r" \([A-Z]{2,}\)")  # the archive's letters behind its name
_WORD = lazy(r"\w{3,}|\d+")


def _levels_then_name(text: str) -> tuple[Level, ...]:
    """Return the levels that a text begins with, and all the rest of it as the name of the repository."""
    pieces = re.split(r"[,;]\s+", text)
    levels: list[Level] = []
    while len(pieces) > 1:
        level = parse_level(pieces[0])
        if level.name in ("call_number", "division") and not _SHELF_MARK.match(pieces[0]):
            break
        levels.append(level)
        del pieces[0]
    return (*levels, *parse_repository(", ".join(pieces)))


def _read(text: str) -> list[Level]:
    from citetool.parsing import read_levels  # noqa: PLC0415 - most files need it for none of their entries

    levels = [_as_mark(level) for level in read_levels(text)]
    if levels and levels[0].name == "collection_id" and not any(level.name == "collection" for level in levels):
        levels[0] = Level("call_number", levels[0].value)  # with nothing below or beside it, the mark of the item
    return levels


def _as_mark(level: Level) -> Level:
    """Return `P 7803` as a shelf mark: no keeper has a page."""
    is_mark = level.name == "page" and level.value[:1].isupper()
    return Level("call_number", level.value) if is_mark else level


_IN_REFERENCES = frozenset({"fond", "class"})
_ABOVE = frozenset({"collection", "division", "repository"})


def provenance(record: Record) -> tuple[str, str]:
    """Return where a record is kept and where it is read, each as one text for people; empty where that is not known.

    `("Container 173, Harriman Papers, Library of Congress, Washington, D.C.", "Wilson Center Digital Archive, 219945")`
    """
    archive, digital = record.archive, record.digital
    kept = (reference(archive), collection_of(archive), repository_of(archive), place_of(archive))
    number = digital.id or (record.id if record.id in digital.url else "")
    return ", ".join(filter(None, kept)), ", ".join(filter(None, (digital.name, digital.name and number)))
