"""Numbers, order and hints of the items of a document."""

from __future__ import annotations

from typing import Any

from citetool.csl import Processor

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<macro name="name"><names variable="author"/></macro>
<macro name="year"><date variable="issued"><date-part name="year"/></date></macro>
<citation disambiguate-add-year-suffix="true"><sort><key macro="year"/></sort>
<layout delimiter="; "><group delimiter=" "><text macro="name"/><text macro="year"/></group></layout></citation>
<bibliography><sort><key macro="name"/><key variable="title"/></sort>
<layout><text variable="citation-number" suffix=". "/><text macro="name"/> <text macro="year" prefix=" "/></layout>
</bibliography></style>"""


def work(item_id: str, family: str, year: int, title: str = "") -> dict[str, Any]:
    return {"id": item_id, "type": "book", "title": title, "author": [{"family": family}],
            "issued": {"date-parts": [[year]]}}  # fmt: skip


ITEMS = [work("z", "Zola", 1880), work("b", "Roe", 1944, "Second"), work("a", "Roe", 1944, "First")]


def entries(processor: Processor) -> list[str]:
    return [text.strip() for _, text in processor.bibliography().entries]


def test_numbers_and_year_suffixes_follow_the_order_of_the_bibliography() -> None:
    processor = Processor(STYLE, ITEMS)
    assert processor.cite([[{"id": "z"}], [{"id": "b"}], [{"id": "a"}]]) == ["Zola 1880", "Roe 1944b", "Roe 1944a"]
    assert entries(processor) == ["1. Roe 1944a", "2. Roe 1944b", "3. Zola 1880"]


def test_hints_of_an_earlier_state_of_the_document_leave_no_trace() -> None:
    processor = Processor(STYLE, ITEMS)
    processor.cite([[{"id": "b"}, {"id": "a"}]])
    processor.replace_cluster(0, [{"id": "b"}, {"id": "z"}])
    assert processor.citations() == ["Zola 1880; Roe 1944"]
    assert entries(processor) == ["1. Roe 1944", "2. Zola 1880"]


def test_uncited_items_come_after_those_that_are_cited() -> None:
    unsorted = STYLE.replace('<bibliography><sort><key macro="name"/><key variable="title"/></sort>', "<bibliography>")
    processor = Processor(unsorted, ITEMS)
    processor.set_uncited(["z", "b"])
    processor.cite([[{"id": "a"}]])
    assert processor.entry_order() == ["a", "z", "b"]
