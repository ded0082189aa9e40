"""Citations in the forms of seventeen traditions, labelled before they were read: `labels/*.txt`.

The archives, their classes and the forms are those that they ask for and that historians use; the documents are made
up. `seen.txt` may be looked at while rules are written, `kept.txt` may not: only its shares are. A block is a
citation, a line for each fact of it, and the tradition.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from citetool.parsing import read_citation
from tests.parsing.test_expected import fact, facts

LABELS = Path(__file__).parent / "labels"


def shares(name: str) -> tuple[float, float]:
    """Return F1 of the facts of a file, and the share of its citations in which all of them are right."""
    both = either = whole = count = 0
    for block in (LABELS / name).read_text(encoding="utf-8").strip().split("\n\n"):
        string, *lines = block.splitlines()
        wanted = Counter(fact(*line.split(": ", 1)) for line in lines if not line.startswith("set: "))
        found = facts(read_citation(string))
        both += (found & wanted).total()
        either += found.total() + wanted.total()
        whole += found == wanted
        count += 1
    return 2 * both / either, whole / count


@pytest.mark.parametrize(("name", "f1", "whole"), [("seen.txt", 0.81, 0.48), ("kept.txt", 0.77, 0.39)])
def test_shares_do_not_fall(name: str, f1: float, whole: float) -> None:
    got = shares(name)
    assert got >= (f1, whole)
    assert got[1] >= whole


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("FA., FM., Präs. 12/1850", [("repository", "FA."), ("collection", "FM."), ("file_code", "Präs. 12/1850")]),
        ("Biblioteca del Carmine [ms. 315]", [("repository", "Biblioteca del Carmine"), ("item", "ms. 315")]),
        (
            "Source: Johnson Library, National Security File, Jane Roe Files, Ice, Snow, 1/61, Box 14. Secret.",
            [
                ("repository", "Johnson Library"),
                ("collection", "National Security File"),
                ("series", "Jane Roe Files"),
                ("folder", "Ice, Snow, 1/61"),
                ("box", "Box 14"),
            ],
        ),
        ("A.N., F7 12948", [("repository", "A.N."), ("item", "F7 12948")]),
    ],
)
def test_levels_of_several_traditions(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(level.name, level.value) for level in read_citation(text).levels] == wanted


def test_a_level_named_by_its_place_is_not_sure() -> None:
    told = read_citation("Roe to Doe, May 8, 1979, NARA, RG 59, Lot File 82D297, Box 6")
    guessed = read_citation("Roe to Doe, May 8, 1979, NARA, RG 59, Plum Ridge, Lot File 82D297, Box 6")
    assert told.confidence > 0.9
    assert guessed.confidence <= 0.8
