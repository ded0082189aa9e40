from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from citetool.citation.styles.overlay import StyleText, extends, flatten
from citetool.citation.styles.source import find_style
from citetool.csl.style.schema import is_valid
from citetool.paths import shipped_styles
from citetool.problems import InputError, Problem

if TYPE_CHECKING:
    from pathlib import Path

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note" page-range-format="expanded">
  <!-- <macro name="title">not this one</macro> -->
  <info>
    <title>Base</title>
    <id>http://example.org/base</id>
    <author><name>Ann Author</name></author>
    <updated>2026-01-01T00:00:00+00:00</updated>
    <rights license="http://example.org/licence">Share alike</rights>
  </info>
  <locale xml:lang="en">
    <terms>
      <term name="editor" form="verb-short">ed.</term>
      <term name="manuscript">unpublished manuscript</term>
    </terms>
  </locale>
  <macro name="title">
    <text variable="title" quotes="true"/>
  </macro>
  <macro name="author">
    <names variable="author"/>
  </macro>
  <citation et-al-min="3" et-al-use-first="1">
    <layout suffix="." delimiter="; ">
      <text macro="author"/>
      <text macro="title"/>
    </layout>
  </citation>
  <bibliography>
    <sort><key macro="author"/></sort>
    <layout suffix="."><text macro="title"/></layout>
  </bibliography>
</style>
"""
HEAD = """<style xmlns="http://purl.org/net/xbiblio/csl" xmlns:o="urn:citetool:overlay" version="1.0" class="note"
       o:extends="base">
  <info><title>Over</title><id>over</id><updated>2026-02-02T00:00:00+00:00</updated></info>
