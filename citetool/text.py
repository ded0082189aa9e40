"""Unicode questions: comparing, making keys, measuring and cleaning text.

`fold` is for comparing and searching, `ascii_slug` for citation keys, `display_width` and `truncate` for tables on a
terminal. Case for titles (CSL text-case) and sorting by locale are matters of styles and not here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Latin letters that have no decomposition into a letter and a mark.
_LATIN = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n",
    "ŧ": "t", "ĸ": "k", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ə": "e", "ɨ": "i", "ʉ": "u",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "е": "e", "є": "ye", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m",
    "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ў": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "ѣ": "e",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_FOLDS = str.maketrans(_LATIN)
_LETTERS = str.maketrans({**_LATIN, **_CYRILLIC, **_GREEK})
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʹʺ`´"))
_ASCII_WORDS = {
    code: None if code in _APOSTROPHES else chr(code) if chr(code).isalnum() else " " for code in range(128)
}

# What neither YAML 1.2 (5.1, "Character Set") nor XML 1.0 (2.2, "Characters") can hold, and DEL and the C1 controls,
# which both discourage; NEL is a line break and stays.
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_ELLIPSIS = "…"


@cache
def _controls() -> re.Pattern[str]:
    return re.compile(_CONTROLS)


def fold(text: str) -> str:
    """Return the text for comparing: without case, diacritics and ligatures (`Łódź` and `LODZ` give `lodz`).

    Marks are taken from Latin and Greek letters only: Cyrillic й, Japanese が and vowels of Indian scripts are letters
    of their own. Compatibility forms (full-width letters, superscripts) become plain. `fold(fold(text)) == fold(text)`.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept: list[str] = []
    bare = False  # whether the last letter drops its marks
    for char in folded.translate(_FOLDS):
        if unicodedata.combining(char):
            if not bare:
                kept.append(char)
        else:
            bare = char < "\u0400"
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def ascii_slug(text: str) -> str:
    """Return the text in `[a-z0-9-]`, with single hyphens between words, for keys and file names; may be empty.

    Cyrillic and Greek letters are transliterated simply, one way for all languages; other scripts are dropped.
    """
    if text.isascii():
        return "-".join(text.lower().translate(_ASCII_WORDS).split())
    letters = unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES).translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", fold(letters)).casefold().translate(_LETTERS)
    words = "".join(_slug_char(char) for char in letters)
    return "-".join(words.split())


def _slug_char(char: str) -> str:
    """Return the character itself, a space for what parts words, nothing for marks and letters of other scripts."""
    if char.isascii():
        return char if char.isalnum() else " "
    return "" if char.isalpha() or unicodedata.combining(char) else " "


def clean_space(text: str) -> str:
    """Return the text with one space for each run of white space, line breaks among them, and none at its ends."""
    return " ".join(text.split())


def is_control_free(text: str) -> bool:
    """Return whether YAML and XML can hold the text: no controls but tab and line breaks, no lone surrogates."""
    return (text.isascii() and text.isprintable()) or _controls().search(text) is None


def strip_controls(text: str) -> str:
    """Return the text without the characters that YAML or XML cannot hold."""
    return _controls().sub("", text)


def replace_controls(text: str) -> str:
    """Return the text with U+FFFD for each character that YAML or XML cannot hold."""
    return _controls().sub("\ufffd", text)


def whole_number(text: str) -> int | None:
    """Return the number that the text is, in up to nine digits of any script; None for all else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def display_width(text: str) -> int:
    """Return the number of terminal columns that the text takes: wide characters count two, marks and controls none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_char_width, text))


@cache
def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cc", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def truncate(text: str, width: int) -> str:
    """Return the text in at most `width` columns, cut after a word with `…` at its end where it is longer.

    A first word that alone is too long is cut inside. A width of 0 or less gives an empty text.
    """
    if width <= 0:
        return ""
    if display_width(text) <= width:
        return text
    end = taken = 0
    for char in text:
        taken += _char_width(char)
        if taken > width - 1:
            break
        end += 1
    cut = text[:end]
    if not text[end].isspace() and not cut[-1:].isspace():
        cut = cut[: cut.rfind(" ")] if " " in cut.strip() else cut
    return cut.rstrip(" ,;:.–—-") + _ELLIPSIS


def pad(text: str, width: int) -> str:
    """Return the text with spaces after it up to `width` columns, unchanged when it is as wide or wider."""
    return text + " " * (width - display_width(text))
