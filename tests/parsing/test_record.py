"""Readings as records: names, kinds, the order of levels, the two homes."""

from __future__ import annotations

import dataclasses

import pytest

from citetool.parsing import read_citation, read_levels, to_record
from citetool.parsing.to_record import read_name
from citetool.record.levels import collection, reference
from citetool.record.model import Level, Record


def record(text: str) -> Record:
    return to_record(read_citation(text))


def levels(text: str) -> list[tuple[str, str]]:
    return [(level.name, level.value) for level in record(text).archive.levels]


def test_letter() -> None:
    letter = record("Ada Gray (London) to Lord Stone, 12 January 1842, Box 4, Stone Papers, Newberry Library, Chicago")
    assert letter.kind == "letter"
    assert "kind" in letter.metadata.inferred
    assert [(str(c.name), c.role) for c in letter.creators] == [("Gray, Ada", "author"), ("Lord Stone", "recipient")]
    assert letter.place == "London"
    assert letter.date == "1842-01-12"
    assert letter.title == letter.supplied_title == ""


def test_levels_go_from_small_to_large_whatever_the_citation_does() -> None:
    small = "Roe to Doe, May 8, 1979, Box 6, RG 59, National Archives, College Park, Maryland"
    large = "Roe to Doe, May 8, 1979, National Archives, College Park, Maryland, RG 59, Box 6"
    wanted = [("box", "Box 6"), ("record_group", "RG 59"), ("repository", "National Archives")]
    assert levels(small) == levels(large) == [*wanted, ("place", "College Park, Maryland")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RGANI, f. 5, op. 1, d. 3, l. 7; f. 5, op. 2, d. 4.",
         "delo d. 3, l. 7; delo d. 4; fond f. 5; fond f. 5; opis op. 1; opis op. 2"),
        ("TNA, CAB 128/1, 128/2, CAB 129/3.",
         "class CAB 128; class CAB 128; class CAB 129; piece 1; piece 2; piece 3"),
        ("Roe, folder 3, box 10, RG 59; box 20, RG 84, NARA.",
         "box box 20; box folder 3, box 10; record_group RG 59; record_group RG 84"),
    ],
)  # fmt: skip
def test_levels_of_several_places_can_be_paired_by_position(text: str, wanted: str) -> None:
    assert "; ".join(sorted(f"{name} {value}" for name, value in levels(text) if name != "repository")) == wanted


def test_reference_of_marks_keeps_its_order() -> None:
    names = [name for name, _ in levels("RGANI, f. 5, op. 49, d. 131, ll. 193-194.")]
    assert names == ["fond", "opis", "delo", "list", "repository"]


@pytest.mark.parametrize(
    ("where", "printed"),
    [
        ("BArch, N 1042/5, Bl. 12", "N 1042/5, Bl. 12"),
        ("BArch, R 58/123, Bl. 5; R 58/124, Bl. 7", "R 58/123, Bl. 5; R 58/124, Bl. 7"),
        ("GStA PK, I. HA Rep. 90 A, Nr. 12", "Nr. 12, I. HA Rep. 90 A"),
        ("NAI, DFA 5/345/96", "DFA 5/345/96"),
        ("BOA, HR.SYS 2345/12", "HR.SYS 2345/12"),
        ("Columbia University Library, Roe Papers, Series 4, Box 5", "Box 5, Series 4, Roe Papers"),
    ],
)
def test_a_reference_is_printed_as_it_was_written(where: str, printed: str) -> None:
    holding = record(f"Ada Gray to Lord Stone, 6 May 1931, {where}").archive
    assert ", ".join(filter(None, (reference(holding), collection(holding)))) == printed


def test_class_and_piece_are_two_levels() -> None:
    assert levels("TNA: FO 371/83008") == [("class", "FO 371"), ("piece", "83008"), ("repository", "TNA")]


def test_title_in_quotes_is_borne_and_any_other_supplied() -> None:
    borne = record('"On Tides," 3 May 1931, Box 3, Klein Papers, Houghton Library')
    supplied = record("Photograph of a lighthouse, 3 May 1931, Box 3, Klein Papers, Houghton Library")
    assert (borne.title, borne.supplied_title) == ("On Tides", "")
    assert (supplied.title, supplied.supplied_title) == ("", "Photograph of a lighthouse")


