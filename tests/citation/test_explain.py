"""What `explain` says of a record: its levels from large to small, and where each comes out."""

from __future__ import annotations

from citetool.citation.explain import explain, facts
from citetool.record.schema import checked

RECORD = checked(
    {
        "id": "k",
        "kind": "letter",
        "title": "A Letter",
        "archive": {"box": "12", "subseries": "Files", "series": "Legal Career", "collection": "Baker Papers"},
    }
)


def test_levels_go_from_large_to_small_within_a_group_too() -> None:
    assert [name for name, _ in facts(RECORD)] == ["collection", "series", "subseries", "box", "title"]


def test_where_a_level_comes_out() -> None:
    box = next(part for part in explain(RECORD, ["mla"], ["ris"]) if part.name == "box")
    assert (box.value, box.csl, box.styles["mla"]) == ("Box 12", ("archive_location",), ("bibliography",))
    assert box.formats["ris"] == ("AV",)
