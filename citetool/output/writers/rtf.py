r"""RTF: groups in braces, every character beyond ASCII as a `\u` escape in UTF-16 units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .base import Pair, Writer, on_one_line

if TYPE_CHECKING:
    import re

_SPECIAL = lazy(r"[\\{}\t]|[^\x00-\x7f]")
_NAMED = {"\\": r"\\", "{": r"\{", "}": r"\}", "\t": r"\tab ", "\u00a0": r"\~"}


def _one(match: re.Match[str]) -> str:
    char = match[0]
    named = _NAMED.get(char)
    if named is not None:
        return named
    units = char.encode("utf-16-le", "surrogatepass")
    numbers = [int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)]
    return "".join(f"\\uc0\\u{n} " for n in numbers)


def escape_rtf(text: str) -> str:
    """Text inside an RTF document."""
    return _SPECIAL.sub(_one, on_one_line(text))


def _link(url: str) -> Pair:
    safe = escape_rtf(url).replace('"', "%22")
    return f'{{\\field{{\\*\\fldinst{{HYPERLINK "{safe}"}}}}{{\\fldrslt ', "}}"


def _group(word: str) -> Pair:
    return f"{{\\{word} ", "}"


WRITER = Writer(
    name="rtf",
    escape=escape_rtf,
    marks={
        ("font-style", "italic"): _group("i"),
        ("font-style", "oblique"): _group("i"),
        ("font-style", "normal"): _group("i0"),
        ("font-weight", "bold"): _group("b"),
        ("font-weight", "normal"): _group("b0"),
        ("font-variant", "small-caps"): _group("scaps"),
        ("font-variant", "normal"): _group("scaps0"),
        ("text-decoration", "underline"): _group("ul"),
        ("text-decoration", "none"): _group("ulnone"),
        ("vertical-align", "sup"): _group("super"),
        ("vertical-align", "sub"): _group("sub"),
        ("vertical-align", "baseline"): _group("nosupersub"),
        ("display", "block"): ("\\line ", "\\line "),
        ("display", "right-inline"): ("\\tab ", ""),
        ("display", "indent"): ("\\line ", ""),
    },
    link=_link,
    entry=("", "\\par\n"),
    bibliography=("{\\rtf1\\ansi\n", "}"),
)
