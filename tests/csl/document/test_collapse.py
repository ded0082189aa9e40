"""Cites of one author in a citation: which are brought together, what is printed once, and what stands between."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl import Processor

NAMES = '<names variable="author"><name form="short"/></names>'
YEAR = '<date variable="issued"><date-part name="year"/></date>'
PLAIN = f'<group delimiter=" ">{NAMES}{YEAR}<text variable="locator" prefix=":"/></group>'
TITLED = f'<group delimiter=" ">{NAMES}{YEAR}<text variable="title"/></group>'
SUFFIX = 'disambiguate-add-year-suffix="true" collapse="year-suffix"'
BY_DATE = '<sort><key variable="issued"/></sort>'
BY_DATE_DOWN = '<sort><key variable="issued" sort="descending"/></sort>'


def cited(works: str, attrs: str, *, layout: str = PLAIN, sort: str = "", kind: str = "in-text", **more: Any) -> str:
    """One citation of works like `Smith 1901 T`; `-` is no author; `more` are changes of cites by `c1`, `c2`, ..."""
    items, cites = [], []
    for number, work in enumerate(works.split(", "), 1):
        name, year, title = [*work.split(), ""][:3]
        item: dict[str, Any] = {"id": number, "type": "book", "issued": {"date-parts": [[int(year)]]}, "title": title}
        if name != "-":
            item["author"] = [{"family": name}]
        items.append(item)
        cites.append({"id": number, **more.get(f"c{number}", {})})
    style = (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}"><citation {attrs}>{sort}'
        f'<layout delimiter="; ">{layout}</layout></citation></style>'
    )
    note = 1 if kind == "note" else 0
    return Processor(style, items).cite([{"citationItems": cites, "properties": {"noteIndex": note}}], "html")[0]


def test_only_sorted_citations_are_regrouped() -> None:
    works = "Smith 1901, Roe 1902, Smith 1903"
    assert cited(works, 'collapse="year"') == "Smith 1901; Roe 1902; Smith 1903"
    assert cited(works, 'collapse="year"', sort=BY_DATE) == "Smith 1901, 1903; Roe 1902"
    assert cited(works, 'collapse="year"', sort=BY_DATE_DOWN) == "Smith 1901, 1903; Roe 1902"
    assert cited(works, 'collapse="year"', sort=BY_DATE, kind="note") == "Smith 1901; Roe 1902; Smith 1903"
    assert cited(works, 'cite-group-delimiter="+ "', sort=BY_DATE, kind="note") == "Smith 1901+ Smith 1903; Roe 1902"


def test_a_style_that_collapses_numbers_and_prints_none_has_each_author_once() -> None:
    works = "Smith 1901, Smith 1903, Roe 1904"
    assert cited(works, 'collapse="citation-number"') == "Smith 1901, 1903; Roe 1904"
    numbered = f'{PLAIN}<text variable="citation-number" prefix=" no. "/>'
    expected = "Smith 1901 no. 1; Smith 1903 no. 2; Roe 1904 no. 3"
    assert cited(works, 'collapse="citation-number"', layout=numbered) == expected


@pytest.mark.parametrize(
    ("attrs", "kind", "expected"),
    [
        ('collapse="year"', "in-text", "Smith 1901, 1902, 1903; Roe 1904, 1905"),
        ('collapse="year"', "note", "Smith 1901; 1902; 1903; Roe 1904; 1905"),
        ('collapse="year" cite-group-delimiter="| "', "in-text", "Smith 1901, 1902| 1903; Roe 1904, 1905"),
        ('collapse="year" after-collapse-delimiter="# "', "in-text", "Smith 1901; 1902; 1903# Roe 1904; 1905"),
        ('collapse="year" cite-group-delimiter=""', "in-text", "Smith 1901, 1902, 1903; Roe 1904, 1905"),
        ('cite-group-delimiter="| "', "in-text", "Smith 1901; 1902| Smith 1903; Roe 1904; 1905"),
    ],
)
def test_delimiters_inside_and_behind_a_group(attrs: str, kind: str, expected: str) -> None:
    assert cited("Smith 1901, - 1902, Smith 1903, Roe 1904, - 1905", attrs, kind=kind) == expected


def test_text_of_the_item_ends_a_group() -> None:
    assert cited("Smith 1901 T, Smith 1902 U", 'collapse="year"', layout=TITLED) == "Smith 1901 T; 1902 U"


def test_the_delimiter_after_a_group_follows_a_locator() -> None:
    works, attrs = "Smith 1901, Smith 1902, Roe 1903", 'collapse="year" after-collapse-delimiter="# "'
    assert cited(works, attrs, c1={"locator": "5"}) == "Smith 1901 :5# 1902# Roe 1903"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Smith 1901a; b; c, 1902"),
        ({"c1": {"locator": "5"}}, "Smith 1901a :5; b; c, 1902"),
        ({"c2": {"locator": "5"}}, "Smith 1901a, b :5, c, 1902"),
        ({"c2": {"prefix": "see"}}, "Smith 1901a, see b; c, 1902"),
        ({"c1": {"suffix": "ff"}}, "Smith 1901a ff, b; c, 1902"),
        ({"c1": {"suppress-author": True}}, "1901a; b; c, 1902"),
    ],
)
def test_a_year_that_repeats_leaves_its_suffix(changes: dict[str, Any], expected: str) -> None:
    assert cited("Smith 1901, Smith 1901, Smith 1901, Smith 1902", SUFFIX, **changes) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (YEAR.replace("name=", 'font-style="italic" name='), "Smith<i>1901</i><i>a</i>; <i>b</i>; <i>c</i>"),
        (f'<group prefix="[" suffix="]">{YEAR}</group>', "Smith[1901a], [b]; [c]"),
        (f'{YEAR}<text variable="year-suffix" prefix="-"/>', "Smith1901-a; -b; -c"),
    ],
)
def test_a_suffix_keeps_what_encloses_it(date: str, expected: str) -> None:
    assert cited("Smith 1901, Smith 1901, Smith 1901", SUFFIX, layout=NAMES + date) == expected


def test_suffixes_in_a_row_become_a_range() -> None:
    works = ", ".join(["Smith 1901"] * 4)
    attrs = 'disambiguate-add-year-suffix="true" collapse="year-suffix-ranged"'
    assert cited(works, attrs) == "Smith 1901a–d"
    assert cited(works, attrs, c1={"locator": "5"}) == "Smith 1901a :5; b–d"
    assert cited(works, attrs, c4={"suffix": "ff"}) == "Smith 1901a–c, d ff"


@pytest.mark.parametrize(
    ("layout", "changes", "expected"),
    [
        ("", {}, "1–3"),
        ("", {"c2": {"locator": "9"}}, "1–3"),
        ("", {"c3": {"suffix": "ff"}}, "1; 2; 3 ff"),
        ('<text variable="locator" prefix=":"/>', {"c2": {"locator": "9"}}, "1; 2:9# 3"),
    ],
)
def test_a_range_of_numbers_takes_cites_that_print_their_number_alone(
    layout: str, changes: dict[str, Any], expected: str
) -> None:
    attrs = 'collapse="citation-number" after-collapse-delimiter="# "'
    number = f'<text variable="citation-number"/>{layout}'
    assert cited("Smith 1901, Roe 1902, Poe 1903", attrs, layout=number, **changes) == expected


def test_a_date_that_is_text_stands_in_the_place_of_the_year() -> None:
    layout = '<date variable="issued"><date-part name="year" prefix="(" suffix=")" font-style="italic"/></date>'
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation>'
        f"<layout>{layout}</layout></citation></style>"
    )
    item = {"id": "a", "type": "book", "issued": {"literal": "forthcoming"}}
    assert Processor(style, [item]).cite([[{"id": "a"}]], "html") == ["(<i>forthcoming</i>)"]


def test_an_ibid_stays_behind_the_cite_it_refers_to() -> None:
    layout = f'<choose><if position="ibid"><text term="ibid"/></if><else>{PLAIN}</else></choose>'
    sort = '<sort><key variable="issued"/><key variable="author"/></sort>'
    items = [
        {"id": name, "type": "book", "author": [{"family": name}], "issued": {"date-parts": [[2000]]}}
        for name in ("Roe", "Smith")
    ]
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        f'<citation collapse="year">{sort}<layout delimiter="; ">{layout}</layout></citation></style>'
    )
    cites = [{"id": "Smith"}, {"id": "Roe"}, {"id": "Roe"}]
    assert Processor(style, items).cite([cites]) == ["Roe 2000, ibid.; Smith 2000"]


@pytest.mark.parametrize(
    ("affixes", "expected"),
    [
        ({}, "Roe 2000"),
        ({"suffix": ", fn. 3"}, "Roe 2000, fn. 3"),
        ({"suffix": "fn. 3"}, "Roe 2000, fn. 3"),
        ({"prefix": "see", "suffix": "there"}, "Roe 2000, see there"),
    ],
)
def test_what_the_writer_puts_around_a_repeated_cite_is_printed(affixes: dict[str, str], expected: str) -> None:
    items = [{"id": "a", "type": "book", "author": [{"family": "Roe"}], "issued": {"date-parts": [[2000]]}}]
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        f'<citation {SUFFIX}><layout delimiter="; ">{PLAIN}</layout></citation></style>'
    )
    assert Processor(style, items).cite([[{"id": "a"}, {"id": "a", **affixes}]]) == [expected]


def test_a_value_beside_names_that_are_not_repeated_is_printed() -> None:
    layout = f'<group delimiter=" ">{NAMES}<text value="passim"/></group>'
    assert cited("Roe 2000, Roe 2000", 'collapse="year-suffix"', layout=layout) == "Roe passim, passim"


AFTER = 'after-collapse-delimiter="@ "'
LABELLED = (
    f'<group delimiter=", ">{NAMES}{YEAR}<group delimiter=" "><label variable="locator" form="short"/>'
    '<text variable="locator"/></group></group>'
)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("year", "A 2000a; 2000b@ B 2000"),
        ("year-suffix", "A 2000a; b@ B 2000"),
        ("year-suffix-ranged", "A 2000a; b@ B 2000"),
    ],
)
def test_delimiter_after_collapsed_cites(mode: str, expected: str) -> None:
    attrs = f'disambiguate-add-year-suffix="true" collapse="{mode}" {AFTER}'
    assert cited("A 2000, A 2000, B 2000", attrs) == expected


def test_delimiter_after_collapse_without_collapsing_stands_between_all_cites() -> None:
    assert cited("A 2000, A 2001, B 2000", AFTER) == "A 2000@ A 2001@ B 2000"


@pytest.mark.parametrize(("label", "expected"), [("page", "A, 2000a; b, p. 4; c"), ("folio", "A, 2000a; b, fol. 4@ c")])
def test_delimiter_behind_a_locator_with_its_label(label: str, expected: str) -> None:
    locator = {"locator": "4", "label": label}
    assert cited("A 2000, A 2000, A 2000", f"{SUFFIX} {AFTER}", layout=LABELLED, c2=locator) == expected


def test_a_later_cite_stays_behind_the_first_that_shows_more_names() -> None:
    people = [{"family": name} for name in ("Roe", "Smith", "Zoe")]
    items = [{"id": 1, "type": "book", "author": people, "issued": {"date-parts": [[2000]]}}]
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation collapse="year" '
        'et-al-min="4" et-al-use-first="1" et-al-subsequent-min="2" et-al-subsequent-use-first="1">'
        f'<sort><key variable="author"/></sort><layout delimiter="; ">{PLAIN}</layout></citation></style>'
    )
    assert Processor(style, items).cite([[{"id": 1}, {"id": 1}]]) == ["Roe, Smith, Zoe 2000; Roe et al. 2000"]
