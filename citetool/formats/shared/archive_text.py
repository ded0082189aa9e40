"""Archival levels out of the few texts that bibliographic formats have for them.

A format with fields for archive, location, collection and place is read by `parse_holding`; the location is taken
apart at its commas by the words that name a level (`Box 10`, `f. 5`, `RG 59`). A piece that names none keeps its text
and counts as a call number. Whole citations in running text are not read here.
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
    `Manuscript Division, Harriman Papers, Container 173`.
    """
    above: list[Level] = []
    if collection and collection in location:
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
        levels += parse_repository(repository)
    if place:
        levels.append(Level("place", place))
    return _apart(levels)


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
