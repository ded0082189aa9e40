"""The public interface: documents that grow and change, formats, problems, and input that means harm."""

from __future__ import annotations

from typing import Any

import pytest

from citetool.csl import Processor, StyleError, parse_style
from citetool.problems import UsageError

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{kind}" {attrs}>
<macro name="name"><names variable="author"><name form="short" and="text"/></names></macro>
<citation {citation}><layout prefix="(" suffix=")" delimiter="; ">{cite}</layout></citation>
<bibliography><sort><key macro="name"/></sort><layout suffix=".">{entry}</layout></bibliography></style>"""
CITE = """<group delimiter=" "><text macro="name"/><date variable="issued"><date-part name="year"/></date>
<text variable="locator" prefix="p. "/></group>"""
ENTRY = """<group delimiter=". "><text macro="name"/><text variable="title" font-style="italic"/>
<text variable="URL"/></group>"""


def make_style(**changes: str) -> str:
    parts = {"kind": "in-text", "attrs": "", "citation": "", "cite": CITE, "entry": ENTRY, **changes}
    return STYLE.format(**parts)


def make_item(item_id: str, family: str, year: int, **more: Any) -> dict[str, Any]:
    author = [{"family": family, "given": "Ada"}]
    return {"id": item_id, "type": "book", "author": author, "issued": {"date-parts": [[year]]}, **more}


ITEMS = [
    make_item("a", "Smith", 1944, title="First & last"),
    make_item("b", "Jones", 1945, title="Second"),
    make_item("c", "Smith", 1944, title="Third", URL="https://example.org/c"),
]


def cluster(*ids: str, **more: Any) -> dict[str, Any]:
    return {"citationItems": [{"id": i, **more} for i in ids], "properties": {"noteIndex": 0}}


def test_cite_gives_one_text_for_each_cluster() -> None:
    processor = Processor(make_style(), ITEMS)
    assert processor.cite([cluster("a"), cluster("a", "b"), cluster("b", locator="4")]) == [
        "(Smith 1944)",
        "(Smith 1944; Jones 1945)",
        "(Jones 1945 p. 4)",
    ]


def test_a_document_grows_and_what_was_printed_changes_with_it() -> None:
    style = make_style(citation='disambiguate-add-year-suffix="true"')
    processor = Processor(style, ITEMS)
    assert processor.cite([cluster("a")]) == ["(Smith 1944)"]
    assert processor.append_cluster(cluster("c")) == "(Smith 1944b)"
    assert processor.citations() == ["(Smith 1944a)", "(Smith 1944b)"]
    processor.replace_cluster(1, cluster("b"))
    assert processor.citations() == ["(Smith 1944)", "(Jones 1945)"]


def test_items_can_be_added_and_replaced() -> None:
    processor = Processor(make_style(), ITEMS)
    processor.cite([cluster("b")])
    processor.add_items([make_item("b", "Miller", 1950)])
    assert processor.cite([cluster("b")]) == ["(Miller 1950)"]


def test_preview_leaves_the_document_alone() -> None:
    processor = Processor(make_style(), ITEMS)
    processor.cite([cluster("b")])
    assert processor.preview(cluster("a")) == "(Smith 1944)"
    assert processor.citations() == ["(Jones 1945)"]


def test_the_bibliography_has_all_items_until_some_are_cited() -> None:
    processor = Processor(make_style(), ITEMS)
    assert [ids for ids, _ in processor.bibliography().entries] == [["b"], ["a"], ["c"]]
    processor.cite([cluster("c")])
    assert [ids for ids, _ in processor.bibliography().entries] == [["c"]]
    processor.set_uncited(["b"])
    assert [ids for ids, _ in processor.bibliography().entries] == [["b"], ["c"]]


def test_a_section_of_the_bibliography() -> None:
    processor = Processor(make_style(), ITEMS)
    section = {"exclude": [{"field": "title", "value": "Second"}]}
    assert [ids for ids, _ in processor.bibliography(section=section).entries] == [["a"], ["c"]]


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("text", "Smith. First & last.\n"),
        ("html", '  <div class="csl-entry">Smith. <i>First &#38; last</i>.</div>\n'),
        ("markdown", "Smith. *First & last*.\n\n"),
        ("latex", "Smith. \\textit{First \\& last}.\n\n"),
        ("typst", "Smith. #emph[First & last].\n\n"),
        ("rtf", "Smith. {\\i First & last}.\\par\n"),
    ],
)
def test_formats(name: str, entry: str) -> None:
    processor = Processor(make_style(), ITEMS)
    assert {ids[0]: text for ids, text in processor.bibliography(name).entries}["a"] == entry


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="did you mean 'html'"):
        Processor(make_style(), ITEMS).bibliography("htm")


def test_links_are_made_where_asked_for() -> None:
    plain = {ids[0]: t for ids, t in Processor(make_style(), ITEMS).bibliography("html").entries}["c"]
    linked = {ids[0]: t for ids, t in Processor(make_style(), ITEMS, links=True).bibliography("html").entries}
    assert "<a " not in plain
    assert '<a href="https://example.org/c">https://example.org/c</a>' in linked["c"]


def test_locale_comes_from_the_call_before_the_style() -> None:
    items = [make_item("a", "Smith", 1944), make_item("d", "Doe", 1944)]
    items[0]["author"].append({"family": "Roe"})
    style = make_style(attrs='default-locale="fr-FR"')
    assert Processor(style, items).cite([cluster("a")]) == ["(Smith et Roe 1944)"]
    assert Processor(style, items, locale="de").cite([cluster("a")]) == ["(Smith und Roe 1944)"]


def test_positions_in_notes() -> None:
    cite = """<choose><if position="ibid-with-locator"><text value="ibid at "/><text variable="locator"/></if>
    <else-if position="ibid"><text value="ibid"/></else-if>
    <else-if position="subsequent"><text macro="name"/><text variable="first-reference-note-number" prefix=" n. "/>
    </else-if><else><text variable="title"/></else></choose>"""
    processor = Processor(make_style(kind="note", cite=cite), ITEMS)
    notes = [cluster("a"), cluster("a"), cluster("a", locator="3"), cluster("b"), cluster("a")]
    for number, note in enumerate(notes, 1):
        note["properties"]["noteIndex"] = number
    assert processor.cite(notes) == ["(First & last)", "(ibid)", "(ibid at 3)", "(Second)", "(Smith n. 1)"]


# -- what is wrong ---------------------------------------------------------------------------------------------------


def test_an_unknown_item_is_a_problem_and_the_rest_is_printed() -> None:
    processor = Processor(make_style(), ITEMS)
    assert processor.cite([cluster("a", "nobody")]) == ["(Smith 1944)"]
    assert "no item 'nobody'" in str(processor.problems[0])


def test_values_of_wrong_types_are_left_out_and_told() -> None:
    item = {"id": 7, "type": ["book"], "author": {"family": 3}, "title": {"a": 1}, "issued": "some day", "volume": 4}
    processor = Processor(make_style(), [item, "no item", {"type": "book"}])  # type: ignore[list-item] # the point
    assert processor.cite([cluster("7")])
    told = "\n".join(map(str, processor.problems))
    assert "7.title: not a date" in told
    assert "items[1]: not a CSL-JSON item" in told
    assert "items[2]: not a CSL-JSON item" in told


def test_control_characters_and_lone_surrogates_go() -> None:
    item = make_item("x", "Do\x00e\ud800", 1900, title="A\x07\x1b[31m title")
    processor = Processor(make_style(), [item])
    text = processor.bibliography("html").text()
    assert "A[31m title" in text
    text.encode()


@pytest.mark.parametrize(
    "style",
    [
        "<style",
        "<!DOCTYPE s [<!ENTITY a 'x'>]><style xmlns='http://purl.org/net/xbiblio/csl'>&a;</style>",
        "<html/>",
        make_style().replace("<citation", "<nothing").replace("</citation", "</nothing"),
        make_style(cite='<text macro="loop"/>').replace(
            "<citation", '<macro name="loop"><text macro="loop"/></macro><citation'
        ),
        make_style(cite="<group>" * 500 + "</group>" * 500),
    ],
)
def test_a_style_that_cannot_be_used_says_where(style: str) -> None:
    with pytest.raises(StyleError) as caught:
        Processor(style, ITEMS)
    assert caught.value.problems[0].where.source


def test_a_macro_bomb_is_refused_at_once() -> None:
    macros = "".join(f'<macro name="m{n}">{f"""<text macro="m{n + 1}"/>""" * 10}</macro>' for n in range(30))
    bomb = make_style(cite='<text macro="m0"/>').replace("<citation", f'{macros}<macro name="m30"/><citation')
    with pytest.raises(StyleError, match="expand"):  # 10 ** 30 elements: to expand them would never end
        parse_style(bomb)


@pytest.mark.parametrize(
    "title", ["x" * 10_000_000, "<i>" * 100_000, '"' * 200_000, "(“" * 100_000, "<b>a" * 5000 + "</b>" * 5000]
)
def test_large_and_nested_titles_end(title: str) -> None:
    processor = Processor(make_style(), [make_item("x", "Doe", 1900, title=title)])
    assert len(processor.bibliography("html").text()) < 2_000_000
