"""Styles are read from files, texts and bytes; what is no style is refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citetool.csl.style.nodes import StyleError
from citetool.csl.style.parse import parse_style, parse_xml

if TYPE_CHECKING:
    from pathlib import Path

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note" default-locale="de-DE">
  <info><title>Ours</title><id>http://example.org/ours</id></info>
  <macro name="title"><text variable="title"/></macro>
  <citation><layout><text macro="title"/></layout></citation>
</style>"""


def test_what_a_style_says(tmp_path: Path) -> None:
    path = tmp_path / "ours.csl"
    path.write_text(STYLE, encoding="utf-8")
    for source in (STYLE, STYLE.encode(), path, str(path)):
        style = parse_style(source)
        assert (style.title, style.id, style.default_locale) == ("Ours", "http://example.org/ours", "de-DE")
        assert style.is_note
        assert list(style.macros) == ["title"]
        assert style.bibliography is None
        assert style.citation is not None
        assert style.citation.line == 5


def test_the_analysis_of_a_style() -> None:
    analysis = parse_style(STYLE).analysis
    assert analysis.variables == {"title"}
    assert analysis.of_macro("title") == (frozenset(), frozenset({"title", "title-short"}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<style>", "not well-formed"),
        (STYLE.replace('<text variable="title"/>', '<text macro="title"/>'), "macro calls itself"),
    ],
)
def test_what_is_no_style_is_refused(text: str, message: str) -> None:
    with pytest.raises(StyleError, match=message) as caught:
        parse_style(text)
    assert caught.value.problems[0].where.line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StyleError):
        parse_style(tmp_path / "none.csl")


def test_nodes_keep_names_attributes_and_lines() -> None:
    root = parse_xml(STYLE.encode(), "ours")
    assert [kid.name for kid in root.kids] == ["info", "macro", "citation"]
    macro = root.first("macro")
    assert macro is not None
    assert (macro.attrs, macro.line) == ({"name": "title"}, 4)
    assert root.first("bibliography") is None
