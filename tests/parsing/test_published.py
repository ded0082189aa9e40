"""Published works in the styles of the humanities: `published/*.txt`, and what must not become one.

A label is a citation, then kind, people, title, date, container and the pages cited or spanned. They were written
before they were read; `kept.txt` is not looked at while forms are added, and only its figure is held.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from citetool.parsing import Context, read_citation, read_note, to_record
from citetool.parsing.published.forms import read_work

FOLDER = Path(__file__).parent / "published"


def labels(name: str) -> list[tuple[str, set[tuple[str, str]]]]:
    found = []
    for block in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        string, line = block.splitlines()
        kind, people, title, date, container, pages = (value.strip() for value in line.split("|"))
        role = "editor" if people.startswith("ed. ") else "author"
        names = [name.strip() for name in people.removeprefix("ed. ").split(";")]
        facts = [("kind", kind), ("title", title), ("date", date), ("container", container), ("pages", pages)]
        found.append((string, {fact for fact in [*facts, *((role, name) for name in names)] if fact[1]}))
    return found


def read(string: str) -> set[tuple[str, str]]:
    work = read_citation(string).work
    if work is None:
        return set()
    pages = re.sub(r"\W+$", "", work.locator or work.data.get("page", ""))
    container = work.data.get("container-title", "")
    facts = [("kind", work.kind), ("title", work.title), ("date", work.date), ("container", container)]
    people = [*(("author", name) for name in work.authors)]
    if work.kind == "book":
        people += [("editor", name) for name in work.editors]
    return {fact for fact in [*facts, ("pages", pages), *people] if fact[1]}


def f1(name: str) -> float:
    found = [(wanted, read(string)) for string, wanted in labels(name)]
    hits = sum(len(wanted & got) for wanted, got in found)
    return 2 * hits / sum(len(wanted) + len(got) for wanted, got in found)


@pytest.mark.parametrize(("string", "wanted"), labels("seen"))
def test_forms_are_read(string: str, wanted: set[tuple[str, str]]) -> None:
    assert read(string) == wanted


def test_most_of_the_kept_works_are_read() -> None:
    assert f1("kept") >= 0.93


def test_work_becomes_a_record() -> None:
    record = to_record(read_citation("Ruth Ames, “The Strike,” in Work, ed. Tom Bell (London: Verso, 1979), 77."))
    assert record.kind == "chapter"
    assert record.publication == {"container-title": "Work", "publisher": "Verso", "publisher-place": "London"}
    assert [(creator.name.family, creator.role) for creator in record.creators] == [
        ("Ames", "author"),
        ("Bell", "editor"),
    ]
    assert record.archive.levels == ()


def test_short_form_goes_back_to_the_work() -> None:
    context = Context()
    (first,) = read_note("Jane Marlow, The Salt Roads of Oldport (New York: Harbor Press, 1987), 45.", context)
    (second,) = read_note("Marlow, Salt Roads, 51.", context)
    (third,) = read_note("Ibid., 60.", context)
    assert (first.kind, first.locator, second.kind, second.locator) == ("published", "45", "short", "51")
    assert second.record.title == third.record.title == first.record.title


@pytest.mark.parametrize(
    "text",
    [
        "Blair to McManaway, May 8, 1979, NARA, RG 59, Lot File 82D297, Box 6",
        "Minute by Orme Sargent, 12 July 1945, TNA, FO 371/50912, U5471/5471/70.",
        "Jane Roe, “Notes on Crete,” undated, Box 3, Jane Roe Papers, Hoover Institution Archives, Stanford, CA",
        "W. Averell Harriman Papers, The Moscow Files (1944), 3",
        "Averell Harriman, Memorandum of Conversation (1944), 3",
        "The harbour was closed in 1911, and the town (then of 4,000) never recovered, 12.",
        "",
    ],
)
def test_archives_and_prose_are_no_works(text: str) -> None:
    assert read_work(text) is None or read_citation(text).work is None
