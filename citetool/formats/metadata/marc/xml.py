"""MARCXML (Library of Congress, MARC21 slim): collections, single records, inside OAI or METS, in any namespace.

Authority and holdings records describe no source; they are set aside with that reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import file_name, key_of
from citetool.problems import InputError, Problem, Where
from citetool.xmlio import XmlEvents, attribute, child, children, line_of, text_of

from .fields import OTHER_SORTS, record_of
from .parts import Field, Marc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.record.model import Record
    from citetool.xmlio import Element


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each bibliographic MARC record; raises InputError where there is no MARC record at all."""
    events = XmlEvents(stream, options.source, end=("record", "header"), encoding=options.encoding)
    oai = ""
    found = False
    for _, name, element in events:
        if name == "header":
            oai = text_of(child(element, "identifier")) or oai
            continue
        if child(element, "leader") is None and child(element, "datafield") is None:
            continue
        found = True
        marc = marc_of(element)
        where = Where(options.source, line_of(element))
        if marc.sort in OTHER_SORTS:
            raw = etree.tostring(element, encoding="unicode", with_tail=False)
            yield Rejected(Problem(f"{OTHER_SORTS[marc.sort]} describes no source", where), raw)
        else:
            record = record_of(marc)
            record.id = record.id or key_of(oai)
            record.metadata.file, record.metadata.reader = file_name(options.source), "marcxml"
            yield record
        oai = ""
        events.release(element)
    if not found:
        raise InputError(Problem("there is no MARC record in it", Where(options.source)), *events.problems)
    yield from events.problems


def marc_of(element: Element) -> Marc:
    """Return the leader and fields of a `record` element; white space at the ends of subfields falls."""
    marc = Marc("".join((e.text or "") for e in children(element, "leader")).strip("\n"))
    for e in children(element, "controlfield"):
        marc.control[attribute(e, "tag")] = e.text or ""
    for e in children(element, "datafield"):
        subfields = tuple((attribute(s, "code"), text_of(s)) for s in children(e, "subfield"))
        marc.fields.append(Field(attribute(e, "tag"), e.get("ind1") or " ", e.get("ind2") or " ", subfields))
    return marc
