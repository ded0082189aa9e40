"""Org mode markup; a zero-width space stands where a mark would not be read beside its neighbours."""

from __future__ import annotations

from citetool.lazy_re import lazy

from .base import Pair, Writer, on_one_line

_GAP = "\u200b"
# letters that Org reads as markup, footnotes, links, targets or entities
_SPECIAL = lazy(r"(?<!\w)[*/_+=~](?=\w)|\[(?=fn:|\[|cite)|<<|\\(?=\w)|(?<=\w)[_^](?=[\w{])")
_LINE_START = lazy(r"(?m)^(\s*)(\*+ |[-+] |\d+[.)] |#\+|# |\||: )")
_MARK = lazy(r"(?<=[^\s\u200b\"'({\-])(?=\ufdd2)|(?<=\ufdd3)(?=[^\s\u200b\"')}\-.,;:!?\[])")


def escape_org(text: str) -> str:
    """Return text that Org prints as it was."""
    return _SPECIAL.sub(lambda m: f"{m[0][0]}{_GAP}{m[0][1:]}", on_one_line(text))


def _tidy(text: str) -> str:
    text = _MARK.sub(_GAP, text).replace("\ufdd2", "").replace("\ufdd3", "")
    return _LINE_START.sub(lambda m: f"{m[1]}{_GAP}{m[2]}", text)


def _around(mark: str) -> Pair:
    return f"\ufdd2{mark}", f"{mark}\ufdd3"


def _link(url: str) -> Pair:
    return f"[[{url.replace('[', '%5B').replace(']', '%5D')}][", "]]"


WRITER = Writer(
    name="org",
    escape=escape_org,
    marks={
        ("font-style", "italic"): _around("/"),
        ("font-style", "oblique"): _around("/"),
        ("font-weight", "bold"): _around("*"),
        ("text-decoration", "underline"): _around("_"),
        ("vertical-align", "sup"): ("^{", "}"),
        ("vertical-align", "sub"): ("_{", "}"),
        ("display", "block"): ("\n\n", "\n\n"),
        ("display", "right-inline"): (" ", ""),
        ("display", "indent"): ("\n\n", "\n\n"),
    },
    link=_link,
    entry=("", "\n\n"),
    tidy=_tidy,
)
