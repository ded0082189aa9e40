"""JSON of loc.gov: an item (`/item/...?fo=json`), or the results of a search or collection.

An item has the same facts twice, in an outer part for the site's facets (lower case) and in `item` as the catalogue has
them; the second counts. Fields are null, text or list as it comes. Dates are read from `created_published` (`[1769?]`)
before the bare year of `date`.

Left out: pages and segments of a resource; the scans are reached through the item's address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.shared.headings import (
    closed_title,
    file_name,
    heading_name,
    key_of,
    kind_of_genre,
    role_of,
    unique,
    written_date,
)
from citetool.formats.shared.json_fields import Object, mapping, mappings, records_of, text, texts, unmarked
from citetool.formats.shared.languages import language_tags
from citetool.lazy_re import lazy
from citetool.record.kinds import kind_of
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Metadata, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected
    from citetool.problems import Problem

SITE = "Library of Congress"


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each item, in the order of the file."""
    yield from records_of(stream, options, _record, _items, ("results",))


def _items(data: Object) -> list[Object]:
    results = mappings(data.get("results")) if isinstance(data.get("results"), list) else []
    return results or [data]


def _record(data: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    inner = mapping(data.get("item"))
    item = {**data, **{name: value for name, value in inner.items() if value not in (None, "", [], {})}}
    title = closed_title(text(item.get("title")))
    if not title:
        return None
    url = text(item.get("url")) or text(item.get("id"))
    url = f"https:{url}" if url.startswith("//") else url
    number = key_of(text(item.get("library_of_congress_control_number")) or url)
    kind = _kind(item)
    date, date_text = _date(item)
    publication = _publication(item, kind)
    return Draft(
        id=number,
        kind=kind,
        title=title,
        creators=_creators(item),
        date=date,
        date_text=date_text,
        language=language_tags("; ".join(texts(item.get("language")) or _keys(item.get("language")))),
        archive=_archive(item) if kind_of(kind).archival else Holding(),
        digital=Digital("" if kind_of(kind).archival else SITE, url.replace("http://", "https://")),
        publication=publication,
        summary=" ".join(texts(item.get("summary"))),
        notes=unique(texts(item.get("notes")) or texts(item.get("description"))),
        subjects=unique(
            texts(item.get("subject_headings")) or texts(item.get("subjects")) or texts(item.get("subject"))
        ),
        medium="; ".join(texts(item.get("medium"))),
        rights=unmarked(" ".join(texts(item.get("rights_information")) or texts(item.get("rights_advisory")))),
        identifiers=_identifiers(item),
        metadata=Metadata(source=SITE, url=url, file=file_name(options.source), reader="loc-json"),
    )


def _keys(value: object) -> list[str]:
    """Return the names in `[{"english": "https://..."}]`, the site's form of a facet."""
    return [str(name) for item in mappings(value) for name in item]


def _kind(item: Object) -> str:
    words = [*texts(item.get("genre")), *texts(item.get("original_format")), *_keys(item.get("format"))]
    words += [*texts(item.get("type")), *texts(item.get("format"))]
    medium = text(item.get("medium")).partition(",")[0]
    for word in (*words, medium):
        kind = kind_of_genre(word.split(";")[0])
        if kind:
            return kind
    return "photograph" if any("photo" in word for word in words) else "document"


def _date(item: Object) -> tuple[str, str]:
    written = [
        *texts(item.get("created_published_date")),
        *(_imprint(t)[2] for t in texts(item.get("created_published"))),
    ]
    for words in written:
        date, _ = written_date(words)
        if date:
            return date, words if "[" in words else ""
    return written_date(text(item.get("date")) or text(item.get("sort_date")))


_IMPRINT = lazy(r"(?:(?P<place>[^,:;]+?)\s*[:,;]\s*)?(?:(?P<name>.+?)\s*,\s*)?(?P<date>\[?[c©]?\s?\d{3,4}[^,:;]*)\.?$")


def _imprint(written: str) -> tuple[str, str, str]:
    """Place, publisher and date of `Rouen, J. Lemonnyer, 1879-80.`; empty for what it does not have."""
    match = _IMPRINT.match(written.strip().rstrip("."))
    if not match:
        return "", "", ""
    date = re.sub(r"^\[?[c©]\s?(?=\d)", "", match.group("date"))
    return (match.group("place") or "").strip(" []"), (match.group("name") or "").strip(), date


def _publication(item: Object, kind: str) -> dict[str, str]:
    if kind_of(kind).archival:
        return {}
    place, publisher, _ = _imprint(text(item.get("created_published")))
    given = {"publisher": publisher, "publisher-place": place, "call-number": next(iter(_calls(item)), "")}
    return {name: value for name, value in given.items() if value}


def _creators(item: Object) -> tuple[Creator, ...]:
    found = texts(item.get("contributor_names")) or texts(item.get("contributors")) or _keys(item.get("contributors"))
    found = found or texts(item.get("creator")) or texts(item.get("contributor"))
    creators = []
    for index, words in enumerate(dict.fromkeys(found)):
        if re.search(r"\bcollection\b.*\(|\(library of congress\)$", words, re.I):
            continue  # a collection is entered among the contributors
        head, _, term = words.rpartition(" - ") if " - " in words else (words, "", "")
        otherwise = "contributor" if index else "author"
        creators.append(Creator(heading_name(head, body=", " not in head), role_of(term, otherwise)))
    return tuple(creators)


_REPOSITORY = lazy(r"\s*(Library of Congress)\b,?\s*(.*?)(?:,?\s*(Washington,? D\.?C\.?).*)?$")


def _archive(item: Object) -> Holding:
    levels = [Level("call_number", call) for call in _calls(item)[:1]]
    named = text(item.get("repository"))
    match = _REPOSITORY.match(named)
    if match:
        division, place = match.group(2).strip(" ,"), match.group(3)
        levels += [Level("division", division)] if division else []
        levels += [Level("repository", match.group(1))]
        levels += [Level("place", "Washington, D.C.")] if place else []
    elif named:
        levels.append(Level("repository", named))
    elif levels:
        levels += [*_division(item), Level("repository", SITE)]
    return Holding(tuple(levels))


def _calls(item: Object) -> list[str]:
    return texts(item.get("call_number")) or texts(item.get("shelf_id"))


def _division(item: Object) -> list[Level]:
    names = [name for name in texts(item.get("partof")) if re.search(r"\bdivision$", name, re.I)]
    small = {"and", "of", "the"}
    return [
        Level("division", " ".join(w if w in small else w.capitalize() for w in n.lower().split())) for n in names[:1]
    ]


def _identifiers(item: Object) -> dict[str, str]:
    given = {
        "lccn": text(item.get("library_of_congress_control_number")) or text(item.get("number_lccn")),
        "oclc": text(item.get("number_oclc")),
        "handle": next((t for t in texts(item.get("digital_id")) if "hdl" in t), ""),
        "reproduction": text(item.get("reproduction_number")),
    }
    return {name: value for name, value in given.items() if value}
