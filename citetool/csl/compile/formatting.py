"""The attributes that all rendering elements share: formatting, affixes, quotes, display, periods, text case.

`compile_wrap` turns them into one function from a tree to the tree around it, or None where there is nothing to do,
which is the common case. SPEC (CSL 1.0.2, "Affixes"): affixes stand outside of formatting, quotes and text case.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.output.markup import parse_rich_text
from citetool.output.textcase import apply_text_case
from citetool.output.tree import SEAL, Affix, Mark, Out, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.csl.compile.context import CompileContext
    from citetool.csl.compile.state import State

Wrap = "Callable[[Out], Out]"
_INNER = (":", ";", ",", "!", "?")

_FORMATS = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")
_MARKING = frozenset((*_FORMATS, "quotes"))
_WRAPPING = _MARKING | {"prefix", "suffix", "display"}
_MARKS: dict[tuple[str, str], Mark] = {}
_QUOTE = Mark("quote", "")
# DEVIATION: as in the reference, what says `quotes="false"` has the locale's outer marks for quotations in a field
_UNQUOTED = Mark("unquoted")
# the reference writes out `normal` around content that has markup of its own
_ALWAYS_NORMAL = {kind: Mark(kind, "normal", data=True) for kind in _FORMATS}


def format_marks(attrs: dict[str, str]) -> list[Mark]:
    """Return the marks of formatting attributes, innermost first."""
    marks: list[Mark] = []
    if _MARKING.isdisjoint(attrs):
        return marks
    for kind in _FORMATS:
        value = attrs.get(kind)
        if value is not None:
            marks.append(_MARKS.setdefault((kind, value), Mark(kind, value)))
    if "quotes" in attrs:
        marks.append(_QUOTE if attrs["quotes"] == "true" else _UNQUOTED)
    return marks


TURKISH_CASES = frozenset(("uppercase", "lowercase", "capitalize-first", "capitalize-all"))
_REFERENCE = lazy(r"&#(\d{1,6}|x[0-9A-Fa-f]{1,5});")


def unescape(text: str) -> str:
    """Text of a style with numeric references that were escaped twice (`&amp;#160;`) read after all."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda m: chr(int(m[1][1:], 16) if m[1][0] == "x" else int(m[1])), text)


def affix(text: str | None, role: str = "", *, quotes: bool = False) -> Out | None:
    """Return an affix of the style as tree: markup in it is read, the rest can merge with its neighbours.

    `role` is `prefix`, `suffix`, `bracket` for either with a bracket that has its partner, or '' for a delimiter.
    With `quotes` straight quotation marks are read too.
    """
    if not text:
        return None
    text = unescape(text)
    if "<" in text or (quotes and ("'" in text or '"' in text)):
        parsed = parse_rich_text(text)
        if not isinstance(parsed, str):
            if not quotes:
                return _as_affixes(parsed, role)
            # only what touches the cite can merge with it
            pieces = parsed if isinstance(parsed, list) else [parsed]
            return [Affix(p, role) if n == 0 and isinstance(p, str) else p for n, p in enumerate(pieces)]
    return Affix(text, role)


def _as_affixes(node: Out, role: str) -> Out:
    if isinstance(node, str):
        return Affix(node, role)
    if isinstance(node, list):
        return [_as_affixes(kid, role) for kid in node]
    if isinstance(node, Span):
        return Span([_as_affixes(kid, role) for kid in node.kids], node.mark)
    return node


def has_slant(text: str) -> bool:
    """Return whether the text has letters of a script that knows italics; Chinese, Japanese and Korean do not."""
    return any(c.isalnum() and not "\u1100" <= c <= "\u11ff" and not "\u2e80" <= c <= "\ud7ff" for c in text)


def _has_markup(node: Out, kind: str) -> bool:
    """Return whether a field in the tree brings formatting of that kind."""
    if isinstance(node, Span):
        if node.mark.flip and node.mark.kind == kind:
            return True
        return any(_has_markup(kid, kind) for kid in node.kids)
    return isinstance(node, list) and any(_has_markup(kid, kind) for kid in node)


