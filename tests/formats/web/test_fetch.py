"""Fetching from a server on this machine: what is had, what is refused, and what is said."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from citetool.formats.load import read_source
from citetool.formats.web import fetch as module
from citetool.formats.web.fetch import fetch, file_for, is_url
from citetool.problems import CitetoolError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = b"<!DOCTYPE html><html><head><title>A page</title></head><body><h1>A page</h1></body></html>"


class Site(BaseHTTPRequestHandler):
    """A few pages, and some that misbehave."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.headers["Host"])
        name = self.path.partition("?")[0].strip("/")
        if name == "loop":
            self._answer(302, b"", Location="/loop")
        elif name == "moved":
            self._answer(301, b"", Location="/page")
        elif name == "inward":
            self._answer(302, b"", Location="ftp://example.org/x")
        elif name == "packed":
            self._answer(200, gzip.compress(PAGE), **{"Content-Encoding": "gzip"})
        elif name == "bomb":
            self._answer(200, gzip.compress(b"\0" * 3_000_000), **{"Content-Encoding": "gzip"})
        elif name == "short":
            self._answer(200, PAGE, **{"Content-Length": "5000"})
        elif name == "members":
            self._answer(200, gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:]), **{"Content-Encoding": "gzip"})
        elif name == "cut":
            self._answer(200, gzip.compress(PAGE)[:-9], **{"Content-Encoding": "gzip"})
        elif name == "trailing":
            self._answer(200, gzip.compress(PAGE) + b"<p>", **{"Content-Encoding": "gzip"})
        elif name == "latin":
            text = PAGE.replace(b"A page", "Brief über Öl – 1842".encode("cp1252"))
            self._answer(200, text, **{"Content-Type": "text/html; charset=ISO-8859-1"})
        elif name == "odd":
            self._answer(302, b"", Location="http://[::1/")
        elif name == "spaced":
            self._answer(302, b"", Location="http://a b/")
        elif name in ("drip", "continue", "trailer", "flood"):
            self._hold(name)
        elif name == "items":
            self._answer(200, b'[{"id": "a", "type": "book", "title": "A"}]', **{"Content-Type": "application/json"})
        elif name == "page":
            self._answer(200, PAGE)
        else:
            self._answer(404, b"no")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **headers}
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _hold(self, how: str) -> None:
        """Never come to an end, a little at a time."""
        head = {
            "drip": b"HTTP/1.1 200 OK\r\n",
            "continue": b"",
            "flood": b"HTTP/1.1 200 OK\r\nX: ",
            "trailer": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n",
        }[how]
        more = {"drip": b"X", "continue": b"HTTP/1.1 100 Continue\r\n\r\n", "flood": b"x" * 60_000 + b"\r\nX: "}
        with suppress(OSError):
            self.wfile.write(head)
            for _ in range(400):
                self.wfile.write(more.get(how, b"X-A: b\r\n"))
                time.sleep(0 if how == "flood" else 0.02)

    def log_message(self, *arguments: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page(site: str) -> None:
    page = fetch(f"{site}/page", allow_private=True)
    assert (page.url, page.media_type, page.data) == (f"{site}/page", "text/html", PAGE)
    assert Site.asked[-1] == site.removeprefix("http://")


def test_redirects_are_followed_and_told(site: str) -> None:
    page = fetch(f"{site}/moved", allow_private=True)
    assert (page.url, page.hops) == (f"{site}/page", (f"{site}/moved", f"{site}/page"))


def test_a_packed_page(site: str) -> None:
    assert fetch(f"{site}/packed", allow_private=True).data == PAGE


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("none", "404"),
        ("loop", "redirected more than"),
        ("inward", "not http or https"),
        ("short", "breaks off"),
    ],
)
def test_what_cannot_be_had_is_said_with_the_file_to_save(site: str, path: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        fetch(f"{site}/{path}", allow_private=True)
    assert "citetool add" in str(caught.value)


@pytest.mark.parametrize("path", ["bomb", "page"])
def test_a_page_counts_by_what_comes_out_of_it(site: str, path: str) -> None:
    with pytest.raises(InputError, match="larger than"):
        fetch(f"{site}/{path}", allow_private=True, limit=20)


def test_packed_pages_are_had_whole_or_refused(site: str) -> None:
    assert fetch(f"{site}/members", allow_private=True).data == PAGE
    for path, reason in (("cut", "ends before its end"), ("trailing", "stands behind it")):
        with pytest.raises(InputError, match=reason):
            fetch(f"{site}/{path}", allow_private=True)


@pytest.mark.parametrize("path", ["drip", "continue", "trailer"])
def test_one_deadline_is_over_the_whole_exchange(site: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE", 0.4)
    with pytest.raises(InputError, match="in time"):
        fetch(f"{site}/{path}", allow_private=True, timeout=0.3)


def test_headers_are_limited_in_size(site: str) -> None:
    with pytest.raises(InputError, match="breaks off"):
        fetch(f"{site}/flood", allow_private=True)


def test_the_encoding_that_the_site_names_counts(site: str) -> None:
    sourced = read_source(f"{site}/latin", allow_private=True)
    assert sourced.result.records[0].title == "Brief über Öl – 1842"
    assert fetch(f"{site}/items", allow_private=True).encoding == ""


@pytest.mark.parametrize("path", ["odd", "spaced"])
def test_bad_redirects_are_told(site: str, path: str) -> None:
    with pytest.raises(InputError):
        fetch(f"{site}/{path}", allow_private=True)


def test_this_machine_is_refused_unless_allowed(site: str) -> None:
    with pytest.raises(InputError, match="private address"):
        fetch(f"{site}/page")


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "192.168.1.1", "169.254.169.254", "127.0.0.1", "0.0.0.0", "100.64.0.1", "[::1]", "[fe80::1]",
     "[::ffff:127.0.0.1]", "224.0.0.1", "[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]", "[::7f00:1]",
     "[2001:0:4136:e378:8000:63bf:f5ff:fffe]", "[fd00::1]", "[ff02::1]", "[::ffff:10.0.0.1]",
     "[64:ff9b::169.254.169.254]"],
)  # fmt: skip
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(InputError, match="private address"):
        fetch(f"http://{address}/")


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
)
def test_public_addresses_may_be_spoken_to(address: str) -> None:
    assert module._is_public(address)


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def is_public(address: str) -> bool:
        seen.append(address)
        return len(seen) == 1  # the first hop may go, the second leads inward

    monkeypatch.setattr(module, "_is_public", is_public)
    with pytest.raises(InputError, match="private address"):
        fetch(f"{site}/moved")
    assert len(seen) == 2


