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
# Scripts written without spaces: Thai to Myanmar, Khmer, kana, Bopomofo, Han with its extensions, compatibility Han.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"([{UNSPACED}])")  # takes longer than a search, and few queries need it


_MARKS = lazy("[\u0300-\u036f]")


def words(text: str) -> list[str]:
    """Return the words of a text, folded, in order; of a script without spaces each character."""
    if text.isascii():
        return _WORD.findall(text.lower())
    text = unicodedata.normalize("NFC", text)
    if _MARKS.search(text):
        text = fold(text)
    # mostly it is dashes and quotes that are not ASCII; folding letter by letter is for words that need it
    found = _WORD.findall(text)
    plain = " ".join(found)
    if plain.isascii():
        return plain.lower().split()
    return _fold_all(found)


def _fold_all(found: list[str]) -> list[str]:
    parts: list[str] = []
    for word in found:
        if word.isascii():
            parts.append(word.lower())
        else:
            parts += _WORD.findall(_unspaced().sub(r" \1 ", fold(word).replace("ё", "е")))
    return parts


_NUMBER = lazy(r"\d+")


def natural(text: str) -> str:
    """Return a sort key that puts `Box 2` before `Box 10`: numbers padded, case and diacritics folded."""
    return _NUMBER.sub(lambda match: match[0].zfill(8), fold(text))
