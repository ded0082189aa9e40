"""Zotero's local API, version 3, for reading: items, collections, tags and their exports under `/api/`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from citetool.formats.managers.zotero.items import tags
from citetool.problems import CitetoolError
from citetool.server.keys import item_key

from . import items, rendering, translators
from .children import Children
from .plain_exports import PLAIN_EXPORTS
from .select import Refused, Selected, now_of, number, select, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from citetool.record.model import Record
    from citetool.server.levels import Node
    from citetool.server.shelf import Shelf, Snapshot

_EXPORTS = {
    "bibtex": "bibtex", "biblatex": "biblatex", "ris": "ris", "csljson": "csl-json", "mods": "mods", "coins": "coins",
    "rdf_zotero": "zotero-rdf", "wikipedia": "wikitext",
}  # fmt: skip
_NO_EXPORTS = ("atom",)
_READ = ["GET"]
_WRITES = ["POST", "PUT", "PATCH", "DELETE"]


class LocalApi:
    """The interface over one library."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._children = Children(shelf)
        self.server_id = item_key(str(shelf.library.root.resolve())) + "CITE"

    @property
    def routes(self) -> list[Route]:
        """The paths of the interface; the library is `users/0`."""
        children = self._children
        pages: dict[str, Callable[[Request], Response]] = {
            "items": self.items,
            "items/top": self.items,
            "items/trash": self.nothing,
            "items/trash/top": self.nothing,
            "items/{key}": self.item,
            "items/{key}/children": children.list,
            "items/{key}/fulltext": children.fulltext,
            "items/{key}/file": children.file,
            "items/{key}/file/view": children.file,
            "items/{key}/file/view/url": children.file_url,
            "items/{key}/tags": self.item_tags,
            "items/top/tags": self.tags_of_items,
            "items/tags": self.tags_of_items,
            "items/trash/tags": self.nothing,
            "publications/items": self.nothing,
            "publications/items/tags": self.nothing,
            "collections": self.collections,
            "collections/top": self.collections,
            "collections/{key}": self.collection,
            "collections/{key}/collections": self.collections_below,
            "collections/{key}/items": self.collection_items,
            "collections/{key}/items/top": self.collection_items,
            "collections/{key}/items/tags": self.tags_of_items,
            "collections/{key}/items/top/tags": self.tags_of_items,
            "collections/{key}/tags": self.tags_of_items,
            "searches": self.nothing,
            "tags": self.tags,
            "tags/{name:path}": self.tags,
            "groups": self.nothing,
            "settings": self.settings,
            "fulltext": self.fulltext,
        }
        routes = [Route("/api/", lambda _: self._answer(PlainTextResponse("Nothing to see here."))),
                  Route("/api", lambda _: self._answer(PlainTextResponse("Nothing to see here.")))]  # fmt: skip
        ordered = sorted(pages, key=lambda path: ("{" in path, path))
        routes += [Route(f"/api/{{kind}}/{{number}}/{path}", self._read(pages[path]), methods=_READ)
                   for path in ordered]  # fmt: skip
        nowhere = Route("/api/{rest:path}", lambda _: self._answer(PlainTextResponse("No endpoint found", 404)))
        return [*routes, nowhere, Route("/api/{rest:path}", self.write, methods=_WRITES)]

    def _read(self, page: Callable[[Request], Response]) -> Callable[[Request], Response]:
        """Return a page with the checks and headers that all have."""

        def answered(request: Request) -> Response:
            version = request.headers.get("zotero-api-version") or request.query_params.get("v") or "3"
            if version != "3":
                return self._answer(PlainTextResponse(f"Zotero API version {version} is not supported", 501))
            if request.path_params["kind"] == "groups":
                return self._answer(PlainTextResponse("Group not found", 404))
            if (request.path_params["kind"], request.path_params["number"]) not in (("users", "0"), ("users", "1")):
                return self._answer(PlainTextResponse("Only data for the logged-in user is available locally", 400))
            snapshot = request.state.snapshot = self.shelf.now()
            since = whole(request.headers.get("if-modified-since-version", ""))
            if since is not None and since >= snapshot.version > 0:
                return self._answer(Response(status_code=304))
            try:
                response = page(request)
            except Refused as refused:
                response = PlainTextResponse(str(refused), refused.status)
            except CitetoolError as error:
                response = PlainTextResponse(error.problems[0].message, 400)
            response.headers["Last-Modified-Version"] = str(snapshot.version)
            return self._answer(response)

        return answered

    def _answer(self, response: Response) -> Response:
        response.headers["Zotero-API-Version"] = "3"
        response.headers["Zotero-Schema-Version"] = "41"
        response.headers["Zotero-Server-ID"] = self.server_id
        return response

    def write(self, request: Request) -> Response:
        """Refuse what would change the library, as Zotero refuses who has no right to."""
        wanted = request.headers.get("zotero-server-id")
        if wanted is None:
            return self._answer(PlainTextResponse("Zotero-Server-ID not provided", 428))
        if wanted != self.server_id:
            return self._answer(PlainTextResponse("Zotero-Server-ID is that of another library", 412))
        if request.url.path.rstrip("/") == "/api/local/authorize":
            return self._answer(JSONResponse({"denied": True}, 403))
        return self._answer(PlainTextResponse("writing needs a local API key, and citetool gives none", 401))

    # --- items

    def items(self, request: Request) -> Response:
        """Answer with the items that the parameters ask for."""
        chosen = select(request.query_params, self.shelf, now_of(request))
        return self._list(request, chosen)

    def collection_items(self, request: Request) -> Response:
        """Answer with the items of a collection that the parameters ask for."""
        snapshot = now_of(request)
        node = self._node(request, snapshot)
        chosen = select(request.query_params, self.shelf, snapshot, node)
        return self._list(request, chosen)

    def item(self, request: Request) -> Response:
        """Answer with one item, in the format asked for."""
        snapshot = now_of(request)
        if request.path_params["key"] in snapshot.by_child_key:
            return JSONResponse(self._children.one(request, snapshot))
        record = self._record(request, snapshot)
        format = request.query_params.get("format", "json")
        if format == "json":
            return JSONResponse(self._object(request, record, snapshot))
        return self._exported(request, [record], format)

    def _list(self, request: Request, chosen: Selected) -> Response:
        """Answer with a page of the chosen items, how many there are, and the way to the others."""
        snapshot = now_of(request)
        format = request.query_params.get("format", "json")
        part = chosen.keys[chosen.start : None if chosen.limit is None else chosen.start + chosen.limit]
        if format == "keys":
            response: Response = PlainTextResponse("".join(f"{item_key(key)}\n" for key in part))
        elif format == "versions":
            response = JSONResponse({item_key(key): snapshot.entries[key].changed for key in part})
        elif format == "json":
            records = self.shelf.find(part, snapshot)
            response = JSONResponse([self._object(request, record, snapshot) for record in records])
        else:
            response = self._exported(request, self.shelf.find(part, snapshot), format)
        _page_headers(response, request, len(chosen.keys), chosen)
        return response

    def _exported(self, request: Request, records: list[Record], format: str) -> Response:
        if format == "bib":
            return Response(self._bib(request, records), media_type="text/html")
        if format in _EXPORTS:
            return PlainTextResponse(translators.write(records, _EXPORTS[format]))
        if format in PLAIN_EXPORTS:
            return PlainTextResponse(PLAIN_EXPORTS[format](records))
        if format in _NO_EXPORTS:
            return PlainTextResponse(f"format '{format}' is not supported", 501)
        return PlainTextResponse(f"Invalid 'format' value '{format}'", 400)

    def _bib(self, request: Request, records: list[Record]) -> str:
        query = request.query_params
        return rendering.bib(records, query.get("style", ""), html=True, locale=query.get("locale"),
                             folders=rendering.style_folders(self.shelf.library.root))  # fmt: skip

    def _object(self, request: Request, record: Record, snapshot: Snapshot) -> dict[str, Any]:
        """Return an item as the API gives it, with what `include` asks for."""
        data = items.data_of(record, snapshot)
        here = self._here(request)
        key = data["key"]
        makers = [c.get("lastName") or c.get("name", "") for c in data["creators"]]
        meta: dict[str, Any] = {"numChildren": len(self._children.of(record, snapshot))}
        if makers:
            meta["creatorSummary"] = makers[0] if len(makers) == 1 else (
                f"{makers[0]} and {makers[1]}" if len(makers) == 2 else f"{makers[0]} et al.")  # fmt: skip
        if record.date:
            meta["parsedDate"] = record.date
        found: dict[str, Any] = {
            "key": key,
            "version": data["version"],
            "library": items.LIBRARY,
            "links": {"self": {"href": f"{here}/items/{key}", "type": "application/json"}},
            "meta": meta,
        }
        for name in request.query_params.get("include", "data").split(","):
            if name == "data":
                found["data"] = data
            elif name == "bib":
                found["bib"] = self._bib(request, [record])
            elif name == "citation":
                style = request.query_params.get("style", "")
                text = rendering.citation([record], style, html=True, locale=request.query_params.get("locale"),
                                          folders=rendering.style_folders(self.shelf.library.root))  # fmt: skip
                found["citation"] = f"<span>{text}</span>"
            elif name in PLAIN_EXPORTS:
                found[name] = PLAIN_EXPORTS[name]([record])
            elif name in _EXPORTS:
                found[name] = items.csl_item(record) if name == "csljson" else translators.write(
                    [record], _EXPORTS[name])  # fmt: skip
            else:
                raise Refused(f"Invalid 'include' value '{name}'", 400)
        return found

    # --- collections and tags

    def collections(self, request: Request) -> Response:
        """Answer with all collections, or with those of the top."""
        snapshot = now_of(request)
        found = items.collections(snapshot)
        if request.url.path.endswith("/top"):
            found = [node for node in found if node.parent is snapshot.root]
        return self._nodes(request, found)

    def collections_below(self, request: Request) -> Response:
        """Answer with the collections in a collection."""
        node = self._node(request, now_of(request))
        return self._nodes(request, _below(node))

    def collection(self, request: Request) -> Response:
        """Answer with one collection."""
        return JSONResponse(self._collection(request, self._node(request, now_of(request))))

    def _nodes(self, request: Request, found: list[Node]) -> Response:
        start, limit = _bounds(request)
        part = found[start : None if limit is None else start + limit]
        response = JSONResponse([self._collection(request, node) for node in part])
        _page_headers(response, request, len(found), Selected([], start, limit))
        return response

    def _collection(self, request: Request, node: Node) -> dict[str, Any]:
        above = node.parent.key if node.parent and node.parent.key else False
        version = now_of(request).version
        return {
            "key": node.key,
            "version": version,
            "library": items.LIBRARY,
            "links": {"self": {"href": f"{self._here(request)}/collections/{node.key}", "type": "application/json"}},
            "meta": {"numCollections": len(_below(node)), "numItems": items.count_members(node)},
            "data": {"key": node.key, "version": version, "name": node.name, "parentCollection": above,
                     "relations": {}},
        }  # fmt: skip

    def tags(self, request: Request) -> Response:
        """Answer with the tags of the library and the number of items that have each."""
        counted = now_of(request).once("tags", self.shelf.tags)
        name = str(request.path_params.get("name", ""))
        return self._tags(request, {name: counted[name]} if name in counted else {} if name else counted)

    def tags_of_items(self, request: Request) -> Response:
        """Answer with the tags of the items that the parameters ask for, of a collection where one is named."""
        snapshot = now_of(request)
        node = self._node(request, snapshot) if "key" in request.path_params else None
        chosen = select(request.query_params, self.shelf, snapshot, node).keys
        if len(chosen) == len(snapshot.entries):
            return self.tags(request)
        counted = Counter(tag for record in self.shelf.find(chosen, snapshot) for tag in tags(record))
        return self._tags(request, counted)

    def _tags(self, request: Request, counted: Mapping[str, int]) -> Response:
        names = sorted(counted)
        start, limit = _bounds(request)
        part = names[start : None if limit is None else start + limit]
        response = JSONResponse([_tag(tag, counted[tag]) for tag in part])
        _page_headers(response, request, len(names), Selected([], start, limit))
        return response

    def item_tags(self, request: Request) -> Response:
        """Answer with the tags of an item."""
        return JSONResponse([_tag(tag, 1) for tag in tags(self._record(request, now_of(request)))])

    def nothing(self, request: Request) -> Response:
        """Answer with an empty list: groups, searches and a trash of Zotero's kind are not here."""
        del request
        return JSONResponse([], headers={"Total-Results": "0"})

    def fulltext(self, request: Request) -> Response:
        """Answer with the keys of the files that have full text, each with its version, where newer than `since`."""
        since, snapshot = _number(request, "since") or 0, now_of(request)
        return JSONResponse(self._children.texts(since, snapshot))

    def settings(self, request: Request) -> Response:
        """Answer with no settings."""
        del request
        return JSONResponse({})

    def _record(self, request: Request, snapshot: Snapshot) -> Record:
        key = snapshot.by_item_key.get(request.path_params["key"])
        if key is None:
            raise Refused("Item does not exist", 404)
        return self.shelf.read(key, snapshot)[0]

    def _node(self, request: Request, snapshot: Snapshot) -> Node:
        node = snapshot.nodes.get(request.path_params["key"])
        if node is None or node.group not in items.COLLECTIONS:
            raise Refused("Collection not found", 404)
        return node

    def _here(self, request: Request) -> str:
        return f"http://{request.headers['host']}/api/users/0"


