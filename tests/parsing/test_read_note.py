"""The citations of a whole note with their places: nothing of the note is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citetool.parsing import Context, NoteCitation, read_note
from citetool.parsing.model import THRESHOLD
from tests.shared import needs_shared, shared

FIRST = "Blair to McManaway, May 8, 1979, NARA, RG 59, Lot File 82D297, Box 6"
SECOND = "Day to Hay, 3 July 1901, Box 2, Hay Papers, Library of Congress"


def check(note: str, found: list[NoteCitation]) -> None:
    place = 0
    for cited in found:
        assert place <= cited.start < cited.end <= len(note)
        assert cited.reading.string.startswith(note[cited.start : cited.end])
        place = cited.end
    if found:
        assert "".join(c.prefix + note[c.start : c.end] + c.suffix for c in found) == note


def test_places_signals_and_commentary() -> None:
    note = f"{FIRST}, as was said. See also {SECOND}."
    found = read_note(note)
    check(note, found)
    assert [note[c.start : c.end] for c in found][1] == SECOND
    assert found[1].prefix.strip(" .") == "See also"
    assert [c.kind for c in found] == ["archival", "archival"]
    assert found[0].record.archive.get("box") == "Box 6"


def test_ibid_over_notes_of_a_document() -> None:
    context = Context()
    read_note(FIRST, context)
    (ibid,) = read_note("Ibid., p. 3.", context)
    assert (ibid.kind, ibid.locator) == ("ibid", "p. 3")
    assert ibid.record.date == "1979-05-08"
    assert ibid.record.archive.get("page") == ""


@pytest.mark.parametrize(
    ("note", "cited"),
    [
        ("Roe, “Docks,” 30, quoting Doe, Tides, 14.", ["Roe, “Docks,” 30", "Doe, Tides, 14"]),
        ("Compare Roe, “Docks,” 50, with Doe, Tides, 30.", ["Roe, “Docks,” 50", "Doe, Tides, 30"]),
    ],
)
def test_works_joined_by_words_are_two(note: str, cited: list[str]) -> None:
    context = Context()
    read_note(
        "Jane Roe, “Docks and Tides,” Past & Present 3 (1971): 20–60; John Doe, Tides (London: Cape, 1985).", context
    )
    read = read_note(note, context)
    check(note, read)
    assert [note[one.start : one.end] for one in read] == cited


def test_volume_in_roman_numbers_goes_before_the_page() -> None:
    context = Context()
    read_note("David Lloyd George, War Memoirs, 6 vols. (London: Cape, 1933–36), II, 40.", context)
    (one,) = read_note("Lloyd George, War Memoirs, II, 45.", context)
    assert (one.kind, one.locator, one.record.title) == ("short", "II:45", "War Memoirs")


def test_with_inside_a_title_joins_nothing() -> None:
    (one,) = read_note("Compare Jane Roe, Trade with Norway (London: Cape, 1985), 14.")
    assert one.record.title == "Trade with Norway"


def test_document_in_a_book_is_no_title() -> None:
    read = read_note('NSC 68, "Aims," April 14, 1950, in Foreign Relations, 1950, vol. 1 (Washington: GPO, 1977), 237.')
    assert all(one.confidence < THRESHOLD and one.record.title == "Aims" for one in read)


@pytest.mark.parametrize("quotes", ['""', "“”"])
def test_name_of_a_folder_keeps_both_quotes(quotes: str) -> None:
    note = (
        f"Roe to Doe, March 3, 1949, folder {quotes[0]}Coal,{quotes[1]} box 12, John Roe Papers, Library of Congress."
    )
    (one,) = read_note(note)
    assert one.record.archive.get("folder") == f"folder {quotes[0]}Coal{quotes[1]}"


def test_commentary_alone_is_no_citation() -> None:
    assert read_note("This was not the view of the others.") == []


@needs_shared
def test_labelled_notes_are_given_back() -> None:
    for line in shared("data", "notes_labelled.jsonl").read_text(encoding="utf-8").splitlines():
        note = json.loads(line)["string"]
        check(note, read_note(note))


@given(
    st.text(alphabet="Aa1 .;,()[]“”\"'Ii\nbd:—", max_size=80)
    | st.lists(st.sampled_from([FIRST, SECOND, "Ibid., p. 3", "; ", ". ", "See ", "\n", "(", "”"]), max_size=8).map(
        "".join
    )
)
def test_any_note_is_given_back(note: str) -> None:
    check(note, read_note(note))


PRINTED = Path(__file__).parent / "published" / "notes"


@pytest.mark.parametrize(("name", "share"), [("seen", 0.94), ("kept", 0.76)])
def test_printed_notes_are_cut_where_their_citations_end(name: str, share: float) -> None:
    """Notes of history journals, labelled before they were read; `kept` was not looked at while rules were written."""
    text = re.sub(r"(?m)^#.*\n", "", (PRINTED / f"{name}.txt").read_text(encoding="utf-8"))
    found = wanted = 0
    for block in text.strip().split("\n\n"):
        note, *labelled = block.splitlines()
        read = read_note(note)
        assert "".join(one.prefix + note[one.start : one.end] + one.suffix for one in read) == note
        got = [note[one.start : one.end].strip(" .,;") for one in read]
        found += sum(label.removeprefix("- ").strip(" .") in got for label in labelled)
        wanted += len(labelled)
    assert found / wanted >= share
