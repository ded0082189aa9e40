"""An archival path without commas or words for its levels: `NAI DFA Paris Embassy 12/1`, `ГА РФ Р7523 105 168`.

The archive is the longest prefix that the tables know; how the rest is divided is the habit of its tradition, which
`data/paths.txt` has: names first, then numbers. What does not have that form is no path, and is read in other ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .folding import CAPITALS, name_key
from .token_types import CODE, ID, YEARS
from .tokens import Token

if TYPE_CHECKING:
    import re

    from .gazetteer import Gazetteer

_WORD = lazy(r"\S+")
_DIGIT = lazy(r"\d")
_NAME = lazy(rf"(?:[^\W\d_]*[{CAPITALS}][^\W\d_]*[.’'-]?)+$")
_PARTICLE = lazy(r"(?:de|des|du|di|della|da|do|dos|y|e|et|und|of|the)$")
_ACRONYM = lazy(rf"[{CAPITALS}]{{2,6}}\.?$")
_NUMBERED = lazy(r"[^\W_]{0,6}[-./]?\d[\w./–-]*$|[A-Z]{1,2}$|[IVXLC]+-[A-Z](?:-\w+)+$")
_FOLIO = lazy(r"(?:ff?|fols?|л|лл|арк|pp?|k|c)\.\s?\d.*$")
_MAX_WORDS = 7
_MAX_CODE = 24  # letters
_CLOSED = " .,;"


def path_tokens(text: str, start: int, end: int, before: str, gaz: Gazetteer) -> list[Token]:
    """Return the archive and its levels where `text[start:end]` is such a path; else no tokens."""
    if not _DIGIT.search(text, start, end):
        return []
    body = gaz.body_at(text, start, end)
    if body <= start or body >= end or text[body] not in " .,":
        return []
    known = gaz.repository(text[start:body])
    if known is None or known.tradition not in gaz.paths:
        return []
    words = list(_WORD.finditer(text, body, end))
    if words and not any(map(str.isalnum, words[0].group())):
        del words[0]
    if not words or len(words) > _MAX_WORDS or not _DIGIT.search(text, words[0].start(), end):
        return []
    rest = _levels(text, words, *gaz.paths[known.tradition])
    return [Token(start, body, "repository", before), *rest] if rest else []


def _levels(text: str, words: list[re.Match[str]], names: list[str], numbers: list[str]) -> list[Token]:
    """Return the levels of the words behind the archive: names, numbers, a page; none where a word is neither."""
    tokens: list[Token] = []
    tail: list[Token] = []
    if len(words) > 1 and _FOLIO.match(text, words[-1].start(), words[-1].end()):
        last = words.pop()
        tail = [Token(last.start(), last.end(), "level", " ", "page")]
    count = 0
    while count < len(words) and _is_name(words[count].group(), first=not count):
        count += 1
    named, coded = words[:count], words[count:]
    if not coded or not all(_NUMBERED.match(word.group().rstrip(_CLOSED)) for word in coded):
        return []
    if numbers == ["item"]:
        return [_level(words, "item"), *tail]
    if named:
        if len(names) > 1 and len(named) > 1 and _ACRONYM.match(named[0].group()):
            tokens = [_level(named[:1], names[0]), _level(named[1:], names[1])]
        else:
            tokens = [_level(named, names[0])]
        return [*tokens, _level(coded, numbers[0] if len(numbers) == 1 else "file"), *tail]
    if len(numbers) > 1:
        if len(coded) < 2 or len(coded) > len(numbers):
            return []
        return [_level([word], level) for word, level in zip(coded, numbers, strict=False)]
    return [_level(coded, numbers[0]), *tail]


def _is_name(word: str, *, first: bool) -> bool:
    return _DIGIT.search(word) is None and (
        _NAME.match(word) is not None or (not first and _PARTICLE.match(word) is not None)
    )


def _level(words: list[re.Match[str]], level: str) -> Token:
    return Token(words[0].start(), words[-1].end(), "level", " ", level)


def short_and_code(text: str, start: int, end: int, before: str, gaz: Gazetteer) -> list[Token]:
    """Return a short name of an archive and its seat or a code: `HHStA Wien`, `TNA FO 371/123`; else no tokens."""
    span = text[start:end]
    space = -1
    for _ in range(2):
        space = span.find(" ", space + 1)
        if space < 0:
            break
        code = span[space + 1 :]
        known = gaz.short_names.get(span[:space])
        if known and known.place and name_key(code) in gaz.places:
            return [Token(start, start + space, "repository", before), Token(start + space + 1, end, "place")]
        if YEARS.match(code):
            break
        if known and len(code) <= _MAX_CODE and (ID.match(code) or CODE.match(code)):
            return [Token(start, start + space, "repository", before), Token(start + space + 1, end, "id")]
    return []
