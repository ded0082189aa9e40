"""Whole notes in seven languages, labelled before they were read: `notes/*.txt`.

The archives and the forms are real, and most of the works; the letters are made up. A block is a note, a line for each
of its archival citations with its facts, how many published works it cites, and the language. `seen*.txt` may be looked
at while rules are written, `kept*.txt` may not: only their shares are.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from citetool.parsing import read_note
from tests.parsing.test_expected import fact, facts

NOTES = Path(__file__).parent / "notes"
Note = tuple[str, list[Counter[str]], int]


def labelled(name: str) -> list[Note]:
    """Return the notes of a file: text, facts of its archival citations, number of its published works."""
    found: list[Note] = []
    for block in (NOTES / name).read_text(encoding="utf-8").strip().split("\n\n"):
        text, *lines = block.splitlines()
        wanted = [
            Counter(fact(*told.split(": ", 1)) for told in line[2:].split(" | ")) for line in lines if line[0] == "-"
        ]
        works = next((int(line[11:]) for line in lines if line.startswith("published: ")), 0)
        found.append((text, wanted, works))
    return found


def values(told: Counter[str]) -> set[str]:
    """Return facts without the names of the levels: which level it is, is a judgement in some traditions."""
    kept = ("title", "creator", "recipient", "date")
    return {one if one.startswith(kept) else one.partition(": ")[2] for one in told}


def shares(name: str) -> tuple[float, float]:
    """Return the share of notes cut into as many citations as they have, and of citations found with all facts."""
    notes = labelled(name)
    cut = found = count = 0
    for text, wanted, works in notes:
        given = read_note(text)
        cut += len(given) == len(wanted) + works
        read = [values(facts(one.reading)) for one in given]
        found += sum(any(values(one) <= other for other in read) for one in wanted)
        count += len(wanted)
    return cut / len(notes), found / count


@pytest.mark.parametrize(
    ("name", "cut", "found"),
    [("seen.txt", 0.94, 0.96), ("kept.txt", 0.76, 0.7), ("seen_2.txt", 0.76, 0.65), ("kept_2.txt", 0.58, 0.52)],
)
def test_shares_do_not_fall(name: str, cut: float, found: float) -> None:
    got = shares(name)
    assert got[0] >= cut
    assert got[1] >= found


@pytest.mark.parametrize("name", ["seen.txt", "kept.txt", "seen_2.txt", "kept_2.txt"])
def test_notes_are_given_back(name: str) -> None:
    for text, _, _ in labelled(name):
        given = read_note(text)
        assert "".join(one.prefix + text[one.start : one.end] + one.suffix for one in given) == text
