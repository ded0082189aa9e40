"""JSON of the ArchivesSpace API (JSONModel): resources, archival objects and digital objects, alone or in lists.

An object may have its ancestors, agents, containers and repository resolved (`_resolved`) or only their references;
what is not resolved has no name here and is left out. The levels of the archive are the containers, the ancestors from
near to far, and the repository. Search results (objects as JSON within JSON) and recorded exchanges are looked through
for objects, too.

Left out: locations, events, rights statements beyond their notes, and objects of other models.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from citetool.formats.shared.headings import (
    date_range,
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
from citetool.record.levels import LEVELS
from citetool.record.model import Creator, Digital, Draft, Holding, Level, Metadata, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions, Rejected
    from citetool.problems import Problem

_MODELS = frozenset(("resource", "archival_object", "digital_object", "digital_object_component", "accession"))
_DEPTH = 12


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each object, in the order of the file."""
    yield from records_of(stream, options, _record, lambda data: list(_objects(data, 0)))


def _objects(value: Any, depth: int) -> Iterator[Object]:
    """Yield the objects within a value; JSON within a text is looked into."""
    if depth > _DEPTH:
        return
    if isinstance(value, str):
        if value.startswith(("{", "[")) and "jsonmodel_type" in value:
            try:
                yield from _objects(json.loads(value), depth + 1)
            except (ValueError, RecursionError):
                return
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        if text(value.get("jsonmodel_type")) in _MODELS or ("level" in value and "uri" in value and "title" in value):
            yield value
        elif "json" in value:  # a search result: the object as text, beside what the index makes of it
            yield from _objects(value["json"], depth + 1)
        else:
            for item in value.values():
                yield from _objects(item, depth + 1)


def _record(data: Object, options: ReadOptions, problems: list[Problem]) -> Record | None:
    title = unmarked(text(data.get("title")))
    date, date_text = _date(data)
    shown = unmarked(text(data.get("display_string")))
    if not title:
        title = shown
    if not title:
        return None
    whole = data.get("jsonmodel_type") == "resource" or data.get("level") in ("collection", "fonds", "recordgrp")
    notes = _notes(data)
    identifiers = {"archivesspace": text(data.get("uri")), "ref_id": text(data.get("ref_id"))}
    return Draft(
        id=key_of(_number(data) or text(data.get("ref_id")) or text(data.get("uri")).strip("/").replace("/", "-")),
        kind=_kind(data, whole),
        title=title if whole else "",
        supplied_title="" if whole else title,
        creators=_creators(data),
        date=date,
        date_text=date_text,
        language=_languages(data),
        archive=_archive(data, whole),
        digital=_digital(data),
        summary=notes.get("scopecontent", "") or notes.get("abstract", ""),
        subjects=unique(
            [text(s.get("title")) or text(mapping(s.get("_resolved")).get("title")) for s in _linked(data)]
        ),
        extent="; ".join(_extent(extent) for extent in mappings(data.get("extents"))),
        rights=notes.get("accessrestrict", "") or notes.get("userestrict", ""),
        identifiers={name: value for name, value in identifiers.items() if value},
        citation=notes.get("prefercite", ""),
        metadata=Metadata(
            source=_repository(data) or "ArchivesSpace", file=file_name(options.source), reader="archivesspace"
        ),
    )


def _number(data: Object) -> str:
    """Return the identifier of a resource (up to four parts), or the one of a component."""
    parts = [text(data.get(f"id_{n}")) for n in range(4)]
    return "-".join(filter(None, parts)) or text(data.get("digital_object_id"))


_LEVEL_KINDS = {"series": "series", "subseries": "series", "subgrp": "series", "subfonds": "series", "file": "file"}


def _kind(data: Object, whole: bool) -> str:
    if whole:
        return "collection"
    genres = [text(s.get("title")) for s in _linked(data) if s.get("type") == "genre_form"]
    found = next(filter(None, map(kind_of_genre, genres)), "")
    return found or _LEVEL_KINDS.get(text(data.get("level")), "document")


def _linked(data: Object) -> list[Object]:
    return mappings(data.get("subjects"))


def _date(data: Object) -> tuple[str, str]:
    """Return the date of creation as expressed, else from begin to end."""
    dates = mappings(data.get("dates"))
    made = [d for d in dates if d.get("label") in ("creation", "publication", None)] or dates
    if not made:
        return "", ""
    expression, begin, end = (text(made[0].get(name)) for name in ("expression", "begin", "end"))
    date, words = written_date(re.sub(r"\s*\(bulk[^)]*\)", "", expression, flags=re.I))
    if date and not (begin and re.search(r"\d{4}s", expression)):
        return date, ""
    if made_between := date_range(begin, end):
        return made_between, expression if words or date else ""
    return date, words