def test_without_a_network_the_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_answer(*arguments: object, **options: object) -> list[object]:
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", no_answer)
    with pytest.raises(InputError, match="no network") as caught:
        fetch("https://digitalarchive.wilsoncenter.org/document/219945")
    assert caught.value.problems[0].hint == "save the page with a browser, then: citetool add 219945.html"


def test_a_resolver_that_does_not_answer_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def never(*arguments: object, **options: object) -> list[object]:
        answered.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    try:
        with pytest.raises(InputError, match="not looked up in time"):
            fetch("https://example.org/", timeout=0.2)
    finally:
        answered.set()


@pytest.mark.parametrize("url", ["http://user:secret@example.org/", "http://[x/", "http://example.org:99999/"])
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(CitetoolError):
        fetch(url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x.org/document/219945", "219945.html"),
        ("https://x.org/a/manifest.json", "manifest.json"),
        ("https://x.org/", "x.org.html"),
    ],
)
def test_names_of_files(url: str, name: str) -> None:
    assert file_for(url) == name


@pytest.mark.parametrize(
    ("text", "known"), [("https://x.org", True), ("x.html", False), ("http:x", False), ("-", False)]
)
def test_what_is_an_address(text: str, known: bool) -> None:
    assert is_url(text) is known


def test_a_fetched_page_becomes_a_record_with_its_address_and_day(site: str) -> None:
    sourced = read_source(f"{site}/moved?x=1", allow_private=True, keep=True)
    record = sourced.result.records[0]
    assert (sourced.format, record.title, record.digital.url) == ("html", "A page", f"{site}/page")
    assert record.metadata.url == f"{site}/page"
    assert len(record.metadata.retrieved) == 10


def test_what_the_site_says_of_a_file_tells_its_format(site: str) -> None:
    sourced = read_source(f"{site}/items", allow_private=True)
    assert (sourced.format, [r.id for r in sourced.result.records]) == ("csl-json", ["a"])
