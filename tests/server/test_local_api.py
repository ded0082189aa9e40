"""Zotero's local API, as pyzotero and scripts ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.paths import MOST
from citetool.server.keys import item_key
from tests.libraries import record_text

if TYPE_CHECKING:
    from tests.server.conftest import Client

START = "/api/users/0"


def test_items_come_in_pages_with_links(client: Client) -> None:
    first = client.get(f"{START}/items?limit=5&sort=title&direction=asc")
    assert len(first.json) == 5
    assert 'rel="next"' in first.headers["link"]
    total = int(first.headers["total-results"])
    keys = {item["key"] for start in range(0, total, 5) for item in
            client.get(f"{START}/items?limit=5&sort=title&direction=asc&start={start}").json}  # fmt: skip
    assert len(keys) == total


def test_an_item_says_where_it_is_kept(client: Client) -> None:
    (item,) = client.get(f"{START}/items?q=exchange+military").json
    assert item["data"]["citationKey"] == "219945"
    assert item["data"]["archive"] == "Manuscript Division, Library of Congress"
    assert item["meta"]["parsedDate"] == "1944-06-26"
    assert client.get(f"{START}/items/{item['key']}").json == item
    below = client.get(f"{START}/items/{item['key']}/children").json
    assert len(below) == item["meta"]["numChildren"]
    text = client.get(f"{START}/items/{item['key']}/fulltext").json
    assert "Harriman" in text["content"]


def test_collections_hold_what_they_count(client: Client) -> None:
    for node in client.get(f"{START}/collections").json:
        inside = client.get(f"{START}/collections/{node['key']}/items/top").json
        assert len(inside) == node["meta"]["numItems"]
        below = client.get(f"{START}/collections/{node['key']}/collections").json
        assert len(below) == node["meta"]["numCollections"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [("itemType=letter", {"vasconcellos-1985"}),
     ("itemType=-manuscript+||+letter&q=interview&qmode=everything", {"spock-1974"}),
     ("tag=Recreation", {"naid-2132862"}), ("tag=Recreation&tag=-Wilderness+areas", set())],
)  # fmt: skip
def test_items_are_chosen_by_type_and_tag(client: Client, query: str, keys: set[str]) -> None:
    assert {item["data"]["citationKey"] for item in client.get(f"{START}/items?{query}").json} == keys


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/items?sort=nonsense", 400),
        ("/items?format=nonsense", 400),
        ("/items?format=atom", 501),
        ("/items?limit=x", 400),
        ("/items?format=bib&style=no-such-style-at-all", 400),
        ("/items/ZZZZZZZZ", 404),
        ("/collections/ZZZZZZZZ", 404),
        ("/items?v=2", 501),
    ],
)
def test_faults(client: Client, path: str, status: int) -> None:
    assert client.get(START + path).status == status


def test_only_the_one_library_is_here(client: Client) -> None:
    assert client.get("/api/users/475425/items").status == 400
    assert client.get("/api/groups/1/items").status == 404


def test_nothing_new_is_304(client: Client) -> None:
    version = client.get(f"{START}/items?limit=1").headers["last-modified-version"]
    assert client.get(f"{START}/items?limit=1", If_Modified_Since_Version=version).status == 304


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_is_refused_as_zotero_refuses_it(client: Client, method: str) -> None:
    assert client(method, f"{START}/items", [{}]).status == 428
    own = client.get("/api/").headers["zotero-server-id"]
    assert client(method, f"{START}/items", [{}], Zotero_Server_ID="another").status == 412
    assert client(method, f"{START}/items", [{}], Zotero_Server_ID=own).status == 401


@pytest.mark.parametrize(
    ("format", "mark"),
    [("bibtex", "@"), ("biblatex", "{219945,"), ("ris", "TY  - "), ("csljson", '"id"'), ("bib", "csl-entry"),
     ("mods", "<mods"), ("coins", "Z3988")],
)  # fmt: skip
def test_exports(client: Client, format: str, mark: str) -> None:
    assert mark in client.get(f"{START}/items?q=exchange+military&format={format}").text


def test_words_are_looked_for_in_title_names_and_year_unless_everywhere_is_asked_for(client: Client) -> None:
    def found(query: str) -> set[str]:
        return {item["data"]["citationKey"] for item in client.get(f"{START}/items?{query}").json}

    assert found("q=novikov") == found("q=Novikov+1946") == {"novikov-1946"}
    assert found("q=interview") == set()
    assert found("q=interview&qmode=everything") == {"spock-1974"}


def test_files_and_notes_are_items_of_their_own(client: Client) -> None:
    (item,) = client.get(f"{START}/items?q=harriman").json
    children = client.get(f"{START}/items/{item['key']}/children").json
    assert len(children) == item["meta"]["numChildren"] == 4
    for child in children:
        assert client.get(f"{START}/items/{child['key']}").json == child
        assert client.get(f"{START}/items/{child['key']}/children").json == []
    file = children[0]
    address = client.get(f"{START}/items/{file['key']}/file/view/url").text
    assert address.endswith("/219945.txt")
    assert client.get(f"{START}/items/{file['key']}/file").headers["location"] == address
    assert "Stalin" in client.get(f"{START}/items/{file['key']}/fulltext").json["content"]
    assert client.get(f"{START}/items/{children[1]['key']}/fulltext").status == 404


@pytest.mark.parametrize(
    ("format", "start"),
    [("csv", '"Key","Item Type","Publication Year"'), ("refer", "%T "), ("bookmarks", "<!DOCTYPE NETSCAPE"),
     ("tei", "<?xml version"), ("rdf_zotero", "<"), ("wikipedia", "{{")],
)  # fmt: skip
def test_an_export_is_a_text(client: Client, format: str, start: str) -> None:
    answer = client.get(f"{START}/items?q=harriman&format={format}")
    assert answer.status == 200
    assert answer.text.startswith(start)
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Harriman" in answer.text


def test_a_transcript_above_the_limit_is_refused_as_full_text(saving: Client) -> None:
    facts = {"title": "Long", "files": [{"path": "long.txt", "kind": "transcript"}]}
    (saving.root / "long.yaml").write_text(record_text("long", **facts), encoding="utf-8")
    (saving.root / "long.txt").write_bytes(b"x" * (MOST + 1))
    (child,) = saving.get(f"{START}/items/{item_key('long')}/children").json
    for key in (item_key("long"), child["key"]):
        answer = saving.get(f"{START}/items/{key}/fulltext")
        assert answer.status == 404
        assert answer.text == "the text cannot be read: larger than 16 MB"
    (saving.root / "long.txt").write_bytes(b"x" * 1000)
    assert saving.get(f"{START}/items/{item_key('long')}/fulltext").json["totalChars"] == 1000


def test_lists_of_items_have_lists_of_their_tags(saving: Client) -> None:
    for key in ("a", "b"):
        tags = ["x", "y"] if key == "a" else ["x"]
        text = record_text(key, title="Tagged", tags=tags, archive={"collection": "C", "repository": "R"})
        (saving.root / f"{key}.yaml").write_text(text)

    def tags_at(path: str) -> dict[str, int]:
        return {tag["tag"]: tag["meta"]["numItems"] for tag in saving.get(f"{START}/{path}").json}

    (node,) = (node for node in saving.get(f"{START}/collections").json if node["data"]["name"] == "C")
    assert tags_at(f"collections/{node['key']}/items/tags") == {"x": 2, "y": 1}
    assert tags_at(f"collections/{node['key']}/items/top/tags?q=nonesuch") == {}
    assert tags_at("items/tags?tag=y") == {"x": 1, "y": 1}
    assert tags_at("items/tags") == tags_at("tags")
    assert tags_at("tags/y") == {"y": 1}
    assert tags_at("items/trash/tags") == tags_at("publications/items/tags") == {}


def test_files_with_full_text_are_listed_by_version(client: Client) -> None:
    found = client.get(f"{START}/fulltext?since=0").json
    for key, version in found.items():
        assert client.get(f"{START}/items/{key}/fulltext").json["content"]
        assert client.get(f"{START}/items/{key}").json["version"] == version
    assert found
    assert client.get(f"{START}/fulltext?since={max(found.values())}").json == {}


@pytest.mark.parametrize("number", ["%C2%B2", "%D9%A3", "9" * 5000, "-1", "1e3", "x"])
def test_what_is_no_number_is_refused(client: Client, number: str) -> None:
    for name in ("start", "limit", "since"):
        assert client.get(f"{START}/items?{name}={number}").status == 400


def test_versions_that_are_no_numbers_are_passed_over(client: Client) -> None:
    assert client("GET", f"{START}/items?limit=1", If_Modified_Since_Version="\u00b2").status == 200
    ping = client("POST", "/connector/ping", {}, X_Zotero_Connector_API_Version="\u00b2")
    assert (ping.status, ping.json) == (400, {"error": "CONNECTOR_VERSION_OUTDATED"})


def test_every_export_can_be_included(client: Client) -> None:
    (item,) = client.get("/api/users/0/items?itemKey=I9XRKYJG&include=data,csv,tei,citation&locale=de-DE").json
    assert item["csv"].startswith('"Key"')
    assert "<listBibl" in item["tei"]
    assert item["citation"].startswith("<span>")
