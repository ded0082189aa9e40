"""The server: the page and the interfaces of one library behind one guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from .guard import Guard
from .zotero.cayw import Cayw
from .zotero.local_api import LocalApi
from .zotero.pull import Pull
from .zotero.rpc import PARSE, REQUEST, Rpc, error, requests_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from .shelf import Shelf
    from .zotero.picks import Picks


def make_app(shelf: Shelf, picks: Picks) -> ASGIApp:
    """Return the ASGI application over a library."""
    rpc = Rpc(shelf)
    routes = [
        *Cayw(shelf, picks, rpc).routes,
        *_rpc_routes(rpc),
        *Pull(shelf, rpc).routes,
        *LocalApi(shelf).routes,
    ]
    return Guard(Starlette(routes=routes))


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
