"""HTML as the reference processor writes it, so that the two can be compared: numeric entities, `csl-` classes."""

from __future__ import annotations

import unicodedata

from citetool.lazy_re import lazy

from .base import Pair, Writer

_ENTITIES = {"&": "&#38;", "<": "&#60;", ">": "&#62;"}
# letters that are superscripts by themselves are written as markup, so that fonts do not differ
_RAISED = lazy("[ª²³¹ºʰ-ʸˀˁˠ-ˤᴬ-ᵃᵄ-ᵡᵸᶛ-ᶿ⁰ⁱ⁴-ⁿ℠™㆒-㆟\u06e5\u06e6]")
_OTHERS = {"ˀ": "ʔ", "ˁ": "ʕ", "\u06e5": "و", "\u06e6": "ي"}
_TABLE = str.maketrans(_ENTITIES)


def escape_html(text: str) -> str:
    """Text for an HTML body; a second space in a row is kept from collapsing."""
    if "&" in text or "<" in text or ">" in text:
        text = text.translate(_TABLE)
    if "  " in text:
        text = text.replace("  ", "\u00a0 ")
    if not text.isascii() and _RAISED.search(text):
        text = _RAISED.sub(lambda m: f"<sup>{_lower(m[0])}</sup>", text)
    return text


def _lower(letter: str) -> str:
    """Return the letter or sign that a raised letter is a small form of."""
    return _OTHERS.get(letter) or unicodedata.normalize("NFKC", letter)


def _link(url: str) -> Pair:
    safe = url.translate(_TABLE).replace('"', "&#34;")
    return f'<a href="{safe}">', "</a>"


def _style(rule: str) -> Pair:
    return f'<span style="{rule};">', "</span>"


_STYLED = lazy(r'<span style="([a-z-]+)(?::([a-z-]+))?;">')


def with_classes(html: str) -> str:
    """Return what this writer wrote, with classes for inline styles, which a page with a strict content policy forbids.

    `style="font-variant:small-caps;"` becomes `class="csl-font-variant-small-caps"`. Text is escaped and has no tags:
    every match is a tag of `_style`.
    """
    return _STYLED.sub(lambda match: f'<span class="csl-{"-".join(filter(None, match.groups()))}">', html)


def _space_out(text: str) -> str:
    """Return the text with spaces that end a block behind the block."""
    return text.replace(" </div>\n  ", "</div>\n   ") if " </div>" in text else text


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
    tidy=_space_out,
    entry=('  <div class="csl-entry">', "</div>\n"),
    bibliography=('<div class="csl-bib-body">\n', "</div>"),
)
