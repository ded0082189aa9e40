"""Names: the text form and back, particles, suffixes, bodies, direct order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.names import Name, is_plain_name, parse_direct_name, parse_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Harriman, W. Averell", Name("Harriman", "W. Averell")),
        ("van Gogh, Vincent", Name("Gogh", "Vincent", non_dropping="van")),
        ("Beethoven, Ludwig van", Name("Beethoven", "Ludwig", dropping="van")),
        ("d'Este, Isabella", Name("d'Este", "Isabella")),
        ("'t Hooft, Gerard", Name("Hooft", "Gerard", non_dropping="'t")),
        ("de la Cruz, Juana Inés", Name("Cruz", "Juana Inés", non_dropping="de la")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", suffix="Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("King, Jr.", Name("King", suffix="Jr.")),
        ("van Buren, Jr.", Name("Buren", non_dropping="van", suffix="Jr.")),
        ("Ford, III, Henry", Name("Ford", "Henry", suffix="III")),
        ("Cher", Name(literal="Cher")),
        ("  U.S.   Department of State ", Name(literal="U.S. Department of State")),
        (
            "Office of Policy, Planning, Research, and Analysis",
            Name(literal="Office of Policy, Planning, Research, and Analysis"),
        ),
        ("Громыко, Андрей Андреевич", Name("Громыко", "Андрей Андреевич")),
    ],
)
def test_parse_name(text: str, name: Name) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("W. Averell Harriman", Name("Harriman", "W. Averell")),
        ("Vincent van Gogh", Name("Gogh", "Vincent", non_dropping="van")),
        ("Gerard 't Hooft", Name("Hooft", "Gerard", non_dropping="'t")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("Henry Ford II", Name("Ford", "Henry", suffix="II")),
        ("Stalin", Name(literal="Stalin")),
        ("Harriman, Averell", Name("Harriman", "Averell")),
    ],
)
def test_parse_direct_name(text: str, name: Name) -> None:
    assert parse_direct_name(text) == name


@pytest.mark.parametrize("text", ["Smith, V.", "Smith, MD", "Smith, V., Sir"])
def test_initials_are_no_suffix(text: str) -> None:
    name = parse_name(text)
    assert name.given in ("V.", "MD")
    assert name.suffix in ("", "Sir")


def test_a_name_that_looks_like_a_numeral_in_another_case_is_no_suffix() -> None:
    assert parse_direct_name("Wang Li Xi") == Name("Xi", "Wang Li")


def test_direct_order() -> None:
    assert parse_name("Beethoven, Ludwig van").direct() == "Ludwig van Beethoven"
    assert parse_name("King, Martin Luther, Jr.").direct() == "Martin Luther King Jr."
    assert parse_name("Cher").direct() == "Cher"


WORDS = st.sampled_from(
    [
        "Anna",
        "van",
        "de",
        "d'Este",
        "'t",
        "Jr.",
        "jr",
        "III",
        "V.",
        "Xi",
        "ß",
        "Éa",
        "Ph.D.",
        "1a",
        "-",
        "Мао",
        "МИД",
        "O’B",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from([",", ", ", " ", "  ", "\t"])), max_size=9).map("".join) | st.text()


@pytest.mark.property
@given(TEXTS)
def test_the_text_form_gives_the_name_again(text: str) -> None:
    for name in (parse_name(text), parse_direct_name(text)):
        assert parse_name(str(name)) == name
        assert bool(name.family) != bool(name.literal) or not text.replace(",", " ").strip()


@pytest.mark.property
@given(TEXTS)
def test_no_word_is_lost(text: str) -> None:
    words = sorted(text.replace(",", " ").split())
    for name in (parse_name(text), parse_direct_name(text)):
        assert sorted(name.direct().replace(",", " ").split()) == words


@pytest.mark.parametrize(
    "text",
    ["Harriman, W. Averell", "Stalin, Joseph", "Beethoven, Ludwig van", "King, Jr.", "King, Martin, Jr.", "Doe, V.",
     "Doe, v.", "de Gaulle, Charles", "Гусев, Ф. Т.", "Doe, A  B", "Doe, sr", "O'Neill, Tip", "Smith, John III"],
)  # fmt: skip
def test_plain_names_are_those_that_come_back(text: str) -> None:
    family, first = text.split(", ", 1)
    for name in (Name(family=family, given=first), parse_name(text)):
        assert not is_plain_name(name) or parse_name(str(name)) == name


@given(st.text("Aa b.,JrVI-", max_size=6), st.text("Aa b.,JrVI-", max_size=8))
def test_no_name_is_taken_for_plain_that_does_not_come_back(family: str, first: str) -> None:
    name = Name(family=family, given=first)
    assert not is_plain_name(name) or parse_name(str(name)) == name


def test_usual_names_are_plain() -> None:
    assert all(map(is_plain_name, map(parse_name, ("Harriman, W. Averell", "Stalin, Joseph", "Гусев, Ф. Т."))))
