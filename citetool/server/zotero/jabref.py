"""JabRef's HTTP interface, as far as its browser extension and scripts need it: libraries, entries, queries.

Unlike JabRef's own, it answers to no web page: the guard of the server stands before it.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from citetool.formats.api import read_file
from citetool.formats.base import collect
from citetool.problems import CitetoolError, NotFoundError, Problem
from citetool.server.keys import item_key
from citetool.server.messages import read_json

from . import items, translators
from .conditions import quoted

if TYPE_CHECKING:
    from starlette.requests import Request

    from citetool.server.levels import Node
    from citetool.server.saving import Saver
    from citetool.server.shelf import Shelf

_KINDS = {"application/x-bibtex": "bibtex", "application/vnd.citationstyles.csl+json": "csl-json",
          "application/x-bibtex-library-csl+json": "csl-json",
          "application/json": "csl-json"}  # fmt: skip
_CONDITION = re.compile(r'\s*(\w+)\s*(?:=|==|=~|contains)\s*"?([^"]*)"?\s*')
_FIELDS = {"author": "author", "title": "title", "year": "date", "keywords": "tag", "citationkey": "id", "key": "id"}
_MOST = 50
_READ_ONLY = "this library is read only: citetool serve --save"


class JabRef:
    """The interface over one library."""

    def __init__(self, shelf: Shelf, saver: Saver) -> None:
        self.shelf, self.saver = shelf, saver
        self.id = f"{re.sub(r'[^A-Za-z0-9]', '_', shelf.name)}-{item_key(shelf.name).lower()}"

    @property
    def routes(self) -> list[Route]:
        """The paths of the interface."""
        start = "/libraries"
        return [
            Route(start, lambda _: JSONResponse([self.id]), methods=["GET"]),
            Route(f"{start}:query", self.query, methods=["POST"]),
            Route(f"{start}/{{id}}", self.library, methods=["GET"]),
            Route(f"{start}/{{id}}/entries", self.add, methods=["POST"]),
            Route(f"{start}/{{id}}/entries/pdffiles", self.files, methods=["GET"]),
            Route(f"{start}/{{id}}/entries/{{key:path}}/files", self.attach, methods=["POST"]),
            Route(f"{start}/{{id}}/entries/{{key:path}}", self.entry, methods=["GET"]),
            Route(f"{start}/{{id}}/groups", self.groups, methods=["GET"]),
            Route("/commands", self.command, methods=["POST"]),
        ]

    def library(self, request: Request) -> Response:
        """Answer with all entries, in the format that is accepted."""
        self._check(request)
        wanted = request.headers.get("accept", "")
        if "x-bibtex-library-csl+json" in wanted:
            return Response(translators.export(self.shelf.all(), "csljson"),
                            media_type="application/x-bibtex-library-csl+json")  # fmt: skip
        if "x-bibtex" in wanted:
            return Response(translators.export(self.shelf.all(), "bibtex"), media_type="application/x-bibtex")
        entries = [
            {"sharingMetadata": {"sharedID": -1, "version": 1}, "userComments": "", "citationKey": record.id,
             "bibtex": translators.export([record], "bibtex")}
            for record in self.shelf.all()
        ]  # fmt: skip
        return JSONResponse(entries)

    def entry(self, request: Request) -> Response:
        """Answer with one entry as BibTeX, or as CSL-JSON where that is accepted."""
        self._check(request)
        record = self.shelf.get(request.path_params["key"])
        if "csl+json" in request.headers.get("accept", ""):
            return JSONResponse([items.csl_item(record)])
        return PlainTextResponse(translators.export([record], "bibtex"))

    def files(self, request: Request) -> Response:
        """Answer with the names of the PDF files that records have."""
        self._check(request)
        found = [file.path for record in self.shelf.all() for file in record.files if file.path.endswith(".pdf")]
        return JSONResponse([{"fileName": name.rpartition("/")[2], "path": name} for name in found])

    def groups(self, request: Request) -> Response:
        """Answer with the levels of the archives as groups, each with those below it."""
        self._check(request)
        return JSONResponse({"name": "All entries", "children": _groups(self.shelf.now().root)})

    async def query(self, request: Request) -> Response:
        """Answer with the entries that each query finds, in the order of the queries."""
        sent = await _json(request)
        queries = sent.get("queries") if isinstance(sent, dict) else None
        if not isinstance(queries, list) or len(queries) > _MOST:
            return PlainTextResponse(f"queries are a list of at most {_MOST}", 400)
        return await run_in_threadpool(
            lambda: JSONResponse({"results": [{"query": q, "matches": self._matches(str(q))} for q in queries]})
        )

    def _matches(self, query: str) -> list[dict[str, str]]:
        match = _CONDITION.fullmatch(query)
        words = quoted(match[2] if match else query)
        field = _FIELDS.get(match[1].casefold()) if match else None
        if not words:
            return []
        keys = self.shelf.search_keys(f'{field}:"{words}"' if field and field != "date" else words)
        return [{"libraryId": self.id, "entryId": key} for key in keys]

    async def add(self, request: Request) -> Response:
        """Save entries, where the library may be written to."""
        if not self.saver.allowed:
            return PlainTextResponse(_READ_ONLY, 400)
        kind = _KINDS.get(request.headers.get("content-type", "").partition(";")[0].strip())
        if kind is None:
            return PlainTextResponse("entries come as application/x-bibtex or CSL-JSON", 415)
        body = await request.body()

        def saved() -> Response:
            self._check(request)
            try:
                keys = self.saver.add(collect(read_file(io.BytesIO(body), kind)).records, "jabref")
            except CitetoolError as error:
                return PlainTextResponse(str(error), 400)
            return JSONResponse({"added": keys})

        return await run_in_threadpool(saved)

    async def attach(self, request: Request) -> Response:
        """Save a PDF beside the record of an entry, where the library may be written to."""
        if not self.saver.allowed:
            return PlainTextResponse(_READ_ONLY, 400)
        media_type = request.headers.get("content-type", "").partition(";")[0].strip()
        if media_type != "application/pdf":
            return PlainTextResponse("files come as application/pdf", 415)
        body = await request.body()

        def saved() -> Response:
            self._check(request)
            record = self.shelf.get(request.path_params["key"])
            try:
                self.saver.attach(record.id, body, "copy", media_type, "", "jabref")
            except CitetoolError as error:
                return PlainTextResponse(str(error), 400)
            return Response(status_code=204)

        return await run_in_threadpool(saved)

    async def command(self, request: Request) -> Response:
        """Answer a command for JabRef's window; there is none, so that nothing happens."""
        sent = await _json(request)
        name = sent.get("command") if isinstance(sent, dict) else None
        if name not in ("focus", "selectentries"):
            return PlainTextResponse("there is no such command", 400)
        return Response(status_code=204)

    def _check(self, request: Request) -> None:
        """Raise NotFoundError for a library that is not this one."""
        if request.path_params["id"] not in (self.id, "current", "demo"):
            raise NotFoundError(Problem("there is no such library"))


def _groups(node: Node) -> list[dict[str, Any]]:
    return [{"name": child.name, "children": _groups(child)} for child in node.children.values()]


async def _json(request: Request) -> Any:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return None
    try:
        return read_json(await request.body())
    except ValueError:
        return None
