"""Run the server on a port of this machine."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from citetool.problems import Problem, UsageError

from .guard import PATIENCE
from .memory import keep_flat

if TYPE_CHECKING:
    import asyncio

    from starlette.types import ASGIApp

HOST = "127.0.0.1"
_MOST_CONNECTIONS = 200
_PATIENCE_WITH_READERS = 100.0  # seconds in which a client has to take some of an answer
_MOST_HEADERS = 64 * 1024  # bytes
_WORKERS = 4  # threads: Python runs one at a time, and each that there is holds memory of its own


class Impatient(H11Protocol):
    """A connection that is closed when the head of a request does not arrive in time, or nobody takes the answer.

    Uvicorn would wait for ever, and some hundred of such connections would shut out everybody.
    """

    _timer: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what has come; wait for the rest of a head that is not whole."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:  # a head is whole: its request is being answered
            self._stop_waiting()
        elif self._is_idle() and self._timer is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """End with the connection."""
        self._stop_waiting()
        self._stop_unread()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait for the client to take what was written."""
        super().pause_writing()
        self._unread = self.loop.call_later(_PATIENCE_WITH_READERS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client has taken it."""
        self._stop_unread()
        super().resume_writing()

    def _wait(self) -> None:
        self._timer = self.loop.call_later(PATIENCE, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _stop_unread(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _give_up(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.transport.close()

    def _is_idle(self) -> bool:
        """Return whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete


class Server(uvicorn.Server):
    """A server that answers in few threads; whoever waits for a pick needs none."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        from anyio.to_thread import current_default_thread_limiter  # noqa: PLC0415 - belongs to the running loop

        current_default_thread_limiter().total_tokens = _WORKERS
        await super().startup(sockets)


def listen(port: int) -> socket.socket:
    """Return a socket that listens on a port of loopback; 0 takes a free one.

    Raises UsageError where the port is taken, naming the program that has it where that can be told.
    """
    # asyncio sends each write of an answer at once only on a socket that names TCP; else the client waits for 40 ms
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
    except PermissionError:
        taken.close()
        raise UsageError(Problem(f"port {port} is not for users", hint="name one above 1023 with --port")) from None
    except OverflowError:
        taken.close()
        raise UsageError(Problem(f"there is no port {port}", hint="name one from 1024 to 65535 with --port")) from None
    except OSError:
        taken.close()
        who = _holder(port)
        by = f" by {who}" if who else ""
        hint = "close that program, or name another port with --port"
        raise UsageError(Problem(f"port {port} is taken{by}", hint=hint)) from None
    taken.listen(128)
    return taken


def make_server(app: ASGIApp) -> Server:
    """Return a server that ends with Ctrl-C, at once."""
    config = uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        lifespan="off",
        log_level="error",  # warnings are of odd requests, and nobody here can mend those
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,
        limit_concurrency=_MOST_CONNECTIONS,
        h11_max_incomplete_event_size=_MOST_HEADERS,
    )
    return Server(config)


def serve(app: ASGIApp, held: list[socket.socket]) -> None:
    """Answer requests on the sockets until Ctrl-C."""
    keep_flat()
    make_server(app).run(sockets=held)


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
