"""Better BibTeX's JSON-RPC as editors call it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from tests.server.conftest import Client


def test_a_search_finds_beginnings_of_words(client: Client) -> None:
    found = client.rpc("item.search", ["harrim stal"])["result"]
    assert [item["citekey"] for item in found] == ["219945"]
    assert found[0]["title"] == "Stalin and Harriman Exchange Military Information"


@pytest.mark.parametrize("terms", ['a:b (c "d', "or", "-", "sort:title", "date:(1944"])
def test_words_are_never_taken_for_a_query(client: Client, terms: str) -> None:
    assert "result" in client.rpc("item.search", [terms])


TELEGRAMS = ["bryan-1914", "frus1981-88v06-d12", "novikov-1946"]


@pytest.mark.parametrize(
    ("conditions", "keys"),
    [
        ([["title", "beginsWith", "teleg"]], TELEGRAMS),
        ([["title", "contains", "telegram"], ["creator", "is", "Novikov"], ["ignore_feeds"]], ["novikov-1946"]),
        ([["title", "contains", "telegram"], ["creator", "isNot", "novikov"]], TELEGRAMS[:2]),
        ([["joinMode", "any"], ["creator", "contains", "spock"], ["creator", "is", "Novikov"]],
         ["novikov-1946", "spock-1974"]),
        ([["joinMode", "all"], ["creator", "contains", "spock"], ["creator", "is", "Novikov"]], []),
        ([["citationKey", "is", "novikov-1946"]], ["novikov-1946"]),
        ([["creator", "is", "Novikov"], ["date", "isAfter", "1946-09"]], []),
        ([["creator", "is", "Novikov"], ["date", "isBefore", "1947"]], ["novikov-1946"]),
        ([["creator", "is", "Novikov"], ["date", "is", "1946"]], ["novikov-1946"]),
        ([["title", "is", 'telegram" or "x']], []),
    ],
)  # fmt: skip
def test_conditions_are_those_of_an_advanced_search(
    client: Client, conditions: list[list[str]], keys: list[str]
) -> None:
    found = client.rpc("item.search", [conditions])["result"]
    assert sorted(item["citekey"] for item in found) == keys


def test_an_export_is_text_with_the_keys(client: Client) -> None:
    text = client.rpc("item.export", [["219945"], "Better BibLaTeX"])["result"]
    assert "{219945," in text
    assert "citetool(" not in text


def test_unknown_keys_are_named(client: Client) -> None:
    error = client.rpc("item.export", [["219945", "no-such", "nor-this"], "json"])["error"]
    assert error == {"code": -32602, "message": "not found: no-such, nor-this"}


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ("{", -32700),
        ('{"method": "api.ready"}', -32600),
        ("[]", -32600),
        ('{"jsonrpc": "2.0", "method": "api.ready", "id": 1e400}', -32600),
        ('{"jsonrpc": "2.0", "method": "api.ready", "id": NaN}', -32600),
        ('{"jsonrpc": "2.0", "method": "api.ready", "id": []}', -32600),
        ('{"jsonrpc": "2.0", "method": "no.such"}', -32601),
        ('{"jsonrpc": "2.0", "method": "item.regenerate_key", "params": []}', -32601),
        ('{"jsonrpc": "2.0", "method": "item.search", "params": {"bogus": 1}}', -32602),
        ('{"jsonrpc": "2.0", "method": "item.search", "params": 7}', -32602),
        ('{"jsonrpc": "2.0", "method": "item.notes", "params": [{"a": 1}]}', -32602),
        ('{"jsonrpc": "2.0", "method": "item.search", "params": ["x", "another library"]}', -32602),
    ],
)
def test_faults_have_the_codes_of_the_protocol(client: Client, request_: str, code: int) -> None:
    answer = client("GET", "/better-bibtex/json-rpc?" + quote(request_))
    assert answer.status == 200
    assert answer.json["error"]["code"] == code
    assert answer.json["id"] is None


def test_pandoc_gets_items_and_what_is_unknown(client: Client) -> None:
    params = {"citekeys": ["219945", "no-such"], "asCSL": True, "style": "apa"}
    result = client.rpc("item.pandoc_filter", params)["result"]
    assert result["errors"] == {"no-such": 0}
    item = result["items"]["219945"]
    assert item["id"] == "219945"
    assert item["custom"]["uri"].startswith("http://zotero.org/users/local/")


def test_collections_stand_in_those_around_them(client: Client) -> None:
    (found,) = client.rpc("item.collections", [["219945"], True])["result"]["219945"]
    names: list[str] = []
    above: Any = found
    while above:
        names.append(above["name"])
        above = above["parentCollection"]
    assert names == ["W. Averell Harriman Papers", "Manuscript Division", "Library of Congress"]


def test_attachments_are_files_of_the_library(client: Client) -> None:
    (found,) = client.rpc("item.attachments", ["@219945", "*"])["result"]
    assert found["path"] == str((client.root / "219945.txt").resolve())


def test_a_file_outside_of_the_library_is_not_named(client: Client) -> None:
    (client.root.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (client.root / "link.txt").symlink_to(client.root.parent / "secret.txt")
    text = "id: sly\nkind: letter\ntitle: Sly\nfiles:\n- {path: link.txt, kind: transcript}\n"
    (client.root / "sly.yaml").write_text(text, encoding="utf-8")
    try:
        assert client.rpc("item.attachments", ["sly"])["result"] == []
    finally:
        (client.root / "sly.yaml").unlink()
        (client.root / "link.txt").unlink()


def test_better_bibtex_json_gives_keys_to_ask_with(client: Client) -> None:
    text = client.rpc("item.export", [["219945"], "36a3b0b5-bad0-4a04-b79b-441c7cef77db", 1])["result"]
    (item,) = json.loads(text)["items"]
    answered = client.rpc("item.citationkey", {"item_keys": [item["itemKey"], "1:" + item["itemKey"], "ZZZZZZZZ"]})
    assert list(answered["result"].values()) == ["219945", "219945", None]


def test_the_files_are_followed(client: Client) -> None:
    path = client.root / "new-one.yaml"
    assert client.rpc("item.search", ["zanzibar"])["result"] == []
    path.write_text("id: new-one\nkind: letter\ntitle: From Zanzibar\n", encoding="utf-8")
    try:
        assert [item["id"] for item in client.rpc("item.search", ["zanzibar"])["result"]] == ["new-one"]
    finally:
        path.unlink()
    assert client.rpc("item.search", ["zanzibar"])["result"] == []
