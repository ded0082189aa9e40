"""Single rules of the processor, each with the smallest style that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl import Processor
from citetool.csl.item import read_item
from citetool.csl.labels import citation_label

TITLE = '<text variable="title"/>'
NAMES = '<names variable="author"><name form="short"/></names>'


def style_of(layout: str, citation: str = "", *, kind: str = "in-text", affixes: str = "", more: str = "") -> str:
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}">{more}'
        f"<citation {citation}><layout {affixes}>{layout}</layout></citation></style>"
    )


def printed(layout: str, *items: dict[str, Any], **style: Any) -> str:
    """One citation of all items, as HTML."""
    known = [{"type": "book", "id": str(number), **item} for number, item in enumerate(items)]
    return Processor(style_of(layout, **style), known).cite([[{"id": i["id"]} for i in known]], "html")[0]


DOE = {"author": [{"family": "Doe", "given": "Jo"}], "title": "T", "volume": "3"}
QUOTED = '<text value="a" quotes="true" suffix="{}"/><text value="b" prefix="{} "/>'


@pytest.mark.parametrize(
    ("marks", "expected"),
    [(".:", "“a.”: b"), ("!.", "“a!” b"), ("?,", "“a?,” b"), (":?", "“a?” b"), (";!", "“a!” b"), (":;", "“a”:; b")],
)
def test_marks_that_go_into_quotation_marks(marks: str, expected: str) -> None:
    assert printed(QUOTED.format(*marks), DOE) == expected


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('<text variable="title" suffix=" "/><text variable="volume" prefix=" " font-weight="bold"/>', "T <b>3</b>"),
        (f'<group delimiter=" ">{TITLE}<group font-weight="bold"><text variable="volume" prefix=" ("/></group></group>',
         "T <b> (3</b>"),
    ],
)  # fmt: skip
def test_two_spaces_become_one_where_no_formatting_comes_between(layout: str, expected: str) -> None:
    assert printed(layout, DOE) == expected


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (f'<group font-style="italic" prefix="(" suffix=")" delimiter=", ">{NAMES}{TITLE}</group>', "(Doe)"),
        ('<names variable="author" suffix=", "><name form="short"/></names>' + TITLE, "Doe, "),
        (f'<group delimiter=" "><text term="in" prefix="+"/>{NAMES}</group>', "Doe"),
        ('<names variable="author"><name form="short"/><label prefix=" ("/></names>', "Doe"),
    ],
)
def test_authors_alone_keep_the_affixes_around_them(layout: str, expected: str) -> None:
    processor = Processor(style_of(layout, affixes='prefix="[" suffix="]"'), [{"id": "a", "type": "book", **DOE}])
    assert processor.cite([[{"id": "a", "author-only": True}]], "html") == [expected]


def test_a_cite_without_a_printed_form() -> None:
    style = style_of(TITLE, affixes='delimiter="; "')
    processor = Processor(style, [{"id": "a", "type": "book", "title": "T"}, {"id": "b", "type": "book"}])
    cites = [["a", "b"], ["b", "a"]]
    assert processor.cite([[{"id": i} for i in ids] for ids in cites]) == [
        "T",
        "[CSL STYLE ERROR: reference with no printed form.]; T",
    ]
    assert processor.cite([[{"id": "a"}, {"id": "b", "prefix": "see"}]]) == ["T; see "]


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (["Alpha"], "Alph65"),
        (["Alpha", "Bravo"], "AlBr65"),
        (["Alpha", "Bravo", "Charlie"], "AlBC65"),
        (["Alpha", "Bravo", "Charlie", "Delta", "Echo"], "ABCD65"),
        (["O'Neil"], "Onei65"),
        (["de la Cruz"], "Cruz65"),
        (["毛"], "Titl65"),
    ],
)
def test_labels_of_citations(names: list[str], label: str) -> None:
    data = {"id": "a", "type": "book", "title": "Title", "issued": {"date-parts": [[1965]]}}
    item = read_item({**data, "author": [{"family": name, "given": "X"} for name in names]}, 0, [])
    assert citation_label(item) == label


def test_cites_without_text_are_told_apart_as_well() -> None:
    layout = '<choose><if disambiguate="true"><text variable="title"/></if></choose>'
    assert printed(layout, {"title": "One"}, {"title": "Two"}, affixes='delimiter="; "') == "One; Two"


def test_cites_with_lists_of_different_length_are_told_apart() -> None:
    people = [{"family": name, "given": "X"} for name in ("Smith", "Jones", "Brown", "White")]
    layout = f'<group delimiter=" ">{NAMES}<names variable="editor"/></group>'
    citation = 'et-al-min="3" et-al-use-first="1" disambiguate-add-names="true" disambiguate-add-givenname="true"'
    items = [{"author": people[:3]}, {"author": people}, {"author": people[:3], "editor": people[:2]}]
    assert printed(layout, *items, citation=citation, affixes='delimiter="; "').count("Smith") == 4
