"""What a unit is asked for by: its number, that of the unit above, its place in several containers."""

from __future__ import annotations

import pytest

from .test_ead import WHOLE, did, levels, parts, read_text


@pytest.mark.parametrize(
    ("unitids", "number"),
    [
        ('<unitid type="bestellnummer">R 2 105</unitid>', "R 2 105"),
        ('<unitid label="Identification:">CA 14</unitid><unitid label="main_identifier">9</unitid>', "CA 14"),
        ('<unitid type="identifiant">A/1-A/9</unitid><unitid type="cote-de-consultation">A/7</unitid>', "A/7"),
        ('<unitid type="sequence">12</unitid>', "12"),
        ('<unitid type="local_mss">384776</unitid>', ""),
        ('<unitid type="internal_id">384776</unitid><unitid label="Alternative">X</unitid>', ""),
    ],
)
def test_a_unit_is_cited_by_the_number_that_readers_ask_for(unitids: str, number: str) -> None:
    (record,) = parts(f'<c level="file">{did("a", more=unitids)}</c>')
    assert record.identifiers.get("unitid", "") == number
    assert ("call_number: " + number in levels(record)) == bool(number)


def test_a_unit_without_a_number_lies_under_that_of_the_unit_above() -> None:
    pages = '<unitid type="pieces">237 r-252 v</unitid>'
    cote = '<unitid type="cote-de-consultation">RE/25</unitid>'
    register, entry = parts(
        f'<c level="otherlevel">{did("Register", more=cote)}<c level="otherlevel">{did("Acts", more=pages)}</c></c>'
    )
    assert levels(register)[0] == levels(entry)[0] == "call_number: RE/25"
    assert (register.metadata.inferred, entry.metadata.inferred) == (("kind",), ("kind", "archive.call_number"))
    _, entry = parts(f'<c level="series">{did("Acts", more="<unitid>1</unitid>")}<c level="file">{did("a")}</c></c>')
    assert not [level for level in levels(entry) if level.startswith("call_number")]


def test_the_drawer_of_a_case_stands_before_the_case() -> None:
    case = '<container type="Map-case">D</container><container type="Drawer">3</container>'
    (record,) = parts(f'<c level="file">{did("Map", more=case)}</c>')
    assert levels(record)[:2] == ["drawer: 3", "container: Map case D"]


@pytest.mark.parametrize(
    ("level", "kind", "name"), [("file", "collection", "collection"), ("series", "collection", "series")]
)
def test_the_whole_stands_above_its_parts_whatever_its_level(level: str, kind: str, name: str) -> None:
    below = f'<dsc><c level="series">{did("Films")}<c level="file">{did("a")}</c></c></dsc>'
    whole, _, file = read_text(f'<ead><archdesc level="{level}">{WHOLE}{below}</archdesc></ead>').records
    assert whole.kind == kind
    assert levels(file)[:2] == (["series: Films", f"{name}: Adee Papers"])


def test_a_description_of_one_thing_is_that_thing() -> None:
    origin = "<origination>-</origination><repository><addressline>5 Quay</addressline>Town Archive</repository>"
    one = f"<did><unittitle>Drawing of a mill</unittitle><unitid>CA 14</unitid>{origin}</did>"
    (record,) = read_text(f'<ead><archdesc level="otherlevel">{one}</archdesc></ead>').records
    assert (record.kind, record.creators) == ("drawing", ())
    assert levels(record) == ["call_number: CA 14", "repository: Town Archive"]


def test_levels_are_known_by_their_words_in_other_languages() -> None:
    file = f'<c level="file">{did("a")}</c>'
    dossier = f'<c level="otherlevel" otherlevel="Dossier">{did("D")}{file}</c>'
    series = f'<c level="otherlevel" otherlevel="Sous-série">{did("S")}{dossier}</c>'
    *above, record = parts(f'<c level="otherlevel" otherlevel="teilbestand">{did("T")}{series}</c>')
    assert [unit.kind for unit in above] == ["series", "series", "file"]
    assert levels(record)[:3] == ["file: D", "subseries: S", "subfonds: T"]
