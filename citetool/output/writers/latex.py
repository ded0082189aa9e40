"""LaTeX: text for a UTF-8 document with `hyperref` for links; nothing else is needed.

Quotation marks and dashes become the ligatures that all fonts have; where a font would make a ligature of what was
typed as single characters (`--`, ‘ beside “), an empty group stands between.
"""

from __future__ import annotations

import re

from citetool.lazy_re import lazy

from .base import Pair, Writer, on_one_line

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "\u00a0": "~",
    "\u202f": r"\,",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "`": r"\textasciigrave{}",
}
_SPECIAL = lazy("[" + re.escape("".join(_ESCAPES)) + "]")
_QUOTES = {"“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "-": "-"}
_QUOTE = lazy("[“”‘’–—]|-(?=-)")
# what must not follow without a gap, for the two would be read as another mark
_PARTS_LIGATURES = {"‘": "“‘", "’": "”’'", "–": "-–—", "—": "-–—", "-": "-"}


def escape_latex(text: str) -> str:
    """Text that LaTeX prints as it was, once `tidy` has seen to its quotation marks and dashes."""
    return _SPECIAL.sub(lambda m: _ESCAPES[m[0]], on_one_line(text))


def _tidy(text: str) -> str:
    """Keep apart marks that would meet across formatting as ligatures."""

    def one(match: re.Match[str]) -> str:
        mark = _QUOTES[match[0]]
        after = text[match.end() : match.end() + 1]
        return mark + "{}" if after and after in _PARTS_LIGATURES.get(match[0], "") else mark

    return _QUOTE.sub(one, text)


def _link(url: str) -> Pair:
    # as bytes where the mark would end the argument or be changed by `tidy`, else escaped
    safe = re.sub(r"[\\{}^~`\s“”‘’–—]|-(?=-)", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)
    return f"\\href{{{re.sub('[%#&]', lambda m: chr(92) + m[0], safe)}}}{{", "}"


def _command(name: str) -> Pair:
    return f"\\{name}{{", "}"


WRITER = Writer(
    name="latex",
    escape=escape_latex,
    marks={
        ("font-style", "italic"): _command("textit"),
        ("font-style", "oblique"): _command("textsl"),
        ("font-style", "normal"): _command("textup"),
        ("font-weight", "bold"): _command("textbf"),
        ("font-weight", "normal"): _command("textmd"),
        ("font-weight", "light"): _command("textmd"),
        ("font-variant", "small-caps"): _command("textsc"),
        ("font-variant", "normal"): _command("textup"),
        ("text-decoration", "underline"): _command("underline"),
        ("vertical-align", "sup"): _command("textsuperscript"),
        ("vertical-align", "sub"): _command("textsubscript"),
        ("display", "block"): ("\n\n", "\n\n"),
        ("display", "right-inline"): (" ", ""),
        ("display", "indent"): ("\n\n", "\n\n"),
    },
    link=_link,
    entry=("", "\n\n"),
    tidy=_tidy,
)
