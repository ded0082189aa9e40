"""The door of the server: who may ask, how much they may send, and what every answer says to a browser.

The server listens on loopback, where any page in a browser can send requests too. So:

- `Host` must be a name of this machine, on every path, against DNS rebinding.
- A browser's request to an interface for programs is dropped without an answer, as Zotero drops it, unless it carries
  a header that no web page can send without being asked first (`X-Zotero-Connector-API-Version`,
  `Zotero-Allowed-Request`). No preflight is ever granted, and no answer has a CORS header.
- To the page, a browser may come by an address or from the page itself, not from another site.
- A body has a length, up to a limit, and arrives in time.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEGABYTE = 1024 * 1024
LIMIT = 4 * MEGABYTE
LIMIT_OF_FILES = 64 * MEGABYTE  # the Connector sends whole pages and PDF files
PATIENCE = 20.0  # seconds until a body has to be here
ZOTERO_VERSION = "8.0.0"
"""The version of Zotero that the interfaces speak like."""

_HOST = re.compile(r"(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?", re.IGNORECASE)
_INTERFACES = ("/better-bibtex/", "/api", "/connector/", "/zotxt", "/libraries", "/commands")
_FILES = ("/connector/saveAttachment", "/connector/saveStandaloneAttachment", "/connector/saveSingleFile")
_WITH_BODY = ("POST", "PUT", "PATCH")
_ALLOWED = ("x-zotero-connector-api-version", "zotero-allowed-request")
_OF_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; object-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OF_INTERFACES = {
    "X-Zotero-Version": ZOTERO_VERSION,
    "X-Zotero-Connector-API-Version": "3",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Guard:
    """An ASGI application around another: refuses what may not come in, and marks every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        path = scope["path"]
        interface = is_interface(path)
        marked = _marking(send, _OF_INTERFACES if interface else {"Content-Security-Policy": _POLICY})
        headers = Headers(scope=scope)
        refused: Response | None = None
        if not _HOST.fullmatch(headers.get("host", "")):
            refused = PlainTextResponse("Invalid Host header", 400)
        elif interface and _from_browser(headers) and not _is_ping(scope, headers):
            await _drop(send)
            return
        elif not interface and not _same_origin(headers):
            refused = PlainTextResponse("this page does not answer to other sites", 403)
        elif scope["method"] in ("OPTIONS", "HEAD") and interface:
            refused = PlainTextResponse("")
        else:
            refused = _check_length(scope, headers)
        if refused is not None:
            await refused(scope, receive, marked)
            return
        body = await _body(receive, LIMIT_OF_FILES if path.startswith(_FILES) else LIMIT)
        if isinstance(body, Response):
            await body(scope, receive, marked)
            return
        await self.app(scope, _replay(body, receive), marked)


def is_interface(path: str) -> bool:
    """Return whether a path belongs to an interface for programs, and not to the page."""
    return path.startswith(_INTERFACES)


def _from_browser(headers: Headers) -> bool:
    """Return whether a request comes from a page in a browser, by the marks that Zotero goes by."""
    if any(name in headers for name in _ALLOWED):
        return False
    return headers.get("user-agent", "").startswith("Mozilla/") or "origin" in headers or "sec-fetch-site" in headers


def _is_ping(scope: Scope, headers: Headers) -> bool:
    """Return whether a person opens the address of the ping in a browser."""
    navigates = headers.get("sec-fetch-mode") == "navigate" and "origin" not in headers
    return bool(scope["path"] == "/connector/ping" and scope["method"] == "GET" and navigates)


def _same_origin(headers: Headers) -> bool:
    """Return whether a request comes from the page itself, or from nowhere: an address that was typed.

    A form of a page with `Referrer-Policy: no-referrer` sends the origin `null` (Fetch, "append a request `Origin`
    header"); then `Sec-Fetch-Site`, which no page can set, has to say where it is from.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if origin == "null":
        return site == "same-origin"
    if origin is not None and origin.casefold() != f"http://{headers.get('host', '')}".casefold():
        return False
    return site in (None, "none", "same-origin")


def _check_length(scope: Scope, headers: Headers) -> Response | None:
    """Return the refusal of a body without a length or beyond the limit."""
    length = headers.get("content-length")
    # With a length beside it, one of the two lies about where the next request begins.
    if "transfer-encoding" in headers:
        return PlainTextResponse("Content-Length not provided", 400, {"Connection": "close"})
    if length is None:
        return PlainTextResponse("Content-Length not provided", 400) if scope["method"] in _WITH_BODY else None
    limit = LIMIT_OF_FILES if scope["path"].startswith(_FILES) else LIMIT
    if not length.isdigit():
        return PlainTextResponse("Content-Length is no number", 400)
    if int(length) > limit:
        return PlainTextResponse(f"the body is larger than {limit // MEGABYTE} MB", 413)
    return None


async def _body(receive: Receive, limit: int) -> bytes | Response:
    """Return the whole body, or the refusal of one that is too large or too slow."""
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return b"".join(parts)
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > limit:
                    return PlainTextResponse(f"the body is larger than {limit // MEGABYTE} MB", 413)
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError:
        return PlainTextResponse("the body did not arrive in time", 408, {"Connection": "close"})


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives this body, then waits for the end of the connection."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _marking(send: Send, more: dict[str, str]) -> Send:
    """Return a `send` that adds headers to the answer, where it has not got them."""
    pairs = [(name.lower().encode(), value.encode()) for name, value in {**_OF_ALL, **more}.items()]

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            held = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in pairs if pair[0] not in held)]
        await send(message)

    return marked


async def _drop(send: Send) -> None:
    """Close the connection without a byte, so that a page cannot tell whether a server is here.

    ASGI has no word for it: this takes uvicorn's transport, and answers 403 under any other server.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        await send({"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        return
    transport.abort()
    await asyncio.sleep(0)  # uvicorn learns of it before we return
