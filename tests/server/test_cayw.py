"""Cite as you write: an editor waits for a pick, and nobody else waits with it."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from citetool.server.zotero.picks import Cited

if TYPE_CHECKING:
    from tests.server.conftest import Answer, Client

CAYW = "/better-bibtex/cayw"


def waiting(client: Client, path: str) -> tuple[threading.Thread, list[Answer]]:
    """Ask for a pick in a thread, and return when it waits."""
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.append(client.get(path)))
    thread.start()
    for _ in range(200):
        if client.picks.waiting:
            return thread, answers
        time.sleep(0.02)
    raise AssertionError("nobody waits for a pick")


def answer(client: Client, chosen: list[Cited] | None) -> None:
    (pick,) = client.picks.waiting
    pick.answer.get_loop().call_soon_threadsafe(client.picks.answer, pick, chosen)


def test_a_waiting_editor_blocks_nobody(client: Client) -> None:
    thread, answers = waiting(client, f"{CAYW}?format=pandoc&brackets=1")
    assert client.get(f"{CAYW}?probe=1").text == "ready"
    assert client.rpc("api.ready", [])["result"]["zotero"]
    answer(client, [Cited("219945", "2", "page")])
    thread.join(10)
    assert answers[0].text == "[@219945, p. 2]"
    assert answers[0].headers["content-type"] == "text/html; charset=utf-8"
    assert not client.picks.waiting


def test_what_is_cancelled_inserts_nothing(client: Client) -> None:
    thread, answers = waiting(client, CAYW)
    answer(client, None)
    thread.join(10)
    assert (answers[0].status, answers[0].text) == (200, "")


@pytest.mark.parametrize("query", ["format=no-such", "command=cite}\\input{x", "format=translate&translator=none"])
def test_nobody_picks_for_a_request_that_cannot_be_answered(client: Client, query: str) -> None:
    assert client.get(f"{CAYW}?{query.replace('{', '%7B').replace('}', '%7D')}").status == 400
    assert not client.picks.waiting


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("format=formatted-citation", "Stalin and Harriman Exchange"),
        ("format=formatted-bibliography&style=apa", "[Memorandum of conversation]"),
        ("format=formatted-bibliography&contentType=html", "csl-entry"),
        ("format=translate&translator=biblatex", "{219945,"),
        ("format=json", '"citationKey": "219945"'),
    ],
)
def test_formats_that_want_the_record(client: Client, query: str, words: str) -> None:
    thread, answers = waiting(client, f"{CAYW}?{query}")
    answer(client, [Cited("219945")])
    thread.join(10)
    assert words in answers[0].text


def test_jabref_s_callers_get_its_simple_json(client: Client) -> None:
    thread, answers = waiting(client, f"{CAYW}?format=simple-json")
    answer(client, [Cited("219945", "2", "page", suffix="end")])
    thread.join(10)
    (found,) = answers[0].json
    assert isinstance(found.pop("id"), int)
    assert found == {"citationKey": "219945", "locator": "p. 2", "prefix": None, "suffix": "end",
                     "suppressAuthor": False}  # fmt: skip


def test_a_template_is_filled_in(client: Client) -> None:
    thread, answers = waiting(client, f"{CAYW}?format=eta&template=%3C%25%3D%20it.items%5B0%5D.citationKey%20%25%3E")
    answer(client, [Cited("219945")])
    thread.join(10)
    assert answers[0].text == "219945"
    assert client.get(f"{CAYW}?format=eta&template=%3C%25%20run()%20%25%3E").status == 400
