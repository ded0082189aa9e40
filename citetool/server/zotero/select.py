"""The parameters by which Zotero's API chooses items: q, itemType, tag, itemKey, since, sort, start, limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citetool.formats.managers.zotero.items import tags, to_zotero
from citetool.server.keys import item_key

from .conditions import quoted
from .items import members

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from citetool.record.model import Record
    from citetool.server.levels import Node
    from citetool.server.shelf import Shelf, Snapshot

_SORTS = {
    "dateAdded": "changed", "dateModified": "changed", "title": "title", "creator": "author", "itemType": "kind",
    "date": "date", "publisher": "", "publicationTitle": "", "journalAbbreviation": "", "language": "",
    "accessDate": "", "libraryCatalog": "", "callNumber": "", "rights": "", "addedBy": "", "numItems": "",
    "extra": "", "relevance": "relevance",
}  # fmt: skip
_LONGEST = 20  # digits of a number from outside
_DOWNWARD = ("dateAdded", "dateModified", "date")


class Refused(Exception):  # noqa: N818 - an answer, with its status
    """A request that is answered with a sentence and a status."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


class Selected(NamedTuple):
    """The keys of the chosen records in their order, and the part that is asked for (None: all the rest)."""

    keys: list[str]
    start: int
    limit: int | None


def select(query: QueryParams, shelf: Shelf, snapshot: Snapshot, collection: Node | None = None) -> Selected:
    """Return what the parameters choose, of the items of a collection where one is given. Raises Refused.

    Programs ask for one part after the other of a list, so it is made once.
    """
    sort = query.get("sort", "dateModified")
    if sort not in _SORTS:
        raise Refused(f"Invalid 'sort' value '{sort}'", 400)
    direction = query.get("direction", "desc" if sort in _DOWNWARD else "asc")
    if direction not in ("asc", "desc"):
        raise Refused(f"Invalid 'direction' value '{direction}'", 400)
    start, limit, since = (number(query, name) for name in ("start", "limit", "since"))
    words = query_words(query.get("q", ""), query.get("qmode", ""))
    order = _SORTS[sort] or "title"
    wish = _Wish(
        f"{words} sort:{'-' if direction == 'desc' else ''}{order}".strip(),
        frozenset(key for part in query.getlist("itemKey") for key in part.split(",") if key),
        tuple(query.getlist("tag")),
        query.get("itemType", ""),
        since,
        collection.key if collection else "",
    )
    keys = snapshot.once(wish, lambda: _chosen(wish, shelf, snapshot, collection))
    return Selected(keys, start or 0, limit)


def now_of(request: Request) -> Snapshot:
    """Return the snapshot that a request is answered by."""
    snapshot: Snapshot = request.state.snapshot
    return snapshot


class _Wish(NamedTuple):
    """All that decides which items are chosen, and their order."""

    query: str
    item_keys: frozenset[str]
    tags: tuple[str, ...]
    types: str
    since: int | None
    collection: str


def _chosen(wish: _Wish, shelf: Shelf, snapshot: Snapshot, collection: Node | None) -> list[str]:
    entries = snapshot.entries
    keys = [key for key in shelf.search_keys(wish.query) if key in entries]
    if collection is not None:
        within = set(members(collection))
        keys = [key for key in keys if key in within]
    if wish.item_keys:
        keys = [key for key in keys if item_key(key) in wish.item_keys]
    if wish.since is not None:
        keys = [key for key in keys if entries[key].changed > wish.since]
    if wish.tags or wish.types:
        conditions = [_tag_condition(text) for text in wish.tags]
        records = shelf.find(keys)
        keys = [
            record.id
            for record in records
            if all(condition(record) for condition in conditions) and _of_type(record, wish.types)
        ]
    return keys


def query_words(text: str, mode: str) -> str:
    """Return the query for the words of `q`: in title, names and year, or with the mode `everything` anywhere."""
    words = quoted(text).split()
    if mode == "everything":
        return " ".join(words)
    return " ".join(
        f"(title:{word} or name:{word}{f' or date:{word[:-1]}' if word[:-1].isdigit() and len(word) == 5 else ''})"
        for word in words
    )


def number(query: QueryParams, name: str) -> int | None:
    """Return the number that a parameter gives, None where it is not there. Raises Refused for what is no number."""
    text = query.get(name, "")
    if not text:
        return None
    found = whole(text)
    if found is None:
        raise Refused(f"Invalid '{name}' value '{text}'", 400)
    return found


def whole(text: str) -> int | None:
    """Return the number that a text from outside says, None for anything but digits: `²` counts as one, too."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST else None


def _tag_condition(text: str) -> Callable[[Record], bool]:
    """Return the condition of one `tag`: alternatives are parted by `||`, a `-` before them turns it round."""
    turned = text.startswith("-")
    names = {name.strip() for name in text.removeprefix("-").removeprefix("\\").split("||")}
    return lambda record: (not names.isdisjoint(tags(record))) != turned


def _of_type(record: Record, types: str) -> bool:
    if not types:
        return True
    turned = types.startswith("-")
    names = {name.strip() for name in types.removeprefix("-").split("||")}
    return (to_zotero(record)["itemType"] in names) != turned
