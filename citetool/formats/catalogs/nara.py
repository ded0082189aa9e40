"""Descriptions of the U.S. National Archives Catalog: JSON of its API (versions 1 and 2), and the XML behind both.

A description (item, file unit, series, record group, collection) names what it is within: `parentFileUnit`,
`parentSeries`, `parentRecordGroup` one in another in the older form, a list of `ancestors` in the newer one. Dates are
parts with a qualifier (`ca.`, `?`). The XML is read as the same tree of names and values. Where a copy lies on the
shelf (`physicalOccurrences`) gives the reference unit, which is the repository to be cited.

Left out: digital objects beyond the address of the description, authority records, and the history of the record.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from citetool.formats.shared.headings import (
    date_range,
    file_name,
    heading_name,
    key_of,
    kind_of_genre,
    role_of,
    unique,
)
from citetool.formats.shared.json_fields import Object, mapping, mappings, records_of, text, texts
from citetool.formats.shared.languages import language_tags
from citetool.problems import InputError, Problem, Where
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Metadata, Record
from citetool.text import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected

SITE = "National Archives Catalog"
_LIMIT = 32 << 20
_DESCRIPTIONS = ("item", "itemAv", "fileUnit", "series", "recordGroup", "collection", "description", "record")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each description, in the order of the file."""
    data = stream.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise InputError(Problem(f"the file is larger than {_LIMIT >> 20} MB", Where(options.source)))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        found = list(_from_xml(data, options))
        if not found:
            raise InputError(Problem("there is no description in it", Where(options.source)))
        for item in found:
            problems: list[Problem] = []
            record = _record(item, options, problems)
            if record:
                yield record
            yield from problems
        return
    yield from records_of(io.BytesIO(data), options, _record, lambda value: list(_descriptions(value, 0)))


def _from_xml(data: bytes, options: ReadOptions) -> Iterator[Object]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(Problem(f"ill-formed XML: {error.msg}", Where(options.source, error.lineno))) from None
    name = etree.QName(root).localname
    yield from _descriptions({name: _tree(root)}, 0)


def _tree(element: etree._Element) -> Any:
    """Return an element as its text, or as names and values; a name that comes again gives a list."""
    children = [child for child in element if isinstance(child.tag, str)]
    if not children:
        return " ".join((element.text or "").split())
    tree: Object = {}
    for child in children:
        name, value = etree.QName(child).localname, _tree(child)
        if name in tree:
            tree[name] = [*(tree[name] if isinstance(tree[name], list) else [tree[name]]), value]
        else:
            tree[name] = value
    return tree


def _descriptions(value: Any, depth: int) -> Iterator[Object]:
    """Yield the descriptions within a value: what has a title and a number of the catalogue."""
    if depth > 10:
        return
    if isinstance(value, list):
        for item in value:
            yield from _descriptions(item, depth + 1)
    elif isinstance(value, dict):
        if "title" in value and ("naId" in value or "naIds" in value):
            yield value
            return
        for name, item in value.items():
            if isinstance(item, (dict, list)):
                for found in _descriptions(item, depth + 1):
                    if name in _DESCRIPTIONS and "levelOfDescription" not in found:
                        found = {**found, "levelOfDescription": name}  # noqa: PLW2901 - the level stands around it
                    yield found


