"""Groups of a bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.citation.groups import OTHERS, group
from citetool.library.query.search import search_records
from citetool.problems import InputError, UsageError
from citetool.record.model import Holding, Level, Record

if TYPE_CHECKING:
    from pathlib import Path


def holding(**levels: str) -> Holding:
    return Holding(tuple(Level(name, value) for name, value in levels.items()))


RECORDS = [
    Record(
        id="b", kind="letter", title="Second", date="1945", language=("de",), archive=holding(box="2", repository="LC")
    ),
    Record(
        id="a", kind="letter", title="First", date="1944", language=("en",), archive=holding(box="1", repository="NA")
    ),
    Record(id="c", kind="book", title="Book", date="1999", language=("en",)),
]


def grouped(*wanted: str) -> dict[str, list[str]]:
    return {one.heading: [record.id for record in one.records] for one in group(RECORDS, wanted, search_records)}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("kind", {"Book": ["c"], "Letter": ["b", "a"]}),
        ("repository", {"LC": ["b"], "NA": ["a"], OTHERS: ["c"]}),
        ("language", {"English": ["a", "c"], "German": ["b"]}),
        ("kind:letter", {"kind:letter": ["b", "a"], OTHERS: ["c"]}),
    ],
)
def test_groups_by_value_and_by_query(wanted: str, expected: dict[str, list[str]]) -> None:
    assert grouped(wanted) == expected


def test_the_first_group_that_fits_takes_the_record(tmp_path: Path) -> None:
    file = tmp_path / "groups.yaml"
    file.write_text("- {heading: Early, query: 'date:1944'}\n- {heading: Letters, query: 'kind:letter'}\n"
                    "- {heading: Rest}\n", "utf-8")  # fmt: skip
    assert grouped(str(file)) == {"Early": ["a"], "Letters": ["b"], "Rest": ["c"]}


def test_a_group_of_a_file_has_its_order_and_style(tmp_path: Path) -> None:
    file = tmp_path / "groups.yaml"
    file.write_text("- {heading: All, query: 'kind:letter', sort: date, style: mla}\n", "utf-8")
    first = group(RECORDS, [str(file)], search_records)[0]
    assert ([record.id for record in first.records], first.style, first.ordered) == (["a", "b"], "mla", True)


@pytest.mark.parametrize(
    ("text", "message"),
    [("heading: x", "no list of groups"), ("- {query: x}", "needs a heading"), ("- {heading: x, qurey: y}", "'qurey'"),
     ("- {heading: x, query: [x]}", "query is no text")],
)  # fmt: skip
def test_faults_of_a_file_are_named(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "groups.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        grouped(str(file))


def test_values_and_queries_do_not_mix() -> None:
    with pytest.raises(UsageError, match="stands alone"):
        grouped("kind", "kind:letter")