def test_two_homes() -> None:
    source = record(
        '"Notes on Ice", June 26, 1944, Wilson Center Digital Archive, Container 173, W. Averell Harriman Papers, '
        "Manuscript Division, Library of Congress, Washington, D.C. https://example.org/document/1"
    )
    assert source.digital.name == "Wilson Center Digital Archive"
    assert source.digital.url == "https://example.org/document/1"
    assert source.archive.get("container") == "Container 173"
    assert source.archive.get("place") == "Washington, D.C."


def test_source_note() -> None:
    note = record(
        "Source: Carter Library, Plains File, Subject File, Box 37, Evening Reports. Secret; Nodis. Drafted by Roe."
    )
    assert note.markings == ("Secret; Nodis",)
    assert note.notes == ("Drafted by Roe",)
    assert note.archive.get("folder") == "Evening Reports"


def test_contributors_and_translators() -> None:
    one = record("BArch, B 136/59748, 335-336. Contributed by Jan Kowal and Eva Lind.")
    two = record("RGANI, f. 5, op. 49, d. 131, l. 1. Obtained and translated for CWIHP by Jan Kowal.")
    assert [(str(c.name), c.role) for c in one.creators] == [
        ("Kowal, Jan", "contributor"),
        ("Lind, Eva", "contributor"),
    ]
    assert [(str(c.name), c.role) for c in two.creators] == [("Kowal, Jan", "translator")]


def test_undated_is_kept_as_said() -> None:
    undated = record("Roe to Doe, n.d., Box 6, Roe Papers, Houghton Library")
    assert (undated.date, undated.date_text) == ("XXXX", "n.d.")


@pytest.mark.parametrize("day", ["3/3/44", "13/3/44", "2/21/47"])
def test_a_day_without_its_century_is_kept_as_said(day: str) -> None:
    found = record(f"Roe to Doe, {day}, Box 6, Roe Papers, Houghton Library")
    assert (found.date, found.date_text, found.publication) == ("", day, {})


def test_a_reference_with_strokes_is_no_day() -> None:
    found = record("Roe to Doe, 3 May 1944, PREM 3/3/44, The National Archives")
    assert (found.date, found.date_text) == ("1944-05-03", "")


def test_given_key_is_the_records() -> None:
    assert to_record(read_citation("Roe to Doe, May 8, 1979, NARA, RG 59, Box 6"), "roe-1").id == "roe-1"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("W. Averell Harriman", "Harriman, W. Averell"),
        ("Líng, Hóngxūn", "Líng, Hóngxūn"),
        ("Department of State", "Department of State"),
        ("U.S. Embassy Paris", "U.S. Embassy Paris"),
        ("Secretary of State Frank Kellogg", "Secretary of State Frank Kellogg"),
        ("Blair", "Blair"),
        ("D[avid] B[aehler]", "D[avid] B[aehler]"),
        ("Robert C. Martin, Sr.", "Martin, Robert C., Sr."),
    ],
)
def test_names(text: str, wanted: str) -> None:
    assert str(read_name(text)) == wanted


def test_bare_path() -> None:
    path = "Container 173, W. Averell Harriman Papers, Manuscript Division, Library of Congress, Washington, D.C."
    assert read_levels(path) == [
        Level("container", "Container 173"),
        Level("collection", "W. Averell Harriman Papers"),
        Level("division", "Manuscript Division"),
        Level("repository", "Library of Congress"),
        Level("place", "Washington, D.C."),
    ]
    assert read_levels("") == []


def test_a_short_form_at_the_end_of_a_long_chain_has_the_levels_that_are_nearest() -> None:
    reading = read_citation("Ada Gray to Lord Stone, 12 January 1842, Box 4, Stone Papers, Newberry Library, Chicago")
    short = [read_citation(f"Ibid., Folder {number}") for number in range(3)]
    for number in range(5000):
        reading = dataclasses.replace(short[number % 3], source=reading)
    found = [(level.name, level.value) for level in to_record(reading).archive.levels]
    assert found[:2] == [("folder", "Folder 1"), ("box", "Box 4")]


def test_hungarian_names_have_the_family_first_and_lose_the_ending_of_the_recipient() -> None:
    letter = record("OSZKK, Fond 1, Roe János levele Kis Gézának, 1808. május 4.")
    assert [str(c.name) for c in letter.creators] == ["Roe, János", "Kis, Géza"]


def test_name_behind_its_office_is_kept_as_it_is() -> None:
    (writer,) = record("Note du directeur politique Roe, 4 mai 1923, AMAE, Série Z, vol. 235").creators
    assert writer.name.literal == "directeur politique Roe"
