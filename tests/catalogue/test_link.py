"""Citations linked to the descriptions of a small catalogue: what is found, what is unsure, what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("duckdb", reason="needs the extra citetool[catalogue]")
pytest.importorskip("pyarrow", reason="needs the extra citetool[catalogue]")

from citetool.catalogue import compare
from citetool.catalogue.build import build
from citetool.catalogue.candidates import candidates
from citetool.catalogue.cited import cited
from citetool.catalogue.engines import local
from citetool.catalogue.link import Link, link
from citetool.catalogue.read import Catalogue
from citetool.catalogue.sources import find_sources
from citetool.catalogue.traits import search_words, traits, words_of_text
from citetool.parsing import read_citation, to_record
from citetool.record.yamltext import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citetool.catalogue.cited import Cited

RECORD = """id: {key}
kind: file
title: {title}
date: {date}
archive:
  folder: "{folder}"
  box: "{box}"
  series: Subject Files
  collection: {collection}
  repository: Sterling Library
  place: New Haven
digital:
  url: https://example.org/{key}
"""
FOLDERS = [
    ("harbour", "Harbour Dredging Contracts", "1921/1923", "4", "12", "Amos Pettigrew Papers"),
    ("lighthouse", "Lighthouse Inspections", "1924", "5", "12", "Amos Pettigrew Papers"),
    ("pilots", "Pilots' Association", "1924/1926", "6", "12", "Amos Pettigrew Papers"),
    ("general1", "General Correspondence", "1922", "1", "13", "Amos Pettigrew Papers"),
    ("general2", "General Correspondence", "1923", "2", "13", "Amos Pettigrew Papers"),
    ("school", "School Board Minutes", "1921", "4", "12", "Lydia Farnsworth Papers"),
]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    folder = tmp_path_factory.mktemp("sources")
    names = ("key", "title", "date", "folder", "box", "collection")
    for values in FOLDERS:
        write(folder, **dict(zip(names, values, strict=True)))
    for number in range(40):  # what has nothing to do with it, so that words of the collection are rare
        title, collection = f"Ledger {number}", f"Company {number} Records"
        write(folder, key=f"o{number}", title=title, date="1890", folder=str(number), box="1", collection=collection)
    build(find_sources([str(folder)]), folder / "c", local.engine(1))
    with Catalogue(folder / "c") as opened:
        yield opened


def write(into: Path, **values: str) -> None:
    (into / f"{values['key']}.yaml").write_text(RECORD.format(**values))


def linked(catalogue: Catalogue, text: str) -> Link:
    (found,) = link(catalogue, [(text, to_record(read_citation(text), "-"))])
    return found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Lighthouse Inspections, 1924, Box 12, Folder 5, Amos Pettigrew Papers, Sterling Library", "lighthouse"),
        ("“Lighthouse Inspectoins,” Pettigrew Papers, box 12, Sterling Library", "lighthouse"),
        ("School Board Minutes, 1921, Lydia Farnsworth Papers, Sterling Library", "school"),
        ("Smith to Pettigrew, May 3, 1922, Folder 4, Box 12, Amos Pettigrew Papers, Sterling Library", "harbour"),
    ],
)  # fmt: skip
def test_a_description_is_found_though_words_are_missing_or_wrong(catalogue: Catalogue, text: str, key: str) -> None:
    found = linked(catalogue, text)
    assert found.matches[0].hit.key == key
    assert found.matches[0].probability > 0.5


def test_two_descriptions_that_fit_alike_are_unsure(catalogue: Catalogue) -> None:
    found = linked(catalogue, "General Correspondence, Amos Pettigrew Papers, Sterling Library, New Haven")
    assert found.verdict() == "unsure"
    assert {match.hit.key for match in found.matches[:2]} == {"general1", "general2"}
    assert found.matches[0].probability == pytest.approx(found.matches[1].probability)


def test_what_is_elsewhere_is_not_found(catalogue: Catalogue) -> None:
    assert (
        linked(catalogue, "Churchill to Eden, 5 June 1944, PREM 3/66/7, The National Archives, Kew").verdict()
        == "not found"
    )
    assert list(link(catalogue, [])) == []


def test_a_link_says_what_the_citation_leaves_out(catalogue: Catalogue) -> None:
    found = linked(
        catalogue, "Lighthouse Inspections, 1924, Box 12, Amos Pettigrew Papers, Sterling Library, New Haven"
    )
    assert found.lacking == ["folder: 5", "series: Subject Files"]


def test_candidates_share_rare_words_and_series_come_before_their_files(catalogue: Catalogue) -> None:
    (some, none) = candidates(catalogue, [{"pettigrew", "#13"}, {"zanzibar"}])
    hits = catalogue.numbered([one.number for one in some])
    assert [hits[one.number].key for one in some[:2]] == ["general1", "general2"]
    assert [one.weight for one in some] == sorted((one.weight for one in some), reverse=True)
    assert none == []


def test_traits_are_those_of_both_sides() -> None:
    described = traits(read_record(RECORD.format(
        key="k", title="Harbour Contracts", date="1921", folder="4-6", box="12", collection="Amos Pettigrew Papers"
    ), "k.yaml"))  # fmt: skip
    assert described.codes == {"folder": {"4", "5", "6"}, "container": {"12"}}
    assert described.names["collection"] == {"amos", "pettigrew", "papers"}
    assert described.days == (19210101, 19211231)
    assert {"#12", "#1921", "harbour", "pettigrew", "sterling"} <= set(search_words(described))
    assert "#12" in words_of_text("Box 12, the Harbour")
    assert "the" not in words_of_text("Box 12, the Harbour")


def said(text: str) -> Cited:
    return cited(text, to_record(read_citation(text), "-"))


def test_numbers_behind_the_word_of_their_level_are_its_codes_however_the_rest_was_read() -> None:
    found = said(
        "Minutes. (1989, October 3). [File]. Some Society Records (Folder 6, Boxes 10–11, Reel 1.148), Library."
    )
    assert found.traits.codes["folder"] >= {"6"}
    assert found.traits.codes["container"] >= {"10", "11", "1.148"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Minutes. (1989, October 3). [File]. Some Society Records, Library.", (19891003, 19891003)),
        ("Adler, B. (1996–1998). [Letter to Clara Brandt]. Society Records (Box 2).", (19960101, 19981231)),
        ("Minutes, May 3, 1922, Some Society Records (1900 to be sorted), Library.", (19220503, 19220503)),
    ],
)  # fmt: skip
def test_a_date_in_brackets_counts_where_it_says_more(text: str, days: tuple[int, int]) -> None:
    assert said(text).traits.days == days


def test_what_a_citation_begins_with_tells_a_file_from_its_papers() -> None:
    described = traits(read_record(RECORD.format(
        key="k", title="Harbour Contracts", date="1921", folder="4", box="12", collection="Amos Pettigrew Papers"
    ), "k.yaml"))  # fmt: skip
    rest = "box 12, Amos Pettigrew Papers, Sterling Library"
    assert compare.outcomes(said(f"Harbour Contrcts, {rest}"), described)["opening"] == "title"
    assert compare.outcomes(said(f"Contracts for Tugs, {rest}"), described)["opening"] == "word"
    assert compare.outcomes(said(f"Pettigrew's Harbour Contracts, {rest}"), described)["opening"] == "level"
    assert compare.outcomes(said(f"Zoning, {rest}"), described)["opening"] == "none"


EDITED = """id: edited
kind: telegram
supplied_title: Telegram From the Consulate
date: 1911-05-03
archive: {repository: Sterling Library, collection: Amos Pettigrew Papers, box: "9"}
digital: {url: "https://www.example.org/sdp/v04/d134"}
publication: {container-title: "Select Diplomatic Papers of the Kingdom, 1910–1912, Volume IV", section: "134"}
"""


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Select Diplomatic Papers of the Kingdom, 1910-1912, vol. IV, Document 134", "same"),
        ("SDPK, 1910–1912, vol. IV, doc. 134", "same"),
        ("134. Telegram (Select Diplomatic Papers of the Kingdom, 1910–1912, Volume IV)", "same"),
        ("Select Diplomatic Papers of the Kingdom, 1910-1912, vol. IV, Document 135", "other"),
        ("Select Diplomatic Papers of the Kingdom, 1910-1912, vol. V, Document 134", ""),
        ("Select Diplomatic Papers of the Kingdom, 1910-1912, vol. IV", ""),
        ("Telegram From the Consulate, Document 134, Box 9, Amos Pettigrew Papers, Sterling Library", ""),
    ],
)
def test_a_number_in_an_edition_tells_its_document_from_all_others(text: str, outcome: str) -> None:
    described = traits(read_record(EDITED, "k.yaml"))
    assert compare.outcomes(said(text), described).get("printed", "") == outcome


@pytest.mark.parametrize(
    "address",
    ["https://example.org/sdp/v04/d134", "example.org/SDP/v04/d134/", "http://www.example.org/sdp/v04/d134#p2"],
)
def test_an_address_finds_its_description_however_it_is_written(address: str) -> None:
    described = traits(read_record(EDITED, "k.yaml"))
    found = said(f"Telegram on harbours ({address}).")
    assert set(search_words(described)) & found.words >= {"@example.org/sdp/v04/d134"}
    assert compare.outcomes(found, described)["address"] == "same"


def test_a_citation_that_goes_down_from_the_archive_is_not_held_to_have_another_title() -> None:
    described = traits(read_record(EDITED, "k.yaml"))
    found = compare.outcomes(said("Sterling Library, Amos Pettigrew Papers, box 9"), described)
    assert found["opening"] == found["title"] == ""


def test_zeros_before_a_number_make_no_difference() -> None:
    assert "#726" in words_of_text("Untitled, 0726, Some Collection")


def test_probabilities_leave_room_for_there_being_none() -> None:
    assert compare.probabilities([]) == []
    (low,) = compare.probabilities([compare.NONE - 8])
    (even,) = compare.probabilities([compare.NONE])
    assert low < 0.01
    assert even == pytest.approx(0.5)
    assert sum(compare.probabilities([9.0, 9.0, 1.0])) < 1


def test_weights_are_counted_from_pairs() -> None:
    pairs = [({"title": "all"}, True)] * 9 + [({"title": "few"}, False)] * 90 + [({"title": "all"}, False)] * 9
    weights = compare.count(pairs)["title"]
    assert weights["all"] > 1
    assert weights["few"] < -1


def test_more_agreement_never_counts_less() -> None:
    seen = {"few": (60, 5), "some": (80, 2), "most": (90, 1), "all": (10, 92)}
    pairs = [
        ({"title": outcome}, right)
        for outcome, (wrong, rights) in seen.items()
        for right, number in ((False, wrong), (True, rights))
        for _ in range(number)
    ]
    weights = compare.count(pairs)["title"]
    assert weights["few"] == weights["some"] == weights["most"] < 0 < weights["all"]
