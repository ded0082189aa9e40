"""Files and notes of items, which Zotero's API gives as items of their own, with keys of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from citetool.paths import read_found
from citetool.server.keys import file_key

from . import items
from .select import Refused, now_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.requests import Request

    from citetool.record.model import Record
    from citetool.server.shelf import Shelf, Snapshot

_TEXTS = (".txt", ".md", ".text")


class Children:
    """The part of the API that is about files and notes."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def of(self, record: Record, snapshot: Snapshot, address: str = "") -> list[dict[str, Any]]:
        """Return the files and notes of an item as objects, with links below `address`."""
        return items.children_of(record, snapshot, self._files(record, snapshot), address)

    def one(self, request: Request, snapshot: Snapshot) -> dict[str, Any]:
        """Return the file or note whose key is in the address. Raises Refused where it is gone."""
        key = request.path_params["key"]
        record = self._record(snapshot.by_child_key[key], snapshot)
        found = next((child for child in self.of(record, snapshot, _here(request)) if child["key"] == key), None)
        if found is None:
            raise Refused("Item does not exist", 404)
        return found

    def list(self, request: Request) -> Response:
        """Answer with the files and notes of an item; a file or note itself has none."""
        snapshot = now_of(request)
        key = request.path_params["key"]
        found = []
        if key not in snapshot.by_child_key:
            found = self.of(self._record(key, snapshot), snapshot, _here(request))
        response = JSONResponse(found)
        response.headers["Total-Results"] = str(len(found))
        return response

    def fulltext(self, request: Request) -> Response:
        """Answer with the text of a file, or with the transcripts of an item."""
        places = [place for place in self._places(request) if place.suffix in _TEXTS]
        try:
            texts = [read_found(place).decode("utf-8", "replace") for place in places]
        except OSError as error:
            raise Refused(f"the text cannot be read: {error.strerror}", 404) from None
        if not texts:
            raise Refused("there is no full text of this item", 404)
        text = "\n\n".join(texts)
        return JSONResponse({"content": text, "indexedChars": len(text), "totalChars": len(text)})

    def texts(self, since: int, snapshot: Snapshot) -> dict[str, int]:
        """Return the keys of the files that have full text, each with its version, of records changed after that."""
        changed = {
            key: entry.changed for key, entry in snapshot.entries.items() if entry.files and entry.changed > since
        }
        return {
            file_key(record.id, number): changed[record.id]
            for record in self.shelf.find(changed, snapshot)
            for number, (_, place) in enumerate(self._files(record, snapshot))
            if place.suffix in _TEXTS
        }

    def file(self, request: Request) -> Response:
        """Answer with the address of a file, or of the first one of an item."""
        return RedirectResponse(self._first(request), 302)

    def file_url(self, request: Request) -> Response:
        """Answer with the address of a file, or of the first one of an item, as text."""
        return PlainTextResponse(self._first(request))

    def _first(self, request: Request) -> str:
        places = self._places(request)
        if not places:
            raise Refused("this item has no file", 404)
        return places[0].as_uri()

    def _places(self, request: Request) -> Sequence[Path]:
        """Return the place of the file whose key is in the address, or the places of all files of an item."""
        snapshot, key = now_of(request), request.path_params["key"]
        record = self._record(snapshot.by_child_key.get(key) or key, snapshot)
        files = self._files(record, snapshot)
        if key in snapshot.by_child_key:
            return [place for number, (_, place) in enumerate(files) if file_key(record.id, number) == key]
        return [place for _, place in files]

    def _record(self, key: str, snapshot: Snapshot) -> Record:
        known = key if key in snapshot.entries else snapshot.by_item_key.get(key)
        if known is None:
            raise Refused("Item does not exist", 404)
        return self.shelf.read(known, snapshot)[0]

    def _files(self, record: Record, snapshot: Snapshot) -> Any:
        entry = snapshot.entries.get(record.id)
        return items.files_of(record, self.shelf.library.root, entry.path if entry else "")


def _here(request: Request) -> str:
    return f"http://{request.headers['host']}/api/users/0"
