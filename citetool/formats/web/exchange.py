"""One exchange with a server: a deadline and a size over all of it, and packed answers whole or refused.

`http.client` waits for each line of a header, of chunk sizes and of trailers, and passes over any number of `100
Continue`, so a server could hold it for ever a byte at a time. Here every read below it, of whatever part, is counted
by one clock and one limit.
"""

from __future__ import annotations

import io
import time
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

_AROUND = 1 << 20  # bytes that may stand around a body: headers, chunk sizes, trailers
_MAGIC = b"\x1f\x8b"


class Timed:
    """A connected socket with a deadline, as far as `http.client` needs one.

    Reading or sending raises TimeoutError after `timeout` seconds without a byte and where `deadline` (of
    `time.monotonic`) has come, OSError where more than `limit` bytes and what belongs around them were read.
    """

    def __init__(self, opened: socket.socket, deadline: float, timeout: float, limit: int) -> None:
        self._socket = opened
        self._deadline = deadline
        self._timeout = timeout
        self._left = limit + _AROUND
        self._streams = 0
        self._closed = False

    def sendall(self, data: bytes) -> None:
        """Send all of the data."""
        self._arm()
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a stream of what the server sends."""
        self._streams += 1
        return io.BufferedReader(_Received(self))

    def receive(self, buffer: bytearray | memoryview) -> int:
        """Fill the buffer with what comes next, and return how much."""
        self._arm()
        count = self._socket.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise OSError("more than a page may hold")
        return count

    def close(self) -> None:
        """Close the socket as soon as no stream reads from it."""
        self._closed = True
        if not self._streams:
            self._socket.close()

    def end_stream(self) -> None:
        """Note that a stream is closed."""
        self._streams -= 1
        if self._closed:
            self.close()

    def _arm(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the whole takes too long")
        self._socket.settimeout(min(self._timeout, left))


class _Received(io.RawIOBase):
    def __init__(self, opened: Timed) -> None:
        self._opened = opened

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        return self._opened.receive(buffer)

    def close(self) -> None:
        if not self.closed:
            self._opened.end_stream()
        super().close()


class Gunzip:
    """The bytes of a gzip answer, of all its members (RFC 1952, 2.2), in blocks of at most `limit` and a byte.

    Raises zlib.error for what is no gzip, and from `end` for what was cut short or has something else behind it.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        self._rest = b""

    def __call__(self, block: bytes) -> bytes:
        """Unpack one block."""
        parts: list[bytes] = []
        size = 0
        block = self._rest + block
        self._rest = b""
        while block and size <= self._limit:
            if self._member.eof:
                if len(block) < len(_MAGIC):
                    self._rest = block  # the next block says whether it begins a member
                    break
                if not block.startswith(_MAGIC):
                    raise zlib.error("something that is not packed stands behind it")
                self._member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            parts.append(self._member.decompress(block, self._limit + 1))
            size += len(parts[-1])
            block = self._member.unused_data
        return b"".join(parts)

    def end(self) -> None:
        """Say that no more comes."""
        if self._rest or not self._member.eof:
            raise zlib.error("it is packed, and ends before its end")