def _below(node: Node) -> list[Node]:
    return [child for child in node.children.values() if child.group in items.COLLECTIONS]


def _tag(name: str, number: int) -> dict[str, Any]:
    return {"tag": name, "links": {}, "meta": {"type": 0, "numItems": number}}


def _bounds(request: Request) -> tuple[int, int | None]:
    """Return `start` and `limit`. Raises Refused for what is no number."""
    return _number(request, "start") or 0, _number(request, "limit")


def _number(request: Request, name: str) -> int | None:
    return number(request.query_params, name)


def _page_headers(response: Response, request: Request, total: int, chosen: Selected) -> None:
    """Add how many there are, and links to the other pages."""
    response.headers["Total-Results"] = str(total)
    start, limit = chosen.start, chosen.limit
    if limit is None or limit < 1:
        return
    last = max(0, (total - 1) // limit * limit)
    places = {"first": 0, "last": last}
    if start + limit < total:
        places["next"] = start + limit
    if start:
        places["prev"] = max(0, start - limit)
    base = f"http://{request.headers['host']}{request.url.path}"
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in ("start", "limit")]
    links = [
        f'<{base}?{urlencode([*pairs, ("start", place), ("limit", limit)])}>; rel="{name}"'
        for name, place in places.items()
    ]
    response.headers["Link"] = ", ".join(links)
