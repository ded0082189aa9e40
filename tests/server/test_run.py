"""How the server listens."""

from __future__ import annotations

import asyncio
import socket

from citetool.server.run import HOST, listen


def test_each_part_of_an_answer_is_sent_at_once() -> None:
    """Without TCP_NODELAY a program that keeps its connection waits for the acknowledgement of the head, 40 ms."""
    seen = []

    async def ask() -> None:
        held = listen(0)
        loop, asked = asyncio.get_running_loop(), asyncio.Event()

        class Noting(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                taken = transport.get_extra_info("socket")
                seen.append(taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
                transport.close()
                asked.set()

        server = await loop.create_server(Noting, sock=held)
        _, writer = await asyncio.open_connection(HOST, held.getsockname()[1])
        await asyncio.wait_for(asked.wait(), 10)
        writer.close()
        server.close()

    asyncio.run(ask())
    assert seen
    assert all(seen)
