"""reStructuredText; inline markup that its neighbours would hide gets an escaped space, which prints nothing."""

from __future__ import annotations

from citetool.lazy_re import lazy

from .base import Pair, Writer, on_one_line

_SPECIAL = lazy(r"[\\*`|]|_(?=\W|\Z)|(?<!\w)_|<(?=\w+:)")
_LINE_START = lazy(r"(?m)^(\s*)([-+*•] |\d+[.)] |[A-Za-z][.)] |\.\. |__ |:\w+:)")
_MARK = lazy(r"(?<=[^\s\"'({\[<\-/:\ufdd2])(?=\ufdd2)|(?<=\ufdd3)(?=[^\s\"')}\]>\-/:.,;!?\ufdd3])")


def escape_rst(text: str) -> str:
    """Return text that reStructuredText prints as it was."""
    return _SPECIAL.sub(lambda m: f"\\{m[0]}", on_one_line(text))


def _tidy(text: str) -> str:
    text = _MARK.sub(r"\\ ", text).replace("\ufdd2", "").replace("\ufdd3", "")
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}", text)


def _around(before: str, after: str) -> Pair:
    return f"\ufdd2{before}", f"{after}\ufdd3"


def _link(url: str) -> Pair:
    return _around("`", f" <{url.replace('<', '%3C').replace('>', '%3E')}>`__")


WRITER = Writer(
    name="rst",
    escape=escape_rst,
    marks={
        ("font-style", "italic"): _around("*", "*"),
        ("font-style", "oblique"): _around("*", "*"),
        ("font-weight", "bold"): _around("**", "**"),
        ("vertical-align", "sup"): _around(":sup:`", "`"),
        ("vertical-align", "sub"): _around(":sub:`", "`"),
        ("display", "block"): ("\n\n", "\n\n"),
        ("display", "right-inline"): (" ", ""),
        ("display", "indent"): ("\n\n", "\n\n"),
    },
    link=_link,
    entry=("", "\n\n"),
    tidy=_tidy,
)
