"""Records as the objects of Zotero's interfaces: items with keys and links, collections, attachments."""

from __future__ import annotations

import time
from html import escape
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from citetool.formats.csl.export import to_item
from citetool.formats.managers.zotero.items import tags, to_zotero
from citetool.server.keys import file_key, item_key, note_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citetool.record.model import File, Record
    from citetool.server.levels import Node
    from citetool.server.shelf import Snapshot

LIBRARY_ID = 1
"""The number of the one library, which clients take for the user's own."""
LIBRARY = {"type": "user", "id": 0, "name": "My Library", "links": {}}
"""The library as objects of the local API name it."""
COLLECTIONS = ("repository", "division", "collection")
"""The groups of levels that are collections to a program; what is below stays in the item's location."""


def uri_of(key: str) -> str:
    """Return the address that marks an item in documents, as Zotero writes it for a library without an account."""
    return f"http://zotero.org/users/local/citetool/items/{item_key(key)}"


def csl_item(record: Record) -> dict[str, Any]:
    """Return the CSL-JSON item in Zotero's form, its id the citation key."""
    return to_item(record, "zotero", carry=False)


def data_of(record: Record, snapshot: Snapshot) -> dict[str, Any]:
    """Return an item's own fields with key, tags and collections, as the local API gives them under `data`."""
    entry = snapshot.entries.get(record.id)
    changed = entry.changed if entry else 0
    home = collection_of(record.id, snapshot)
    return {
        "key": item_key(record.id),
        "version": changed,
        **to_zotero(record),
        "citationKey": record.id,
        "tags": [{"tag": tag} for tag in tags(record)],
        "collections": [home.key] if home else [],
        "relations": {},
        "dateAdded": utc(changed),
        "dateModified": utc(changed),
    }


def utc(seconds: int) -> str:
    """Return a time as Zotero writes it: `2026-11-28T09:00:00Z`."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def collection_of(key: str, snapshot: Snapshot) -> Node | None:
    """Return the collection that an item is in: the smallest of its levels that counts as one."""
    above = snapshot.path_of(key)
    return next((node for node in reversed(above) if node.group in COLLECTIONS), None)


def collections(snapshot: Snapshot) -> list[Node]:
    """Return all collections, each before those in it."""
    return snapshot.once("collections", lambda: list(_collections(snapshot.root)))


def _collections(node: Node) -> Iterator[Node]:
    for child in node.children.values():
        if child.group in COLLECTIONS:  # no collection stands below what is none: levels go from large to small
            yield child
            yield from _collections(child)


def count_members(node: Node) -> int:
    """Return how many items are in this collection and in none below it."""
    return node.total - sum(child.total for child in node.children.values() if child.group in COLLECTIONS)


def members(node: Node) -> list[str]:
    """Return the keys of the items that are in this collection and in none below it."""
    found = list(node.records)
    for child in node.children.values():
        if child.group not in COLLECTIONS:
            found += child.keys()
    return found


def files_of(record: Record, root: Path, path: str) -> list[tuple[File, Path]]:
    """Return the record's files with their places on the disk, those only that are inside of the library."""
    folder = PurePosixPath(path).parent
    found = []
    for file in record.files:
        place = (root / folder / file.path).resolve()
        if place.is_relative_to(root.resolve()) and place.is_file():
            found.append((file, place))
    return found


def children_of(
    record: Record, snapshot: Snapshot, files: list[tuple[File, Path]], address: str
) -> list[dict[str, Any]]:
    """Return the files and notes of an item as objects of their own, with links below `address`."""
    entry = snapshot.entries.get(record.id)
    changed = entry.changed if entry else 0
    parent = item_key(record.id)
    found: list[tuple[str, dict[str, Any]]] = []
    for number, (file, place) in enumerate(files):
        data = {
            "itemType": "attachment",
            "linkMode": "linked_file",
            "title": file.note or file.kind or place.name,
            "path": str(place),
            "filename": place.name,
            "contentType": guess_type(place.name)[0] or "application/octet-stream",
        }
        found.append((file_key(record.id, number), data))
    for number, note in enumerate(record.notes):
        found.append((note_key(record.id, number), {"itemType": "note", "note": f"<p>{escape(note)}</p>"}))
    return [_child(key, data, parent, changed, address) for key, data in found]


def _child(key: str, data: dict[str, Any], parent: str, changed: int, address: str) -> dict[str, Any]:
    times = {"dateAdded": utc(changed), "dateModified": utc(changed)}
    kind = "application/json"
    return {
        "key": key,
        "version": changed,
        "library": LIBRARY,
        "links": {
            "self": {"href": f"{address}/items/{key}", "type": kind},
            "up": {"href": f"{address}/items/{parent}", "type": kind},
        },
        "meta": {},
        "data": {"key": key, "version": changed, "parentItem": parent, **data, "tags": [], "relations": {}, **times},
    }
