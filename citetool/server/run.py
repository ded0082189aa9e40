"""Run the server on a port of this machine."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from citetool.problems import Problem, UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"
_MOST_CONNECTIONS = 200
_MOST_HEADERS = 64 * 1024  # bytes


def listen(port: int) -> socket.socket:
    """Return a socket that listens on a port of loopback; 0 takes a free one.

    Raises UsageError where the port is taken, naming the program that has it where that can be told.
    """
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
    except PermissionError:
        raise UsageError(Problem(f"port {port} is not for users", hint="name one above 1023 with --port")) from None
    except OverflowError:
        raise UsageError(Problem(f"there is no port {port}", hint="name one from 1024 to 65535 with --port")) from None
    except OSError:
        who = _holder(port)
        by = f" by {who}" if who else ""
        hint = "close that program, or name another port with --port"
        raise UsageError(Problem(f"port {port} is taken{by}", hint=hint)) from None
    taken.listen(128)
    return taken


def make_server(app: ASGIApp) -> uvicorn.Server:
    """Return a server that ends with Ctrl-C, at once."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,
        limit_concurrency=_MOST_CONNECTIONS,
        h11_max_incomplete_event_size=_MOST_HEADERS,
    )
    return uvicorn.Server(config)


def serve(app: ASGIApp, held: socket.socket) -> None:
    """Answer requests on the socket until Ctrl-C."""
    make_server(app).run(sockets=[held])


def _holder(port: int) -> str:
    """Return which program answers on a port, by what it says of itself; empty where it does not tell."""
    import http.client  # noqa: PLC0415

    connection = http.client.HTTPConnection(HOST, port, timeout=1)
    try:
        connection.request("GET", "/connector/ping", headers={"Zotero-Allowed-Request": "1"})
        answer = connection.getresponse()
        body = answer.read(4096).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()
    if "citetool" in body:
        return "another citetool serve"
    return "Zotero" if answer.getheader("X-Zotero-Version") else answer.getheader("Server") or ""
