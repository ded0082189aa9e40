"""Rich text in fields: the small HTML of CSL-JSON, quotation marks and apostrophes, read into the output tree.

Known tags: `<i> <b> <sup> <sub> <sc>`, `<span style="font-variant:small-caps;">`, `<span class="nocase">`. A tag
without its partner, or nested deeper than 40, is text. Quotation marks that pair become quote
spans, so that they take the locale's form and alternate when nested; a straight single quote that does not pair is
an apostrophe. Left out: every other HTML tag, which stays as it was written.
"""

from __future__ import annotations

import re

from citetool.lazy_re import lazy

from .tree import Mark, Out, Span

MAX_DEPTH = 40
MAX_QUOTATION = 5000  # letters between two marks that still are a pair
MAX_MARKS = 40  # marks of the same sort between them that cannot close

NOCASE = Mark("nocase")
NODECOR = Mark("nodecor")
OUTER_QUOTE = Mark("quote", "outer", flip=True)
INNER_QUOTE = Mark("quote", "inner", flip=True)
# a straight single mark in a field that has double ones
SINGLE_QUOTE = Mark("quote", "single", flip=True)
# typographic marks, by what closes them; they stay as written, unless they are the locale's own inside a quotation
_CLOSERS = {"“": "”", "‘": "’", "„": "“”", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "›": "‹"}
_WRITTEN_QUOTES = {
    (first, last): Mark("quote", first + last, flip=True) for first, ends in _CLOSERS.items() for last in ends
}
_ITALIC = Mark("font-style", "italic", flip=True)
_BOLD = Mark("font-weight", "bold", flip=True)
_SUP = Mark("vertical-align", "sup", flip=True)
_SUB = Mark("vertical-align", "sub", flip=True)
_SMALL_CAPS = Mark("font-variant", "small-caps", flip=True)

_TAGS = {"<i>": _ITALIC, "<b>": _BOLD, "<sup>": _SUP, "<sub>": _SUB, "<sc>": _SMALL_CAPS}
_TOKEN = lazy(r"</?(?:i|b|sc|sup|sub)>|<span [^<>]{1,80}>|</span>|[\"“”‘’'„‚«»‹›]")
_ANY_MARK = frozenset("<\"'“‘„‚«»‹›")
_OPENS_AFTER = lazy(r"[\s(\[{«“‘\-–—/\"'\u00a0]\Z")
_CLOSES_BEFORE = lazy(r"[\s)\]}»”’.,:;!?\-–—/\"'\u00a0]|\Z|<")


class _Open:
    """A tag or quotation mark that waits for its partner."""

    __slots__ = ("closer", "kids", "mark", "text")

    def __init__(self, mark: Mark | None, closer: str, text: str) -> None:
        self.mark = mark
        self.closer = closer
        self.text = text
        self.kids: list[Out] = []


def parse_rich_text(text: str) -> Out:
    """Return the field as output tree: the string itself where there is nothing to read in it."""
    if _ANY_MARK.isdisjoint(text):
        return text
    stack = [_Open(None, "", "")]
    position = 0
    for match in _TOKEN.finditer(text):
        if match.start() > position:
            stack[-1].kids.append(text[position : match.start()])
        position = match.end()
        _take(stack, match.group(), text, match.start(), match.end())
    if position < len(text):
        stack[-1].kids.append(text[position:])
    while len(stack) > 1:
        _unmatched(stack)
    return _joined(stack[0].kids)


def _take(stack: list[_Open], token: str, text: str, start: int, end: int) -> None:
    if token[0] != "<":
        _take_quote(stack, token, text, start, end)
        return
    if token[1] == "/":
        _close(stack, token)
        return
    mark = _TAGS.get(token)
    if mark is None:
        mark = _span_mark(token)
    if mark is None or len(stack) > MAX_DEPTH:
        stack[-1].kids.append(token)
        return
    closer = "</span>" if token.startswith("<span") else f"</{token[1:]}"
    stack.append(_Open(mark, closer, token))


def _span_mark(token: str) -> Mark | None:
    squeezed = token.replace(" ", "").replace("'", '"')
    if 'class="nocase"' in squeezed:
        return NOCASE
    if 'class="nodecor"' in squeezed:
        return NODECOR
    if "font-variant:small-caps" in squeezed:
        return _SMALL_CAPS
    return None


