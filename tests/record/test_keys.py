from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from citetool.record.keys import Keys, make_key
from tests.factories import make_record
from tests.strategies import records

if TYPE_CHECKING:
    from citetool.record.model import Record


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"creators": [{"name": "Kennan, George F."}], "date": "1946-02-22", "title": "The Long Telegram"},
         "kennan1946long"),
        ({"creators": [{"name": "van Gogh, Vincent"}], "date": "188X", "title": "À l'oreille"}, "vangoghloreille"),
        ({"creators": None, "title": "Map of Berlin", "kind": "map", "date": "1945~"}, "map1945map"),
        ({"creators": [{"name": "Сталин, И. В."}], "title": "О беседе", "date": "1944"}, "stalin1944besede"),
        ({"creators": None, "title": "東京", "kind": None, "date": None}, "record"),
        ({"digital": {"id": "209833", "url": "https://example.org/209833"}}, "209833"),
        ({"identifiers": {"naid": "305250"}}, "305250"),
        ({"creators": [{"name": "U.S. Department of State"}], "date": "1945", "title": "Yalta"}, "us1945yalta"),
        ({"creators": [{"name": "The National Archives"}], "date": "1945", "title": "Yalta"}, "national1945yalta"),
        ({"creators": [{"name": "C.I.A."}], "date": "1945", "title": "Yalta"}, "cia1945yalta"),
        ({"creators": [{"name": "A. Müller & Söhne"}], "date": "1945", "title": "Yalta"}, "muller1945yalta"),
        ({"creators": [{"name": "Auswärtiges Amt"}], "date": "1945", "title": "Yalta"}, "auswartiges1945yalta"),
    ],
)  # fmt: skip
def test_key_of_a_record(changes: dict[str, object], key: str) -> None:
    assert make_key(make_record(**changes)) == key


def test_keys_of_a_run_are_kept_apart() -> None:
    keys = Keys(["kennan1946long"])
    record = make_record(creators=[{"name": "Kennan, George F."}], date="1946", title="The Long Telegram")
    assert [keys.give(record) for _ in range(2)] == ["219945", "219945-2"]
    record.id = ""
    assert [keys.give(record) for _ in range(3)] == ["kennan1946longb", "kennan1946longc", "kennan1946longd"]
    numbered = make_record(digital={"id": "209833"})
    numbered.id = ""
    assert [keys.give(numbered) for _ in range(2)] == ["209833", "209833-2"]


@pytest.mark.property
@given(records())
def test_keys_are_plain_ascii(record: Record) -> None:
    key = make_key(record)
    assert key
    assert key.isascii()
    assert key.replace("-", "").isalnum()
