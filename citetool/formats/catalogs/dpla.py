"""JSON of the Digital Public Library of America (Metadata Application Profile 3 to 5), and of its ingestion.

A hit of the search API (`docs`, `hits.hits`), a single item, or an item in the wrapper of a hub. What the item says is
in `sourceResource`; `dataProvider` holds the original, `isShownAt` is where it is read. Elements are text, list or
null, dates a display form with begin and end.

Left out: `originalRecord`, the record of the hub in a format of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.formats.shared.headings import (
    closed_title,
    date_range,
    file_name,
    heading_name,
    key_of,
    kind_of_genre,
    role_of,
    unique,
    written_date,
)
from citetool.formats.shared.json_fields import Object, mapping, mappings, records_of, text, texts
from citetool.formats.shared.languages import language_tags
from citetool.lazy_re import lazy
from citetool.record.kinds import kind_of
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Metadata, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected
    from citetool.problems import Problem


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each item, in the order of the file."""
    yield from records_of(stream, options, _record, _items, ("docs",))


def _items(data: Object) -> list[Object]:
    hits = mapping(data.get("hits")).get("hits")
    found = mappings(data.get("docs")) or mappings(hits) if "docs" in data or hits else [data]
    return [_unwrapped(item) for item in found]


def _unwrapped(item: Object) -> Object:
    """Return the aggregation within the wrappers of a search index or of a hub."""
    for _ in range(4):
        inner = item.get("_source") or mapping(item.get("attributes")).get("metadata")
        if "sourceResource" in item or not isinstance(inner, dict):
            break
        item = inner
    return item


def _record(item: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    source = mapping(item.get("sourceResource"))
    titles = texts(source.get("title"))
    if not titles:
        return None
    kind = _kind(source)
    url = text(item.get("isShownAt"))
    date, date_text = _date(source)
    provider = text(item.get("provider"))
    publication = {"publisher": text(source.get("publisher"))} if not kind_of(kind).archival else {}
    return Draft(
        id=key_of(text(item.get("id")) or text(item.get("@id"))),
        kind=kind,
        title=closed_title(titles[0]),
        creators=_creators(source),
        date=date,
        date_text=date_text,
        language=language_tags("; ".join(texts(source.get("language")))),
        archive=_archive(item, source),
        digital=Digital(provider, url),
        publication={name: value for name, value in publication.items() if value},
        summary=" ".join(texts(source.get("description"))),
        subjects=unique([*texts(source.get("subject")), *texts(source.get("spatial"))]),
        extent="; ".join(texts(source.get("extent"))),
        medium="; ".join(m for m in texts(source.get("format")) if len(m) < 80),
        rights=" ".join(unique([*texts(source.get("rights")), *texts(item.get("rights"))])),
        identifiers=_identifiers(item, source, url),
        metadata=Metadata(
            source="Digital Public Library of America",
            url=text(item.get("@id")).partition("#")[0],
            file=file_name(options.source),
            reader="dpla",
        ),
    )


_GENERAL = frozenset(("graphic", "document", "film", "sound recording", "object", "collection"))


def _kind(source: Object) -> str:
    """Return the kind of the most telling form or genre term; the general type (`image`) only where nothing says
    more.
    """
    kinds = [kind_of_genre(w) for name in ("genre", "specType", "format", "type") for w in texts(source.get(name))]
    kinds = [kind for kind in kinds if kind]
    return next((kind for kind in kinds if kind not in _GENERAL), next(iter(kinds), "document"))


def _date(source: Object) -> tuple[str, str]:
    given = mapping(source.get("date"))
    shown = text(given.get("displayDate")) or (text(source.get("date")) if not given else "")
    date, words = written_date(re.sub(r"\s*\((?:creation|publication|issued)[^)]*\)", "", shown))
    return date or date_range(text(given.get("begin")), text(given.get("end"))), words


_ARTIST = lazy(r"^(?P<name>[^()]+?)\s*\((?P<role>[a-z][a-z ]+),[^)]*\).*$")


def _creators(source: Object) -> tuple[Creator, ...]:
    """Creators as authors or what their heading says: `Job, Herbert (photographer, American, 1864-1933)`."""
    creators = []
    for name, otherwise in (("creator", "author"), ("contributor", "contributor")):
        for heading in texts(source.get(name)):
            match = _ARTIST.match(heading)
            role = role_of(match.group("role"), otherwise) if match else otherwise
            plain = match.group("name") if match else heading
            creators.append(Creator(heading_name(plain, body=", " not in plain), role))
    return tuple(creators)


_LOC = lazy(r"(Library of Congress) (.+?) Washington, D\.C\..*")


def _archive(item: Object, source: Object) -> Holding:
    levels: list[Level] = []
    collections = [closed_title(title) for title in texts(source.get("collection"))]
    named = [c for c in collections if re.search(r"[A-Z]", c) and " " in c]
    related = [r for r in texts(source.get("relation")) if re.search(r"\b(?:papers|collection|records)\b", r, re.I)]
    for title in (named or related)[:1]:
        levels.append(Level("collection", title))
    holder = text(item.get("dataProvider"))
    of_congress = _LOC.match(holder)
    if of_congress:
        levels += [Level("division", of_congress.group(2)), Level("repository", of_congress.group(1))]
        levels.append(Level("place", "Washington, D.C."))
    elif holder:
        levels.append(Level("repository", holder))
    return Holding(tuple(levels))


def _identifiers(item: Object, source: Object, url: str) -> dict[str, str]:
    local = [i for i in texts(source.get("identifier")) if not i.startswith("http")]
    given = {"dpla": text(item.get("id")), "local": "; ".join(local)}
    return {name: value for name, value in given.items() if value}
