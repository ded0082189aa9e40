"""What emacs and pandoc ask by zotxt's interface, and what JabRef's extension and scripts ask by JabRef's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.library.library import Library

if TYPE_CHECKING:
    from tests.server.conftest import Client


def test_zotxt_gives_items_by_every_kind_of_key(client: Client) -> None:
    (item,) = client.get("/zotxt/items?betterbibtexkey=219945").json
    assert item["id"] == "219945"
    key = client.get("/zotxt/items?citekey=219945&format=key").json[0]
    assert client.get(f"/zotxt/items?key={key}&format=citekey").json == ["219945"]
    assert len(client.get("/zotxt/items?all=1").json) == 13


def test_zotxt_writes_the_formats_of_emacs(client: Client) -> None:
    ask = "/zotxt/items?citekey=novikov-1946&format="
    assert (
        client.get(f"{ask}quickBib").json[0]["quickBib"] == "Novikov, N. V. - 1946 - Telegram to the Soviet leadership"
    )
    entry = client.get(f"{ask}bibliography&style=mla").json[0]
    assert entry["text"].startswith("Novikov")
    assert "csl-entry" in entry["html"]
    assert client.get(f"{ask}bibtex").text.startswith("@")
    assert client.get("/zotxt/items?citekey=219945&format=paths").json[0]["paths"][0].endswith("219945.txt")


def test_zotxt_searches_completes_and_selects(client: Client) -> None:
    assert [item["id"] for item in client.get("/zotxt/search?q=harriman+stalin").json] == ["219945"]
    assert client.get("/zotxt/complete?prefix=novi").json == ["novikov-1946"]
    assert client.get("/zotxt/select?citekey=219945").json == "success"
    assert client.get("/zotxt/version").status == client.get("/zotxt/styles").status == 200


def test_zotxt_renders_a_whole_document(client: Client) -> None:
    group = {"citationItems": [{"easyKey": "219945", "locator": "2"}], "properties": {"noteIndex": 1}}
    answer = client("POST", "/zotxt/bibliography", {"styleId": "chicago", "citationGroups": [group]})
    assert "Container 173" in answer.json["citationClusters"][0]
    assert "csl-entry" in answer.json["bibliography"][1][0]


@pytest.mark.parametrize(
    "path", ["items?citekey=nobody", "items", "items?citekey=219945&format=x", "search?q=", "select?citekey=no"]
)
def test_zotxt_says_what_is_wrong(client: Client, path: str) -> None:
    answer = client.get(f"/zotxt/{path}")
    assert answer.status == 400
    assert isinstance(answer.json, str)


def test_jabref_has_one_library_by_several_names(client: Client) -> None:
    (name,) = client.get("/libraries").json
    for id_ in (name, "current"):
        assert len(client.get(f"/libraries/{id_}", Accept="application/json").json) == 13
    assert client.get("/libraries/other").status == 404
    assert client.get("/libraries/current", Accept="application/x-bibtex").text.startswith("@")
    assert "219945" in client.get("/libraries/current/entries/219945").text
    assert client.get("/libraries/current/entries/nobody").status == 404


def test_jabref_answers_queries_in_their_order(client: Client) -> None:
    queries = ['title = "Harriman"', "zzqqxx", "author = novikov"]
    results = client("POST", "/libraries:query", {"queries": queries}).json["results"]
    assert [[match["entryId"] for match in one["matches"]] for one in results] == [["219945"], [], ["novikov-1946"]]


def test_jabref_saves_only_where_that_is_allowed(client: Client, saving: Client) -> None:
    entry = b"@book{hull-1948, title={Memoirs}, author={Hull, Cordell}, year=1948}"
    kind = {"Content-Type": "application/x-bibtex"}
    assert client("POST", "/libraries/current/entries", entry, **kind).status == 400
    assert saving("POST", "/libraries/current/entries", entry, **kind).json == {"added": ["hull-1948"]}
    assert Library(saving.root)["hull-1948"].title == "Memoirs"
    assert saving("POST", "/libraries/current/entries", entry, **{"Content-Type": "text/plain"}).status == 415


def test_jabref_does_not_open_the_library_to_pages_as_the_real_one_does(client: Client) -> None:
    answer = client.get("/libraries", **{"Zotero-Allowed-Request": "1"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_zotxt_prints_what_stands_around_a_cite(client: Client) -> None:
    item: dict[str, object] = {
        "citekey": "novikov-1946",
        "prefix": "see ",
        "suffix": " and elsewhere",
        "locator": "4",
        "label": "nonsense",
    }
    sent = {"styleId": "apa", "citationGroups": [{"citationItems": [item]}, {"citationItems": 7}]}
    answer = client("POST", "/zotxt/bibliography", sent).json
    assert answer["citationClusters"][0] == "(see Novikov, 1946, p. 4 and elsewhere)"
    assert answer["bibliography"][0] == {"entry_ids": [["novikov-1946"]]}
    item["suppress-author"] = True
    assert "Novikov" not in client("POST", "/zotxt/bibliography", sent).json["citationClusters"][0]


def test_zotxt_looks_where_the_method_says(client: Client) -> None:
    ask = "/zotxt/search?q=army+war&format=citekey&method="
    assert client.get(f"{ask}everything").json == ["219945"]
    assert client.get(f"{ask}titleCreatorYear").json == []
    assert client.get(f"{ask}other").status == 400


def test_jabref_shows_the_levels_as_groups(client: Client) -> None:
    groups = client.get("/libraries/current/groups").json
    (found,) = (one for one in groups["children"] if one["name"] == "Library of Congress")
    assert "Manuscript Division" in [below["name"] for below in found["children"]]
    assert client.get("/libraries/other/groups").status == 404


def test_jabref_puts_a_pdf_to_an_entry(client: Client, saving: Client) -> None:
    path, pdf = "/libraries/current/entries/219945/files", {"Content-Type": "application/pdf"}
    assert client("POST", path, b"%PDF-1.4", **pdf).status == 400
    assert saving("POST", path, b"%PDF-1.4", **{"Content-Type": "text/html"}).status == 415
    assert saving("POST", path.replace("219945", "nobody"), b"%PDF-1.4", **pdf).status == 404
    assert saving("POST", path, b"%PDF-1.4", **pdf).status == 204
    assert [file.path for file in Library(saving.root)["219945"].files if file.path.endswith(".pdf")]


def test_jabref_takes_entries_by_its_own_name_of_csl_json(saving: Client) -> None:
    kind = {"Content-Type": "application/x-bibtex-library-csl+json"}
    sent = b'[{"id": "hull-1948", "type": "book", "title": "Memoirs"}]'
    assert saving("POST", "/libraries/current/entries", sent, **kind).json == {"added": ["hull-1948"]}
