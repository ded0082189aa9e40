"""Pages from the network: the only module that reaches out, and only for an address that the user has given.

A plain client on the standard library: one request a hop, so that each redirect is looked at before it is followed. A
host that resolves to a private, loopback or link-local address is refused unless that is allowed, and the connection
goes to the very address that was looked at. Time and size of the whole exchange are limited (`exchange`); a compressed
answer counts by what comes out.

Left out: proxies, cookies, logins, scripts. A page that needs these is saved with a browser and read as a file.
"""

from __future__ import annotations

import codecs
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urljoin, urlsplit

from citetool.problems import InputError, Problem, UsageError, Where

from .exchange import Gunzip, Timed

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 32 << 20  # bytes of a page
TIMEOUT = 20.0  # seconds for each step: to connect, to send, to wait for more
WHOLE = 120.0  # seconds for the whole exchange with all redirects, however slowly it drips
REDIRECTS = 5
_AGENT = "citetool (reads one page at the user's request)"
_ACCEPT = "text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.9,*/*;q=0.8"


class Fetched(NamedTuple):
    """A page: the address that it came from in the end, its media type, its bytes, the addresses on the way, and the
    encoding of its text where the site says so and the bytes are in it.
    """

    url: str
    media_type: str
    data: bytes
    hops: tuple[str, ...] = ()
    encoding: str = ""


def is_url(source: str) -> bool:
    """Return whether a source is an address on the web, and not the name of a file."""
    return bool(re.match(r"https?://[^\s/]", source, re.I))


def fetch(url: str, *, allow_private: bool = False, limit: int = LIMIT, timeout: float = TIMEOUT) -> Fetched:
    """Return the page at an address, redirects followed.

    Raises InputError where it cannot be had: no network, a refusing or private host, an answer that is an error, too
    large or too slow. The hint names the file to save the page in, so that the work can go on without a network.
    """
    hops: list[str] = []
    deadline = time.monotonic() + max(WHOLE, timeout)
    for _ in range(REDIRECTS + 1):
        hops.append(url)
        try:
            connection, path = _connect(url, allow_private, Budget(deadline, timeout, limit))
        except UsageError:
            if len(hops) == 1:
                raise
            raise _failure(hops[-2], f"it is redirected to what is no address: {url[:200]!r}") from None
        with closing(connection), closing(_request(connection, url, path)) as answer:
            target = answer.getheader("Location") if answer.status in (301, 302, 303, 307, 308) else None
            if target:
                url = _joined(url, target)
                continue
            if answer.status != 200:
                raise _failure(url, f"the site answers {answer.status} {answer.reason}")
            data = _body(answer, url, limit)
            said = answer.headers.get_content_charset() or ""
            media_type = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
            return Fetched(url, media_type, data, tuple(hops), _encoding(said, media_type, data))
    raise _failure(hops[0], f"the address is redirected more than {REDIRECTS} times")


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        raise _failure(url, f"it is redirected to what is no address: {target[:200]!r}") from None


def _encoding(said: str, media_type: str, data: bytes) -> str:
    """Return the encoding that the site names for a text; empty where the bytes are not in it, or tell it themselves.

    JSON is always UTF-8 (RFC 8259, 8.1). A page said to be in Latin-1 is in Windows-1252 (WHATWG Encoding, 4.2).
    """
    if not media_type.startswith("text/") and not media_type.endswith("xml"):
        return ""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(said.lower(), said)
    try:
        data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return name


def file_for(url: str) -> str:
    """Return the name under which a page would be saved: `219945.html` of `.../document/219945`."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2] or parts.hostname or "page"
    name = re.sub(r"[^\w.-]+", "-", last)[:80].strip("-.") or "page"
    return name if re.search(r"\.(?:html?|json|xml|ris|bib|md|txt)$", name, re.I) else f"{name}.html"


def _failure(url: str, message: str) -> InputError:
    hint = f"save the page with a browser, then: citetool add {file_for(url)}"
    return InputError(Problem(f"the page cannot be had: {message}", Where(url), hint))


# ---- one hop


class Budget(NamedTuple):
    """The limits of an exchange: when it has to end (`time.monotonic`), seconds for each step, bytes of the page."""

    deadline: float
    timeout: float
    limit: int


def _connect(url: str, allow_private: bool, budget: Budget) -> tuple[http.client.HTTPConnection, str]:
    """Return an open connection to the host of an address, and the path to ask for."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UsageError(Problem("this is not an address", Where(url))) from None
    if parts.scheme not in ("http", "https") or not host:
        raise _failure(url, f"{parts.scheme or 'no scheme'!s} is not http or https")
    if parts.username or parts.password:
        raise _failure(url, "the address holds a login")
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    address = _address(url, host, port, allow_private, max(0.1, _seconds(budget)))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    path = re.sub(r"[^!-~]", lambda m: "".join(f"%{byte:02X}" for byte in m.group().encode()), path)
    try:
        opened = socket.create_connection((address, port), max(0.1, _seconds(budget)))
        opened.settimeout(max(0.1, _seconds(budget)))
        return _Opened(host, port, Timed(_secured(opened, host) if secure else opened, *budget)), path
    except ssl.SSLCertVerificationError as error:
        raise _failure(url, f"the certificate of {host} is not valid: {error.verify_message}") from None
    except OSError as error:
        raise _failure(url, f"no connection to {host}: {error.strerror or error}") from None
    except (http.client.HTTPException, ValueError):
        opened.close()
        raise UsageError(Problem("this is not an address", Where(url))) from None


