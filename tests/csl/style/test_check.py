"""The words in which `check_style` tells each fault: golden texts, for they are what a writer of styles reads."""

from __future__ import annotations

import pytest

from citetool.csl.style import schema
from citetool.csl.style.check import check_style
from citetool.problems import Where

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info>
  <title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated>
</info>
<macro name="name"><names variable="author"/></macro>
<macro name="year"><date variable="issued" form="text" date-parts="year"/></macro>
<citation>
  <sort><key macro="name"/></sort>
  <layout delimiter="; "><group delimiter=" "><text macro="name"/><text macro="year"/></group></layout>
</citation>
<bibliography>
  <layout><text macro="name"/></layout>
</bibliography>
</style>
"""


def told(text: str) -> list[str]:
    return [str(problem) for problem in check_style(text, "s.csl")]


def test_a_sound_style_has_no_faults() -> None:
    assert told(STYLE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('<text macro="year"/>', "<text/>",
         "s.csl:9: <text> needs one of the attributes 'macro', 'term', 'value', 'variable'"),
        ('<text macro="year"/>', '<text macro="year" variable="title"/>',
         "s.csl:9: <text> has both 'macro' and 'variable' (keep one of them)"),
        ('<text macro="year"/>', '<number variable="title"/><text macro="year"/>',
         "s.csl:9: <number> cannot print the variable 'title' (take <text>)"),
        ('<text macro="year"/>', '<text variable="author"/><text macro="year"/>',
         "s.csl:9: <text> cannot print the variable 'author' (take <names>)"),
        ('<text macro="year"/>', '<text term="editr"/><text macro="year"/>',
         "s.csl:9: unknown term 'editr' (did you mean 'editor', 'edition', 'entry'?)"),
        ('<text macro="year"/>', '<group/><text macro="year"/>', "s.csl:9: <group> is empty"),
        ('<text macro="year"/>', '<choose><if><text macro="year"/></if></choose>',
         "s.csl:9: <if> has no condition (one of the attributes 'disambiguate', 'is-numeric', 'is-uncertain-date',"
         " 'locator', 'position', 'type', 'variable')"),
        ('<text macro="year"/>', '<choose><else><text macro="year"/></else></choose>',
         "s.csl:9: <choose> needs <if>"),
        ('<text macro="year"/>',
         '<choose><if type="book"/><else><text macro="year"/></else><else-if type="map"/></choose>',
         "s.csl:9: <else> must be the last branch of its <choose>"),
        ('<text macro="year"/>', '<choose><if type="book"/><if type="map"/></choose><text macro="year"/>',
         "s.csl:9: <if> must be the first branch of its <choose> (write <else-if>)"),
        ('form="text" date-parts="year"', "", "s.csl:6: <date> has neither a form nor parts"
         ' (give form="text" or "numeric", or its <date-part>s)'),
        ('date-parts="year"', 'date-parts="year-day"',
         "s.csl:6: date-parts='year-day' is not allowed in <date> (did you mean 'year-month-day', 'year'?)"),
        ("<citation>", '<citation et-al-min="many">', "s.csl:7: et-al-min='many' of <citation> is not a whole number"),
        ("<citation>", '<citation collapse="years">',
         "s.csl:7: collapse='years' is not allowed in <citation> (did you mean 'year', 'year-suffix'?)"),
        ("<citation>", '<citation collapse="year-suffix">',
         's.csl:7: collapse="year-suffix" needs disambiguate-add-year-suffix="true"'),
        ("</style>", "<citation><layout/></citation></style>", "s.csl:14: <citation> is given twice (first on line 7)"),
        ("<title>T</title>", "<title> </title>", "s.csl:3: <title> is empty"),
        ("<updated>2026-01-01T00:00:00+00:00</updated>", "", "s.csl:2: <info> needs <updated>"),
        ("<id>t</id>", '<id>t</id><category citation-format="note"/>',
         's.csl:3: citation-format="note" does not go with class="in-text"'),
        ('class="in-text"', 'class="footnote"',
         "s.csl:1: class='footnote' is not allowed in <style> (did you mean 'note'?)"),
        ('class="in-text"', "", "s.csl:1: <style> needs the attribute 'class' (one of: in-text, note)"),
        ('class="in-text"', 'class="in-text" default-locale="en-US" defualt-locale="de"',
         "s.csl:1: <style> has no attribute 'defualt-locale' (did you mean 'default-locale'?)"),
        ('<key macro="name"/>', '<key macro="names"/>', "s.csl:8: there is no macro 'names' (did you mean 'name'?)"),
        ('<key macro="name"/>', "", "s.csl:8: <sort> needs <key>"),
        ('<names variable="author"/>', '<text macro="year"/><text macro="name"/>',
         "s.csl:5: circular macro: name -> name (a macro cannot call itself, not through others)"),
        ('<macro name="year">', '<macro name="idle"><text variable="title"/></macro><macro name="year">',
         "s.csl:6: the macro 'idle' is never called"),
        ("  <layout><text", '  <layout><choose><if position="first"><text variable="title"/></if></choose><text',
         "s.csl:12: a position is never true in a bibliography"),
        ('<text macro="year"/>',
         '<choose><if position="near-note"><text variable="title"/></if></choose><text macro="year"/>',
         "s.csl:9: 'near-note' is never true in a style without notes"),
        ("<citation>", "<locale><terms><term name=\"adn\">x</term></terms></locale><citation>",
         "s.csl:7: unknown term 'adn' (did you mean 'ad', 'and'?)"),
        ('<names variable="author"/>',
         '<names variable="author"><substitute><names variable="editor"/></substitute><label/></names>',
         "s.csl:5: <substitute> must be the last element of <names>"),
        ("</layout>\n</bibliography>", '</layout><sort><key variable="title"/></sort></bibliography>',
         "s.csl:11: <layout> must be the last element of <bibliography>"),
        ('date-parts="year"/>', '><date-part name="year" prefix="("/></date>',
         "s.csl:6: a <date-part> has no 'prefix' where the date has a form"
         " (take it out, or leave out the form and name all parts)"),
        ("<citation>", "so<citation>", "s.csl:1: text between elements: 'so' (take it out)"),
        ('<text macro="year"/>', '<text variable="title" plural="true"/><text macro="year"/>',
         "s.csl:9: not valid by the CSL schema: Invalid attribute plural for element text"),
        ("<citation>", '<cite xmlns="urn:other"/><citation>',
         "s.csl:7: <{urn:other}cite> is not of the CSL namespace (take it out)"),
        ("</layout>\n</citation>", "</layot>\n</citation>",
         "s.csl:9: not well-formed XML: Opening and ending tag mismatch: layout line 9 and layot"),
    ],
)  # fmt: skip
def test_what_is_said(old: str, new: str, expected: str) -> None:
    assert old in STYLE
    assert expected in told(STYLE.replace(old, new, 1))


def test_what_only_the_validator_sees() -> None:
    text = STYLE.replace("2026-01-01T00:00:00+00:00", "yesterday")
    (only,) = told(text)
    assert only.startswith("s.csl:3: not valid by the CSL schema: ")
    assert "yesterday" in only


def test_a_style_without_citations() -> None:
    start, end = STYLE.index("<citation>"), STYLE.index("<bibliography>")
    assert told(STYLE[:start] + STYLE[end:]) == [
        's.csl:1: <style> needs <citation> (a dependent style has <link rel="independent-parent"/> in its <info>)',
        "s.csl:6: the macro 'year' is never called",
    ]


def test_a_dependent_style_needs_no_citations() -> None:
    text = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="en-GB">
    <info><title>T</title><id>t</id><link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>
    <category citation-format="author-date"/><updated>2026-01-01T00:00:00+00:00</updated></info></style>"""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "s.csl:1: not well-formed XML: "),
        ("plain words", "s.csl:1: not well-formed XML: "),
        ("<a/>", "s.csl:1: the root is <a> and not <style> of the CSL namespace"),
        ("<style/>", "s.csl:1: the root is <style> and not <style> of the CSL namespace"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "s.csl:1: a document type declaration is not allowed in a style"),
        ("<a>" * 500, "s.csl:1: nested deeper than 120 elements"),
        ('<?xml version="1.0" encoding="nosuch"?><a/>', "s.csl:1: not well-formed XML: "),
        ("<a>\x00</a>", "s.csl:1: not well-formed XML: "),
        ("<a>\ud800</a>", "s.csl:1: the root is <a>"),
    ],
)
def test_what_is_no_style_has_one_fault(text: str, expected: str) -> None:
    (only,) = told(text)
    assert only.startswith(expected)


