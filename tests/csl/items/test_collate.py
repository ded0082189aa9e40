"""Sort keys put texts into the order of a library catalogue."""

from __future__ import annotations

import itertools

import pytest

from citetool.csl.items.collate import collation_key


def in_order(texts: list[str], language: str = "") -> bool:
    keys = [collation_key(text, language) for text in texts]
    return all(one < two for one, two in itertools.pairwise(keys))


@pytest.mark.parametrize(
    "texts",
    [
        ["Dale, A.", "Dalebout"],
        ["Ångström", "Anna", "Arendt"],
        ["Zé", "Zebra"],
        ["Volume 2", "Volume 10"],
        ["80-9", "80-472"],
        ["Ærø", "Afghanistan"],
        ["Straße 1", "Strasse 2"],
    ],
)
def test_accents_case_and_marks_do_not_count_and_numbers_do(texts: list[str]) -> None:
    assert in_order(texts)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("sv", ["Zorn", "Åberg", "Ängström", "Öberg"]),
        ("da", ["Zahle", "Æbelø", "Østergaard", "Åkjær"]),
        ("es", ["nube", "nunca", "ñandú", "oso"]),
        ("pl", ["luty", "łąka", "maj"]),
        ("cs", ["hrad", "chata", "ide"]),
        ("et", ["saba", "šokk", "zoo", "tamm"]),
        ("tr", ["Halide", "Irmak", "ışık", "İnce", "ipek", "Kemal"]),
        ("ru", ["Анна", "Борис", "Adams"]),
        ("el", ["Ωμέγα", "Alpha"]),
    ],
)
def test_alphabets_of_languages(language: str, texts: list[str]) -> None:
    assert in_order(texts, language)


def test_case_does_not_count() -> None:
    assert collation_key("ABC") == collation_key("abc")
    assert collation_key("İstanbul", "tr") == collation_key("istanbul", "tr")
    assert collation_key("IŞIK", "tr") == collation_key("ışık", "tr")


def test_nothing_sorts_as_nothing() -> None:
    assert collation_key("") == ""
    assert collation_key("“”") == ""
