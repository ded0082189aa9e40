"""The list of archives consulted."""

from __future__ import annotations

from citetool.citation.archives import Archive, archives, names_home
from citetool.record.model import Holding, Level, Record


def holding(**levels: str) -> Holding:
    return Holding(tuple(Level(name, value) for name, value in levels.items()))


def test_levels_in_pairs_are_listed_each_at_its_place() -> None:
    both = (Level("series", "Central Files"), Level("series", "Lots"))
    groups = (Level("record_group", "59"), Level("record_group", "84"))
    kept = Holding((*both, *groups, Level("repository", "National Archives")))
    listed = {"Record Group 59": ["Central Files"], "Record Group 84": ["Lots"]}
    assert archives([Record(id="1", archive=kept)]) == [Archive("National Archives", listed)]


def test_each_archive_and_collection_is_listed_once() -> None:
    papers = {"series": "Diary", "collection": "Stimson Papers", "repository": "Yale", "place": "New Haven"}
    kept = [
        Record(id="1", archive=holding(box="3", **papers)),
        Record(id="2", archive=holding(box="4", **papers)),
        Record(id="3", archive=holding(record_group="59", repository="National Archives", division="Textual Records")),
        Record(id="4", kind="book", title="None"),
    ]
    assert archives(kept) == [
        Archive("National Archives, Textual Records", {"Record Group 59": []}),
        Archive("Yale, New Haven", {"Stimson Papers": ["Diary"]}),
    ]


def test_a_citation_that_names_the_archive_whatever_its_capitals_and_quotes() -> None:
    kept = Record(id="1", archive=holding(box="3", collection="President's Files", repository="Truman Library"))
    assert names_home(kept, "Acheson to Truman, Box 3, <i>PRESIDENT’S Files</i>.")
    assert not names_home(kept, "Acheson, D. (1950), Box 3.")
    assert names_home(Record(id="1", archive=holding(box="3")), "Acheson, D. (1950).")