def test_faults_come_in_the_order_of_lines_and_with_their_severity() -> None:
    text = STYLE.replace('macro="year"', 'macro="yaer"').replace('variable="author"', 'variable="autor"')
    assert [(p.where.line, p.severity) for p in check_style(text)] == [(5, "error"), (6, "warning"), (9, "error")]


def test_bytes_are_read_in_their_own_encoding() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + STYLE.replace("<title>T<", "<title>\u00dcber<")
    assert check_style(text.encode("iso-8859-1")) == []


def test_places_of_a_text_from_several_files() -> None:
    text = STYLE.replace('macro="year"', 'macro="yaer"')
    found = check_style(text, "flat", origin=lambda line: Where(f"part-{line}.csl", 1))
    assert {p.where.source for p in found} == {"part-6.csl", "part-9.csl"}


def test_macros_that_branch_are_checked_in_linear_time() -> None:
    """Each of 60 macros calls the next two: 2 to the 60 ways, and each macro is looked at once."""
    macros = "".join(
        f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="n{n + 1}"/></macro>'
        f'<macro name="n{n}"><text macro="m{n + 1}"/><text macro="n{n + 1}"/></macro>'
        for n in range(60)
    )
    ends = '<macro name="m60"><text variable="title"/></macro><macro name="n60"><text variable="title"/></macro>'
    text = STYLE.replace("<citation>", macros + ends + "<citation>").replace('text macro="year"', 'text macro="m0"')
    found = told(text)
    assert [line for line in found if "circular" in line] == []
    assert [line for line in found if "macros expand to more than" in line]


def test_every_element_of_the_schema_has_a_rule() -> None:
    rules = schema.rules()
    for rule in rules.values():
        assert rule.children <= rules.keys()
    assert rules["citation"].attributes["et-al-min"].whole_number
    assert rules["text"].attributes["quotes"].words == {"true", "false"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('<names variable="author"/>', '<names variable="author"><name et-al-min="3"/></names>',
         ["s.csl:5: et-al-min without et-al-use-first (say how many names are left: et-al-use-first=\"1\")"]),
        ("</info>", '<link href="example.org/x" rel="documentation"/></info>',
         ["s.csl:4: no address: 'example.org/x' (write it out: https://...)"]),
        ("<citation>", '<citation et-al-min="3" et-al-use-first="1">', []),
    ],
)  # fmt: skip
def test_halves_of_options_and_links_that_lead_nowhere(old: str, new: str, expected: list[str]) -> None:
    assert told(STYLE.replace(old, new, 1)) == expected
