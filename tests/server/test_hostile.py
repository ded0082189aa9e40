"""Requests that nobody honest sends: nothing leaves the library, nothing is written, nothing hangs."""

from __future__ import annotations

import http.client
import itertools
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from citetool.library.library import Library
from citetool.server import run
from tests.libraries import contents, record_text
from tests.server.page.test_pages import BROWSER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server.conftest import Client

HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "evil.example:{port}",
    "127.0.0.1@evil.example",
    "",
    "0.0.0.0:{port}",
    "localhost.",
    "[::ffff:127.0.0.1]",
    "127.1:{port}",
    "2130706433",
]
PATHS = [
    "/",
    "/record/219945",
    "/static/page.css",
    "/export/219945.ris",
    "/file/0/219945",
    "/list",
    "/pick",
    "/archives",
    "/api/users/0/items",
    "/better-bibtex/cayw?probe=1",
    "/better-bibtex/json-rpc",
    "/connector/ping",
    "/zotxt/items?all=1",
    "/libraries",
    "/nothing",
]
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}${7*7}"
OUTSIDE = [
    "../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "/etc/passwd",
    "....//etc/passwd",
    "..\\..\\etc\\passwd",
    "219945%00.yaml",
    "file:///etc/passwd",
    "~/.ssh/id_rsa",
]


@pytest.fixture(autouse=True)
def unchanged(client: Client) -> Iterator[None]:
    before = contents(client.root)
    yield
    assert contents(client.root) == before


@pytest.mark.parametrize(("host", "path"), list(itertools.product(HOSTS, PATHS)))
def test_no_other_host(client: Client, host: str, path: str) -> None:
    answer = client.get(path, Host=host.format(port=client.port))
    assert answer.status == 400
    assert "Harriman" not in answer.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:{port}.evil.example", "file://"]
)
@pytest.mark.parametrize("path", PATHS)
def test_no_other_origin(client: Client, origin: str, path: str) -> None:
    headers = {"Origin": origin.format(port=client.port), "User-Agent": "Mozilla/5.0"}
    try:
        answer = client.get(path, **headers)
    except (http.client.RemoteDisconnected, ConnectionResetError):
        return
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("outside", OUTSIDE)
@pytest.mark.parametrize(
    "path",
    [
        "/record/{}",
        "/source/{}",
        "/export/{}.ris",
        "/file/0/{}",
        "/image/0/1/{}",
        "/iiif/{}/manifest.json",
        "/static/{}",
        "/style/{}",
        "/level/{}",
        "/facet/{}",
        "/record/219945?style={}",
        "/zotxt/items?citekey={}",
        "/libraries/current/entries/{}",
        "/api/users/0/items/{}",
    ],
)
def test_no_file_outside(client: Client, path: str, outside: str) -> None:
    answer = client.get(path.format(outside))
    assert answer.status in (200, 400, 404)
    assert "root:" not in answer.text
    if answer.status == 200:
        assert "no style" in answer.text
        assert path.endswith("style={}")


def test_a_file_that_a_link_leads_out_to_is_not_sent(saving: Client) -> None:
    (saving.root.parent / "secret.txt").write_text("secret")
    (saving.root / "out.txt").symlink_to(saving.root.parent / "secret.txt")
    text = "id: linked\ntitle: Linked\nfiles:\n- {path: out.txt, kind: transcript}\n"
    (saving.root / "linked.yaml").write_text(text, encoding="utf-8")
    for path in ("/file/0/linked", "/record/linked", "/?q=secret"):
        answer = saving.get(path, **BROWSER)
        assert "secret</p>" not in answer.text
        assert answer.text != "secret"


@pytest.mark.parametrize(
    "path",
    [
        "/?q={}",
        "/?kind={}",
        "/?sort={}",
        "/record/{}",
        "/record/219945?style={}",
        "/record/219945?locator={}",
        "/styles?words={}",
        "/style/{}",
        "/facet/{}",
        "/level/{}",
        "/pick/{}",
        "/{}",
        "/source/{}",
    ],
)
def test_markup_in_an_address_stays_text(client: Client, path: str) -> None:
    answer = client.get(path.format(quote(MARKUP, safe="")), **BROWSER)
    assert answer.status in (200, 400, 404)
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert ">49<" not in answer.text


