"""LaTeX: text for a UTF-8 document with `hyperref` for links; nothing else is needed."""

from __future__ import annotations

import re

from citetool.output.writers.base import Pair, Writer

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
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "–": "--",
    "—": "---",
}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")


def escape_latex(text: str) -> str:
    """Text that LaTeX prints as it was."""
    return _SPECIAL.sub(lambda m: _ESCAPES[m[0]], text)


def _link(url: str) -> Pair:
    safe = re.sub(r"[\\{}%#]", lambda m: f"%{ord(m[0]):02X}" if m[0] in "\\{}" else f"\\{m[0]}", url)
    return f"\\href{{{safe}}}{{", "}"


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
)
