"""Fields of a bibliography entry: display blocks, the second field, and the affixes of the layout."""

from __future__ import annotations

import re

import pytest

from citetool.csl import Processor

ITEM = {
    "id": "a",
    "type": "book",
    "title": "Title",
    "author": [{"family": "Doe", "given": "John"}],
    "publisher": "Press",
}
AUTHOR = '<names variable="author"/>'
TITLE = '<text variable="title"/>'
PRESS = '<text variable="publisher"/>'
EMPTY = '<text variable="volume"/>'
BLOCK = f'<group display="block">{AUTHOR}</group>'


def entry(fields: str, bibliography: str = "") -> str:
    """The HTML of the one entry, white space between tags left out; the layout has the affixes `[` and `.`."""
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title>'
        "<id>t</id><updated>2024-01-01T00:00:00+00:00</updated></info>"
        f'<macro name="block"><group display="block">{TITLE}</group></macro>'
        f"<citation><layout>{TITLE}</layout></citation>"
        f'<bibliography {bibliography}><layout prefix="[" suffix=".">{fields}</layout></bibliography></style>'
    )
    ((_, text),) = Processor(style, [ITEM]).bibliography("html").entries
    inner = re.sub(r'^<div class="csl-entry">|</div>$', "", text.strip())
    return re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", inner).strip().replace("csl-", "")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (BLOCK + TITLE, '<div class="block">[John Doe</div>Title.'),
        (BLOCK + TITLE + EMPTY, '<div class="block">[John Doe</div>Title.'),
        (TITLE + BLOCK, '[Title<div class="block">John Doe</div>.'),
        (BLOCK + f'<group display="block">{TITLE}</group>',
         '<div class="block">[John Doe</div><div class="block">Title.</div>'),
        (EMPTY + BLOCK + TITLE, '<div class="block">John Doe</div>Title.'),
        (f"{TITLE}<group>{BLOCK}</group>", "[TitleJohn Doe."),
        (f'{PRESS}<text macro="block"/>', "[PressTitle."),
        (f'{TITLE}<group display="block" prefix=", ">{AUTHOR}</group>{PRESS}',
         '[Title,<div class="block">John Doe</div>Press.'),
    ],
)  # fmt: skip
def test_display_blocks_are_elements_of_the_layout(fields: str, expected: str) -> None:
    assert entry(fields) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (TITLE + AUTHOR + PRESS, '<div class="left-margin">[Title</div><div class="right-inline">John DoePress.</div>'),
        (TITLE + AUTHOR + EMPTY, '<div class="left-margin">[Title</div><div class="right-inline">John Doe.</div>'),
        (TITLE, '<div class="left-margin">[Title</div>'),
        (TITLE + EMPTY, '<div class="left-margin">[Title</div>'),
        (EMPTY + TITLE, '<div class="right-inline">Title.</div>'),
        (f"<group>{TITLE}{AUTHOR}</group>{PRESS}",
         '<div class="left-margin">[TitleJohn Doe</div><div class="right-inline">Press.</div>'),
        (f'<choose><if variable="title">{TITLE}{PRESS}</if></choose>',
         '<div class="left-margin">[Title</div><div class="right-inline">Press.</div>'),
    ],
)  # fmt: skip
def test_the_first_element_stands_in_the_margin(fields: str, expected: str) -> None:
    assert entry(fields, 'second-field-align="flush"') == expected


QUOTED = '<text variable="title" quotes="true"/>'
SLANTED = '<text variable="title" quotes="true" font-style="italic"/>'


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (f'{QUOTED}<text variable="publisher" prefix=", "/>', "[“Title,” Press."),
        (f'{SLANTED}<text variable="publisher" prefix=", "/>', "[“<i>Title</i>”, Press."),
        (f'<group>{SLANTED}</group><text variable="publisher" prefix=", "/>', "[“<i>Title,</i>” Press."),
        (f'<group delimiter=", ">{SLANTED}{PRESS}</group>', "[“<i>Title,</i>” Press."),
        (SLANTED, "[“<i>Title.</i>”"),
        (f'<group suffix=",">{QUOTED}</group>', "[“Title,.”"),
    ],
)
def test_marks_move_into_quotes_but_not_from_the_prefix_after_formatted_ones(fields: str, expected: str) -> None:
    assert entry(fields) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (f'<group suffix="."><text variable="title" suffix=":"/></group>{PRESS}', "[Title.:Press."),
        (f'<group suffix="."><group suffix=":">{TITLE}</group></group>{PRESS}', "[Title:Press."),
        (f'<group suffix="."><names variable="author" suffix=":"/></group>{PRESS}', "[John Doe:Press."),
        ('<text variable="title" suffix=":"/><text variable="publisher" prefix=". "/>', "[Title: Press."),
        (f'<group suffix="."><text variable="title" quotes="true" suffix=","/></group>{PRESS}', "[“Title.,”Press."),
    ],
)
def test_the_suffix_of_a_group_stands_before_that_of_its_last_element(fields: str, expected: str) -> None:
    assert entry(fields) == expected
