from __future__ import annotations

import pytest

from citetool.record import levels
from citetool.record.levels import GROUPS, LEVELS, bare, cited, group_of, with_level
from citetool.record.model import Holding, Level

SOVIET = Holding(
    (Level("fond", "f. 5"), Level("opis", "op. 49"), Level("delo", "d. 131"), Level("repository", "RGANI"))
)
KEW = Holding((Level("piece", "123"), Level("class", "FO 371"), Level("repository", "TNA"), Level("place", "Kew")))
LC = Holding(
    (
        Level("folder", "6"),
        Level("box", "Box 10"),
        Level("series", "Correspondence"),
        Level("collection", "Hull Papers"),
        Level("division", "Manuscript Division"),
        Level("repository", "Library of Congress"),
        Level("place", "Washington, D.C."),
    )
)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("box", "3", "Box 3"),
        ("box", "Box 3", "Box 3"),
        ("box", "3-4", "Box 3-4"),
        ("box", "3, 4 and 5", "Box 3, 4 and 5"),
        ("box", "Oversize", "Oversize"),
        ("reel", "IV", "Reel IV"),
        ("delo", "131", "d. 131"),
        ("list", "ll. 193-194", "ll. 193-194"),
        ("record_group", "59", "Record Group 59"),
        ("collection", "1", "1"),
        ("Signatur", "12", "12"),
    ],
)
def test_a_bare_number_gets_its_label(name: str, value: str, text: str) -> None:
    assert cited(Level(name, value)) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("Box 173", "173"), ("Container 173", "173"), ("box no. 12", "12"), ("f. 5", "5"), ("RG 59", "59"),
        ("Reel IV", "IV"), ("173", "173"), ("Correspondence", "Correspondence"), ("Lot 93D188", "93D188"),
        ("d. А-131", "d. А-131"), ("Hull Papers", "Hull Papers"), ("", ""),
        ("General", "General"), ("Topical", "Topical"), ("HAI", "HAI"), ("Series A1", "A1"),
    ],
)  # fmt: skip
def test_the_value_without_the_word_of_its_level(value: str, number: str) -> None:
    assert bare(Level("box", value)) == number


def test_the_parts_of_a_citation() -> None:
    assert levels.reference(LC) == "Folder 6, Box 10, Correspondence"
    assert levels.collection(LC) == "Hull Papers"
    assert levels.repository(LC) == "Manuscript Division, Library of Congress"
    assert levels.place(LC) == "Washington, D.C."


def test_references_that_are_never_taken_apart() -> None:
    assert levels.reference(SOVIET) == "f. 5, op. 49, d. 131"
    assert levels.collection(SOVIET) == ""
    assert levels.reference(KEW) == "FO 371/123"
    assert levels.collection(KEW) == ""


def _holding(**given: list[str]) -> Holding:
    return Holding(tuple(Level(name, value) for name, values in given.items() for value in values))


@pytest.mark.parametrize(
    ("given", "reference", "collection"),
    [
        ({"class": ["FO 371", "N 4156"], "piece": ["56763", "97/38"]}, "FO 371/56763, N 4156/97/38", ""),
        ({"piece": ["1", "7"], "class": ["FO 371", "CAB 65"], "page": ["fol. 2"]}, "FO 371/1, CAB 65/7, fol. 2", ""),
        ({"class": ["FO 371"], "piece": ["1", "2", "3"]}, "FO 371/1, FO 371/2, FO 371/3", ""),
        ({"class": ["A 1", "B 2"], "piece": ["7"]}, "7", "A 1, B 2"),
        ({"fond": ["5", "6"], "opis": ["1", "2"], "delo": ["3", "4"]}, "f. 5, op. 1, d. 3; f. 6, op. 2, d. 4", ""),
        ({"fond": ["5"], "opis": ["1", "2"], "delo": ["3", "4"]}, "f. 5, op. 1, d. 3; op. 2, d. 4", ""),
        ({"fond": ["5", "6"], "opis": ["1"], "delo": ["3", "4"]}, "f. 5, op. 1, d. 3; f. 6, op. 1, d. 4", ""),
        ({"box": ["3", "5"], "entry": ["1", "2"], "record_group": ["59", "84"]},
         "Box 3, Entry 1, Record Group 59; Box 5, Entry 2, Record Group 84", ""),
        ({"folder": ["1", "2"], "box": ["3"], "collection": ["Hull Papers"]},
         "Folder 1, Folder 2, Box 3", "Hull Papers"),
        ({"frame": ["10", "20"], "reel": ["4", "5"], "collection": ["Hull Papers"]},
         "frame 10, Reel 4; frame 20, Reel 5", "Hull Papers"),
    ],
)  # fmt: skip
def test_levels_that_come_in_pairs_are_paired_by_position(
    given: dict[str, list[str]], reference: str, collection: str
) -> None:
    holding = _holding(**given)
    assert (levels.reference(holding), levels.collection(holding)) == (reference, collection)


def test_each_place_of_paired_levels_is_a_holding() -> None:
    kew = _holding(piece=["1", "7"], **{"class": ["FO 371", "CAB 65"]}, repository=["Kew"])
    first = _holding(piece=["1"], **{"class": ["FO 371"]}, repository=["Kew"])
    second = _holding(piece=["7"], **{"class": ["CAB 65"]}, repository=["Kew"])
    assert levels.apart(kew) == [first, second]
    assert levels.apart(LC) == [LC]
    assert levels.apart(_holding(folder=["1", "2"], box=["3"])) == [_holding(folder=["1", "2"], box=["3"])]


def test_a_fond_alone_is_a_collection() -> None:
    holding = Holding((Level("fond", "f. 5"), Level("repository", "RGANI")))
    assert (levels.reference(holding), levels.collection(holding)) == ("", "f. 5")


def test_every_level_has_a_group_and_strangers_count_as_containers() -> None:
    assert {term.group for term in LEVELS.values()} == set(GROUPS)
    assert group_of("Signatur") == "container"


@pytest.mark.parametrize(
    ("name", "order"),
    [("folder", "page folder box repository"), ("collection", "page box collection repository"),
     ("country", "page box repository country"), ("Signatur", "page box repository Signatur")],
)  # fmt: skip
def test_a_new_level_comes_before_the_larger_ones(name: str, order: str) -> None:
    assert list(with_level({"page": "1", "box": "2", "repository": "3"}, name, "x")) == order.split()
