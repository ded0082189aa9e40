"""Markdown (CommonMark, with pandoc's bracketed spans for small capitals and the rest)."""

from __future__ import annotations

import re

from citetool.output.writers.base import Pair, Writer

_SPECIAL = re.compile(r"([\\`*_\[\]<>#$^~|])")
_LINE_START = re.compile(r"(?m)^(\s*)([-+]|\d{1,9}[.)])(?=\s)")


def escape_markdown(text: str) -> str:
    """Text that a Markdown reader gives back as it was."""
    return _SPECIAL.sub(r"\\\1", text)


def _link(url: str) -> Pair:
    return "[", f"](<{url.replace('<', '%3C').replace('>', '%3E')}>)"


def _no_list(text: str) -> str:
    """Keep `1944. Title` from becoming a numbered list."""
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", text)


WRITER = Writer(
    name="markdown",
    escape=escape_markdown,
    marks={
        ("font-style", "italic"): ("*", "*"),
        ("font-style", "oblique"): ("*", "*"),
        ("font-style", "normal"): ("[", "]{.upright}"),
        ("font-weight", "bold"): ("**", "**"),
        ("font-weight", "normal"): ("[", "]{.medium}"),
        ("font-variant", "small-caps"): ("[", "]{.smallcaps}"),
        ("text-decoration", "underline"): ("[", "]{.underline}"),
        ("vertical-align", "sup"): ("^", "^"),
        ("vertical-align", "sub"): ("~", "~"),
        ("display", "block"): ("\n\n", "\n\n"),
        ("display", "right-inline"): (" ", ""),
        ("display", "indent"): ("\n\n", "\n\n"),
    },
    link=_link,
    entry=("", "\n\n"),
    tidy=_no_list,
)
