"""Words of queries for fields, days as numbers, checksums: what a search needs to know without reading any record."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_START, NO_END = -(10**15), 10**15
"""The bounds of a span that is open or not known at that end."""

EVENT = "@"
"""Before the name of an event among the names of fields that an index has."""

# Another word for a field, as people may write it in a query.
SYNONYMS = {
    "key": "id",
    "tags": "tag",
    "subjects": "subject",
    "notes": "note",
    "markings": "marking",
    "aliases": "alias",
    "files": "file",
    "creators": "name",
    "person": "name",
    "people": "name",
    "lang": "language",
    "digital.url": "url",
    "digital.name": "site",
    "website": "site",
    "digital.id": "site_id",
    "file_name": "file",
}


def day_number(day: tuple[int, int, int]) -> int:
    """Return a day as one number that sorts as the days do: 19440626."""
    year, month, date = day
    return year * 10000 + month * 100 + date


def checksum(shown: Iterable[str]) -> int:
    """Return the checksum of what a search shows of a record: a damaged index may say anything."""
    return zlib.crc32("\0".join([str(text or "") for text in shown]).encode("utf-8", "surrogatepass"))
