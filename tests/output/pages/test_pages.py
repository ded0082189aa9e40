"""Bibliographies as documents, in each format."""

from __future__ import annotations

import re

import pytest

from citetool.output.pages import Entry, Layout, Node, Section, write_page
from citetool.output.writers import WRITERS

LETTERS = Section("Letters & notes", [Entry("hull 1944", "Hull, C. Letter."), Entry("b", "Roe. Note.", "Two\n\nparts")])
HANGING = Layout(hanging_indent=True, entry_spacing=0, line_spacing=2)
ARCHIVES = Section("Archives", outline=[Node("Library of Congress", [Node("Papers")]), Node("NARA")])


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("text", "Letters & notes\n\nHull, C. Letter.\nRoe. Note.\n    Two\n    parts\n"),
        ("markdown", "## Letters & notes\n\nHull, C. Letter.\n\nRoe. Note.\n\n> Two\n\n> parts\n"),
        ("org", "* Letters & notes\n\nHull, C. Letter.\n\nRoe. Note.\n\n#+BEGIN_QUOTE\nTwo\n#+END_QUOTE\n\n"
                "#+BEGIN_QUOTE\nparts\n#+END_QUOTE\n"),
        ("rst", "Letters & notes\n---------------\n\nHull, C. Letter.\n\nRoe. Note.\n\n    Two\n\n    parts\n"),
    ],
)  # fmt: skip
def test_headings_and_annotations_are_those_of_the_format(format: str, expected: str) -> None:
    assert write_page([LETTERS], format) == expected


def test_html_says_the_layout_as_data_and_has_an_id_for_each_entry() -> None:
    text = write_page([LETTERS._replace(layout=HANGING)], "html")
    assert text.startswith("<h2>Letters &#38; notes</h2>\n")
    assert '<div class="csl-bib-body" data-entry-spacing="0" data-line-spacing="2" data-hanging-indent="true">' in text
    assert re.findall(r'id="([^"]*)"', text) == ["ref-hull_1944", "ref-b"]
    assert text.count('<div class="csl-annotation">') == 2


def test_the_style_sheet_of_a_page_follows_the_layout() -> None:
    page = write_page([LETTERS._replace(layout=HANGING)], "html", standalone=True, title="List", language="de-DE")
    assert page.startswith('<!DOCTYPE html>\n<html lang="de-DE">')
    assert '[data-hanging-indent="true"] .csl-entry { padding-left: 2em; text-indent: -2em; }' in page
    assert "hanging" not in write_page([LETTERS], "html", standalone=True)


def test_labels_in_the_margin_get_the_room_of_the_longest() -> None:
    entry = '<div class="csl-left-margin">[{}]</div><div class="csl-right-inline">Roe</div>'
    entries = [Entry(str(n), entry.format(n)) for n in (1, 100)]
    text = write_page([Section("", entries, Layout(second_field_align="flush"))], "html", standalone=True)
    assert 'data-margin="5"' in text
    assert "margin-left: 3.5em" in text


def test_rtf_is_always_a_document_with_hanging_paragraphs() -> None:
    text = write_page([LETTERS._replace(layout=HANGING)], "rtf")
    assert text.startswith("{\\rtf1\\ansi")
    assert "\\pard\\fi-720\\li720\\tx720\\sl480\\slmult1 Hull, C. Letter.\\par" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("format", WRITERS)
def test_outlines_and_titles_in_all_formats(format: str) -> None:
    text = write_page([ARCHIVES, LETTERS], format, standalone=True, title="All")
    places = [text.index(word) for word in ("All", "Archives", "Library of Congress", "Papers", "NARA", "Letters")]
    assert places == sorted(places)


def test_outlines_nest() -> None:
    assert write_page([ARCHIVES], "markdown") == "## Archives\n\n- Library of Congress\n    - Papers\n- NARA\n"
    assert "<li>Library of Congress\n<ul>\n<li>Papers</li>\n</ul>\n</li>" in write_page([ARCHIVES], "html")
