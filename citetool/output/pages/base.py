"""The parts of a page, and of what a format says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.struct import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citetool.output.writers.base import Pair


class Layout(NamedTuple):
    """Layout that a style wants of its entries (CSL 1.0.2, "Bibliography-specific Options"); spacings in lines.

    `margin` is the length of the longest label in the margin, in letters.
    """

    hanging_indent: bool = False
    entry_spacing: int = 1
    line_spacing: int = 1
    second_field_align: str = ""
    margin: int = 0


class Entry(NamedTuple):
    """One entry: its key, its text in the markup of the page, and a plain text to print under it."""

    key: str
    text: str
    note: str = ""


class Node(NamedTuple):
    """A line of an outline, plain text, and the lines under it."""

    text: str
    inner: Sequence[Node] = ()


class Section(NamedTuple):
    """Entries, or an outline, under a heading, '' for none."""

    heading: str
    entries: Sequence[Entry] = ()
    layout: Layout = Layout()
    outline: Sequence[Node] = ()


class Page(NamedTuple):
    """A finished body, and what the page around it is to say."""

    body: str
    title: str
    language: str
    layouts: Sequence[Layout]


def _paragraph(text: str) -> str:
    return f"{text}\n\n"


def _entry(_key: str, text: str, _layout: Layout) -> str:
    return f"{text}\n"


def _page(page: Page) -> str:
    return f"{page.title}\n\n{page.body}" if page.title else page.body


class Paper(NamedTuple):
    """The parts of a page in one format.

    `margin` gives the length of the label that an entry has in the margin; an outline has `nest` around each level and
    `item`s of a text, the depth and the level below; with `always` the body alone is no text of
    the format.
    """

    heading: Callable[[str], str] = _paragraph
    body: Callable[[Layout], Pair] = lambda _: ("", "\n")
    entry: Callable[[str, str, Layout], str] = _entry
    note: Callable[[str], str] = lambda text: f"    {text}\n"
    margin: Callable[[str], int] = lambda _: 0
    nest: Pair = ("", "")
    item: Callable[[str, int, str], str] = lambda text, depth, inner: f"{'  ' * depth}{text}\n{inner}"
    page: Callable[[Page], str] = _page
    always: bool = False
