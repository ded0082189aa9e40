"""Items of Omeka, as its interfaces give them: Omeka S in JSON-LD, Omeka Classic with its element texts.

Both describe items by Dublin Core, which is read as it is elsewhere; `source` is taken apart as a path to the original
and said to be inferred. Files, item sets and exhibits describe no source of their own and are rejected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.formats.metadata.dublincore import record_of
from citetool.formats.shared.headings import file_name, key_of
from citetool.formats.shared.json_fields import Object, mapping, mappings, records_of, text, texts, unmarked
from citetool.xmlio import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, BinaryIO

    from citetool.formats.base import ReadOptions, Rejected
    from citetool.problems import Problem
    from citetool.record.model import Record

# Properties of the bibliographic ontology that Omeka S offers beside Dublin Core, as the element that says the same.
_BIBO = {"recipient": "contributor", "shortTitle": "alternative", "doi": "identifier", "numPages": "extent"}


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each item, in the order of the file."""
    yield from records_of(stream, options, _record, _items, ("items",))


def _items(data: Object) -> Sequence[Any]:
    return [data]


def _record(data: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    kinds = texts(data.get("@type"))
    if kinds and not any(kind in ("o:Item", "Item") for kind in kinds):
        return None
    thing = etree.Element("thing")
    for name, value in _properties(data):
        etree.SubElement(thing, name).text = (
            escape(value).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        )
    if len(thing) == 0:
        return None
    record = record_of(thing)
    address = text(data.get("@id")) or text(data.get("url"))
    record.metadata.url, record.metadata.reader = address, "omeka"
    record.metadata.file = file_name(options.source)
    record.digital.url = record.digital.url or address
    record.id = key_of(text(data.get("o:id")) or text(data.get("id")) or address)
    return record if record.any_title else None


def _properties(data: Object) -> Iterator[tuple[str, str]]:
    """Yield the elements of an item and their texts, links by the titles that they show."""
    for key, values in data.items():
        space, _, name = key.partition(":")
        if space not in ("dcterms", "dc", "bibo") or not name.isidentifier():
            continue
        for value in mappings(values) or [{"@value": words} for words in texts(values)]:
            words = text(value.get("@value")) or text(value.get("display_title")) or text(value.get("o:label"))
            words = words or text(value.get("@id"))
            if words:
                yield (_BIBO.get(name, name) if space == "bibo" else name), unmarked(words)
    for value in mappings(data.get("element_texts")):
        name = text(mapping(value.get("element")).get("name")).replace(" ", "")
        if name.isalpha() and value.get("text"):
            yield name[:1].lower() + name[1:], unmarked(text(value["text"]))
    kind = text(mapping(data.get("item_type")).get("name"))
    if kind:
        yield "type", kind