"""


def over(body: str) -> str:
    return flatten(StyleText(f"{HEAD}{body}</style>", "over.csl"), StyleText(BASE, "base.csl")).text


def tree(text: str) -> etree._Element:
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=True, remove_comments=True))
    assert is_valid(root)
    return root


def one_line(element: etree._Element) -> str:
    xml = etree.tostring(element, encoding="unicode", with_tail=False)
    return " ".join(xml.replace(' xmlns="http://purl.org/net/xbiblio/csl"', "").split()).replace("> <", "><")


def part(text: str, path: str) -> str:
    """An element of a style, as XML in one line."""
    found = tree(text).find(path, {"c": "http://purl.org/net/xbiblio/csl"})
    assert found is not None
    return one_line(found)


def test_nothing_but_a_name_is_the_base_under_that_name() -> None:
    flat = over("")
    assert part(flat, "c:info/c:title") == "<title>Over</title>"
    assert "urn:citetool:overlay" not in flat
    for path in ("c:locale", "c:macro", "c:citation", "c:bibliography"):
        assert part(flat, path) == part(BASE, path)


def test_the_base_is_named_and_its_licence_kept() -> None:
    info = part(over(""), "c:info")
    assert '<link href="http://example.org/base" rel="template"/>' in info
    assert "<contributor><name>Ann Author</name></contributor>" in info
    assert '<rights license="http://example.org/licence">Share alike</rights>' in info


def test_a_macro_of_a_new_name_is_added_and_one_of_an_old_name_replaces() -> None:
    flat = over(
        '<macro name="new"><text variable="genre"/></macro><macro name="title"><text variable="title"/></macro>'
    )
    assert part(flat, "c:macro[@name='new']") == '<macro name="new"><text variable="genre"/></macro>'
    assert part(flat, "c:macro[@name='title']") == '<macro name="title"><text variable="title"/></macro>'
    assert part(flat, "c:macro[@name='author']") == part(BASE, "c:macro[@name='author']")


def test_base_stands_for_what_was_replaced() -> None:
    branch = '<choose><if variable="annote"><text variable="title"/></if><else><o:base/></else></choose>'
    flat = over(f'<macro name="title">{branch}</macro><citation><layout>{branch}</layout></citation>')
    assert '<else><text variable="title" quotes="true"/></else>' in part(flat, "c:macro[@name='title']")
    assert '<else><text macro="author"/><text macro="title"/></else>' in part(flat, "c:citation")


def test_base_may_stand_more_than_once() -> None:
    flat = over(
        '<bibliography><sort><key variable="issued"/><o:base/></sort><layout><o:base/><o:base/></layout></bibliography>'
    )
    assert part(flat, "c:bibliography/c:sort") == '<sort><key variable="issued"/><key macro="author"/></sort>'
    assert part(flat, "c:bibliography/c:layout").count("title") == 2


def test_attributes_are_added_to_those_of_the_base() -> None:
    citation = part(over('<citation et-al-min="5"><layout prefix="["><o:base/></layout></citation>'), "c:citation")
    assert citation.startswith(
        '<citation et-al-min="5" et-al-use-first="1"><layout suffix="." delimiter="; " prefix="[">'
    )
    assert 'page-range-format="expanded"' in over("")


def test_terms_are_added_or_replace() -> None:
    terms = (
        '<locale xml:lang="en"><terms><term name="manuscript">MS</term><term name="letter">letter</term></terms>'
        "</locale>"
        '<locale xml:lang="fr"><terms><term name="letter">lettre</term></terms></locale>'
    )
    flat = over(terms)
    assert part(flat, f"c:locale[@{LANG}='en']/c:terms") == (
        '<terms><term name="editor" form="verb-short">ed.</term>'
        '<term name="manuscript">MS</term><term name="letter">letter</term></terms>'
    )
    assert "lettre" in part(flat, f"c:locale[@{LANG}='fr']")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<macro name="new"><o:base/></macro>', "over.csl:4: the base has no macro new that could stand here"),
        ('<macro name="a"/>\n<macro name="a"/>', "over.csl:5: macro a is given twice"),
        ("<layout></layout>", "over.csl:4: <layout> has no place at the top of a style"),
        ('<macro name="a"><text></macro>', "over.csl:4:25: not well-formed XML: mismatched tag"),
    ],
)
def test_faults_are_told_with_their_line(body: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        over(body)
    assert message in str(caught.value)


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE style [<!ENTITY a "b">]>\n'
    with pytest.raises(InputError, match=r"over.csl:1: a style must not have a document type declaration"):
        flatten(StyleText(f"{bomb}{HEAD}</style>", "over.csl"), StyleText(BASE, "base.csl"))


def test_an_overlay_without_info() -> None:
    text = HEAD[: HEAD.index("  <info>")]
    with pytest.raises(InputError, match="the overlay has no <info>"):
        flatten(StyleText(f"{text}</style>", "over.csl"), StyleText(BASE, "base.csl"))


def test_csl_behind_a_prefix_is_refused_with_the_reason() -> None:
    with pytest.raises(InputError, match="default namespace"):
        flatten(StyleText(f"{HEAD}</style>", "over.csl"), StyleText('<cs:style xmlns:cs="x"></cs:style>', "base.csl"))


def test_only_our_namespace_makes_an_overlay() -> None:
    assert extends(BASE) is None
    assert extends(HEAD) == "base"
    assert extends(HEAD.replace("xmlns:o", "xmlns:q").replace("o:extends", "q:extends")) == "base"
    assert extends(f"<!-- urn:citetool:overlay -->{BASE}") is None


def test_each_line_knows_where_it_comes_from() -> None:
    overlay = StyleText(f'{HEAD}  <macro name="title">\n    <text variable="genre"/>\n  </macro>\n</style>', "over.csl")
    flat = flatten(overlay, StyleText(BASE, "base.csl"))
    for number, line in enumerate(flat.text.split("\n"), 1):
        where = flat.origin(number)
        if where.line is not None and line.strip():
            source = overlay.text if where.source == "over.csl" else BASE
            # what was written anew (merged attributes, credits) shares its line with what was there
            begins = line.strip()[:20]
            assert begins in source.split("\n")[where.line - 1] or begins.startswith(("<macro", "</macro"))
    genre = flat.text[: flat.text.index('"genre"')].count("\n") + 1
    assert (flat.origin(genre).source, flat.origin(genre).line) == ("over.csl", 5)


def test_an_overlay_over_an_overlay_and_over_its_namesake(tmp_path: Path) -> None:
    mine = HEAD.replace('"base"', '"chicago"')
    (tmp_path / "chicago.csl").write_text(
        f'{mine}<macro name="archival-kind"><o:base/></macro></style>', encoding="utf-8"
    )
    source = find_style("chicago", folders=[tmp_path])
    ours = find_style("chicago")
    assert (source.home, source.base, ours.base) == ("library", "chicago", "chicago-notes-bibliography")
    assert part(source.text, "c:citation") == part(ours.text, "c:citation")
    assert part(source.text, "c:info/c:title") == "<title>Over</title>"


def test_circles_of_overlays_end(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / f"{name}.csl").write_text(f"{HEAD.replace('base', other)}</style>", encoding="utf-8")
    with pytest.raises(InputError, match="the base 'one' is not there"):
        find_style("one", folders=[tmp_path])
    path = tmp_path / "self.csl"
    path.write_text(f"{HEAD.replace('base', 'self.csl')}</style>", encoding="utf-8")
    with pytest.raises(InputError, match="the style extends itself"):
        find_style(str(path))


@pytest.mark.parametrize("name", ["chicago", "mla"])
def test_our_overlays_are_valid_csl_when_flattened(name: str) -> None:
    text = find_style(name).text
    assert "urn:citetool:overlay" not in text
    assert is_valid(etree.fromstring(text.encode()))
    assert "creativecommons.org/licenses/by-sa" in text


@pytest.mark.parametrize("name", ["chicago", "mla"])
def test_what_an_overlay_does_not_name_stays_as_it_is(name: str) -> None:
    source = find_style(name)
    assert source.base is not None
    ours = source.path.read_text(encoding="utf-8")
    flat = {macro.get("name"): one_line(macro) for macro in tree(source.text).iterfind("{*}macro")}
    kept = 0
    for macro in tree(find_style(source.base).text).iterfind("{*}macro"):
        if f'<macro name="{macro.get("name")}"' not in ours:
            kept += 1
            assert flat[macro.get("name")] == one_line(macro)
    assert kept > 40


def test_the_example_of_the_documentation_works(tmp_path: Path) -> None:
    folder = shipped_styles()
    assert folder is not None
    text = (folder / "README.md").read_text(encoding="utf-8")
    example = tmp_path / "our-house-style.csl"
    example.write_text(text.partition("```xml\n")[2].partition("```")[0], encoding="utf-8")
    source = find_style(str(example))
    assert (source.title, source.base) == ("Our house style", "chicago")
    assert is_valid(etree.fromstring(source.xml))


BITS = ("<o:base/>", "</macro>", '<macro name="x">', '"', "<", ">", "&", "<!--", "]]>", "\0", "<style", "<info/>", "")


@pytest.mark.property
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_however_broken_an_overlay_is_it_ends_in_a_style_or_a_known_fault(data: st.DataObject) -> None:
    text = f'{HEAD}<macro name="title"><o:base/></macro><citation><layout><o:base/></layout></citation></style>'
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.sampled_from((0, 1, 7, 60)))
        text = text[:start] + data.draw(st.sampled_from(BITS)) + text[end:]
    flat: StyleText | None = None
    problems: tuple[Problem, ...] = ()
    try:
        flat = flatten(StyleText(text, "over.csl"), StyleText(BASE, "base.csl"))
    except InputError as error:
        problems = error.problems
    assert (flat is None) == bool(problems)
    assert all(problem.where.source in ("over.csl", "base.csl") for problem in problems)
    assert flat is None or flat.origin(1).source == "over.csl"