def test_markup_in_every_field_of_a_record_stays_text(saving: Client) -> None:
    bad = MARKUP
    archive = {"box": bad, "collection": bad, "repository": bad}
    creators = [{"name": bad, "role": "author", "office": bad}]
    text = record_text(
        "bad", kind=bad, title=bad, summary=bad, notes=[bad], tags=[bad], markings=[bad], place=bad, extent=bad,
        rights=bad, citation=bad, archive=archive, creators=creators,
        digital={"name": bad, "url": "javascript:alert(1)"},
    )  # fmt: skip
    (saving.root / "bad.yaml").write_text(text, encoding="utf-8")
    assert b"bad" in saving.get("/?q=bad", **BROWSER).body
    for path in ("/record/bad", "/", "/?q=alert", "/archives", "/facet/collection", "/facet/tag", "/style/mla?key=bad"):
        answer = saving.get(path, **BROWSER)
        assert answer.status == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert 'href="javascript:' not in answer.text
    assert "alert(1)" in saving.get("/record/bad", **BROWSER).text


@pytest.mark.parametrize(("method", "path"), list(itertools.product(("POST", "PUT", "PATCH", "DELETE"), PATHS)))
def test_no_method_writes(client: Client, method: str, path: str) -> None:
    answer = client(method, path, b'{"x": 1}', **{"Content-Type": "text/plain", "Zotero-Allowed-Request": "1"})
    assert answer.status in (400, 401, 403, 404, 405, 415, 428)


@pytest.mark.parametrize("size", [5_000_000, 10**12, -1, "many"])
def test_no_body_without_bound(client: Client, size: Any) -> None:
    answer = client("POST", "/better-bibtex/json-rpc", b"", **{"Content-Length": str(size)})
    assert answer.status in (400, 413)


def test_no_head_without_bound(client: Client) -> None:
    with suppress(ConnectionResetError):  # the answer may be lost where the rest of the head is still on its way
        assert client.get("/", **{"X-Long": "x" * 200_000}).status in (400, 431)
    assert client.get("/?q=" + "x" * 30_000).status in (200, 400)
    assert client.get("/?" + "kind=a&" * 3000).status in (200, 400)


@pytest.mark.parametrize("query", ["(" * 3000, '"' * 999, "a OR " * 2000, "*" * 500, "title:" * 800, "-" * 2000])
def test_no_query_is_too_hard(client: Client, query: str) -> None:
    assert client.get("/?q=" + quote(query)).status in (200, 400)


def test_waiting_picks_and_silent_connections_keep_nobody_out(client: Client) -> None:
    silent = [socket.create_connection(("127.0.0.1", client.port)) for _ in range(30)]
    for number, one in enumerate(silent):
        if number % 2:
            one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0")
    pickers = [threading.Thread(target=client.get, args=("/better-bibtex/cayw",), daemon=True) for _ in range(5)]
    for picker in pickers:
        picker.start()
    assert client.get("/", **BROWSER).status == 200
    for one in silent:
        one.close()
    while len(client.picks.waiting) < len(pickers):
        pickers[0].join(0.01)
    for pick in client.picks.waiting:
        client.picks.answer(pick, None)
    for picker in pickers:
        picker.join(10)


def test_a_connection_that_says_nothing_is_closed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.2)
    for start in (b"", b"GET / HTTP/1.1\r\nHost: 127.0"):
        with socket.create_connection(("127.0.0.1", client.port), timeout=10) as one:
            one.sendall(start)
            assert one.recv(100) == b""


