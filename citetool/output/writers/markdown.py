"""Markdown by the CommonMark rules, and safe in pandoc's dialect; what Markdown has no mark for is inline HTML.

A character is escaped only where a reader would take it for a mark: `[1944]` stays as it is, `[1944](x)` does not. The
text is not known as a whole while it is escaped, so brackets wait as noncharacters until `tidy` sees their neighbours.

Emphasis is `*` where CommonMark's flanking rules let it open and close, else `<em>`: in `foo*(bar)*` the asterisks
would be printed. White space at the edge of emphasis goes outside of it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.output.tree import Close, Mark

from .base import Pair, Writer, on_one_line

if TYPE_CHECKING:
    import re

    from citetool.output.tree import Event

# a letter or digit on both sides makes `_` plain; a name before `@` makes it an address
_SPECIAL = lazy(
    r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?]|\Z)|&(?=#?\w{0,31}(?:;|\Z))|(?<![^\W_])@(?=[\w{]|\Z)|\^(?=\[|\Z)"
)
# pandoc's marks of formulas, superscripts and subscripts; an address stays as it is
_IN_PAIRS = lazy(r"\\.|\]\(<[^>]*>\)|[$^~]")
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_BRACKETS = {"[": _OPEN, "]": _CLOSE}
_BRACKET = lazy(f"[{_OPEN}{_CLOSE}]")
_LINE_START = lazy(r"(?m)^([ ]*)(?:([-+>|:%]|#{1,6}|=+|-+)(?=\s|$)|(\d{1,9})([.)])(?=\s|$)|(\[\^?[^\]]+)(\]:))")
_INDENT = lazy(r"(?m)^[ \t]{4,}")
_STARS = {("font-style", "italic"): "em", ("font-style", "oblique"): "em", ("font-weight", "bold"): "strong"}
_TAGS = {value: Mark("html", value) for value in ("em", "strong")}


def escape_markdown(text: str) -> str:
    """Text that a Markdown reader gives back as it was, once `tidy` has seen to its brackets."""
    text = on_one_line(_BRACKET.sub("", text))
    return _SPECIAL.sub(lambda m: _BRACKETS.get(m[0]) or f"\\{m[0]}", text)


def _tidy(text: str) -> str:
    # a bracket that is there by now opens a link
    text = text.replace("![", "\\![")
    if _OPEN in text or _CLOSE in text:
        text = _with_brackets(text)
    if any(text.count(mark) > 1 for mark in "$^~"):
        text = _IN_PAIRS.sub(lambda m: f"\\{m[0]}" if len(m[0]) == 1 and text.count(m[0]) > 1 else m[0], text)
    return _LINE_START.sub(_no_block, _INDENT.sub("   ", text))


def _with_brackets(text: str) -> str:
    """Brackets as they are where they pair and nothing beside them makes a link or note of them, else escaped."""
    letters = list(text)
    waiting: list[int] = []
    for place, letter in enumerate(text):
        if letter == _OPEN:
            letters[place] = "\\["
            waiting.append(place)
        elif letter == _CLOSE:
            letters[place] = "\\]"
            if waiting:
                start = waiting.pop()
                inside, after = text[start + 1 : start + 2], text[place + 1 : place + 2]
                if inside not in ("^", "@", "-", "!", "") and after not in ("(", "[", "{", _OPEN):
                    letters[start], letters[place] = "[", "]"
    return "".join(letters)


def _no_block(match: re.Match[str]) -> str:
    """Keep `1944. Title` from becoming a numbered list, `# 4` a heading, `[a]: b` a reference."""
    indent, mark, number, point, label, colon = match.groups()
    if mark:
        return f"{indent}\\{mark}"
    return f"{indent}{number}\\{point}" if number else f"{indent}\\{label}\\{colon}"


def _prepare(events: list[Event]) -> list[Event]:
    """Return the events with emphasis that can be read: no space at its edges, tags where asterisks fail."""
    events = _spaces_outside(events)
    out: list[Event] = []
    stack: list[Mark] = []
    for place, event in enumerate(events):
        if isinstance(event, str):
            out.append(event)
        elif isinstance(event, Mark):
            name = _STARS.get((event.kind, event.value))
            stack.append(event if name is None or _stars_will_do(events, place) else _TAGS[name])
            out.append(stack[-1])
        else:
            out.append(stack.pop().close)
    return out


def _is_star(mark: Mark) -> bool:
    return (mark.kind, mark.value) in _STARS


def _spaces_outside(events: list[Event]) -> list[Event]:
    """White space at the edges of emphasis moved outside; emphasis of nothing but white space goes."""
    out: list[Event] = []
    pending = ""
    for event in events:
        if isinstance(event, str):
            text = pending + event
            body = text.rstrip()
            pending = text[len(body) :]
            if body:
                lead = len(body) - len(body.lstrip())
                _place_space(out, body[:lead])
                out.append(body[lead:])
            continue
        if pending and not (isinstance(event, Close) and _is_star(event.mark)):
            out.append(pending)
            pending = ""
        if isinstance(event, Close) and out and out[-1] is event.mark:
            out.pop()
        else:
            out.append(event)
    return [*out, pending] if pending else out


def _place_space(out: list[Event], space: str) -> None:
    """Put white space before the emphasis that has just been opened."""
    if not space:
        return
    place = len(out)
    while place:
        before = out[place - 1]
        if not isinstance(before, Mark) or not _is_star(before):
            break
        place -= 1
    out.insert(place, space)


def _stars_will_do(events: list[Event], place: int) -> bool:
    """Return whether asterisks around the span that opens at `place` are read as emphasis wherever it stands."""
    end = _end(events, place)
    inner, outer = (
        (events[place + 1], events[end - 1]),
        [*events[max(place - 1, 0) : place], *events[end + 1 : end + 2]],
    )
    if not all(isinstance(event, str) for event in (*inner, *outer)):
        return False
    before = str(events[place - 1])[-1] if place else ""
    after = str(events[end + 1])[0] if end + 1 < len(events) else ""
    first, last = str(inner[0])[0], str(inner[1])[-1]
    opens = not _punctuation(first) or not before or before.isspace() or _punctuation(before)
    closes = not _punctuation(last) or not after or after.isspace() or _punctuation(after)
    return opens and closes and "*" not in (before, after, first, last)


def _end(events: list[Event], place: int) -> int:
    """Return where the span that opens at `place` closes."""
    depth = 0
    for number in range(place, len(events)):
        event = events[number]
        if isinstance(event, Mark):
            depth += 1
        elif not isinstance(event, str):
            depth -= 1
            if not depth:
                return number
    return len(events) - 1


def _punctuation(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter)[0] in "PS"


def _link(url: str) -> Pair:
    return "[", f"](<{url.replace('<', '%3C').replace('>', '%3E').replace(chr(92), '%5C')}>)"


def _style(rule: str) -> Pair:
    return f'<span style="{rule};">', "</span>"


WRITER = Writer(
    name="markdown",
    escape=escape_markdown,
    marks={
        ("font-style", "italic"): ("*", "*"),
        ("font-style", "oblique"): ("*", "*"),
        ("font-style", "normal"): _style("font-style:normal"),
        ("font-weight", "bold"): ("**", "**"),
        ("font-weight", "normal"): _style("font-weight:normal"),
        ("font-weight", "light"): _style("font-weight:light"),
        ("font-variant", "small-caps"): _style("font-variant:small-caps"),
        ("font-variant", "normal"): _style("font-variant:normal"),
        ("text-decoration", "underline"): ("<u>", "</u>"),
        ("text-decoration", "none"): _style("text-decoration:none"),
        ("vertical-align", "sup"): ("<sup>", "</sup>"),
        ("vertical-align", "sub"): ("<sub>", "</sub>"),
        ("vertical-align", "baseline"): _style("vertical-align:baseline"),
        ("html", "em"): ("<em>", "</em>"),
        ("html", "strong"): ("<strong>", "</strong>"),
        ("display", "block"): ("\n\n", "\n\n"),
        ("display", "right-inline"): (" ", ""),
        ("display", "indent"): ("\n\n", "\n\n"),
    },
    link=_link,
    entry=("", "\n\n"),
    prepare=_prepare,
    tidy=_tidy,
)