def _take_quote(stack: list[_Open], token: str, text: str, start: int, end: int) -> None:
    before = text[start - 1 : start] if start else ""
    after = text[end : end + 1]
    may_close = (not before or not before.isspace()) and bool(_CLOSES_BEFORE.match(text, end))
    if token not in "\"'":
        may_close = may_close or token not in "’‘"  # which may be apostrophes
        if not (may_close and any(o.closer == token for o in stack) and _close(stack, token)):
            _open_written(stack, token, text, start, end)
        return
    inside_word = before.isalnum() and after.isalnum()
    if not inside_word and may_close and any(o.closer == token for o in stack) and _close(stack, token):
        return
    if before == token == "'":
        stack[-1].kids.append("’")
        return
    opens = not before or bool(_OPENS_AFTER.search(before)) or before == ">"
    if opens and after and not after.isspace() and _has_partner(token, text, end) and len(stack) <= MAX_DEPTH:
        single = SINGLE_QUOTE if '"' in text else INNER_QUOTE
        stack.append(_Open(OUTER_QUOTE if token == '"' else single, token, token))
        return
    stack[-1].kids.append("’" if token == "'" else token)


def _open_written(stack: list[_Open], token: str, text: str, start: int, end: int) -> None:
    """Open a quotation at a typographic mark, where it can open one and what closes it comes later."""
    ends = [place for closer in _CLOSERS.get(token, "") if (place := text.find(closer, end, end + MAX_QUOTATION)) >= 0]
    # these two close as well, so that they open only where a word begins
    turned = token in "»›" and (text[end : end + 1].isspace() or (start and not _OPENS_AFTER.search(text[start - 1])))
    if not ends or turned or len(stack) > MAX_DEPTH:
        stack[-1].kids.append(token)
        return
    closer = text[min(ends)]
    stack.append(_Open(_WRITTEN_QUOTES[token, closer], closer, token))


def _has_partner(token: str, text: str, end: int) -> bool:
    """Return whether a later mark of the same sort stands where one can close: after a letter, before a gap."""
    limit = end + MAX_QUOTATION
    position = text.find(token, end, limit)
    for _ in range(MAX_MARKS):
        if position < 0:
            break
        before, after = text[position - 1], text[position + 1 : position + 2]
        if not before.isspace() and not (before.isalnum() and after.isalnum()):
            return bool(_CLOSES_BEFORE.match(text, position + 1))
        position = text.find(token, position + 1, limit)
    return False


def _close(stack: list[_Open], closer: str) -> bool:
    """Close the nearest open partner; what was opened inside it and not closed becomes text."""
    depth = _partner(stack, closer)
    if not depth:
        if closer.startswith("<"):
            stack[-1].kids.append(closer)
        return False
    while len(stack) - 1 > depth:
        _unmatched(stack)
    done = stack.pop()
    assert done.mark is not None
    stack[-1].kids.append(Span(_merged(done.kids), done.mark))
    return True


def _partner(stack: list[_Open], closer: str) -> int:
    """Return where the opening partner is, or 0; a quotation mark does not reach out of a tag."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].closer == closer:
            return depth
        if not closer.startswith("<") and stack[depth].text.startswith("<"):
            return 0
    return 0


def _unmatched(stack: list[_Open]) -> None:
    lost = stack.pop()
    stack[-1].kids.append("’" if lost.text == "'" else lost.text)
    stack[-1].kids.extend(lost.kids)


def _merged(kids: list[Out]) -> list[Out]:
    """Neighbouring strings as one, so that later passes see whole words."""
    merged: list[Out] = []
    for kid in kids:
        if merged and type(kid) is str and type(merged[-1]) is str:
            merged[-1] = merged[-1] + kid
        else:
            merged.append(kid)
    return merged


def _joined(kids: list[Out]) -> Out:
    merged = _merged(kids)
    return merged[0] if len(merged) == 1 else merged


def strip_markup(text: str) -> str:
    """Return the text without the known tags; quotation marks stay as written. For sorting and comparing."""
    if "<" not in text:
        return text
    return re.sub(r"</?(?:i|b|sc|sup|sub)>|<span [^<>]{1,80}>|</span>", "", text)
