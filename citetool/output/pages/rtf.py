r"""Bibliographies in RTF: always a document, since Word opens nothing that does not begin with `{\rtf1`.

Distances are in twips, 1/1440 of an inch: a line of 12 points is 240, the indent half an inch.
"""

from __future__ import annotations

from .base import Layout, Page, Paper

_LINE = 240
_INDENT = 720


def _entry(_key: str, text: str, layout: Layout) -> str:
    hangs = layout.hanging_indent or bool(layout.second_field_align)
    indent = f"\\fi-{_INDENT}\\li{_INDENT}\\tx{_INDENT}" if hangs else ""
    lines = f"\\sl{_LINE * layout.line_spacing}\\slmult1" if layout.line_spacing > 1 else ""
    after = f"\\sa{_LINE * layout.entry_spacing}" if layout.entry_spacing else ""
    return f"\\pard{indent}{lines}{after} {text}\\par\n"


def _heading(text: str, level: int = 2) -> str:
    size = {1: 32, 2: 28}[level]
    return f"{{\\pard\\s{level}\\outlinelevel{level - 1}\\keepn\\sb240\\sa120\\b\\fs{size} {text}\\par}}\n"


def _page(page: Page) -> str:
    title = _heading(page.title, 1) if page.title else ""
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}\n"
        "{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0\\b\\fs32 heading 1;}"
        "{\\s2\\outlinelevel1\\b\\fs28 heading 2;}}\n"
        f"\\f0\\fs24\n{title}{page.body}}}\n"
    )


PAPER = Paper(
    heading=_heading,
    body=lambda _: ("", ""),
    entry=_entry,
    note=lambda text: f"\\pard\\li{2 * _INDENT}\\sa{_LINE} {text}\\par\n",
    page=_page,
    item=lambda text, depth, inner: f"\\pard\\fi-360\\li{360 * (depth + 1)} {text}\\par\n{inner}",
    always=True,
)
