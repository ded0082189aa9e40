"""Bibliographies in HTML: `csl-bib-body` with the spacing as data, an id for each entry, and a style sheet that reads
both.

Class names are those of the reference processor, so that style sheets made for it fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.output.writers.html import escape_html

from .base import Layout, Page, Paper

if TYPE_CHECKING:
    from citetool.output.writers.base import Pair

_LABEL = lazy(r'<div class="csl-left-margin">(.*?)</div>', re.DOTALL)


def _attribute(text: str) -> str:
    return escape_html(text).replace('"', "&#34;")


def _body(layout: Layout) -> Pair:
    facts = {
        "entry-spacing": layout.entry_spacing,
        "line-spacing": layout.line_spacing,
        "hanging-indent": "true" if layout.hanging_indent else "",
        "second-field-align": layout.second_field_align,
        "margin": layout.margin or "",
    }
    data = "".join(f' data-{name}="{_attribute(str(value))}"' for name, value in facts.items() if value != "")
    return f'<div class="csl-bib-body"{data}>\n', "</div>\n"


def _entry(key: str, text: str, _layout: Layout) -> str:
    # an id has no blanks (HTML 5, 3.2.6)
    return f'  <div class="csl-entry" id="ref-{_attribute("_".join(key.split()))}">{text}</div>\n'


def _margin(text: str) -> int:
    found = _LABEL.search(text)
    return len(re.sub(r"<[^>]*>|&#\d+;", lambda m: "" if m[0][0] == "<" else "x", found[1])) if found else 0


def _rules(layout: Layout) -> list[str]:
    """Return the rules that a layout needs, by the data that stand at its body."""
    rules = [f'[data-line-spacing="{layout.line_spacing}"] {{ line-height: {1.35 * layout.line_spacing:g}; }}']
    spacing = f'[data-entry-spacing="{layout.entry_spacing}"] .csl-entry'
    rules.append(f"{spacing} {{ margin-bottom: {layout.entry_spacing:g}em; clear: left; }}")
    if layout.hanging_indent:
        rules.append('[data-hanging-indent="true"] .csl-entry { padding-left: 2em; text-indent: -2em; }')
        rules.append('[data-hanging-indent="true"] .csl-entry > div { text-indent: 0; }')
    if layout.second_field_align:
        width = f"{0.6 * max(layout.margin, 2) + 0.5:g}em"
        body = f'[data-second-field-align="{layout.second_field_align}"][data-margin="{layout.margin}"]'
        outside = f"margin-left: -{width}; " if layout.second_field_align == "margin" else ""
        rules.append(f"{body} .csl-left-margin {{ float: left; min-width: {width}; {outside}}}")
        if not outside:
            rules.append(f"{body} .csl-right-inline {{ margin-left: {width}; }}")
    return rules


def _page(page: Page) -> str:
    rules = dict.fromkeys(f"    .csl-bib-body{rule}" for layout in page.layouts for rule in _rules(layout))
    fixed = ["    .csl-indent, .csl-annotation { margin-left: 2em; text-indent: 0; }"]
    language = f' lang="{_attribute(page.language)}"' if page.language else ""
    heading = f"<h1>{page.title}</h1>\n" if page.title else ""
    return (
        f'<!DOCTYPE html>\n<html{language}>\n<head>\n  <meta charset="utf-8">\n  <title>{page.title}</title>\n'
        f"  <style>\n{chr(10).join([*rules, *fixed])}\n  </style>\n</head>\n"
        f"<body>\n{heading}{page.body}</body>\n</html>\n"
    )


PAPER = Paper(
    heading=lambda text: f"<h2>{text}</h2>\n",
    body=_body,
    entry=_entry,
    note=lambda text: f'  <div class="csl-annotation">{text}</div>\n',
    margin=_margin,
    nest=("<ul>\n", "</ul>\n"),
    item=lambda text, _depth, inner: f"<li>{text}{inner and chr(10)}{inner}</li>\n",
    page=_page,
)
