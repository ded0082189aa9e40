"""The archive, the copy and the publisher that an entry of a `.bib` file names.

Archival entries have no one form; the forms that are read are named in `reader`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.shared.archive_text import is_whole_way, parse_level
from citetool.lazy_re import lazy
from citetool.record.kinds import KINDS

from .fields import ARCHIVAL, CSL_OF
from .values import text_of

if TYPE_CHECKING:
    from citetool.formats.csl.variables import Item

    Fields = dict[str, str]


def read_homes(kind: str, fields: Fields, item: Item, *, ours: bool) -> list[str]:
    """Read publisher and place, or the archive, and return the notes that turned out to be none of these."""
    how = text_of(fields.pop("howpublished", ""))
    url = re.match(r"(?:\S*\s)?(?:at |from |Available:? )?<?(https?://[^\s>]+)>?\.?$", how)
    if url:
        item.setdefault("URL", url.group(1))
        how = "" if how.startswith(("http", "<")) else how
    if how.casefold() == item.get("genre", "").casefold():  # Zotero says the kind twice
        how = ""
    known = KINDS.get(item.get("genre", "").casefold())
    archival = kind in ARCHIVAL or (known is not None and known.archival and kind == "misc")
    if not ours and _read_way(kind, how, fields, item):
        archival, how = True, "" if item["archive_location"] == how.rstrip(".") else how
    archival |= "library" in fields or "shelfmark" in fields or (kind == "misc" and item["type"] == "manuscript")
    if archival and (kind in ARCHIVAL or kind == "misc" or kind not in CSL_OF or item["type"] == "manuscript"):
        return _read_archive(fields, item, how, ours=ours)
    bodies = [text_of(fields.pop(name)) for name in ("institution", "school", "organization") if name in fields]
    if "publisher" in item:
        if bodies:
            fields["organization"] = "; ".join(bodies)
    elif bodies or how:
        item["publisher"] = "; ".join([*bodies, *([how] if how and not bodies else [])])
        how = how if bodies else ""
    place = text_of(fields.pop("location", "")) or text_of(fields.pop("address", ""))
    if place:
        item["publisher-place"] = place
    if "library" in fields:
        item["call-number"] = text_of(fields.pop("library"))
    if ours and "addendum" in fields:
        _read_copy(text_of(fields.pop("addendum")), item)
    return [how] if how else []


def _read_way(kind: str, how: str, fields: Fields, item: Item) -> bool:
    """Take the field in which plain BibTeX has the whole way from box to archive; return whether there is one."""
    if kind not in ARCHIVAL and kind != "misc":
        return False
    if any(name in fields for name in _KEPT):
        return False
    for name in ("howpublished", "note", "addendum"):
        text = (how if name == "howpublished" else text_of(fields.get(name, ""))).rstrip(".")
        if text and is_whole_way(text):
            item["archive_location"] = text
            fields.pop(name, None)
            if item["type"] == "document":
                item["type"] = "manuscript"
            return True
    return False


def _read_archive(fields: Fields, item: Item, how: str, *, ours: bool) -> list[str]:
    place = text_of(fields.pop("location", "")) or text_of(fields.pop("address", ""))
    kept = any(name in fields for name in _KEPT)
    if kept and ("event-title" in item or "event-date" in item) and "library" not in fields:
        item["publisher"] = "; ".join(text_of(fields.pop(name)) for name in _KEPT if name in fields)
        kept = False
    if place:
        item["archive-place" if kept or (ours and "event-place" in item) else "event-place"] = place
    if "issued" not in item and "original-date" in item:  # letters have their date in `origdate`
        item["issued"] = item.pop("original-date")
    origin = text_of(fields.pop("origlocation", ""))
    if origin:
        item["event-place"] = origin
    note = text_of(fields.pop("note", "")).replace("\u00a0", " ")
    library = text_of(fields.pop("library", ""))
    bodies = [text_of(fields.pop(name)) for name in ("organization", "institution", *_ARCHIVE) if name in fields]
    way = [text_of(fields.pop(name)) for name in _PLACES if name in fields]
    if way and "archive_location" not in item:
        item["archive_location"] = ", ".join(way)
    collection = text_of(fields.pop("collection", ""))
    shelfmark = text_of(fields.pop("shelfmark", ""))
    notes: list[str] = []
    number = item.pop("number", "")
    if library:
        _read_library(library, item)
        # our own note has the same levels, from small to large
        if note and sorted(note.split(", ")) != sorted(library.split(", ")):
            notes.append(note)
    else:
        if bodies:
            item["archive"] = ", ".join(bodies)
        if note and not _read_note(note, bodies, item):
            notes.append(note)
    if collection:
        item.setdefault("archive_collection", collection)
    if shelfmark:
        item["call-number"] = shelfmark
    if _WORDS.fullmatch(how) and parse_level(how).name == "call_number":  # `Blog post`, no place in an archive
        notes.append(how)
        how = ""
    before = [text for text in (how, number) if text]
    if before and "archive_location" in item:
        item["archive_location"] = ", ".join([*before, item["archive_location"]])
    elif number:
        item["archive_location"] = number
    elif how:
        notes.append(how)
    addendum = text_of(fields.get("addendum", ""))
    if addendum and (ours or _number_in_url(addendum, item)):
        _read_copy(fields.pop("addendum") and addendum, item)
    return notes


_WORDS = lazy(r"[^\W\d]+(?: [^\W\d]+)*\.?")
_ARCHIVE, _PLACES = ("archive", "repository"), ("archivelocation", "archive_location")
"""No fields of BibLaTeX, but what people call theirs."""
_KEPT = ("library", "organization", "institution", "collection", "shelfmark", *_ARCHIVE, *_PLACES)


def _read_library(text: str, item: Item) -> None:
    """Read `Library of Congress, Manuscript Division, Harriman Papers, Container 173`, from large to small."""
    repository, *rest = text.split(", ")
    if rest and parse_level(repository).name == "collection":  # biblatex-mla has them small to large
        item["archive_collection"] = repository
        item.setdefault("archive", ", ".join(rest))
        return
    if rest and _UNIVERSITY.search(rest[0]):  # `Bentley Historical Library, University of Michigan, ...`
        repository = f"{repository}, {rest.pop(0)}"
    item.setdefault("archive", repository)
    if rest:
        item.setdefault("archive_location", ", ".join(rest))


_UNIVERSITY = lazy(r"(?i)^(?:the )?universit\w+ (?:of|de|degli|di|zu|at)\b|\b(?:university|college|universität)$")


def _read_note(note: str, bodies: list[str], item: Item) -> bool:
    """Take a note that names the institution, and what is below it, or that is nothing but levels."""
    repository = bodies[-1] if bodies else ""
    if repository and f", {repository}" in note:
        before, _, after = note.partition(f", {repository}")
        item["archive_location"] = before
        place = item.get("archive-place", "")
        after = after.removeprefix(f", {place}").lstrip(" .,") if place else after.lstrip(" .,")
        if after:
            _read_copy(after, item)
        return True
    pieces = note.split(", ")
    if bodies and all(parse_level(piece).name != "call_number" for piece in pieces):
        item["archive_location"] = note
        return True
    return False


def _read_copy(text: str, item: Item) -> None:
    """Read `Wilson Center Digital Archive, 219945`: the site, and its number where that is part of the URL."""
    site, _, number = text.rpartition(", ")
    if site and number in item.get("URL", ""):
        item["source"] = site
        if number != item["id"]:
            item["call-number"] = number
    else:
        item["source"] = text


def _number_in_url(text: str, item: Item) -> bool:
    number = text.rpartition(", ")[2]
    return bool(number) and number in item.get("URL", "")
