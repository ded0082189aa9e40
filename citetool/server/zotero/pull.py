"""Better BibTeX's pull export: the library or a collection as a file of references, over HTTP."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from citetool.problems import CitetoolError

from . import items, translators

if TYPE_CHECKING:
    from starlette.requests import Request

    from citetool.server.levels import Node
    from citetool.server.shelf import Shelf

    from .rpc import Rpc

_COLLECTION = re.compile(r"/?(?P<library>[^/]+)/(?P<path>.+)\.(?P<translator>[\w-]+)")
_TYPES = {"csl-json": "application/json", "bbt-json": "application/json"}


class Pull:
    """The interface over one library."""

    def __init__(self, shelf: Shelf, rpc: Rpc) -> None:
        self.shelf = shelf
        self.rpc = rpc

    @property
    def routes(self) -> list[Route]:
        """The paths of the interface."""
        both = ["GET", "POST"]
        start = "/better-bibtex/export"
        return [
            Route(f"{start}/library", self.library, methods=both),
            Route("/better-bibtex/library", self.library, methods=both),
            Route(f"{start}/collection", self.collection, methods=both),
            Route("/better-bibtex/collection", self.collection, methods=both),
            Route(f"{start}/selected", self.selected, methods=both),
            Route(f"{start}/select", self.selected, methods=both),
            Route("/better-bibtex/selected", self.selected, methods=both),
            Route("/better-bibtex/select", self.selected, methods=both),
            Route(f"{start}/item", self.item, methods=both),
            Route(start, self.export, methods=both),
        ]

    def library(self, request: Request) -> Response:
        """Answer `?/1/library.biblatex`."""
        path = _path(request)
        match = re.fullmatch(r"/?(?:(?P<library>[^/]+)/)?[^/]*?\.(?P<translator>[\w-]+)", path)
        if not path:
            return _text("Could not export library: no path", 404)
        if not match:
            return _text(f"Could not export library '{path}': no format specified", 400)
        if match["library"] not in (None, "1", "0", "My Library", self.shelf.name):
            return _text(f"Could not export library: library '{match['library']}' does not exist", 404)
        return self._written(self.shelf.all(), match["translator"])

    def collection(self, request: Request) -> Response:
        """Answer `?/1/KEY.json` or `?/1/Name/Name below.bib`."""
        path = _path(request)
        match = _COLLECTION.fullmatch(path)
        if not path:
            return _text("Could not export collection: no path", 404)
        if not match:
            return _text(f"Could not export collection '{path}': no format specified", 400)
        node = self._node(match["path"]) if match["library"] in ("1", "0", "My Library", self.shelf.name) else None
        if node is None:
            return _text(f"Could not export collection: '{match['path']}' not found", 404)
        return self._written(self.shelf.find(node.keys()), match["translator"])

    def export(self, request: Request) -> Response:
        """Answer `?/library;id:1/Any name.bib` and `?/library;id:1/collection;key:KEY/name.bib`."""
        parts = [part for part in _path(request).split("/") if part]
        if not parts or "." not in parts[-1]:
            return _text("Could not export: no path or no format", 404)
        name, _, translator = parts[-1].rpartition(".")
        records = None
        for part in parts[:-1]:
            kind, _, value = part.partition(";")
            field, _, value = value.partition(":")
            if kind in ("library", "group") and value not in ("1", "0", "My Library", self.shelf.name):
                return _text(f"Could not export: {kind} '{value}' does not exist", 404)
            if kind == "collection":
                node = self._node(value)
                if node is None:
                    return _text(f"Could not export: collection '{value}' not found", 404)
                records = self.shelf.find(node.keys())
            del field
        response = self._written(self.shelf.all() if records is None else records, translator)
        safe = re.sub(r"[^\w .()-]", "_", name, flags=re.ASCII)
        response.headers["Content-Disposition"] = f'attachment; filename="{safe}.{translator}"'
        return response

    def selected(self, request: Request) -> Response:
        """Answer that nothing is selected: there is no window to select in."""
        del request
        return _text("nothing is selected: citetool has no window to select in", 404)

    def item(self, request: Request) -> Response:
        """Answer `?citationKeys=a,b&translator=json`: the export, and numbers and addresses of the items."""
        query = parse_qs(request.url.query)
        keys = [key for value in query.get("citationKeys", []) for key in value.split(",") if key]
        known = self.shelf.now()
        found = [key for key in keys if key in known.entries]
        translator = query.get("translator", ["json"])[0]
        try:
            text = self.rpc.export(found, translator)
        except CitetoolError as error:
            return _text(error.problems[0].message, 500)
        from .rpc import number_of  # noqa: PLC0415

        answer: dict[str, Any] = {
            "items": json.loads(text) if text.lstrip()[:1] in ("[", "{") else text,
            "zotero": {key: {"itemID": number_of(key), "uri": items.uri_of(key)} for key in found},
            "errors": {key: 0 for key in keys if key not in known.entries},
        }
        return JSONResponse(answer)

    def _written(self, records: Any, translator: str) -> Response:
        try:
            format = translators.format_of(translator)
            text = translators.export(records, translator)
        except CitetoolError as error:
            return _text(error.problems[0].message, 500)
        return PlainTextResponse(text, media_type=_TYPES.get(format, "text/plain"))

    def _node(self, path: str) -> Node | None:
        """Return the collection of a key, or of the names on the way down to it."""
        snapshot = self.shelf.now()
        if path in snapshot.nodes:
            return snapshot.nodes[path]
        found = [snapshot.root]
        for name in path.split("/"):
            wanted = name.casefold()
            below = [node for parent in found for node in parent.children.values()]
            found = [node for node in below if wanted in (node.name.casefold(), node.level.value.casefold())]
        return found[0] if found else None


def _path(request: Request) -> str:
    """Return the path that stands in the query without a name."""
    return next((unquote(part) for part in request.url.query.split("&") if part and "=" not in part), "")


def _text(message: str, status: int) -> Response:
    return PlainTextResponse(message + "\n", status)
