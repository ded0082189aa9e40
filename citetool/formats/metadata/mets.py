"""METS (Library of Congress): a digitised thing with its MODS, MARC, Dublin Core or EAD, and its files in their order.

A METS describes one thing. Which of its descriptions is that of the thing is said by the structural map: the first
division that has one, the logical map before the physical. A division that points to another METS is what the thing
belongs to. Descriptions of chapters and pages within are no records. Of a finding aid within METS the thing is the
one unit at the end of its tree, under the levels above it; of one with several it is the whole.

Left out: administrative and technical metadata.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from lxml import etree

from citetool.formats.ead import ead
from citetool.formats.shared.headings import file_name, key_of
from citetool.formats.shared.xml_node import node_of
from citetool.problems import InputError, Problem, Where
from citetool.record.model import File, Record
from citetool.text import whole_number
from citetool.xmlio import XmlEvents, attribute, child, children, descendants, local_name

from . import dublincore
from .marc import fields as marc_fields
from .marc.xml import marc_of
from .mods import reader as mods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.xmlio import Element

_MAPS = ("logical", "mixed", "", "physical")
# Groups of files by the likelihood that they are the scans themselves.
_GROUPS = ("master", "archive image", "preservation", "original", "default", "max", "reference image", "image", "")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield the record of each METS (an OAI answer has several).

    Raises InputError where none has a description that is read, and says which it has.
    """
    events = XmlEvents(stream, options.source, end=("mets", "amdSec"), encoding=options.encoding)
    found = False
    others: list[tuple[str, str]] = []
    for _, name, element in events:
        if name == "mets":
            record = _record(element, options, others)
            if record is not None:
                found = True
                yield record
        if name == "amdSec":
            events.forget(element)
        else:
            events.release(element)
    if not found:
        kinds = ", ".join(sorted({kind for kind, _ in others})) or "no metadata"
        beside = next((path for _, path in others if path), "")
        message = f"this METS describes no source: it holds {kinds}, and citetool reads MODS, MARC, Dublin Core and EAD"
        hint = f"read the file that it refers to: {beside}" if beside else "take the record of the catalogue"
        raise InputError(Problem(message, Where(options.source), hint), *events.problems)
    yield from events.problems


def _record(mets: Element, options: ReadOptions, others: list[tuple[str, str]]) -> Record | None:
    described: dict[str, Record] = {}
    for section in children(mets, "dmdSec"):
        record = _description(section, options)
        if record is not None:
            described[attribute(section, "ID")] = record
        else:
            wrapped = children(section, "mdWrap", "mdRef")
            others += [(attribute(e, "OTHERMDTYPE", "MDTYPE"), attribute(e, "href")) for e in wrapped]
    found = _of_thing(mets, described)
    if found is None:
        return None
    record, division = found
    record.id = record.id or key_of(attribute(mets, "OBJID"))
    record.metadata.file, record.metadata.reader = file_name(options.source), "mets"
    paths = _paths(mets, division)
    local = tuple(File(path, "scan") for path in paths if "://" not in path)
    record.files = local
    remote = [path for path in paths if "://" in path]
    if remote:
        record.digital.extra["files"] = [*remote]
    return record


def _description(section: Element, options: ReadOptions) -> Record | None:
    """Return the record of a `dmdSec`; None where it holds nothing that is read."""
    data = child(section, "mdWrap", "xmlData")
    element = next(descendants(data, "mods"), None)
    if element is not None:
        return mods.record_of(node_of(element))
    element = next((e for e in descendants(data, "record") if child(e, "leader") is not None), None)
    if element is not None:
        return marc_fields.record_of(marc_of(element))
    element = next(descendants(data, "ead"), None)
    if element is not None:
        return _unit_of(element, options)
    for element in [data, *children(data)] if data is not None else []:
        if children(element, "title", "identifier") and local_name(element) != "object":
            return dublincore.record_of(element)
    return None


def _unit_of(finding_aid: Element, options: ReadOptions) -> Record | None:
    """Return the record of the one unit at the end of the tree of a finding aid, of the whole where there are more."""
    ends = [e for e in descendants(finding_aid, *ead.COMPONENTS) if next(descendants(e, *ead.COMPONENTS), None) is None]
    try:
        found = list(ead.read(io.BytesIO(etree.tostring(finding_aid)), options))
    except InputError:  # no description in it
        return None
    units = [record for record in found if isinstance(record, Record)]
    return units[-1] if len(ends) == 1 else next(iter(units), None)


def _of_thing(mets: Element, described: dict[str, Record]) -> tuple[Record, Element | None] | None:
    """Return the record of the thing and the division that it is of."""
    maps = sorted(children(mets, "structMap"), key=lambda e: _rank(attribute(e, "TYPE").lower(), _MAPS))
    for structure in maps:
        division = child(structure, "div")
        while division is not None and child(division, "mptr") is not None and child(division, "div") is not None:
            division = child(division, "div")
        for e in [division, *descendants(division, "div")] if division is not None else []:
            record = next((described[i] for i in attribute(e, "DMDID").split() if i in described), None)
            if record is not None:
                return record, e
    record = next(iter(described.values()), None)
    return (record, None) if record is not None else None


def _rank(word: str, order: tuple[str, ...]) -> int:
    return order.index(word) if word in order else len(order)


def _paths(mets: Element, division: Element | None) -> list[str]:
    """Return the paths or addresses of the files of the thing, one group of them, in the order of its pages."""
    groups: dict[str, dict[str, str]] = {}
    for group in descendants(child(mets, "fileSec"), "fileGrp"):
        paths = {
            attribute(e, "ID"): attribute(location, "href")
            for e in children(group, "file")
            if attribute(e, "MIMETYPE").partition("/")[0] in ("image", "audio", "video", "")
            and (location := child(e, "FLocat")) is not None
        }
        if paths:
            groups.setdefault(attribute(group, "USE").lower(), {}).update(paths)
    groups.pop("metadata", None)
    if not groups:
        return []
    chosen = groups[min(groups, key=lambda use: _rank(use, _GROUPS))]
    order = [attribute(e, "FILEID") for e in _pointers(mets, division)]
    return [chosen[i] for i in dict.fromkeys(order) if i in chosen] or list(chosen.values())


def _pointers(mets: Element, division: Element | None) -> Iterator[Element]:
    """Yield the pointers to files of the division, then those of the map of pages, each by the order of its pages."""
    physical = [e for e in children(mets, "structMap") if attribute(e, "TYPE").lower() == "physical"]
    for whole in (division, *physical):
        for page in sorted(descendants(whole, "div"), key=_order):
            yield from children(page, "fptr")
        yield from children(whole, "fptr") if whole is not None else ()


def _order(page: Element) -> int:
    return whole_number(attribute(page, "ORDER")) or 0
