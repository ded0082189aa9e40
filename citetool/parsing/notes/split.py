"""Where a note is cut: a new citation begins (`; Smith to Jones ...`, `. See also ...`, a new line)."""

from __future__ import annotations

import re

from citetool.lazy_re import lazy
from citetool.parsing.gazetteer import gazetteer
from citetool.parsing.scoring import MAX_LENGTH
from citetool.parsing.tokenizer import tokenize

IBID = lazy(r"(?i)\s*(?:see\s+)?(?:ibid(?:em)?|ibíd|ebd|ebenda|ebda|там же|idem|ib)\b\.?[,;:]?\s*")
_STARTS = lazy(
    r"(?:[Ss]ee\b|[Cc]f\.|[Ii]bid|[Aa]lso\b|[\"“„«*]|(?:and\s+)?(?:[A-Z][\w.\[\]’']*,?\s+){1,6}to\s+(?:the\s+)?[A-Z]"
    r"|(?:[Tt]elegram|[Ll]etter|[Mm]emorandum|[Mm]emo|[Cc]able|[Nn]ote|[Dd]espatch|[Mm]inute)s?\b[^;]{0,40}\b(?:from|to|by)\b"
    r"|(?:The\s+)?[A-Z][\w.’']+(?:\s[A-Z][\w.’']+){0,4},\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)\s+\d{4})"
)
_NEW_LINE = lazy(r"[ \t]*\n\s*")
_NEXT = lazy(r"[.;]\s+(?:See|Cf|Ibid|For|On)\b")
_SEE = lazy(r"[Ss]ee\b|[Cc]f\.|[Ii]bid|For\b|On\b")
_HAS_NUMBER = lazy(r"^(?:(?!https?:).)*\d")


def split_note(text: str) -> list[tuple[int, int]]:
    """Return the spans of the citations in a note, in order.

    A text that is one citation gives one span, a blank one none.
    """
    if len(text) > MAX_LENGTH:
        return [(0, len(text))]
    spans = [span for start, end in _line_spans(text) for span in _split_line(text, start, end)]
    return [(start, end) for start, end in spans if text[start:end].strip()]


def _line_spans(text: str) -> list[tuple[int, int]]:
    """Return the lines of a text; one that goes on with the citation before it is put to it."""
    starts = [0]
    for match in _NEW_LINE.finditer(text):
        ended = "\n" in match.group().strip(" \t\r")[1:] or text[: match.start()].endswith((".", ";"))
        if ended or _STARTS.match(text, match.end()) or IBID.match(text, match.end()):
            starts.append(match.end())
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _split_line(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    line = text[begin:end]
    if re.match(r"\s*\[?Source:", line) or (";" not in line and not _NEXT.search(line)):
        return [(begin, end)]
    cuts = [0]
    for segment in tokenize(line):
        if segment.start and _begins(line, segment.start, segment.before, cuts[-1]):
            cuts.append(segment.start - (segment.kind in ("quote", "italic")))
    return [(begin + start, begin + stop) for start, stop in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _begins(text: str, start: int, mark: str, begun: int) -> bool:
    """Return whether a new citation begins at `start`, behind this mark; the one before began at `begun`."""
    if mark == ".":
        return _SEE.match(text, start) is not None and re.search(r"\d", text[begun:start]) is not None
    if mark != ";":
        return False
    place = start - 1 if start and text[start - 1] in '"“„«*' else start
    if _STARTS.match(text, place):
        return True
    return _other_home(text, start, begun)


def _other_home(text: str, start: int, begun: int) -> bool:
    """Return whether another archive begins: a known repository, where one was named already."""
    gaz = gazetteer()
    name = re.match(r"[^,;.:]{2,60}", text[start:])
    known = gaz.repository(name.group().strip()) if name else None
    if known is None or known.tradition == "digital" or not _HAS_NUMBER.search(text[start:].split(";", 1)[0]):
        return False  # `...; f. 5, op. 49; RGANI, Moscow`: the archive of the same citation
    earlier = (segment for segment in tokenize(text[begun:start]))
    return any(gaz.repository(text[begun + p.start : begun + p.end]) for p in earlier) or " f. " in text[begun:start]
