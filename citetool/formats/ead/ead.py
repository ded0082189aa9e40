"""Finding aids in EAD 2002 and EAD3: the collection, and each component, as a record.

A component's levels are its containers, then the units above it, then collection, division, repository and place. Many
finding aids name a container only where it changes: a component at the end of the tree that names none is taken to lie
in the one last named under the same first-level component, and a folder without a box in the box last named; such
records say so (`metadata.inferred`). A record is given as soon as its own description is read, before its children's;
each subtree is forgotten when it ends, so that memory is bounded by the depth and not by the length.

Titles of units are supplied (DACS 2.3) except where the finding aid marks them as those of the source.

`options.select` picks units (`shared/selection.py`), by their own ids, too. Left out: index entries,
related material, biographical notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from citetool.edtf.written import normalise_date
from citetool.formats.shared.headings import file_name, holding_of, key_of, kind_of_genre, unique
from citetool.formats.shared.selection import HINT, selected
from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where
from citetool.record.kinds import csl_type
from citetool.record.levels import cited, group_of
from citetool.record.model import Creator, Draft, Level, Metadata, Record
from citetool.struct import replace
from citetool.xmlio import (
    Element,
    XmlEvents,
    attribute,
    child,
    children,
    descendants,
    local_name,
    paragraphs,
    text_of,
)

from .component import (
    heading_text,
    unit_creators,
    unit_digital,
    unit_extent,
    unit_ids,
    unit_languages,
    unit_title,
)
from .containers import last_place, small_to_large, unit_containers, unit_location
from .dates import UnitDates, unit_dates
from .header import FindingAid, add_repository, read_header
from .title_kinds import kind_of_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions

COMPONENTS = ("c", *(f"c{n:02d}" for n in range(1, 13)))
_HEADS = ("eadheader", "control")

# What `otherlevel` says for a level of EAD, in English and elsewhere.
_OTHER_LEVELS = {
    **dict.fromkeys(("série", "serie", "gliederung", "klassifikation", "rubriek", "groupe"), "series"),
    **dict.fromkeys(
        ("sub-series", "sous-série", "sous-serie", "sous-sous-série", "subserie", "unterserie", "sottoserie"),
        "subseries",
    ),
    **dict.fromkeys(("sub-fonds", "sous-fonds", "teilbestand", "subfondo"), "subfonds"),
    **dict.fromkeys(("dossier", "sous-dossier", "akte", "fascicolo", "expediente", "article"), "file"),
}
# What the level of a unit is called as a level of its children, and as a kind.
_LEVEL_NAMES = {
    "series": "series",
    "subseries": "subseries",
    "sub-subseries": "subseries",
    "subgrp": "subgroup",
    "subgroup": "subgroup",
    "recordgrp": "record_group",
    "fonds": "fonds",
    "subfonds": "subfonds",
    "class": "series",
    "collection": "collection",
    "file": "file",
    "item": "file",
}
_WHOLES = {"collection": "collection", "fonds": "fonds", "recordgrp": "collection", "subfonds": "series"}
_LARGE = ("container",)


@dataclass(slots=True)
class _Unit:
    """An open unit of the finding aid: its element, depth (0 is the whole), and what its children need of it."""

    element: Element
    depth: int
    given: bool = False
    level: str = ""
    title: str = ""
    number: str = ""
    containers: list[Level] = field(default_factory=list)


class _Reader:
    """The facts known while a finding aid is read: its header, the open units, the container last named."""

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.aid = FindingAid()
        self.open: list[_Unit] = []
        self.carried: list[Level] = []

    def give(self, *, has_children: bool) -> Iterator[Record]:
        """Yield the record of the innermost open unit, once, where it is wanted."""
        if not self.open or self.open[-1].given:
            return
        unit = self.open[-1]
        unit.given = True
        if unit.depth == 0:
            add_repository(self.aid, unit.element)
        record, raw_id = self._record(unit, has_children)
        if selected(record, self.options.select, raw_id):
            yield record

    def _record(self, unit: _Unit, has_children: bool) -> tuple[Record, str]:
        element, did = unit.element, child(unit.element, "did")
        inferred: list[str] = []
        unit.title, borne = unit_title(did)
        dates = unit_dates(did)
        if not dates.date and not dates.text and unit.title:
            unit.title, dates.date = _dated_title(unit.title, inferred)
        unit.level = attribute(element, "level")
        if unit.level == "otherlevel":
            word = attribute(element, "otherlevel").casefold()
            unit.level = _OTHER_LEVELS.get(word, word)
        if not unit.depth and not has_children and attribute(element, "level") == "otherlevel" and not unit.level:
            unit.level = "item"
        raw_id = attribute(element, "id")
        ids = unit_ids(did)
        levels = self._levels(unit, did, has_children, inferred)
        if any(unit.title.casefold() == cited(level).casefold() for level in unit.containers):
            unit.title = ""  # `Box 1` is the place of what lies in it, and no title
        above = [u.title for u in reversed(self.open[1:-1])]
        kind = _kind(unit, above, has_children, inferred)
        alone = not unit.depth and not has_children and kind not in _WHOLES.values()
        if (unit.depth or alone) and not unit.containers:
            unit.number = ids.main if kind != "series" or ids.asked_for else ""
            number = unit.number or (self._number_above(inferred) if unit.depth and not has_children else "")
            levels = [Level("call_number", number), *levels] if number else levels
        record = Draft(
            id=self._key(unit, raw_id, ids.main),
            kind=kind,
            creators=_creators(did, kind),
            date=dates.date,
            date_text=dates.text,
            dates={"bulk": dates.bulk} if dates.bulk else {},
            language=unit_languages(element, did),
            archive=holding_of(levels),
            digital=unit_digital(element, did),
            identifiers={**({"unitid": ids.main} if ids.main else {}), **ids.others},
            metadata=self._metadata(ids.url, unit),
        )
        _describe(record, element, did)
        self._name(record, unit, dates, borne, inferred)
        record.metadata.inferred = tuple(dict.fromkeys(inferred))
        return record, raw_id

    def _number_above(self, inferred: list[str]) -> str:
        """Return the number of the nearest unit above that has one: what has none is asked for by that."""
        above = self.open[-2] if len(self.open) > 2 else None
        if above is None or not above.number:
            return ""
        inferred.append("archive.call_number")
        return above.number

    def _name(self, record: Record, unit: _Unit, dates: UnitDates, borne: bool, inferred: list[str]) -> None:
        """Set the title; a unit without one, told apart by its date alone, goes by that of the unit above."""
        if borne:
            record.title = unit.title
        elif unit.title:
            record.supplied_title = _closed(unit.title)
        elif unit.depth and (dates.date or dates.text or unit.containers):
            above = next((u for u in reversed(self.open[:-1]) if u.title), None)
            if above is not None and above.depth:  # the name of the whole stands in the citation as it is
                record.supplied_title = above.title
                inferred.append("supplied_title")
                levels = [lv for lv in record.archive.levels if lv.value != _closed(above.title)]
                record.archive = holding_of(levels)

    def _metadata(self, url: str, unit: _Unit) -> Metadata:
        aid = self.aid
        address = url or aid.url
        return Metadata(source=aid.title, url=address, file=file_name(self.options.source), reader="ead")

    def _key(self, unit: _Unit, raw_id: str, unitid: str) -> str:
        if unit.depth == 0:
            return key_of(self.aid.id) or key_of(unitid)
        own, whole = key_of(raw_id), key_of(self.aid.id)
        return own if not own or not whole or whole.casefold() in own.casefold() else f"{whole}_{own}"[:80]

    def _levels(self, unit: _Unit, did: Element | None, has_children: bool, inferred: list[str]) -> list[Level]:
        if unit.depth == 0:
            return [*self.aid.levels]
        if unit.depth == 1:
            self.carried = []
        own = unit_containers(did)
        if not own and (own := unit_location(did)):
            inferred += [f"archive.{lv.name}" for lv in own]
        if own and not any(group_of(lv.name) in _LARGE for lv in own):
            larger = [lv for lv in self.carried if group_of(lv.name) in _LARGE][-1:]
            if larger:
                inferred.append(f"archive.{larger[0].name}")
            own = [*larger, *own]
        elif not own and not has_children and self.carried:
            own = self.carried
            inferred += [f"archive.{lv.name}" for lv in own]
        if own:
            self.carried = last_place(own)
        unit.containers = own
        titled = [u for u in self.open[:-1] if u.title]
        again = {id(u) for over, u in pairwise(titled) if over.title == u.title}  # a series named as its collection
        above = [_level_of(u, self.aid) for u in reversed(titled) if id(u) not in again]
        small = [lv for lv in above if group_of(lv.name) == "folder"]
        large = [lv for lv in above if group_of(lv.name) != "folder"]
        return [*small, *small_to_large(own), *large, *self.aid.levels]


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Problem]:
    """Yield the collection and its components in the order of the finding aid, then what was wrong with the file.

    Raises InputError where there is no `archdesc` in it.
    """
    events = XmlEvents(
        stream,
        options.source,
        start=("archdesc", *COMPONENTS),
        end=("archdesc", *_HEADS, *COMPONENTS),
        encoding=options.encoding,
    )
    reader = _Reader(options)
    found = read_any = False
    for kind, name, element in events:
        if name in _HEADS:
            reader.aid = read_header(element)
        elif kind == "start":
            read_any = True
            if not reader.aid.id:  # a head that does not end: an ill-formed file
                heads = (e for e in element.iterancestors() if local_name(e) in _HEADS)
                reader.aid = next(map(read_header, heads), reader.aid)
            for record in reader.give(has_children=True):
                found = True
                yield record
            reader.open.append(_Unit(element, len(reader.open) if name != "archdesc" else 0))
        else:
            for record in reader.give(has_children=False):
                found = True
                yield record
            if reader.open:
                reader.open.pop()
            events.forget(element)
    for record in reader.give(has_children=True):
        found = True
        yield record
    if not read_any:
        fault = Problem("this is not a finding aid: it has no archdesc", Where(options.source))
        raise InputError(fault, *events.problems)
    yield from events.problems
    if options.select and not found:
        yield Problem(f"no component matches {options.select!r}", Where(options.source), HINT, "warning")


# ---- parts of a record


def _level_of(unit: _Unit, aid: FindingAid) -> Level:
    if unit.depth == 0:
        name = _LEVEL_NAMES.get(unit.level, "")
        name = name if name and name != "file" else "collection"
        numbered = re.match(r"(?i)(?:record group|rg)\b", unit.title)
        return Level("collection" if name == "record_group" and not numbered else name, _closed(unit.title))
    name = _LEVEL_NAMES.get(unit.level, "")
    if not name:
        name = "file" if unit.containers else "series" if unit.depth == 1 else "subseries"
    if name in ("collection", "fonds", "record_group"):
        name = "subfonds"
    return Level(name, _closed(unit.title))


_ABBREVIATION = lazy(r"(?i)(?:\b(?:inc|co|corp|ltd|jr|sr|st|dept|etc|bros|nos?|vols?|dr|mr|mrs|ca|\w)|\.\w+)\.$")


def _closed(title: str) -> str:
    """Return the title without the full stop of a sentence, which would stand within the citation of the unit, and of
    those below it.
    """
    ends = title.endswith(".") and not title.endswith("..") and not _ABBREVIATION.search(title)
    return title[:-1].rstrip() if ends else title


def _kind(unit: _Unit, above: list[str], has_children: bool, inferred: list[str]) -> str:
    if unit.depth == 0 and (has_children or unit.level not in ("file", "item")):
        return _WHOLES.get(unit.level, "collection")
    if unit.level in ("series", "subseries", "subgrp", "subfonds", "recordgrp", "class", "sub-subseries"):
        return "series"
    if has_children and unit.level != "item":
        if not unit.level:
            inferred.append("kind")
        return "file" if unit.level == "file" or unit.containers else "series"
    forms = [text_of(e) for e in descendants(unit.element, "genreform")] if not has_children else []
    kinds = unique([kind_of_genre(form) for form in forms])
    if len(kinds) == 1:
        return kinds[0]
    if unit.level in ("file", ""):
        if not unit.level:
            inferred.append("kind")
        return "file"
    inferred.append("kind")
    return kind_of_title(unit.title, above)


def _dated_title(title: str, inferred: list[str]) -> tuple[str, str]:
    """Return a title without the date at its end, and that date, where the whole rest after a comma is one."""
    for comma in re.finditer(r",\s+", title):
        rest = title[comma.end() :]
        if re.search(r"\d{4}", rest) and comma.start():
            date = normalise_date(rest.strip("() "))
            if date:
                inferred.append("date")
                return title[: comma.start()].rstrip(), date
    return title, ""


def _creators(did: Element | None, kind: str) -> tuple[Creator, ...]:
    """Return who made the unit; who made a single item is its author."""
    creators = unit_creators(did)
    if csl_type(kind) == "collection":
        return tuple(creators)
    return tuple(replace(c, role="author") if c.role == "creator" else c for c in creators)


def _describe(record: Record, element: Element, did: Element | None) -> None:
    """Fill in what is said of the unit in words: extent, medium, summary, notes, rights, subjects."""
    physical = [
        " ".join(text_of(p) for p in children(e, "quantity", "unittype"))
        for e in descendants(did, "physdescstructured")
    ]
    physical += [unit_extent(e) for e in children(did, "physdesc")]
    record.extent = "; ".join(unique(physical))
    record.medium = "; ".join(unique([text_of(e) for e in descendants(did, "physfacet", "materialspec")]))
    groups = [element, *children(element, "descgrp")]

    def said(*names: str) -> list[str]:
        return [paragraphs(e) for group in groups for e in children(group, *names)]

    abstract = [text_of(e) for e in children(did, "abstract")]
    record.summary = "\n\n".join(unique(said("scopecontent")) or unique(abstract))
    notes = [paragraphs(e) for e in children(did, "note", "didnote")]
    record.notes = unique([*notes, *said("odd", "note")])
    record.rights = "\n\n".join(unique(said("userestrict", "accessrestrict", "legalstatus")))
    record.citation = next(iter(unique(said("prefercite"))), "")
    places = ("subject", "persname", "corpname", "famname", "geogname", "title", "occupation", "function", "name")
    access = [e for group in groups for e in children(group, "controlaccess")]
    record.subjects = unique([heading_text(e).rstrip(".") for a in access for e in descendants(a, *places)])