def compile_wrap(
    attrs: dict[str, str],
    *,
    display: bool = True,
    upright: bool = False,
    nests: bool = False,
    sealed: bool = False,
    apart: bool = False,
    leaf: bool = False,
) -> Callable[[Out], Out] | None:
    """Return the function that puts formatting, then affixes, then the display block around a tree; None if none apply.

    With `upright`, italics are left away for scripts that know none; with `nests`, brackets of a pair of affixes
    become square inside others. With `sealed` a prefix that follows stays outside of quotes that are formatted, with
    `apart` the prefix of what is formatted outside of quotes before it. `leaf`: the element prints text.
    """
    if _WRAPPING.isdisjoint(attrs):
        return None
    marks = format_marks(attrs)
    # as in the reference, which counts any word on periods that is not `true` among the formatting
    formatted = any(mark not in (_QUOTE, _UNQUOTED) for mark in marks)
    sealed = sealed and (formatted or attrs.get("strip-periods") == "false")
    pair = "(" in attrs.get("prefix", "") and ")" in attrs.get("suffix", "")
    # DEVIATION: as in the reference, the prefix of what is formatted stays outside of quotes that end before it
    prefix = affix(attrs.get("prefix"), "bracket" if pair and nests else "apart" if apart and formatted else "prefix")
    suffix = affix(attrs.get("suffix"), "bracket" if pair and nests else "suffix")
    # DEVIATION: as in the reference, see `merge_punctuation`; a value with markup or apostrophes has parts
    inner = Affix(attrs["suffix"], "leaf") if leaf and attrs.get("suffix", " ") in _INNER else None
    block = attrs.get("display") if display else None
    if block:
        marks_display = _MARKS.setdefault(("display", block), Mark("display", block))
    elif not marks and prefix is None and suffix is None:
        return None

    def wrap(out: Out) -> Out:
        after = inner if inner is not None and type(out) is str and "’" not in out and "'" not in out else suffix
        for mark in marks:
            shown = mark
            if type(out) is str:
                if mark is _UNQUOTED:
                    continue
                if upright and mark.value == "italic" and not out.isascii() and not has_slant(out):
                    continue
            elif mark.value == "normal" and _has_markup(out, mark.kind):
                shown = _ALWAYS_NORMAL[mark.kind]
            out = Span([out], shown)
        if sealed:
            out = [out, SEAL]
        if prefix is not None:
            out = [prefix, out, after] if after is not None else [prefix, out]
        elif after is not None:
            out = [out, after]
        return Span([out], marks_display) if block else out

    return wrap


def strips_periods(attrs: dict[str, str], context: CompileContext) -> bool:
    """Return whether an element loses its full stops, by itself or with the macro that it stands in."""
    return context.strips or attrs.get("strip-periods") == "true"


# DEVIATION: as in the reference, a full stop before a small letter stays in a field: `realdania.dk`, `e.g.`
_FIELD_PERIODS = lazy(r"\.([^a-z]|$)")


def strip_field(node: Out) -> Out:
    """Return the tree of a field without full stops, but for those inside of words (`example.org`)."""
    return _stripped(node, lambda text: _FIELD_PERIODS.sub(r"\1", text))


def strip_periods(node: Out) -> Out:
    """Return the tree of a term or name without full stops; affixes keep theirs."""
    return _stripped(node, lambda text: text.replace(".", ""))


def _stripped(node: Out, strip: Callable[[str], str]) -> Out:
    if isinstance(node, str):
        return strip(node) if "." in node else node
    if isinstance(node, list):
        return [_stripped(kid, strip) for kid in node]
    if isinstance(node, Span):
        return Span([_stripped(kid, strip) for kid in node.kids], node.mark)
    return node


# as in the reference: the spaces that French puts beside marks do not break, in whatever language
_TIGHT = lazy(r"(?<=«) | (?=[»?!:;])")
_TIGHT_MARKS = frozenset("«»?!:;")


def rich_text(text: str, case: str = "") -> Out:
    """Return a field with its markup read and text case applied; remembered, for a title is printed more than once."""
    return _remembered(text, case) if len(text) <= 2000 else _read(text, case)


def _read(text: str, case: str) -> Out:
    tight = text if " " not in text or _TIGHT_MARKS.isdisjoint(text) else _TIGHT.sub("\u202f", text)
    tree = parse_rich_text(tight)
    return apply_text_case(tree, case) if case else tree


_remembered = lru_cache(maxsize=50_000)(_read)


def case_for(case: str, s: State) -> str:
    """Return the text case for the item's language: title case is English, Turkish has two letters i."""
    if case == "title" and not s.item.is_english:
        return ""
    if case in TURKISH_CASES and is_turkish(s):
        return f"{case}-tr"
    return case


def is_turkish(s: State) -> bool:
    """Return whether letters change their case as in Turkish: by the language of the item, else of the style."""
    return (s.item.language[:2].lower() or s.language) in ("tr", "az")