def _languages(data: Object) -> tuple[str, ...]:
    found = [
        text(mapping(lang.get("language_and_script")).get("language")) for lang in mappings(data.get("lang_materials"))
    ]
    return language_tags("; ".join(filter(None, [*found, text(data.get("language"))])))


def _creators(data: Object) -> tuple[Creator, ...]:
    creators = []
    agents = mappings(data.get("linked_agents")) or mappings(mapping(data.get("group")).get("creators"))
    for agent in agents:
        resolved = mapping(agent.get("_resolved"))
        heading = text(mapping(resolved.get("display_name")).get("sort_name")) or text(resolved.get("title"))
        heading = heading or text(agent.get("title"))
        if heading and agent.get("role") != "subject":
            person = "person" in text(agent.get("type") or agent.get("ref"))
            otherwise = "creator" if agent.get("role") == "creator" else "contributor"
            role = role_of(text(agent.get("relator")), otherwise)
            creators.append(Creator(heading_name(heading, body=not person), role))
    return tuple(creators)


# ---- levels

_NAMES = {
    "recordgrp": "record_group", "subgrp": "subgroup", "otherlevel": "section", "item": "item", "file": "file",
    "fonds": "fonds", "subfonds": "subfonds", "class": "class",
}  # fmt: skip


def _archive(data: Object, whole: bool) -> Holding:
    levels: list[Level] = []
    if not whole:
        levels += _containers(data)
    for ancestor in mappings(data.get("ancestors")):
        resolved = mapping(ancestor.get("_resolved"))
        title = unmarked(text(ancestor.get("title")) or text(resolved.get("title")))
        name = text(ancestor.get("level")) or text(resolved.get("level"))
        resource = "/resources/" in text(ancestor.get("ref"))
        if title and not whole:
            levels.append(Level("collection" if resource else _NAMES.get(name, name or "section"), title))
        if resource and (number := _number(resolved)):
            levels.append(Level("collection_id", number))
    if whole and (number := _number(data)):
        levels.append(Level("collection_id", number))
    repository = _repository(data)
    if repository:
        levels.append(Level("repository", repository))
    return Holding(tuple(levels))


def _containers(data: Object) -> list[Level]:
    """Return the containers of the first instance that has one, small to large."""
    for instance in mappings(data.get("instances")):
        container = mapping(instance.get("sub_container"))
        top = mapping(mapping(container.get("top_container")).get("_resolved"))
        found = [
            (text(container.get("type_3")), text(container.get("indicator_3"))),
            (text(container.get("type_2")), text(container.get("indicator_2"))),
            (text(top.get("type")), text(top.get("indicator"))),
        ]
        old = mapping(instance.get("container"))  # API before version 1.5
        found += [(text(old.get(f"type_{n}")), text(old.get(f"indicator_{n}"))) for n in (3, 2, 1)]
        levels = [_container(kind, number) for kind, number in found if number]
        if levels:
            return levels
    return []


def _container(kind: str, number: str) -> Level:
    word = re.sub(r"\W+", "_", kind.strip().lower())
    name = word if word in LEVELS else next((part for part in word.split("_") if part in LEVELS), "container")
    return Level(name, f"{kind.strip().capitalize()} {number}" if kind else number)


def _repository(data: Object) -> str:
    resolved = mapping(mapping(data.get("repository")).get("_resolved"))
    return text(resolved.get("name")) or text(resolved.get("display_string"))


def _digital(data: Object) -> Digital:
    versions = mappings(data.get("file_versions"))
    for instance in mappings(data.get("instances")):
        resolved = mapping(mapping(instance.get("digital_object")).get("_resolved"))
        versions += mappings(resolved.get("file_versions"))
    addresses = [text(v.get("file_uri")) for v in versions if text(v.get("file_uri")).startswith("http")]
    return Digital("", next(iter(addresses), ""))


# ---- notes


def _notes(data: Object) -> dict[str, str]:
    """Return the text of each sort of note (`scopecontent`), paragraphs apart, without markup."""
    notes: dict[str, str] = {}
    for note in mappings(data.get("notes")):
        parts = [note.get("content"), *(sub.get("content") for sub in mappings(note.get("subnotes")))]
        words = "\n".join(unmarked(piece) for part in parts for piece in _paragraphs(part) if piece.strip())
        if words:
            notes.setdefault(text(note.get("type")), words)
    return notes


def _paragraphs(value: Any) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [piece for item in given if isinstance(item, str) for piece in re.split(r"\n\s*\n", item)]


def _extent(extent: Object) -> str:
    size = f"{text(extent.get('number'))} {text(extent.get('extent_type')).replace('_', ' ').lower()}".strip()
    summary = " ".join(texts(extent.get("container_summary")))
    return f"{size} ({summary})".strip() if summary else size
