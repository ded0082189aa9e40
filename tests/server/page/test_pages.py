"""The page as a browser without JavaScript has it: search, facets, records, lists, the picker."""

from __future__ import annotations

import re
import threading
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from tests.server.conftest import Answer, Client

BROWSER = {"User-Agent": "Mozilla/5.0", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


def page(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, **BROWSER, **headers)
    assert answer.status == 200, answer.text
    return unescape(answer.text)


def send(client: Client, path: str, fields: list[tuple[str, str]], **headers: str) -> Answer:
    # as browsers send a form of a page whose policy is no-referrer
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "null"}
    return client("POST", path, urlencode(fields), **kind, **BROWSER, **headers)


def token(client: Client) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/", **BROWSER).text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=harriman", "/record/219945", "/archives", "/years", "/styles", "/style/chicago", "/list", "/help",
     "/pick", "/facet/kind", "/?group=collection&sort=date"],
)  # fmt: skip
def test_every_page_has_the_parts_that_a_reader_of_a_screen_needs(client: Client, path: str) -> None:
    text = page(client, path)
    assert '<html lang="en">' in text
    assert text.index('class="skip"') < text.index("<header")
    assert text.count("<h1") == 1
    assert text.count("<main") == 1
    assert re.search(r"<title>[^<\s][^<]+</title>", text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//(?!digitalarchive)', text.replace('rel="external', ""))
    assert 'style="' not in text
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_words_are_marked_where_they_are_found(client: Client) -> None:
    text = page(client, "/?q=harriman")
    assert "Stalin and <mark>Harriman</mark> Exchange Military Information" in text
    assert ">1 record<" in text


def test_a_facet_narrows_down_and_a_chip_takes_it_away(client: Client) -> None:
    text = page(client, "/?kind=telegram")
    assert "219945" not in text
    assert "novikov-1946" in text
    assert 'aria-label="Remove Kind: telegram"' in text
    assert "<title>3 found" in text


def test_counts_of_facets_are_those_of_the_results(client: Client) -> None:
    everything = page(client, "/facet/kind")
    match = re.search(r'<a href="(/\?kind=telegram)">telegram</a> <span class="count">(\d+)</span>', everything)
    assert match
    assert f"<title>{match[2]} found" in page(client, match[1])


def test_a_query_that_cannot_be_read_says_why(client: Client) -> None:
    answer = client.get('/?q="stalin', **BROWSER)
    assert answer.status == 400
    assert "quotation mark" in answer.text or "&#34;" in answer.text
    assert 'role="alert"' in answer.text


def test_a_record_has_its_levels_both_homes_people_and_citation(client: Client) -> None:
    text = page(client, "/record/219945?style=mla&locator=p.+2")
    for words in (
        "Library of Congress</a>", "Container 173</a>", "Where the original is kept", "Where a copy is read",
        "Harriman, W. Averell</a>, American Ambassador", "TOP SECRET", 'class="Z3988"', "application/ld+json",
    ):  # fmt: skip
        assert words in text
    assert re.search(r'<div class="text" lang="en" dir="ltr">', text)


def test_the_citation_is_to_copy_in_several_markups(client: Client) -> None:
    text = page(client, "/record/adams-2001?style=chicago&format=markdown")
    assert "*Journal of the History of Biology*" in text


def test_a_style_that_is_not_there_is_told_in_its_place(client: Client) -> None:
    for style in ("no-such-style", "../../etc/passwd", "/etc/x.csl"):
        text = page(client, "/record/219945?" + urlencode({"style": style}))
        assert re.search(r'role="alert">(there is )?no style', text)


@pytest.mark.parametrize(("ending", "start"), [("ris", "TY  - "), ("bib", "@"), ("json", "["), ("biblatex", "@")])
def test_a_record_is_to_download(client: Client, ending: str, start: str) -> None:
    answer = client.get(f"/export/219945.{ending}", **BROWSER)
    assert answer.text.startswith(start)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_the_way_through_the_results_goes_along(client: Client) -> None:
    text = page(client, "/?kind=telegram&sort=date")
    first, second = re.findall(r'<h3><a href="([^"]+)"', text)[:2]
    assert f'rel="next" href="{second}"' in page(client, first)
    assert 'rel="prev"' in page(client, second)


def test_the_hierarchy_is_opened_level_by_level(client: Client) -> None:
    text = page(client, "/archives")
    below = re.search(r'data-below="(/level/\w+/below)"><summary>Library of Congress', text)
    assert below
    assert "Manuscript Division" in page(client, below[1])
    level = page(client, below[1].removesuffix("/below"))
    assert "<h1>Library of Congress</h1>" in level
    assert "Cited: Library of Congress" in level
    assert "Stalin and Harriman Exchange Military Information" in level
    assert "/?repository=Library+of+Congress&kind=diary" in level


def test_records_are_collected_and_become_a_bibliography(client: Client) -> None:
    answer = send(client, "/list", [("token", token(client)), ("do", "add"), ("key", "219945"), ("key", "adams-2001"),
                                    ("back", "/list")])  # fmt: skip
    assert answer.status == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.casefold()
    text = page(client, "/list?style=chicago", Cookie=cookie.partition(";")[0])
    assert "2 records" in text
    assert 'class="csl-entry"' in text
    assert "/export/list.ris?key=219945&key=adams-2001" in text


def test_a_form_without_its_token_changes_nothing(client: Client) -> None:
    for fields in ([("do", "add"), ("key", "219945")], [("token", "x"), ("do", "clear")]):
        answer = send(client, "/list", fields)
        assert answer.status == 403
        assert "set-cookie" not in answer.headers


def test_a_form_goes_back_to_this_server_alone(client: Client) -> None:
    for back in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = send(client, "/list", [("token", token(client)), ("do", "clear"), ("back", back)])
        assert answer.headers["location"] == "/list"


def test_another_site_cannot_frame_link_or_post(client: Client) -> None:
    assert client.get("/", **{**BROWSER, "Sec-Fetch-Site": "cross-site"}).status == 403
    assert client.get("/", **{**BROWSER, "Sec-Fetch-Site": "cross-site", "Origin": "null"}).status == 403
    headers = client.get("/", **BROWSER).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"


def test_an_unknown_address_is_a_page_that_helps(client: Client) -> None:
    answer = client.get("/record/219946", **BROWSER)
    assert answer.status == 404
    assert "did you mean" in answer.text
    assert client.get("/nowhere", **BROWSER).status == 404
    assert client.get("/api/nowhere").text == "No endpoint found"


def waiting(client: Client, answers: list[Any]) -> tuple[threading.Thread, str]:
    thread = threading.Thread(
        target=lambda: answers.append(client.get("/better-bibtex/cayw?format=pandoc&brackets=1")), daemon=True
    )
    thread.start()
    while not client.picks.waiting:
        thread.join(0.01)
    return thread, client.picks.waiting[0].token


def test_an_editor_gets_what_is_picked_on_the_page(client: Client) -> None:
    answers: list[Any] = []
    thread, pick = waiting(client, answers)
    path = f"/pick/{pick}"
    assert "What shall tests cite?" in page(client, path)
    held = [("token", token(client)), ("q", "harriman")]
    assert 'value="219945"' in send(client, path, [*held, ("do", "search")]).text
    chosen = send(client, path, [*held, ("add", "219945")]).text
    assert 'name="locator"' in chosen
    fields = [("key", "219945"), ("label", "folio"), ("locator", "3"), ("prefix", "see"), ("suffix", "")]
    assert "Inserted" in send(client, path, [*held, *fields, ("do", "insert")]).text
    thread.join(10)
    assert answers[0].text == "[see @219945, {fol. 3}]"
    assert client.get(path, **BROWSER).status == 404


def test_a_cancelled_pick_is_an_empty_answer(client: Client) -> None:
    answers: list[Any] = []
    thread, pick = waiting(client, answers)
    send(client, f"/pick/{pick}", [("token", token(client)), ("do", "cancel")])
    thread.join(10)
    assert (answers[0].status, answers[0].text) == (200, "")


def test_what_is_typed_stays_when_more_is_looked_for(client: Client) -> None:
    answers: list[Any] = []
    thread, pick = waiting(client, answers)
    fields = [("token", token(client)), ("q", "novikov"), ("key", "219945"), ("label", "line"), ("locator", "7"),
              ("prefix", "cf."), ("suffix", "etc.")]  # fmt: skip
    text = send(client, f"/pick/{pick}", [*fields, ("add", "novikov-1946")]).text
    for value in ("7", "cf.", "etc.", "novikov-1946"):
        assert f'value="{value}"' in text
    send(client, f"/pick/{pick}", [("token", token(client)), ("do", "cancel")])
    thread.join(10)
