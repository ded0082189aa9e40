"""EndNote XML: the export and import form of EndNote, as JabRef, pandoc and others write and read it too.

Texts may stand in `style` elements. What EndNote has no field for stands at the end of the notes, in the form that our
reader takes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.formats.shared import embedded
from citetool.formats.shared.headings import file_name
from citetool.problems import InputError, Problem, Where
from citetool.xmlio import XmlEvents, attribute, child, children, descendants, element_text, line_of, text_of

from .fields import Fields, fields_of, record_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, BinaryIO

    from citetool.formats.base import ReadOptions, WriteOptions
    from citetool.record.model import Record
    from citetool.xmlio import Element

_PEOPLE = ("authors", "secondary-authors", "tertiary-authors", "subsidiary-authors", "translated-authors")
_TITLES = ("title", "secondary-title", "tertiary-title", "short-title", "alt-title", "translated-title")
_PLAIN = (
    "pages", "volume", "number", "num-vols", "edition", "section", "pub-location", "publisher", "isbn", "accession-num",
    "call-num", "electronic-resource-num", "abstract", "notes", "research-notes", "remote-database-name",
    "remote-database-provider", "language", "access-date", "label", "work-type",
)  # fmt: skip
_PROGRAM = "citetool"
_LONG = frozenset({"notes", "research-notes", "abstract"})


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield a record for each `record` of a reference type; raises InputError where there is none."""
    events = XmlEvents(stream, options.source, end=("record",), encoding=options.encoding)
    found = False
    for _, _, element in events:
        if child(element, "ref-type") is None and child(element, "titles") is None:
            continue
        found = True
        record, fields = _record(element)
        if fields is None:
            record.metadata.file, record.metadata.reader = file_name(options.source), "endnote-xml"
        else:
            where = Where(options.source, line_of(element))
            record.id = text_of(child(element, "label"))
            yield from (Problem(fault, where, severity="warning") for fault in embedded.restore(record, fields))
        yield record
        events.release(element)
    if not found:
        raise InputError(Problem("there is no EndNote record in it", Where(options.source)), *events.problems)
    yield from events.problems


def _record(element: Element) -> tuple[Record, dict[str, Any] | None]:
    """Return the record of the fields, and the fields that its notes carry."""
    fields = _fields(element)
    notes = "\n".join(fields.get("notes", []))
    kept, rest = embedded.from_text(notes)
    fields["notes"] = [rest] if rest else []
    program = child(element, "source-app")
    if kept is None and program is not None and attribute(program, "name") == _PROGRAM:
        kept = {}
    sort = child(element, "ref-type")
    return record_of(attribute(sort, "name") if sort is not None else "", fields), kept


def _fields(element: Element) -> Fields:
    found: Fields = {}
    people = child(element, "contributors")
    for name in _PEOPLE:
        found[name] = [text_of(e) for e in children(child(people, name), "author")]
    for name in _TITLES:
        found[name] = [text_of(child(element, "titles", name))]
    for name in _PLAIN:
        found[name] = [_long(e) if name in _LONG else text_of(e) for e in children(element, name)]
    found["full-title"] = [text_of(child(element, "periodical", "full-title"))]
    found["keyword"] = [text_of(e) for e in descendants(child(element, "keywords"), "keyword")]
    found["year"] = [text_of(child(element, "dates", "year"))]
    found["date"] = [text_of(e) for e in descendants(child(element, "dates", "pub-dates"), "date")]
    links = [text_of(e) for e in descendants(child(element, "urls"), "url")]
    found["url"] = [link for link in links if "://" in link] or links
    return {name: [text for text in texts if text] for name, texts in found.items() if any(texts)}


def _long(element: Element) -> str:
    """Return the text with its line breaks; EndNote writes them as carriage returns."""
    text = "".join(str(part) for part in element.itertext())
    return "\n".join(
        " ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ).strip()


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield one `record` element a record, numbered from 1; one piece a record."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    for number, record in enumerate(records, 1):
        fields = fields_of(record)
        if options.lossless or options.loss:
            own = any(embedded.MARK in note for note in fields.get("notes", []))  # which would be taken for ours
            plain = {**fields, "notes": ["\n".join([*fields["notes"], embedded.to_text({})])]} if own else fields
            native, _ = _record(etree.fromstring(_element(record, plain, number), _PARSER))
            lost = embedded.difference(record, native)
            if options.loss:
                options.loss.record_loss(record, lost, carried=options.lossless)
            if options.lossless and (lost or own):
                fields["notes"] = ["\n".join([*fields.get("notes", []), embedded.to_text(lost)])]
        yield _element(record, fields, number) + "\n"
    yield "</records></xml>\n"


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def _element(record: Record, fields: Fields, number: int) -> str:
    name, code = type_of(record)
    parts = [
        f'<source-app name="{_PROGRAM}">{_PROGRAM}</source-app>',
        f"<rec-number>{number}</rec-number>",
        f'<ref-type name="{name}">{code}</ref-type>',
        _group("contributors", [_list(group, "author", fields.get(group, [])) for group in _PEOPLE]),
        _group("titles", [element_text(title, fields[title][0]) for title in _TITLES if title in fields]),
    ]
    parts += [element_text(plain, "\n".join(fields[plain])) for plain in _PLAIN if plain in fields]
    parts.append(_list("keywords", "keyword", fields.get("keyword", [])))
    dates = [element_text("year", fields["year"][0]) if "year" in fields else ""]
    dates.append(_list("pub-dates", "date", fields.get("date", [])))
    parts.append(_group("dates", dates))
    parts.append(_group("urls", [_list("related-urls", "url", fields.get("url", []))]))
    return f"<record>{''.join(parts)}</record>"


def _list(outer: str, inner: str, texts: list[str]) -> str:
    return _group(outer, [element_text(inner, text) for text in texts])


def _group(name: str, parts: list[str]) -> str:
    inner = "".join(parts)
    return f"<{name}>{inner}</{name}>" if inner else ""
