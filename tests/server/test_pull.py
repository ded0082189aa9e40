"""Pull export: a library or a collection as a file of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.server.conftest import Client

START = "/better-bibtex/export"


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/library?/1/library.biblatex", "{novikov-1946,"),
        ("/library?/1/My%20Library.36a3b0b5-bad0-4a04-b79b-441c7cef77db", '"novikov-1946"'),
        ("/collection?/1/Library%20of%20Congress/Manuscript%20Division.csljson", '"219945"'),
        ("?/library;id:1/all.json", '"novikov-1946"'),
        ("/item?citationKeys=219945,none&translator=json", '"errors":{"none":0}'),
    ],
)
def test_exports(client: Client, path: str, mark: str) -> None:
    answer = client.get(START + path)
    assert answer.status == 200
    assert mark in answer.text


def test_a_collection_has_only_its_own(client: Client) -> None:
    text = client.get(f"{START}/collection?/1/Library%20of%20Congress.biblatex").text
    assert "{219945," in text
    assert "{novikov-1946," not in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/library", 404),
        ("/library?/1/library", 400),
        ("/library?/7/library.bib", 404),
        ("/library?/1/library.nosuch", 500),
        ("/collection?/1/No%20such.bib", 404),
        ("/selected?biblatex", 404),
    ],
)
def test_faults_are_a_sentence(client: Client, path: str, status: int) -> None:
    answer = client.get(START + path)
    assert answer.status == status
    assert answer.headers["content-type"].startswith("text/plain")
