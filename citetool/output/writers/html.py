"""HTML as the reference processor writes it, so that the two can be compared: numeric entities, `csl-` classes."""

from __future__ import annotations

from citetool.output.writers.base import Pair, Writer

_ENTITIES = {"&": "&#38;", "<": "&#60;", ">": "&#62;"}
_TABLE = str.maketrans(_ENTITIES)


def escape_html(text: str) -> str:
    """Text for an HTML body; a second space in a row is kept from collapsing."""
    if "&" in text or "<" in text or ">" in text:
        text = text.translate(_TABLE)
    return text.replace("  ", "\u00a0 ") if "  " in text else text


def _link(url: str) -> Pair:
    safe = url.translate(_TABLE).replace('"', "&#34;")
    return f'<a href="{safe}">', "</a>"


def _style(rule: str) -> Pair:
    return f'<span style="{rule};">', "</span>"


WRITER = Writer(
    name="html",
    escape=escape_html,
    marks={
        ("font-style", "italic"): ("<i>", "</i>"),
        ("font-style", "oblique"): ("<em>", "</em>"),
        ("font-style", "normal"): _style("font-style:normal"),
        ("font-variant", "small-caps"): _style("font-variant:small-caps"),
        ("font-variant", "normal"): _style("font-variant:normal"),
        ("font-weight", "bold"): ("<b>", "</b>"),
        ("font-weight", "normal"): _style("font-weight:normal"),
        ("font-weight", "light"): _style("font-weight:light"),
        ("text-decoration", "none"): _style("text-decoration:none"),
        ("text-decoration", "underline"): _style("text-decoration:underline"),
        ("vertical-align", "sup"): ("<sup>", "</sup>"),
        ("vertical-align", "sub"): ("<sub>", "</sub>"),
        ("vertical-align", "baseline"): _style("baseline"),
        ("display", "block"): ('\n\n    <div class="csl-block">', "</div>\n"),
        ("display", "left-margin"): ('\n    <div class="csl-left-margin">', "</div>"),
        ("display", "right-inline"): ('<div class="csl-right-inline">', "</div>\n  "),
        ("display", "indent"): ('<div class="csl-indent">', "</div>\n  "),
    },
    link=_link,
    entry=('  <div class="csl-entry">', "</div>\n"),
    bibliography=('<div class="csl-bib-body">\n', "</div>"),
)
