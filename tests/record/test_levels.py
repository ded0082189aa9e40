from __future__ import annotations

import pytest

from citetool.record.levels import bare, cited, group_of
from citetool.record.model import Level


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (Level("box", "173"), "Box 173"),
        (Level("box", "1-6"), "Box 1-6"),
        (Level("box", "1, 2 and 3"), "Box 1, 2 and 3"),
        (Level("series", "IV"), "Series IV"),
        (Level("series", "IV.B"), "Series IV.B"),
        (Level("series", "Letters"), "Letters"),
        (Level("series", "Correspondence"), "Correspondence"),
        (Level("folder", "Civil rights"), "Civil rights"),
        (Level("container", "Container 173"), "Container 173"),
        (Level("collection", "12"), "12"),
    ],
)
def test_only_a_bare_number_gets_the_word_of_its_level(level: Level, text: str) -> None:
    assert cited(level) == text


def test_the_number_alone() -> None:
    assert [bare(Level("box", text)) for text in ("Box 173", "173", "Letters")] == ["173", "173", "Letters"]


def test_a_level_of_no_tradition_counts_as_a_container() -> None:
    assert (group_of("opis"), group_of("Signatur")) == ("series", "container")
