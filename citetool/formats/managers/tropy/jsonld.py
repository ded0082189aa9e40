"""Projects of Tropy exported as JSON-LD: items with their metadata, tags, notes and photographs.

The short names in an item are explained by the file's `@context`, which maps them to properties (`terms.py`). A
value is a text, or a mapping with its type and `@value`. Photographs become files of kind `scan`, their transcriptions
and notes notes of the record.

Left out: selections and the adjustment of images.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from citetool.formats.shared.headings import file_name, key_of, unique
from citetool.formats.shared.json_fields import Object, mapping, mappings, records_of, text, texts, unmarked
from citetool.formats.shared.record_builder import RecordBuilder
from citetool.record.model import File, Metadata, Record

from .terms import fact_of_property

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected
    from citetool.problems import Problem

_OWN = frozenset(
    (
        *("@id", "@type", "@context", "template", "photo", "photos", "tag", "tags", "list", "lists"),
        *("note", "notes", "transcription", "transcriptions"),
    )
)


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each item, in the order of the file."""
    yield from records_of(stream, options, _record, _items)


def _items(data: Object) -> list[Object]:
    """Return the items of a graph, each with the properties that the context gives its short names."""
    graph = mappings(data.get("@graph")) or [data]
    names = _context(data.get("@context"))
    return [{**item, "@context": names} for item in graph]


def _context(context: Any, depth: int = 0) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in mappings(context) if depth < 5 else []:
        for name, meaning in part.items():
            address = meaning if isinstance(meaning, str) else text(mapping(meaning).get("@id"))
            if address.startswith("http"):
                found[name] = address
            nested = mapping(mapping(meaning).get("@context"))
            found |= {n: a for n, a in _context(nested, depth + 1).items() if n not in found}
    return found


def _record(item: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    names = item["@context"]
    facts = RecordBuilder()
    for name, value in item.items():
        if name in _OWN:
            continue
        words = [unmarked(t) for t in texts(value)]
        fact = fact_of_property(names.get(name, name))
        if fact:
            facts.add(fact, *words)
        elif words:
            facts.label(name, words)
    notes = [*_notes(item), *(note for photo in _photos(item) for note in _notes(photo))]
    facts.add("note", *notes)
    number = next((i for i in facts.all("identifier") if " " not in i), "")
    metadata = Metadata(source="Tropy", file=file_name(options.source), reader="tropy")
    record = facts.record(metadata, key_of(number))
    if record is None:
        return None
    record.tags = unique(texts(item.get("tag")) + texts(item.get("tags")))
    record.files = tuple(_file(photo) for photo in _photos(item) if _name(photo))
    return record


def _photos(item: Object) -> list[Object]:
    return mappings(item.get("photo")) or mappings(item.get("photos"))


def _notes(item: Object) -> list[str]:
    """Return notes and transcriptions as plain text; a note is given as text, HTML or both."""
    found = []
    for name in ("note", "notes", "transcription", "transcriptions"):
        value = item.get(name)
        for note in value if isinstance(value, list) else [value]:
            given = note if isinstance(note, str) else text(mapping(note).get("text") or mapping(note).get("html"))
            found.append(unmarked(given))
    return [note for note in found if note]


def _name(photo: Object) -> str:
    """Return the file name of a photograph; its folder is one of another machine."""
    path = text(photo.get("filename")) or text(photo.get("path"))
    return PurePosixPath(path.replace("\\", "/")).name


def _file(photo: Object) -> File:
    return File(_name(photo), "scan", note=text(photo.get("title")) if text(photo.get("title")) != _name(photo) else "")
