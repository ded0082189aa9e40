"""Typst markup: functions rather than `*` and `_`, which depend on the letters around them."""

from __future__ import annotations

import re

from citetool.output.writers.base import Pair, Writer

_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]~=/'\"-])")
_PLAIN_DASHES = re.compile(r"\\([-/=])")
_LINE_START = re.compile(r"(?m)^(\s*)([-+/=]|\d+\.)(?=\s)")


def escape_typst(text: str) -> str:
    """Text that Typst prints as it was."""
    return _SPECIAL.sub(r"\\\1", text).replace("\u00a0", "~")


def _link(url: str) -> Pair:
    safe = url.replace("\\", "\\\\").replace('"', '\\"')
    return f'#link("{safe}")[', "]"


def _no_list(text: str) -> str:
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", text)


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
    tidy=_no_list,
)