def _seconds(budget: Budget) -> float:
    return min(budget.timeout, budget.deadline - time.monotonic())


def _secured(plain: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


class _Opened(http.client.HTTPConnection):
    """A connection over a socket that is open already, to the address that was looked at."""

    def __init__(self, host: str, port: int, opened: Timed) -> None:
        super().__init__(host, port)
        if port in (80, 443):
            self.default_port = port  # the header `Host` names other ports only
        self.sock = cast("socket.socket", opened)


def _address(url: str, host: str, port: int, allow_private: bool, seconds: float) -> str:
    """Return the first address of a host that may be spoken to."""
    try:
        addresses = _looked_up(host, port, seconds)
    except TimeoutError:
        raise _failure(url, f"the name {host!r} is not looked up in time") from None
    except (OSError, ValueError):  # a UnicodeError is one, too
        raise _failure(url, f"there is no network, or no host {host!r}") from None
    for address in addresses:
        if allow_private or _is_public(address):
            return address
    raise _failure(url, f"{host} is a private address ({addresses[0]}), which is not allowed")


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a host. The system's resolver knows no limit of time, so it works in a thread.

    Raises TimeoutError where it takes longer, OSError or ValueError where there is no such host.
    """
    found: list[list[str] | Exception] = []

    def look_up() -> None:
        try:
            found.append([str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)])
        except (OSError, ValueError) as error:
            found.append(error)

    thread = threading.Thread(target=look_up, daemon=True)  # which keeps no program from its end
    thread.start()
    thread.join(seconds)
    if not found:
        raise TimeoutError
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


def _is_public(address: str) -> bool:
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address):
        inner = list(_inner(known))
        stands_alone = known.ipv4_mapped is None and known.sixtofour is None and known not in _TRANSLATED[1]
        if stands_alone and (not known.is_global or known.is_multicast):
            return False
        return all(one.is_global and not one.is_multicast for one in inner)
    return known.is_global and not known.is_multicast


# NAT64 (RFC 6052, RFC 8215): the last 32 bits are those of the address that is meant
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")  # RFC 4291, 2.5.5.1


def _inner(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64, compatible."""
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    yield from address.teredo or ()
    if any(address in network for network in (*_TRANSLATED, _COMPATIBLE)):
        yield ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)


def _request(connection: http.client.HTTPConnection, url: str, path: str) -> http.client.HTTPResponse:
    try:
        connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"})
        return connection.getresponse()
    except TimeoutError:
        raise _failure(url, "the site does not answer in time") from None
    except (OSError, http.client.HTTPException) as error:
        raise _failure(url, f"the site breaks off: {error or type(error).__name__}") from None


def _body(answer: http.client.HTTPResponse, url: str, limit: int) -> bytes:
    """Return the bytes of an answer, unpacked, within the limits of size and time."""
    encoding = (answer.getheader("Content-Encoding") or "").strip().lower()
    if encoding not in ("", "identity", "gzip"):
        raise _failure(url, f"the answer is packed as {encoding!r}")
    gunzip = Gunzip(limit) if encoding == "gzip" else None
    parts: list[bytes] = []
    size = 0
    try:
        while block := answer.read1(1 << 16):
            parts.append(gunzip(block) if gunzip else block)
            size += len(parts[-1])
            if size > limit:
                raise _failure(url, f"the page is larger than {limit >> 20} MB")
        if gunzip and not answer.length:
            gunzip.end()
    except TimeoutError:
        raise _failure(url, "the site does not go on in time") from None
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise _failure(url, f"the answer breaks off: {error or type(error).__name__}") from None
    if answer.length:
        raise _failure(url, f"the answer breaks off {answer.length:,} bytes before its end")
    return b"".join(parts)
