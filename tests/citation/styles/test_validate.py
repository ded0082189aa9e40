from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.citation.styles.locate import style_ids
from citetool.citation.styles.validate import check_style
from citetool.csl.style.schema import rules
from citetool.problems import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
  <info><title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <macro name="a"><text variable="title"/></macro>
  <macro name="b"><text macro="a"/></macro>
  <citation>
    <layout suffix="."><text macro="b"/></layout>
  </citation>
</style>
"""


def faults(folder: Path, text: str) -> list[str]:
    """The faults of a style, each as `LINE severity: message (hint)`."""
    path = folder / "t.csl"
    path.write_text(text, encoding="utf-8")
    found = check_style(str(path))
    assert all(problem.where.source == str(path) for problem in found)
    return [f"{p.where.line} {p.severity}: {p.message}" + (f" ({p.hint})" if p.hint else "") for p in found]


def test_a_sound_style_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            '<text macro="b"/>',
            '<text macro="bb"/><text macro="b"/>',
            "7 error: there is no macro 'bb' (did you mean 'b'?)",
        ),
        ('"title"', '"titel"', "4 error: unknown variable 'titel' (did you mean 'title'?)"),
        ('"title"', '"title" quotes="true" qoutes="true"', "4 error: <text> has no attribute 'qoutes'"),
        ('variable="title"', 'term="ibidd"', "4 error: unknown term 'ibidd' (did you mean 'ibid'?)"),
        ('<text macro="a"/>', '<text macro="a"/><txt/>', "5 error: unknown element <txt> (did you mean 'text'?)"),
        ('<text macro="a"/>', '<text macro="a"/><number/>', "5 error: <number> needs the attribute 'variable'"),
        (
            '<text macro="a"/>',
            '<choose><if type="bok"><text macro="a"/></if></choose>',
            "5 error: unknown item type 'bok' (did you mean 'book'?)",
        ),
        (
            '<text macro="a"/>',
            '<choose><if position="ibid later"><text macro="a"/></if></choose>',
            "5 error: unknown position 'later' (one of: first, ibid, ibid-with-locator, near-note, subsequent)",
        ),
        (
            '<text macro="a"/>',
            '<text macro="a" text-case="upper"/>',
            "5 error: text-case='upper' is not allowed in <text> (did you mean 'uppercase'?)",
        ),
        ('variable="title"', 'macro="b"', "4 error: circular macro: a -> b -> a (a macro"),
        ('name="b"', 'name="a"', "5 error: the macro 'a' is given twice (first at {path}:4)"),
        ('macro="b"', 'macro="a"', "5 warning: the macro 'b' is never called"),
        ("</layout>", "<sort/></layout>", "7 error: <sort> cannot stand in <layout> (<layout> has <choose>, "),
        ("</layout>", '<x:y xmlns:x="urn:x"/></layout>', "7 error: <{{urn:x}}y> is not of the CSL namespace"),
        ("<id>t</id>", "", "3 error: <info> needs <id>"),
        ("</citation>", "", "9 error: not well-formed XML: Opening and ending tag mismatch"),
        (
            "<style",
            '<!DOCTYPE style [<!ENTITY a "b">]><style',
            "2 error: a document type declaration is not allowed in a style",
        ),
        ("purl.org/net/xbiblio/csl", "example.org", "2 error: the root is <style> and not <style> of the CSL"),
    ],
)
def test_each_fault_has_its_line_and_hint(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in SOUND
    told = faults(tmp_path, SOUND.replace(old, new, 1))
    assert any(line.startswith(expected.format(path=tmp_path / "t.csl")) for line in told), told


def test_all_faults_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = SOUND.replace('"title"', '"titel"').replace('suffix="."', 'sufix="."').replace('macro="b"', 'macro="c"')
    assert [line.split(":")[0] for line in faults(tmp_path, text)] == ["4 error", "5 warning", "7 error", "7 error"]


def test_an_overlay_is_told_its_own_faults_at_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "over.csl").write_text(
        """<style xmlns="http://purl.org/net/xbiblio/csl" xmlns:o="urn:citetool:overlay" version="1.0" class="note"
       o:extends="chicago-notes-bibliography">
  <info><title>Over</title><id>over</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <macro name="title-note">
    <choose>
      <if variable="anote"><text variable="title"/></if>
      <else><o:base/></else>
    </choose>
  </macro>
</style>
""",
        encoding="utf-8",
    )
    found = check_style(str(tmp_path / "over.csl"))
    assert [(p.where.line, p.message, p.hint) for p in found] == [
        (6, "unknown variable 'anote'", "did you mean 'annote', 'note'?")
    ]


def test_an_overlay_without_its_base(tmp_path: Path) -> None:
    path = tmp_path / "over.csl"
    path.write_text('<style xmlns:o="urn:citetool:overlay" o:extends="nosuch"/>', encoding="utf-8")
    assert [p.message for p in check_style(str(path))] == ["the base 'nosuch' is not there"]


def test_a_long_chain_of_macros_is_checked(tmp_path: Path) -> None:
    chain = "".join(f'<macro name="m{i}"><text macro="m{i + 1}"/></macro>' for i in range(3000))
    text = SOUND.replace("  <citation>", f'{chain}<macro name="m3000"><text macro="m0"/></macro><citation>')
    assert any("circular macro: m0 -> m1 ->" in line for line in faults(tmp_path, text))


def test_a_style_that_is_not_there() -> None:
    with pytest.raises(NotFoundError):
        check_style("nosuch")


@pytest.mark.parametrize("name", style_ids(stock=False))
def test_our_styles_are_sound(name: str) -> None:
    assert check_style(name) == []


@pytest.mark.parametrize("name", ["apa", "ieee", "nature", "oscola", "chicago-author-date", "nature-digest"])
def test_stock_styles_have_no_errors(name: str) -> None:
    assert [problem for problem in check_style(name) if problem.severity == "error"] == []


def test_the_tables_of_the_schema() -> None:
    table = rules()
    assert {"archive_location", "archive-place"} <= table["text"].attributes["variable"].words
    assert table["if"].attributes["type"].several
    assert table["text"].attributes["prefix"].free
    assert table["names"].required == {"variable"}
    assert table["group"].children == {"choose", "date", "group", "label", "names", "number", "text"}


def test_faults_of_the_overlays_below_are_told_behind_its_own(tmp_path: Path) -> None:
    rest = 'xmlns="http://purl.org/net/xbiblio/csl" xmlns:o="urn:citetool:overlay" version="1.0" class="note"'
    info = "<info><title>T</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
    macro = '<macro name="{}"><text variable="{}"/></macro>'
    (tmp_path / "lower.csl").write_text(
        f'<style {rest} o:extends="chicago">{info}\n{macro.format("archival-date", "titel")}</style>', encoding="utf-8"
    )
    (tmp_path / "upper.csl").write_text(
        f'<style {rest} o:extends="{tmp_path / "lower.csl"}">{info}\n{macro.format("archival-kind", "titl")}</style>',
        encoding="utf-8",
    )
    found = [p for p in check_style(str(tmp_path / "upper.csl")) if p.severity == "error"]
    places = [(str(p.where.source).rpartition("/")[2], p.where.line, p.message) for p in found]
    assert places == [("upper.csl", 2, "unknown variable 'titl'"), ("lower.csl", 2, "unknown variable 'titel'")]
