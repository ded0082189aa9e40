"""Metadata of the Internet Archive as JSON: that of one item (`/metadata/ID`), or the hits of a search.

Uploaders fill the fields as they like, with one text or a list, HTML in descriptions, names in either order. What lies
in an archive of paper is told by fields that some libraries use (`contributor` is the library that owns the original,
`call_number`, `box`, `folder`); the site itself is the digital home.

Left out: files, reviews and derived formats.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.shared.headings import file_name, key_of
from citetool.formats.shared.json_fields import Object, mapping, mappings, records_of, text, texts, unmarked
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.lazy_re import lazy
from citetool.names import parse_direct_name, parse_name
from citetool.record.model import Metadata, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected
    from citetool.names import Name
    from citetool.problems import Problem

SITE = "Internet Archive"
_KINDS = {"texts": "book", "audio": "sound recording", "etree": "sound recording", "movies": "film", "image": "graphic",
          "software": "software", "web": "webpage", "data": "dataset", "collection": "collection"}  # fmt: skip
_FIELDS = {
    "title": "title", "date": "date", "language": "language", "subject": "subject", "publisher": "publisher",
    "rights": "rights", "licenseurl": "rights", "possible-copyright-status": "rights", "contributor": "repository",
    "call_number": "call_number", "isbn": "isbn", "issn": "issn", "volume": "volume", "issue": "issue", "lccn": "lccn",
    "oclc-id": "oclc", "genre": "kind", "type": "kind", "physical_description": "extent", "notes": "note",
    "place": "place", "coverage": "place", "box": "box", "folder": "folder", "series": "series",
    "recipient": "recipient",
    "citation": "citation", "doi": "doi", "year": "date",
}  # fmt: skip


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each item, in the order of the file."""
    yield from records_of(stream, options, _record, _items, ("docs", "items"))


def _items(data: Object) -> list[Object]:
    if docs := mappings(mapping(data.get("response")).get("docs")):
        return docs
    inner = mapping(data.get("metadata"))
    return [inner] if inner else [data]


def _record(data: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    number = text(data.get("identifier"))
    if not number and not data.get("title"):
        return None
    facts = RecordBuilder()
    for field, fact in _FIELDS.items():
        facts.add(fact, *map(unmarked, texts(data.get(field))))
    if not facts.all("title"):
        facts.add("title", number)
    facts.add("summary", *(unmarked(words) for words in texts(data.get("description"))))
    for role in ("creator", "author", "director", "photographer", "performer"):
        for words in texts(data.get(role)):
            plain = re.sub(r",?\s*(?:b\. |d\. )?\d{4}\??\s*-\s*(?:\d{4}\??)?$", "", unmarked(words))
            name = parse_name(plain) if "," in plain else _direct(plain)
            facts.name(name, "author" if role == "creator" else role)
    if not facts.all("kind"):
        facts.add("kind", _KINDS.get(text(data.get("mediatype")), "document"))
    facts.add("site", SITE)
    url = f"https://archive.org/details/{number}" if number else ""
    facts.add("url", url)
    metadata = Metadata(source=SITE, url=url, file=file_name(options.source), reader="internet-archive")
    record = facts.record(metadata, key_of(number))
    if record and number:
        record.digital.id = number
    return record


_BODY = lazy(
    r"\b(?:of|the|and|for|University|Library|Department|Office|Bureau|Society|Company|Inc|Records|Press|Museum|"
    r"Committee|Corporation|Institute|Agency|Association|Service)\b|&"
)


def _direct(words: str) -> Name:
    """Return a name without a comma: a body where it has a word of bodies or more than four words, else a person."""
    return parse_name(words) if _BODY.search(words) or len(words.split()) > 4 else parse_direct_name(words)
