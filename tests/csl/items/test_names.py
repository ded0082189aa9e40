"""Names of CSL-JSON: parts, particles, suffixes, and what is no name."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl.items.names import PersonName, begins_romanesque, parse_names


def one(**parts: Any) -> PersonName:
    names = parse_names([parts])
    assert names is not None
    return names[0]


@pytest.mark.parametrize(
    ("family", "given", "expected"),
    [
        ("de Gaulle", "Charles", ("de", "Gaulle", "Charles", "")),
        ("Gaulle", "Charles de", ("", "Gaulle", "Charles", "de")),
        ("d'Alembert", "Jean", ("d'", "Alembert", "Jean", "")),
        ("von der Leyen", "Ursula", ("von der", "Leyen", "Ursula", "")),
        ("al-Hakim", "Tawfiq", ("al-", "Hakim", "Tawfiq", "")),
        ('"van Gogh"', "Vincent", ("", "van Gogh", "Vincent", "")),
        ("Van Buren", "Martin", ("", "Van Buren", "Martin", "")),
    ],
)
def test_particles_are_found(family: str, given: str, expected: tuple[str, ...]) -> None:
    name = one(family=family, given=given)
    assert (name.non_dropping, name.family, name.given, name.dropping) == expected


def test_particles_are_left_where_the_item_says_so() -> None:
    assert one(**{"family": "de Gaulle", "given": "Charles", "parse-names": False}).family == "de Gaulle"


@pytest.mark.parametrize(
    ("given", "suffix", "comma"),
    [("Martin Luther, Jr.", "Jr.", False), ("John,! III", "III", True), ("John", "", False)],
)
def test_a_suffix_in_the_given_name(given: str, suffix: str, comma: bool) -> None:
    name = one(family="King", given=given)
    assert (name.suffix, name.comma_suffix) == (suffix, comma)


def test_texts_are_bodies_and_empty_names_are_left_out() -> None:
    names = parse_names(["State Department", {"family": ""}, {"literal": "CIA"}])
    assert names is not None
    assert [name.literal for name in names] == ["State Department", "CIA"]
    assert parse_names([3]) is None


def test_the_same_name_is_the_same_object() -> None:
    known: dict[Any, PersonName | None] = {}
    smith = {"family": "Smith", "given": "John"}
    first, second = parse_names([smith], known), parse_names([dict(smith)], known)
    assert first is not None
    assert second is not None
    assert first[0] is second[0]


@pytest.mark.parametrize(
    ("text", "begins"), [("Smith", True), ("Молотов", True), ("毛", False), ("1", False), ("", False)]
)
def test_scripts_that_part_words(text: str, begins: bool) -> None:
    assert begins_romanesque(text) is begins