def _record(data: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    title = text(data.get("title"))
    if not title:
        return None
    number = text(data.get("naId"))
    url = f"https://catalog.archives.gov/id/{number}" if number else ""
    level = text(data.get("levelOfDescription"))
    whole = level in ("recordGroup", "collection", "series")
    date, date_text = _date(data)
    return Draft(
        id=key_of(number),
        kind=_kind(data, level),
        title=title if whole else "",
        supplied_title="" if whole else title,
        creators=tuple(_creators(data)),
        date=date,
        date_text=date_text,
        language=language_tags("; ".join(_terms(data, "language"))),
        archive=_archive(data, level),
        digital=Digital(SITE, url, number),
        summary=" ".join([*texts(data.get("scopeAndContentNote")), *texts(data.get("scopeAndContent"))]),
        subjects=unique([*_terms(data, "topicalSubject"), *_terms(data, "geographicReference"), *_subjects(data)]),
        extent="; ".join(unique(_within(_occurrences(data), "extent"))),
        medium="; ".join(unique(_within(_occurrences(data), "specificMediaType"))),
        rights=text(mapping(data.get("useRestriction")).get("status")),
        identifiers=_identifiers(data, number),
        metadata=Metadata(source=SITE, url=url, file=file_name(options.source), reader="nara"),
    )


def _kind(data: Object, level: str) -> str:
    if level in ("recordGroup", "collection"):
        return "collection"
    if level in ("series", "fileUnit"):
        return {"series": "series", "fileUnit": "file"}[level]
    terms = [*_terms(data, "specificRecordsType"), text(data.get("title")).split(" ")[0]]
    terms += [*_within(_occurrences(data), "specificMediaType"), *_terms(data, "generalRecordsType")]
    for term in terms:
        kind = kind_of_genre(re.split(r" and (?:other )?", term)[0])
        if kind and kind not in ("document", "collection"):
            return kind
    return "document"


def _terms(data: Object, name: str) -> list[str]:
    """Return the terms of a list such as `languageArray/language` (older) or `languages` (newer)."""
    found = [data.get(name), mapping(data.get(f"{name}Array")).get(name), data.get(f"{name}s")]
    found.append(
        mapping(data.get("geographicReferenceArray")).get("geographicPlaceName") if "geographic" in name else None
    )
    return unique([term for value in found for item in _listed(value) for term in texts(item)])  # type: ignore[return-value]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _subjects(data: Object) -> list[str]:
    return [text(s.get("heading")) or text(s) for s in mappings(data.get("subjects"))]


# ---- dates


def _date(data: Object) -> tuple[str, str]:
    """Return the date of production, else of coverage; from and to where the description has a range."""
    for name in (
        "productionDate",
        "productionDates",
        "coverageDates",
        "inclusiveDates",
        "broadcastDates",
        "releaseDates",
    ):
        value = data.get(name) or data.get(f"{name}Array") or data.get(f"{name}s")
        for found in mappings(value) or []:
            inner = mapping(found.get("proposableQualifiableDate")) or found
            start = _day(mapping(_first(inner, "StartDate")))
            end = _day(mapping(_first(inner, "EndDate")))
            if start or end:
                return date_range(start, end), ""
            if day := date_range(_day(inner), ""):
                return day, ""
    return "", ""


def _first(data: Object, ending: str) -> Any:
    return next((v for n, v in data.items() if n.lower().endswith(ending.lower())), None)


def _day(data: Object) -> str:
    """EDTF of year, month and day with a qualifier."""
    year = text(data.get("year"))
    if not re.match(r"\d{4}$", year):
        return ""
    parts = [year]
    for name in ("month", "day"):
        number = whole_number(text(data.get(name)))
        if not number:
            break
        parts.append(f"{number:02}")
    qualifier = text(data.get("dateQualifier"))
    return "-".join(parts) + ("~" if qualifier.startswith("ca") else "?" if "?" in qualifier else "")


# ---- people


def _creators(data: Object) -> Iterator[Creator]:
    for sort in ("personal", "organizational", "individual"):
        name = f"{sort}Contributor"
        listed = mapping(data.get(f"{name}Array")).get(name) or data.get(f"{name}s")
        for item in mappings(listed):
            heading = text(item.get("contributor")) or text(item.get("heading"))
            role = role_of(text(item.get("contributorType")), "contributor")
            if heading:
                yield Creator(heading_name(_without_dates(heading), body=sort == "organizational"), role)
    for item in mappings(data.get("contributors")):
        heading = text(item.get("heading"))
        body = "org" in text(item.get("authorityType")).lower()
        if heading:
            yield Creator(
                heading_name(_without_dates(heading), body=body),
                role_of(text(item.get("contributorType")), "contributor"),
            )


def _without_dates(heading: str) -> str:
    """Return a heading without the years of a body at its end: `Department of State. 9/1789-`."""
    return re.sub(
        r"[.,]?\s*(?:ca\. )?(?:\d{1,2}/)*\d{4}\s*-(?:\s*(?:ca\. )?(?:\d{1,2}/)*\d{4})?\s*$", "", heading
    ).strip()


# ---- levels


def _archive(data: Object, level: str) -> Holding:
    levels = [Level(name, words) for name, words in _containers(data)]
    parents = _parents(data)
    for parent in parents:
        title, sort = text(parent.get("title")), text(parent.get("levelOfDescription"))
        if sort == "fileUnit" and title:
            levels.append(Level("file_unit", title))
        elif sort == "series" and title:
            levels.append(Level("series", title))
        elif sort in ("recordGroup", "collection"):
            levels += _whole(parent)
    if level in ("recordGroup", "collection"):
        levels += [lv for lv in _whole(data) if lv.name != "collection"]
    unit = next(iter(_reference_units(data)), {})
    name = text(unit.get("name")) or text(unit.get("termName"))
    levels += [Level("repository", name)] if name else [Level("repository", "National Archives")]
    place = ", ".join(filter(None, (text(unit.get("city")), text(unit.get("state")))))
    return Holding(tuple([*levels, Level("place", place)] if place else levels))


def _whole(data: Object) -> list[Level]:
    number, title = text(data.get("recordGroupNumber")), text(data.get("title"))
    levels = [Level("record_group", f"Record Group {number}")] if number else []
    identifier = text(data.get("collectionIdentifier"))
    levels += [Level("collection", title)] if title else []
    return levels + ([Level("collection_id", identifier)] if identifier else [])


def _distance(ancestor: Object) -> int:
    distance = whole_number(text(ancestor.get("distance")))
    return 99 if distance is None else distance


def _parents(data: Object) -> list[Object]:
    """Return what the description is within, from near to far, each with its level."""
    ancestors = mappings(data.get("ancestors"))
    if ancestors:
        return sorted(ancestors, key=_distance)
    found: list[Object] = []
    inner = data
    for _ in range(5):
        name = next((n for n in inner if n.startswith("parent") and isinstance(inner[n], dict)), None)
        if name is None:
            break
        inner = inner[name]
        sort = name.removeprefix("parent")
        found.append({**inner, "levelOfDescription": sort[:1].lower() + sort[1:]})
    return found


def _occurrences(data: Object) -> Any:
    return data.get("physicalOccurrenceArray") or data.get("physicalOccurrences")


_DEEPEST = 12


def _fields(value: Any, name: str, depth: int = 0) -> list[Any]:
    """Return the values of every field of that name, or its plural, within a value."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [found for item in value for found in _fields(item, name, depth + 1)]
    found = []
    for field, inner in value.items() if isinstance(value, dict) else ():
        found += [inner] if field in (name, f"{name}s") else _fields(inner, name, depth + 1)
    return found


def _within(value: Any, name: str) -> list[str]:
    return [words for inner in _fields(value, name) for words in texts(inner)]


def _reference_units(data: Object) -> list[Object]:
    return [unit for inner in _fields(_occurrences(data), "referenceUnit") for unit in mappings(inner)]


def _containers(data: Object) -> list[tuple[str, str]]:
    identifiers = [*_within(_occurrences(data), "containerId"), *_within(_occurrences(data), "containerID")]
    return [("container", f"Container {words}" if words[:1].isdigit() else words) for words in identifiers[:1]]


def _identifiers(data: Object, number: str) -> dict[str, str]:
    variant = [text(v.get("number")) for v in mappings(data.get("variantControlNumbers"))]
    local = [text(data.get("localIdentifier")), *variant]
    given = {"naid": number, "local": next(filter(None, local), "")}
    return {name: value for name, value in given.items() if value}
