from __future__ import annotations

import pytest

from citetool.formats.shared.archive_text import is_whole_way, parse_levels

PRINCETON = [
    ("collection", "Dulles Papers"),
    ("collection", "Public Policy Papers"),
    ("division", "Department of Special Collections"),
    ("repository", "Princeton University Library"),
]


@pytest.mark.parametrize(
    ("location", "levels"),
    [
        (
            "Dulles Papers, Public Policy Papers, Department of Special Collections, Princeton University Library",
            PRINCETON,
        ),
        (
            "Harry S. Truman Library, Independence, Missouri",
            [("repository", "Harry S. Truman Library"), ("place", "Independence, Missouri")],
        ),
        (
            "National Archives, RG 59, Box 12",
            [("repository", "National Archives"), ("record_group", "RG 59"), ("box", "Box 12")],
        ),
        ("TNA, FO 371/1234", [("repository", "TNA"), ("piece", "FO 371/1234")]),
        (
            "Bundesarchiv Koblenz, B 136/2050",
            [("repository", "Bundesarchiv Koblenz"), ("fonds", "B 136"), ("file", "2050")],
        ),
        ("Box 4, Folder 12", [("box", "Box 4"), ("folder", "Folder 12")]),
        ("G3811.F7 1769 .L5", [("call_number", "G3811.F7 1769 .L5")]),
        ("ABC, 12", [("call_number", "ABC, 12")]),
        ("Box 9, LC, row 4", [("box", "Box 9"), ("call_number", "LC"), ("call_number", "row 4")]),
    ],
)
def test_a_location_may_name_its_archive(location: str, levels: list[tuple[str, str]]) -> None:
    assert [(level.name, level.value) for level in parse_levels(location, "", "", "")] == levels


def test_a_repository_may_be_the_whole_way_to_it() -> None:
    way = "Box 4, Dulles Papers, Princeton University Library"
    levels = [("box", "Box 4"), ("collection", "Dulles Papers"), ("repository", "Princeton University Library")]
    assert [(level.name, level.value) for level in parse_levels("", "", way, "")] == levels


def test_what_is_kept_apart_stays_apart() -> None:
    levels = parse_levels("Box 3, Library correspondence", "Dulles Papers", "Cornell University Library, Ithaca", "")
    assert [(level.name, level.value) for level in levels] == [
        ("box", "Box 3"),
        ("collection", "Library correspondence"),
        ("collection", "Dulles Papers"),
        ("repository", "Cornell University Library, Ithaca"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bundesarchiv, Bild 183-R69173",
        "Kew, The National Archives of the UK (TNA), FO 800/475, f. 12",
        "AN, F/17/2648, dossier Ferry",
        "АВП РФ, ф. 06, оп. 8, п. 45, д. 759",
        "Papers of John Adams, Massachusetts Historical Society",
    ],
)
def test_ways_from_something_kept_to_its_archive(text: str) -> None:
    assert is_whole_way(text)


@pytest.mark.parametrize(
    "text",
    [
        "Talk at the British Library, 3 May 2001",
        "To appear in Archives and Manuscripts, vol. 12",
        "RG 59, Box 12",
        "NASA, TM-2003-212345",
        "IEEE, Paper 12",
        "Loeb Classical Library, vol. 12",
        "Archiv für Reformationsgeschichte, Bd. 12",
        "Exhibited at the British Museum, room 12",
    ],
)
def test_other_texts_are_no_way_to_an_archive(text: str) -> None:
    assert not is_whole_way(text)
