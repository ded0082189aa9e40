"""Typst markup: functions rather than `*` and `_`, which depend on the letters around them."""

from __future__ import annotations

import re

from citetool.lazy_re import lazy

from .base import Pair, Writer, on_one_line

# `--` is a dash, `-?` a gap for hyphenation, `-1` gets a minus, `//` and `/*` begin a comment, `...` an ellipsis
_SPECIAL = lazy(r"[\\#$*_`<>@\[\]~'\"]|-(?=[-?]|\Z)|(?<!\w)-(?=\d)|/(?=[/*]|\Z)")
# a list or heading begins with a line, and with the content of a function
_LINE_START = lazy(r"(?m)(^\s*|(?<!\\)\[\s*)([-+/]|=+|\d+\.)(?=\s|$|\])")
# a token of the text: an escaped character, or the end of a function that what follows would be read as part of
_END = lazy(r"\\.|\](?=[(;]|\.[\w])", re.DOTALL)


def escape_typst(text: str) -> str:
    """Text that Typst prints as it was."""
    return _SPECIAL.sub(lambda m: f"\\{m[0]}", on_one_line(text)).replace("\u00a0", "~")


def _tidy(text: str) -> str:
    """Functions ended where a bracket, stop or semicolon follows; no line that begins like a list."""
    text = _END.sub(lambda m: "];" if m[0] == "]" else m[0], text)
    text = text.replace("...", r"\...")
    return _LINE_START.sub(_no_block, text)


def _no_block(match: re.Match[str]) -> str:
    start, mark = match.groups()
    return f"{start}\\{mark}" if not mark[0].isdigit() else f"{start}{mark[:-1]}\\."


def _link(url: str) -> Pair:
    safe = re.sub(r"[\\\"\[\]]|\.(?=\.)", lambda m: f"%{ord(m[0]):02X}", url)
    return f'#link("{safe}")[', "]"


WRITER = Writer(
    name="typst",
    escape=escape_typst,
    marks={
        ("font-style", "italic"): ("#emph[", "]"),
        ("font-style", "oblique"): ('#text(style: "oblique")[', "]"),
        ("font-style", "normal"): ('#text(style: "normal")[', "]"),
        ("font-weight", "bold"): ("#strong[", "]"),
        ("font-weight", "normal"): ('#text(weight: "regular")[', "]"),
        ("font-weight", "light"): ('#text(weight: "light")[', "]"),
        ("font-variant", "small-caps"): ("#smallcaps[", "]"),
        ("text-decoration", "underline"): ("#underline[", "]"),
        ("vertical-align", "sup"): ("#super[", "]"),
        ("vertical-align", "sub"): ("#sub[", "]"),
        ("display", "block"): ("\n\n", "\n\n"),
        ("display", "right-inline"): (" ", ""),
        ("display", "indent"): ("\n\n", "\n\n"),
    },
    link=_link,
    entry=("", "\n\n"),
    tidy=_tidy,
)
