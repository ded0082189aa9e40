"""Who is let in: names of this machine, programs, our own page; nobody else."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.server.conftest import Client

PATHS = ["/api/users/0/items", "/better-bibtex/cayw?probe=1", "/better-bibtex/json-rpc", "/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", ""])
def test_another_host_is_refused_on_every_path(client: Client, path: str, host: str) -> None:
    assert client.get(path, Host=host).status == 400


@pytest.mark.parametrize("host", ["localhost:{}", "LOCALHOST", "[::1]:{}", "127.0.0.1"])
def test_this_machine_has_several_names(client: Client, host: str) -> None:
    assert client.get("/better-bibtex/cayw?probe=1", Host=host.format(client.port)).text == "ready"


@pytest.mark.parametrize(
    "headers",
    [{"User-Agent": "Mozilla/5.0"}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"},
     {"Origin": "null"}],
)  # fmt: skip
def test_a_browser_gets_no_byte_of_an_interface(client: Client, headers: dict[str, str]) -> None:
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        client.get("/api/users/0/items", **headers)


@pytest.mark.parametrize("allowed", ["X-Zotero-Connector-API-Version", "Zotero-Allowed-Request"])
def test_a_header_that_pages_cannot_send_opens_the_interface(client: Client, allowed: str) -> None:
    answer = client.get("/api/users/0/items", **{"User-Agent": "Mozilla/5.0", allowed: "1"})
    assert answer.status == 200


def test_no_preflight_is_granted(client: Client) -> None:
    answer = client("OPTIONS", "/better-bibtex/json-rpc", **{"Zotero-Allowed-Request": "1"})
    assert answer.status == 200
    assert answer.body == b""
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    answer = client("POST", "/better-bibtex/json-rpc", b"", **{"Content-Length": str(10**9)})
    assert answer.status == 413


def test_a_form_cannot_call_methods(client: Client) -> None:
    answer = client("POST", "/better-bibtex/json-rpc", b"{}", **{"Content-Type": "text/plain"})
    assert answer.status == 400


def test_every_answer_is_marked(client: Client) -> None:
    headers = client.get("/api/users/0/items?limit=1").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-zotero-connector-api-version"] == "3"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers
