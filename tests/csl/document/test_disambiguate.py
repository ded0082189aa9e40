"""Disambiguation renders each cite a few times, however many share a surname."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citetool.csl import Processor
from citetool.csl.compile.elements import name
from citetool.csl.document import disambiguate as module
from citetool.csl.document.disambiguate import disambiguate

if TYPE_CHECKING:
    from citetool.csl.document.ambiguity import Methods, Rendering

GIVEN = 'disambiguate-add-givenname="true" disambiguate-add-year-suffix="true"'


def make_items(count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": str(number),
            "type": "book",
            "author": [{"family": "Smith", "given": f"{chr(65 + number % 26)}{number}"}],
            "issued": {"date-parts": [[2000]]},
        }
        for number in range(count)
    ]


def style_of(attrs: str) -> str:
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation {attrs}>'
        '<layout><names variable="author"><name form="short" initialize-with="."/></names>'
        '<date variable="issued" prefix=" "><date-part name="year"/></date></layout></citation></style>'
    )


def renderings_of(count: int, attrs: str, monkeypatch: pytest.MonkeyPatch) -> int:
    counted = 0

    def count_renderings(items: Any, methods: Methods, render: Any, key_trees: Any, notes: Any, memo: Any) -> Any:
        def counting(*arguments: Any) -> Rendering:
            nonlocal counted
            counted += 1
            rendering: Rendering = render(*arguments)
            return rendering

        return disambiguate(items, methods, counting, key_trees, notes, memo)

    monkeypatch.setattr("citetool.csl.document.disambiguate.disambiguate", count_renderings)
    items = make_items(count)
    Processor(style_of(attrs), items).cite([[{"id": item["id"]}] for item in items])
    return counted


@pytest.mark.parametrize("rule", ["by-cite", "all-names", "all-names-with-initials", "primary-name"])
def test_renderings_grow_with_the_cites_and_not_with_their_pairs(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    attrs = f'{GIVEN} givenname-disambiguation-rule="{rule}"'
    few, many = (renderings_of(count, attrs, monkeypatch) for count in (50, 200))
    assert many <= 4.5 * few


def test_initials_are_made_once_for_each_name(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    initialize = name.initialize

    def counting(given: str, *arguments: Any, **more: Any) -> str:
        made.append(given)
        return initialize(given, *arguments, **more)

    monkeypatch.setattr(module, "initialize", counting)
    items = make_items(100)
    Processor(style_of(f'{GIVEN} givenname-disambiguation-rule="all-names"'), items).cite([[{"id": "1"}]])
    Processor(style_of(f'{GIVEN} givenname-disambiguation-rule="all-names"'), items).cite(
        [[{"id": item["id"]}] for item in items]
    )
    assert len(made) <= 4 * len(items)


@pytest.mark.parametrize(
    ("givens", "expected"),
    [
        (["Jo", "Al"], ["J. Smith 2000", "A. Smith 2000"]),
        (["Jo", "Jim"], ["Jo Smith 2000", "Jim Smith 2000"]),
        (["Jo", "Jo"], ["Smith 2000a", "Smith 2000b"]),
        (["Jo", "Al", "Jim"], ["Jo Smith 2000", "A. Smith 2000", "Jim Smith 2000"]),
    ],
)
def test_given_names_tell_cites_apart(givens: list[str], expected: list[str]) -> None:
    items = make_items(len(givens))
    for item, given in zip(items, givens, strict=True):
        item["author"][0]["given"] = given
    assert Processor(style_of(GIVEN), items).cite([[{"id": item["id"]}] for item in items]) == expected


def test_initials_that_are_alike_tell_nobody_apart_where_a_rule_stops_at_them() -> None:
    items = make_items(2)
    items[0]["author"][0]["given"], items[1]["author"][0]["given"] = "Jo", "Jim"
    style = style_of(f'{GIVEN} givenname-disambiguation-rule="primary-name-with-initials"')
    style = style.replace(' initialize-with=". "', "")
    assert Processor(style, items).cite([[{"id": "0"}], [{"id": "1"}]]) == ["Smith 2000a", "Smith 2000b"]


def test_given_names_added_cite_by_cite_do_not_sort() -> None:
    names = '<names variable="author"><name form="short"/></names>'
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        f'<macro name="who">{names}</macro><citation disambiguate-add-givenname="true"><sort><key macro="who"/></sort>'
        f'<layout delimiter="; ">{names}</layout></citation></style>'
    )
    items = make_items(2)
    items[0]["author"][0]["given"], items[1]["author"][0]["given"] = "Zoe", "Al"
    assert Processor(style, items).cite([[{"id": "0"}, {"id": "1"}]]) == ["Zoe Smith; Al Smith"]


def test_namesakes_of_one_entry_are_given_in_full() -> None:
    names_of_entry = '<names variable="author"><name initialize-with="."/></names>'
    bibliography = f"<bibliography><layout>{names_of_entry}</layout></bibliography>"
    style = style_of(GIVEN).replace("</style>", f"{bibliography}</style>")
    names = [
        {"family": "Smith", "given": "Jane"},
        {"family": "Smith", "given": "John"},
        {"family": "Smith", "given": "Al"},
    ]
    item = {**make_items(1)[0], "author": names}
    assert Processor(style, [item]).bibliography().entries == [(["0"], "Jane Smith, John Smith, A. Smith\n")]


def test_a_namesake_among_the_editors_counts_beside_a_single_author() -> None:
    names = '<names variable="author editor" delimiter="; "><name initialize-with="."/></names>'
    style = style_of(GIVEN).replace("</style>", f"<bibliography><layout>{names}</layout></bibliography></style>")
    item = {**make_items(1)[0], "author": [{"family": "Smith", "given": "Jane"}]}
    item["editor"] = [{"family": "Smith", "given": "J."}]
    assert Processor(style, [item]).bibliography().entries == [(["0"], "Jane Smith; J. Smith\n")]


@pytest.mark.parametrize(("other", "entry"), [("Rogers", "W. Smith\n"), ("Walter", "Winston Smith\n")])
def test_entries_keep_initials_that_tell_people_apart_where_cites_have_none(other: str, entry: str) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation '
        'disambiguate-add-givenname="true" givenname-disambiguation-rule="primary-name"><layout>'
        '<names variable="author"><name form="short"/></names></layout></citation><bibliography><layout>'
        '<names variable="author"><name initialize-with=". "/></names></layout></bibliography></style>'
    )
    items = make_items(2)
    items[0]["author"][0]["given"], items[1]["author"][0]["given"] = "Winston", other
    processor = Processor(style, items)
    assert processor.cite([[{"id": "0"}], [{"id": "1"}]])[0] == "Winston Smith"
    assert processor.bibliography().entries[0] == (["0"], entry)


SHORT = '<names variable="author"><name form="short" initialize-with=". "/></names>'
SMITHS = [
    {"id": "a", "type": "book", "author": [{"family": "Smith", "given": "Jeff"}]},
    {"id": "b", "type": "book", "author": [{"family": "Roe"}], "editor": [{"family": "Smith", "given": "Ann"}]},
]


@pytest.mark.parametrize(("key", "expected"), [("", "Smith"), ('<key macro="editor"/>', "J. Smith")])
def test_people_that_cites_do_not_show_count_where_the_bibliography_is_sorted_by_them(key: str, expected: str) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        '<macro name="editor"><names variable="editor"/></macro><citation disambiguate-add-givenname="true" '
        f'givenname-disambiguation-rule="primary-name"><layout>{SHORT}</layout></citation>'
        f'<bibliography><sort><key variable="title"/>{key}</sort><layout><names variable="author editor"/></layout>'
        "</bibliography></style>"
    )
    assert Processor(style, SMITHS).cite([[{"id": "a"}], [{"id": "b"}]])[0] == expected


@pytest.mark.parametrize(("second", "expected"), [(2, "Roe n. 1"), (1, "Roe, One n. 1")])
def test_the_note_of_the_first_cite_tells_cites_apart(second: int, expected: str) -> None:
    title = '<choose><if disambiguate="true"><text variable="title"/></if></choose>'
    note = '<text variable="first-reference-note-number" prefix=" n. "/>'
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"><citation><layout><choose>'
        f'<if position="subsequent"><group delimiter=", ">{SHORT}{title}</group>{note}</if>'
        '<else><text variable="title"/></else></choose></layout></citation></style>'
    )
    items = [
        {"id": i, "type": "book", "title": t, "author": [{"family": "Roe"}]} for i, t in (("a", "One"), ("b", "Two"))
    ]
    clusters = [
        {"citationItems": [{"id": i}], "properties": {"noteIndex": n}} for i, n in (("a", 1), ("b", second), ("a", 3))
    ]
    assert Processor(style, items).cite(clusters)[2] == expected
