"""Text as it is searched: words without case and diacritics, the same for what is indexed and what is asked for.

Every script is searchable: where a script does not part its words (Chinese, Japanese, Thai ...), each character counts
as a word, and a word that is asked for becomes a phrase of its characters. What is left out: stemming; a query may end
a word with `*`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from citetool.lazy_re import lazy
from citetool.text import fold

_WORD = lazy(r"\w+")
_LONG = 4000  # characters
_BLOCK = lazy(r"\S.{0,2000}\S*", re.S)
_COMMON = "–—‘’“”•\u00a0"  # what part words in a text that is ASCII but for them
# Scripts written without spaces: Thai to Myanmar, Khmer, kana, Bopomofo, Han with its extensions, compatibility Han.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"([{UNSPACED}])")  # takes longer than a search, and few queries need it


# In UTF-8: ASCII letters become small, what is no letter, digit or `_` parts words; the bytes of other letters stay.
_LOWER = bytes(ord(char.lower()) if char.isalnum() or char == "_" else 32 for char in map(chr, range(128)))
_LOWER += bytes(range(128, 256))


def words(text: str) -> list[str]:
    """Return the words of a text, folded, in order; of a script without spaces each character."""
    return _words(text) if len(text) <= _LONG else spaced(text).split()


def spaced(text: str) -> str:
    """Return the words of a text with a space between two: of a long text, a list of them would take much memory."""
    if len(text) <= _LONG:
        return " ".join(_words(text))
    blocks = (" ".join(_words(block)) for block in _BLOCK.findall(text))  # most are ASCII but for dashes
    return " ".join([block for block in blocks if block])


def _words(text: str) -> list[str]:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        for mark in _COMMON:
            text = text.replace(mark, " ")
        if not text.isascii():
            return _fold_all(_WORD.findall(fold(text) if _MARKS.search(text) else text))
    return text.encode().translate(_LOWER).decode().split()


def _fold_all(found: list[str]) -> list[str]:
    parts: list[str] = []
    for word in found:
        if word.isascii():
            parts.append(word.lower())
        else:
            parts += _WORD.findall(_unspaced().sub(r" \1 ", fold(word).replace("ё", "е")))
    return parts


_MARKS = lazy("[\u0300-\u036f]")
_NUMBER = lazy(r"\d+")


def natural(text: str) -> str:
    """Return a sort key that puts `Box 2` before `Box 10`: numbers padded, case and diacritics folded."""
    return _NUMBER.sub(lambda match: match[0].zfill(8), fold(text))
