"""Documents of editions: what stands behind the edition's name, and what is no edition."""

from __future__ import annotations

import pytest

from citetool.parsing import Context, read_citation, read_note
from citetool.parsing.editions import find_edition
from citetool.parsing.to_record import to_record


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("BD, vol. X, no. 12.", {"container-title": "BD, vol. X", "section": "12"}),
        ("FRUS 1946, VI: 696–709.", {"container-title": "FRUS 1946, vol. VI", "page": "696–709"}),
        ("FRUS, 1949, 3:622–25", {"container-title": "FRUS, 1949, vol. 3", "page": "622–25"}),
        ("DBFP, 3rd ser., II, no. 12", {"container-title": "DBFP, 3rd ser., vol. II", "section": "12"}),
        ("ADAP, D, II, Dok. 448", {"container-title": "ADAP, D, vol. II", "section": "448"}),
        ("DDF, 2e série, t. XVI, n° 227", {"container-title": "DDF, 2e série, t. XVI", "section": "227"}),
        ("DDI, serie VIII, vol. II, n. 348", {"container-title": "DDI, serie VIII, vol. II", "section": "348"}),
        ("AAPD 1963, Bd. I, Dok. 4, S. 12", {"container-title": "AAPD 1963, Bd. I", "section": "4", "page": "12"}),
        ("ДВП СССР. Т. XVI. Док. 321", {"container-title": "ДВП СССР, Т. XVI", "section": "321"}),
        (
            "Foreign Relations of the United States, 1961–1963, vol. V, Soviet Union (Washington: GPO, 1998), doc. 189",
            {"container-title": "Foreign Relations of the United States, 1961–1963, vol. V", "section": "189",
             "volume-title": "Soviet Union", "publisher-place": "Washington", "publisher": "GPO"},
        ),
    ],
)  # fmt: skip
def test_what_stands_behind_the_name(text: str, wanted: dict[str, str]) -> None:
    edition = find_edition(text, 0, len(text))
    assert edition is not None
    assert edition.data == wanted


@pytest.mark.parametrize(
    "text",
    [
        "BD, who was there",
        "FRUS, 1950, was printed late.",
        "BArch, R 43/12, Bd. 3, Nr. 4",
        "Roe to Doe, 3 May 1950, GP, 12",
        "The makers of FRUS, vol. III, no. 4, thought otherwise.",
    ],
)
def test_other_texts_have_no_edition(text: str) -> None:
    assert find_edition(text, 0, len(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Roe to Doe, 31 July 1914, BD, vol. XI, no. 352.",
        "Roe to Doe, tel. 31 July 1914, in BD, vol. XI (London, 1926), no. 352.",
        "Roe to Doe, 31 July 1914, G. P. Gooch and Harold Temperley (eds.), BD, vol. XI (London, 1926), no. 352.",
    ],
)
def test_a_letter_of_an_edition_is_read_for_sure(text: str) -> None:
    reading = read_citation(text)
    assert (reading.creators, reading.recipients, reading.date) == (["Roe"], ["Doe"], "1914-07-31")
    assert reading.work is None
    assert reading.levels == []
    assert reading.unread == []
    assert reading.certainty > 0.8
    record = to_record(reading)
    assert record.kind == ("telegram" if "tel." in text else "letter")
    assert record.publication["container-title"] == "BD, vol. XI"
    assert record.publication["section"] == "352"


def test_volume_and_number_alone_are_a_place_in_a_book() -> None:
    reading = read_citation("DBFP, 3rd ser., vol. II (London, 1949), no. 1228.")
    assert reading.work is not None
    assert (reading.work.title, reading.work.locator) == ("DBFP, 3rd ser.", "no. 1228")
    assert reading.work.data == {"publisher-place": "London", "volume": "II"}
    assert reading.work.date == "1949"
    assert reading.unread == []


def test_the_folder_of_an_edition_stays_in_its_archive() -> None:
    reading = read_citation("Roe to Doe, May 3, 1953, NARA, RG 59, Lot File 83D222, Box 6, FRUS, 1952–1954, vol. X")
    assert [level.name for level in reading.levels][:4] == ["repository", "record_group", "lot", "box"]
    assert not reading.published


def test_a_sentence_about_an_edition_is_not_taken_for_sure() -> None:
    assert read_citation("The matter of the straits is treated in FRUS, 1946, vol. VII.").certainty < 0.5


def test_several_documents_of_one_note() -> None:
    found = read_note(
        "Roe to Doe, 1 July 1914, BD, vol. XI, no. 1; Doe to Roe, 2 July 1914, BD, vol. XI, no. 2.", Context()
    )
    assert [one.kind for one in found] == ["published", "published"]
    assert [one.record.publication["section"] for one in found] == ["1", "2"]
