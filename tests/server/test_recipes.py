"""The recipes of the handbook, each with its requests sent as an editor sends them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from citetool.paths import handbook

if TYPE_CHECKING:
    from tests.server.conftest import Client

PAGE = (handbook() / "editors.md").read_text(encoding="utf-8")
REQUESTS = list(dict.fromkeys(re.findall(r"http://127\.0\.0\.1:23119(/[^\s'\"`]*)", PAGE)))
ANSWERS = re.findall(r"^\| `(/[^`]+)` \| `([^`]+)` \|$", PAGE, re.M)


@pytest.fixture(autouse=True)
def picked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody picks memorandum 219945 at once."""
    monkeypatch.setattr(client.picks, "_fixed", ["219945"])


def test_the_page_has_requests() -> None:
    assert len(REQUESTS) > 8
    assert len(ANSWERS) > 8


@pytest.mark.parametrize("path", REQUESTS)
def test_each_request_is_answered(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert answer.body


@pytest.mark.parametrize(("path", "text"), ANSWERS)
def test_each_answer_is_that_of_the_page(client: Client, path: str, text: str) -> None:
    assert client.get(path).text == text
