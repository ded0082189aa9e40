"""Documents that change: whatever is put in, taken out and exchanged, they read as if they had been written so."""

from __future__ import annotations

import random
from typing import Any

import pytest

from citetool.csl import Processor

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{}">'
MACROS = """<macro name="who"><names variable="author"><name form="short" initialize-with="."/></names></macro>
<macro name="year"><date variable="issued"><date-part name="year"/></date></macro>"""
LAYOUT = '<group delimiter=" "><text macro="who"/><text macro="year"/><text variable="locator"/></group>'
BY_NAME = """<bibliography><sort><key macro="who"/><key macro="year"/></sort><layout><text macro="who"/></layout>
</bibliography>"""
STYLES = {
    "author-date": f"""{HEAD.format("in-text")}{MACROS}<citation disambiguate-add-year-suffix="true"
      disambiguate-add-givenname="true" disambiguate-add-names="true" collapse="year"
      givenname-disambiguation-rule="all-names"><sort><key macro="who"/><key macro="year"/></sort>
      <layout delimiter="; " prefix="(" suffix=")">{LAYOUT}</layout></citation>{BY_NAME}</style>""",
    "by cite": f"""{HEAD.format("in-text")}{MACROS}<citation disambiguate-add-year-suffix="true" et-al-min="2"
      et-al-use-first="1" disambiguate-add-givenname="true" disambiguate-add-names="true">
      <layout delimiter="; ">{LAYOUT}</layout></citation>{BY_NAME}</style>""",
    "numbers": f"""{HEAD.format("in-text")}<citation collapse="citation-number"><sort><key variable="citation-number"/>
      </sort><layout delimiter="," prefix="["><text variable="citation-number"/></layout></citation></style>""",
    "notes": f"""{HEAD.format("note")}{MACROS}<citation near-note-distance="2"><layout delimiter="; "><choose>
      <if position="ibid-with-locator"><text term="ibid"/><text variable="locator" prefix=" at "/></if>
      <else-if position="ibid"><text term="ibid"/></else-if>
      <else-if position="near-note"><text macro="who" suffix=" (near)"/></else-if>
      <else-if position="subsequent"><text macro="who"/><text variable="first-reference-note-number" prefix=" n. "/>
      </else-if><else>{LAYOUT}</else></choose></layout></citation>{BY_NAME}</style>""",
}


def items(rng: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "id": f"i{number}",
            "type": "book",
            "author": [
                {"family": rng.choice(("Doe", "Roe", "Poe")), "given": rng.choice(("Ann", "Al", "Bo"))}
                for _ in range(rng.randint(1, 3))
            ],
            "issued": {"date-parts": [[rng.randint(1944, 1946)]]},
        }
        for number in range(9)
    ]


class Manuscript:
    """A document as a writer sees it: clusters in order, each in the text or in a note."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.items = items(self.random)
        self.clusters: list[dict[str, Any]] = []

    def cluster(self, note: int) -> dict[str, Any]:
        rng = self.random
        cites = [
            {"id": f"i{rng.randrange(9)}"} | ({"locator": str(rng.randint(1, 2))} if rng.random() < 0.4 else {})
            for _ in range(rng.choice((1, 1, 2, 3)))
        ]
        return {"citationItems": cites, "properties": {"noteIndex": note}}

    def note(self, at: int) -> int:
        return int(self.clusters[at]["properties"]["noteIndex"])

    def move(self, at: int, step: int) -> None:
        for cluster in self.clusters[at:]:
            if cluster["properties"]["noteIndex"]:
                cluster["properties"]["noteIndex"] += step

    def change(self, processor: Processor, notes: bool) -> None:
        """One edit, here and in the processor."""
        rng = self.random
        at = rng.randrange(len(self.clusters))
        edit = rng.choice(("insert", "remove", "replace", "append"))
        if edit == "append":
            new = self.cluster(max(map(self.note, range(len(self.clusters)))) + 1 if notes else 0)
            processor.append_cluster(new)
            self.clusters.append(new)
        elif edit == "insert":
            new = self.cluster(self.note(at))
            processor.insert_cluster(at, new)
            self.move(at, 1)
            self.clusters.insert(at, new)
        elif edit == "replace":
            new = self.cluster(self.note(at))
            processor.replace_cluster(at, new)
            self.clusters[at] = new
        elif len(self.clusters) > 3:
            processor.remove_cluster(at)
            del self.clusters[at]
            self.move(at, -1)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(6))
def test_a_changed_document_reads_as_one_that_was_written_so(style: str, seed: int) -> None:
    notes = style == "notes"
    manuscript = Manuscript(seed)
    processor = Processor(STYLES[style], manuscript.items)
    manuscript.clusters = [manuscript.cluster(number if notes else 0) for number in range(1, 13)]
    processor.set_clusters(manuscript.clusters)
    for _ in range(40):
        manuscript.change(processor, notes)
        whole = Processor(STYLES[style], manuscript.items)
        assert processor.citations() == whole.cite(manuscript.clusters)
        assert processor.bibliography().entries == whole.bibliography().entries


def test_citations_in_the_text_and_in_notes_side_by_side() -> None:
    def cluster(item: str, note: int) -> dict[str, Any]:
        return {"citationItems": [{"id": item}], "properties": {"noteIndex": note}}

    processor = Processor(STYLES["notes"], items(random.Random(1)))
    before = [cluster("i1", 1), cluster("i1", 0), cluster("i2", 2), cluster("i1", 0), cluster("i1", 3)]
    processor.set_clusters(before)
    processor.insert_cluster(2, cluster("i1", 0))
    whole = Processor(STYLES["notes"], items(random.Random(1)))
    assert processor.citations() == whole.cite([*before[:2], cluster("i1", 0), *before[2:]])


def test_two_citations_of_one_note() -> None:
    def cluster(item: str, note: int) -> dict[str, Any]:
        return {"citationItems": [{"id": item}], "properties": {"noteIndex": note}}

    processor = Processor(STYLES["notes"], items(random.Random(1)))
    processor.set_clusters([cluster("i1", 1), cluster("i2", 2), cluster("i1", 3)])
    processor.insert_cluster(2, cluster("i3", 2))  # into the note that is there
    assert [c.note for c in processor.clusters] == [1, 2, 2, 3]
    processor.insert_cluster(1, cluster("i3", 2))  # a note of its own
    assert [c.note for c in processor.clusters] == [1, 2, 3, 3, 4]
    processor.remove_cluster(2)
    assert [c.note for c in processor.clusters] == [1, 2, 3, 4]
    processor.remove_cluster(2)
    assert [c.note for c in processor.clusters] == [1, 2, 3]


def test_an_edit_looks_at_what_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    manuscript = Manuscript(2)
    processor = Processor(STYLES["notes"].replace("first-reference-note-number", "archive"), manuscript.items)
    processor.set_clusters([manuscript.cluster(number) for number in range(1, 400)])
    rendered = []
    render = Processor._render_cached
    monkeypatch.setattr(Processor, "_render_cached", lambda self, cluster: rendered.append(1) or render(self, cluster))
    processor.replace_cluster(200, {"citationItems": [{"id": "i1"}], "properties": {"noteIndex": 201}})
    assert len(rendered) < 20


@pytest.mark.parametrize("place", [7, -8])
def test_a_place_that_is_not_there(place: int) -> None:
    processor = Processor(STYLES["notes"], items(random.Random(1)))
    processor.set_clusters([{"citationItems": [{"id": "i1"}]}])
    with pytest.raises(IndexError):
        processor.remove_cluster(place)