def test_a_client_that_takes_no_answer_is_left(saving: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_PATIENCE_WITH_READERS", 0.2)
    (saving.root / "big.txt").write_bytes(b"x" * 12_000_000)
    text = record_text("big", files=[{"path": "big.txt", "kind": "transcript"}])
    (saving.root / "big.yaml").write_text(text, encoding="utf-8")
    with socket.create_connection(("127.0.0.1", saving.port), timeout=10) as one:
        one.sendall(b"GET /file/0/big HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(1)
        size = 0
        with suppress(ConnectionResetError):
            while data := one.recv(1_000_000):
                size += len(data)
        assert size < 12_000_000
    answer = saving.get("/file/0/big")
    assert (answer.status, len(answer.body)) == (200, 12_000_000)


def test_a_body_has_one_length(client: Client) -> None:
    head = "POST /better-bibtex/json-rpc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    smuggled = "0\r\n\r\nGET /api/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    for lengths in ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", client.port), timeout=10) as one:
            one.sendall((head + lengths + smuggled).encode())
            said = b""
            with suppress(ConnectionResetError):
                while data := one.recv(10_000):
                    said += data
        assert said.startswith(b"HTTP/1.1 400 ")
        assert said.count(b"HTTP/1.1 ") == 1


def test_a_connection_that_has_asked_stays_for_the_next_question(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.2)
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=10)
    socket_ = None
    for _ in range(4):
        connection.request("GET", "/help")
        assert connection.getresponse().read()
        assert socket_ in (None, connection.sock)  # the same connection, not a new one
        socket_ = connection.sock
        time.sleep(0.15)
    connection.close()


def test_many_picks_are_refused_and_not_kept(client: Client) -> None:
    assert client.get("/pick/" + "x" * 40, **BROWSER).status == 404
    assert client("POST", "/pick/x/answer", []).status == 404


HALF = "\ud800"
TEXTS = [HALF, HALF * 3 + "x", "\0\x1b[31m"]
ODD: list[Any] = [*TEXTS, 5, 1e308, None, True, [], [HALF, 5, None], {}, {HALF: {"a": [HALF]}}]
PAGE = {"url": "https://example.org", "title": "T"}
LETTER = {
    "id": "i", "itemType": "letter", "title": "T", "creators": [{"lastName": "A", "creatorType": "author"}],
    "tags": ["x"], "notes": [{"note": "n"}], "date": "1944", "extra": "e", "citationKey": "k",
}  # fmt: skip
SAVES = {
    "connector/saveItems": {"sessionID": "a", "uri": "https://example.org", "items": [LETTER]},
    "connector/saveSnapshot": {"sessionID": "b", **PAGE},
    "connector/saveSingleFile": {"sessionID": "kept", "snapshotContent": "<p>", **PAGE},
    "connector/updateSession": {"sessionID": "kept", "target": "L1", "tags": ["t"], "note": "n"},
    "better-bibtex/json-rpc": {"jsonrpc": "2.0", "id": 1, "method": "item.search", "params": ["x"]},
    "better-bibtex/cayw": {"format": "nonsense", "state": "s"},
    "zotxt/bibliography": {"styleId": "apa", "citationGroups": [{"citationItems": [{"key": "219945"}]}]},
    "libraries:query": {"queries": ["title = x"]},
    "commands": {"command": "focus", "citationKeys": ["219945"]},
}  # fmt: skip


def _odd(data: Any) -> Iterator[Any]:
    """Yield the data with each value in turn made odd."""
    for name in data if isinstance(data, dict) else range(len(data)):
        copy = dict(data) if isinstance(data, dict) else list(data)
        for value in (*ODD, *(_odd(data[name]) if isinstance(data[name], dict | list) else ())):
            copy[name] = value
            yield copy


@pytest.mark.parametrize("path", SAVES)
def test_odd_values_in_messages_are_no_faults_of_ours(saving: Client, path: str) -> None:
    kept = {"sessionID": "kept", "uri": "https://example.org", "items": [LETTER]}
    headers = {"X-Zotero-Connector-API-Version": "3"}
    assert saving("POST", "/connector/saveItems", kept, **headers).status == 201
    for data in _odd(SAVES[path]):
        answer = saving("POST", f"/{path}", data, **headers)
        assert answer.status < 500 or (path.endswith("cayw") and answer.text), (data, answer)
    library = Library(saving.root)
    for key in library:  # one that cannot be read again raises
        assert HALF not in repr(library[key])


def test_nesting_without_end_is_no_json(saving: Client) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    for path in SAVES:
        answer = saving("POST", f"/{path}", deep, Content_Type="application/json")
        assert answer.status in (200, 400), path
