"""One id for one source: programs number their items anew in every field, or name one source in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.documents.model import CitedItem, Place


def unify_ids(places: Iterable[Place]) -> None:
    """Give items of the same source one id, and items of different ones different ids.

    The first of the uris says which source it is, else id and title. The id that the program gave is still printed.
    """
    ids: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    places = list(places)
    _embed(places)
    for place in places:
        for item in place.items:
            source = _source(item)
            if source not in ids:
                ids[source] = _free(item.id or _address(item) or item.title or "source", taken)
                taken.add(ids[source])
            if ids[source] != item.id:
                if item.id:
                    item.facts["id"] = item.id
                item.id = ids[source]


def _embed(places: Iterable[Place]) -> None:
    """Give typed keys the data and address of the source that a field of the document has under that key."""
    items = [item for place in places for item in place.items]
    known = {key: item for item in reversed(items) if item.data is not None
             for key in (str(item.data.get("citation-key") or ""), item.id) if key}  # fmt: skip
    for item in items:
        if item.data is None and not item.uris and item.id in known:
            item.data, item.uris, item.id = known[item.id].data, known[item.id].uris, known[item.id].id


def _source(item: CitedItem) -> tuple[str, str]:
    return ("uri", item.uris[0]) if item.uris else (item.id, item.title if item.data else "")


def _address(item: CitedItem) -> str:
    """Return the last part of the address of an item, which is its key in the library of its program."""
    return item.uris[0].rstrip("/").rpartition("/")[2] if item.uris else ""


def _free(wanted: str, taken: set[str]) -> str:
    number, found = 2, wanted
    while found in taken:
        found = f"{wanted}-{number}"
        number += 1
    return found
