"""The server: the page and the interfaces of one library behind one guard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from citetool.problems import CitetoolError, NotFoundError

from .guard import Guard, is_interface
from .page.routes import page_routes
from .page.site import Site
from .zotero.cayw import Cayw
from .zotero.connector import Connector
from .zotero.jabref import JabRef
from .zotero.local_api import LocalApi
from .zotero.pull import Pull
from .zotero.rpc import PARSE, REQUEST, Rpc, error, requests_of
from .zotero.zotxt import Zotxt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from .saving import Saver
    from .shelf import Shelf
    from .zotero.picks import Picks


class Several:
    """Several libraries, each on a port of its own: whatever keeps something apart by the address, keeps them apart."""

    def __init__(self, apps: Mapping[int, ASGIApp]) -> None:
        self.apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the library of the port that it came to."""
        server = scope.get("server") or ("", 0)
        await self.apps.get(server[1], next(iter(self.apps.values())))(scope, receive, send)


_UNKNOWN = {404: ("No endpoint found", 404), 405: ("Endpoint does not support method", 400)}


def make_app(shelf: Shelf, picks: Picks, saver: Saver, others: Sequence[tuple[str, str]] = ()) -> ASGIApp:
    """Return the ASGI application over a library; `saver` says what may be written, and writes. `others` are the
    names and addresses of further libraries, to which the page leads.
    """
    rpc, site = Rpc(shelf), Site(shelf, others)
    routes = [
        *Cayw(shelf, picks, rpc).routes,
        *_rpc_routes(rpc),
        *Pull(shelf, rpc).routes,
        *LocalApi(shelf).routes,
        *Connector(shelf, saver).routes,
        *Zotxt(shelf).routes,
        *JabRef(shelf, saver).routes,
        *page_routes(site, picks),
    ]
    return Guard(Starlette(routes=routes, exception_handlers=_faults(site)))


def _faults(site: Site) -> dict[Any, Callable[[Request, Exception], Response]]:
    """Return the answers to faults: a sentence for a program, a page for a person; never what was asked, unescaped."""

    def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        detail = error.detail if isinstance(error, HTTPException) else ""
        if is_interface(request.url.path):
            if status in (404, 405):  # Zotero answers a method that an endpoint does not know with 400
                return PlainTextResponse(*_UNKNOWN[status])
            return PlainTextResponse(detail, status)
        title = "there is nothing at this address" if status == 404 else detail
        return site.fault(request, status, title)

    def known(request: Request, error: Exception) -> Response:
        status = 404 if isinstance(error, NotFoundError) else 400
        if is_interface(request.url.path) or not isinstance(error, CitetoolError):
            return PlainTextResponse(str(error), status)
        return site.fault_of(request, error, status)

    return {HTTPException: refused, CitetoolError: known}


def _rpc_routes(rpc: Rpc) -> list[Route]:
    path = "/better-bibtex/json-rpc"

    async def post(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("Endpoint does not support content-type", 400)
        return await run(rpc, (await request.body()).decode("utf-8", "replace"))

    async def get(request: Request) -> Response:
        texts = list(requests_of(request.url.query))
        if len(texts) != 1:
            return JSONResponse(error(REQUEST if texts else PARSE, "the query is one request in JSON"))
        return await run(rpc, texts[0])

    return [Route(path, post, methods=["POST"]), Route(path, get, methods=["GET"])]


async def run(rpc: Rpc, text: str) -> Response:
    """Return the answer to a request of JSON-RPC; a fault of ours is an answer, too."""
    from starlette.concurrency import run_in_threadpool  # noqa: PLC0415

    return JSONResponse(await run_in_threadpool(rpc.answer, text))
