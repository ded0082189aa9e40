"""Small inputs with values that a person has looked up in the standards: what each field must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.formats.api import read_file
from citetool.formats.base import WriteOptions, collect
from citetool.formats.registry import write_text
from citetool.problems import InputError
from citetool.record.levels import reference
from tests.shared import needs_shared, shared

if TYPE_CHECKING:
    from citetool.record.model import Record

pytestmark = needs_shared


def read_small(name: str) -> dict[str, Record]:
    """Return the records of a small input by the last part of their keys."""
    records = collect(read_file(shared("data", "formats", "small", name))).records
    return {record.id.rpartition("_")[2]: record for record in records}


@pytest.mark.parametrize(
    ("key", "title", "date"),
    [
        ("a", "Letter of 3 May 1950 to the mayor", "1950-05-03"),
        ("b", "No 1 from 1919", "1919"),
        ("c", "Minutes, 1919-1921, and drafts", "1919/1921"),
        ("e", "Maps", "XIXe-XXe siècle"),
        ("f", "Logs", "s.d."),
    ],
)
def test_dates_within_titles_of_a_finding_aid(key: str, title: str, date: str) -> None:
    record = read_small("ead-unitdate-inside.xml")[key]
    assert (record.any_title, record.date or record.date_text) == (title, date)


def test_dates_extents_and_boxes_of_ead3() -> None:
    records = read_small("ead3-date-extent.xml")
    assert records["X1"].extent == "3 linear feet; 3 boxes"
    assert records["c"].date == "{1931,1940..1944}"
    assert (records["d"].date, records["d"].date_text) == ("1931/1933", "early thirties")
    assert reference(records["b"].archive) == "Folder 12A, Box 47; Folder 7, Box 50"


def test_kinds_roles_and_originals_of_mods() -> None:
    records = read_small("kinds.xml")
    assert records["de"].kind == records["fr"].kind == "letter"
    assert [str(name) for name in records["de"].by_role("recipient")] == ["Lang, Albrecht"]
    assert [str(name) for name in records["host"].by_role("editor")] == ["Lang, Anna"]
    assert (records["host"].date, records["host"].publication["publisher"]) == ("1994", "Press")
    original = records["orig"]
    assert [level.value for level in original.archive.levels] == ["P 7803", "Town Archive"]
    assert (original.extent, original.identifiers["local"]) == ("1 slide", "955.11; P 7803")


def test_dates_of_cite_templates() -> None:
    records = read_small("wiki.json").values()
    text = "".join(write_text(records, "wikitext", WriteOptions()))
    assert "|date=1940–1944 |" in text
    assert "|date=Spring 1944 |" in text


def test_plain_text_is_said_to_be_plain_text() -> None:
    with pytest.raises(InputError, match="format of this file is not known"):
        read_small("text.txt")


def test_strings_of_bibtex_keep_their_blanks() -> None:
    records = read_small("two-authors-string.bib")
    for key in ("s1", "s2", "s3"):
        assert [str(name) for name in records[key].by_role("author")] == ["Weg, Stefan", "Lang, Anna"]
    assert records["s4"].title == "Letters of a miller"


def test_dates_and_identifiers_of_ris() -> None:
    records = {record.title: record for record in read_small("dates-y1.ris").values()}
    assert records["DA beats Y1"].date == "1950-01-01"
    assert (records["Placeholder year"].date, records["Placeholder year"].date_text) == ("", "")
    assert records["DOI in M3"].identifiers["doi"] == "10.1201/b19107-2"


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("bibtex", ("@phdthesis{", "school = {University of Example}")),
        ("biblatex", ("@thesis{", "institution = {University of Example}", "library = {ProQuest}")),
        ("endnote-xml", ('<ref-type name="Thesis">32</ref-type>', "<publisher>University of Example</publisher>")),
    ],
)
def test_a_thesis_in_a_database_keeps_its_university(target: str, parts: tuple[str, ...]) -> None:
    written = "".join(write_text(read_small("thesis-proquest.json").values(), target, WriteOptions()))
    for part in parts:
        assert part in written


def test_bodies_are_mappings_in_hayagriva() -> None:
    written = "".join(write_text(read_small("hay-literal.json").values(), "hayagriva", WriteOptions()))
    assert written.count("author:\n  - name: ") == 3
