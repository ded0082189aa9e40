"""Entries and cites in the order of the sort keys of a style."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl import Processor
from citetool.csl.document.sort import Sorter


def order(keys: str, *items: dict[str, Any], macros: str = "") -> list[str]:
    style = (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">{macros}<citation><layout>'
        f'<text variable="title"/></layout></citation><bibliography><sort>{keys}</sort><layout><text variable="title"/>'
        "</layout></bibliography></style>"
    )
    known = [{"id": str(number), "type": "book", "title": str(number), **item} for number, item in enumerate(items)]
    return Processor(style, known).entry_order()


def test_a_key_of_year_suffixes_sorts_nothing_and_prints_nothing() -> None:
    sort = '<sort><key variable="year-suffix"/></sort>'
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation '
        'disambiguate-add-year-suffix="true"><layout><date variable="issued"><date-part name="year"/></date></layout>'
        f'</citation><bibliography>{sort}<layout><text variable="title"/></layout></bibliography></style>'
    )
    items = [{"id": n, "type": "book", "title": n, "issued": {"date-parts": [[1944]]}} for n in "ab"]
    assert Processor(style, items).cite([[{"id": "a"}], [{"id": "b"}]]) == ["1944a", "1944b"]


def by(family: str, given: str = "A") -> dict[str, Any]:
    return {"author": [{"family": family, "given": given}]}


def in_year(*parts: int) -> dict[str, Any]:
    return {"issued": {"date-parts": [list(parts)]}}


@pytest.mark.parametrize(
    ("key", "items", "expected"),
    [
        ('variable="author"', (by("Roe"), by("Doe"), by("Poe")), "120"),
        ('variable="author" sort="descending"', (by("Roe"), by("Doe"), {}, by("Poe")), "0312"),
        ('variable="author"', ({}, by("Roe"), by("Doe")), "210"),
        ('variable="issued"', (in_year(1944, 6, 2), in_year(1944, 6), in_year(-44), in_year(1944, 6, 1)), "2130"),
        ('variable="volume"', ({"volume": "10"}, {"volume": "9"}, {"volume": "1-2"}), "210"),
        ('variable="title"', ({"title": "<i>B</i>"}, {"title": "a"}, {"title": "É"}), "102"),
    ],
)
def test_one_key(key: str, items: tuple[dict[str, Any], ...], expected: str) -> None:
    assert "".join(order(f"<key {key}/>", *items)) == expected


def test_later_keys_part_what_earlier_ones_leave_equal() -> None:
    items = ({**by("Roe"), **in_year(1950)}, {**by("Doe"), **in_year(1950)}, {**by("Roe"), **in_year(1940)})
    keys = '<key variable="author"/><key variable="issued" sort="descending"/>'
    assert order(keys, *items) == ["1", "0", "2"]


def test_equal_entries_stay_in_their_order() -> None:
    assert order('<key variable="author"/>', by("Roe"), by("Doe"), by("Roe")) == ["1", "0", "2"]


def test_a_macro_as_key() -> None:
    macro = (
        '<macro name="who"><names variable="author"><substitute><text variable="title"/></substitute></names></macro>'
    )
    items = (by("Roe"), {"title": "Poe"}, by("Doe"))
    assert order('<key macro="who"/>', *items, macros=macro) == ["2", "1", "0"]


def test_a_particle_counts_as_the_style_says() -> None:
    items = (by("de Gaulle"), by("Eden"))
    assert order('<key variable="author"/>', *items) == ["1", "0"]


@pytest.mark.parametrize(("date", "expected"), [("", 1), ('<text variable="year-suffix"/>', 2)])
def test_keys_are_worked_out_again_only_where_they_print_what_tells_apart(
    date: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = 0
    tree = Sorter.tree

    def counting(*arguments: Any) -> Any:
        nonlocal counted
        counted += 1
        return tree(*arguments)

    monkeypatch.setattr(Sorter, "tree", counting)
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><macro name="by">'
        f'<names variable="author"/>{date}</macro><citation disambiguate-add-year-suffix="true"><layout>'
        '<names variable="author"/></layout></citation><bibliography><sort><key macro="by"/></sort><layout>'
        '<text variable="title"/></layout></bibliography></style>'
    )
    items = [{"id": str(number), "type": "book", "title": str(number), **by("Doe")} for number in range(5)]
    assert Processor(style, items).entry_order() == ["0", "1", "2", "3", "4"]
    assert counted == 5 * expected
