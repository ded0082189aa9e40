"""Text as keys that sort as a library catalogue would: letters by alphabet, not by code.

The order is that of the Unicode root collation at its first level, punctuation ignored, runs of digits as
numbers: accents and case do not count. Alphabets that put letters elsewhere (Swedish å ä ö after z) are small tables.
Left out: Chinese by stroke or pinyin and contractions of several letters other than those listed.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from citetool.lazy_re import lazy

# letter -> key, for letters that are their own in the language
_TAILORED: dict[str, dict[str, str]] = {
    "sv": {"å": "z\uf001", "ä": "z\uf002", "ö": "z\uf003", "æ": "z\uf002", "ø": "z\uf003"},
    "fi": {"å": "z\uf001", "ä": "z\uf002", "ö": "z\uf003", "æ": "z\uf002", "ø": "z\uf003"},
    "da": {"æ": "z\uf001", "ä": "z\uf001", "ø": "z\uf002", "ö": "z\uf002", "å": "z\uf003"},
    "nb": {"æ": "z\uf001", "ä": "z\uf001", "ø": "z\uf002", "ö": "z\uf002", "å": "z\uf003"},
    "nn": {"æ": "z\uf001", "ä": "z\uf001", "ø": "z\uf002", "ö": "z\uf002", "å": "z\uf003"},
    "is": {"þ": "z\uf001", "æ": "z\uf002", "ö": "z\uf003", "å": "z\uf004"},
    "et": {"š": "s\uf001", "z": "s\uf002", "ž": "s\uf003", "õ": "w\uf001", "ä": "w\uf002", "ö": "w\uf003",
           "ü": "w\uf004"},
    "es": {"ñ": "n\uf001"},
    "gl": {"ñ": "n\uf001"},
    "eu": {"ñ": "n\uf001"},
    "pl": {"ą": "a\uf001", "ć": "c\uf001", "ę": "e\uf001", "ł": "l\uf001", "ń": "n\uf001", "ó": "o\uf001",
           "ś": "s\uf001", "ź": "z\uf001", "ż": "z\uf002"},
    "cs": {"č": "c\uf001", "ř": "r\uf001", "š": "s\uf001", "ž": "z\uf001", "ch": "h\uf001"},
    "sk": {"ä": "a\uf001", "č": "c\uf001", "ch": "h\uf001", "ô": "o\uf001", "š": "s\uf001", "ž": "z\uf001"},
    "sl": {"č": "c\uf001", "ć": "c\uf002", "đ": "d\uf001", "š": "s\uf001", "ž": "z\uf001"},
    "hr": {"č": "c\uf001", "ć": "c\uf002", "dž": "d\uf001", "đ": "d\uf002", "lj": "l\uf001", "nj": "n\uf001",
           "š": "s\uf001", "ž": "z\uf001"},
    "hu": {"ö": "o\uf001", "ő": "o\uf001", "ü": "u\uf001", "ű": "u\uf001"},
    "lt": {"č": "c\uf001", "y": "i", "š": "s\uf001", "ž": "z\uf001"},
    "lv": {"č": "c\uf001", "ģ": "g\uf001", "ķ": "k\uf001", "ļ": "l\uf001", "ņ": "n\uf001", "š": "s\uf001",
           "ž": "z\uf001"},
    "ro": {"ă": "a\uf001", "â": "a\uf002", "î": "i\uf001", "ș": "s\uf001", "ş": "s\uf001", "ț": "t\uf001",
           "ţ": "t\uf001"},
    "tr": {"ç": "c\uf001", "ğ": "g\uf001", "ı": "h\uf001", "ö": "o\uf001", "ş": "s\uf001", "ü": "u\uf001"},
}  # fmt: skip
# languages whose own script comes before all others: first and last letter of the script
_NATIVE = {
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "mn", "kk", "ky", "tg"), ("\u0400", "\u052f")),
    "el": ("\u0370", "\u03ff"),
    "he": ("\u0590", "\u05ff"),
    **dict.fromkeys(("ar", "fa", "ur"), ("\u0600", "\u06ff")),
    "th": ("\u0e00", "\u0e7f"),
    "hi": ("\u0900", "\u097f"),
    "hy": ("\u0530", "\u058f"),
    "ko": ("\uac00", "\ud7a3"),
    "zh": ("\u3040", "\u9fff"),
}
_BEHIND = 0x20000
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_DIGITS = lazy(r"\d+")
_NUMBERS = lazy(r"(?<=\d)[^\w\s]+(?=\d)")


class _Kept(dict[int, str]):
    """Return the part of a character that counts for the order: letters, digits, mathematical signs, a space."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        counts = (
            letter.isalnum() or letter in "$+<=>|~\x1f" or (letter >= "\ue000" and not unicodedata.combining(letter))
        )
        self[code] = kept = letter if counts else " " if letter.isspace() else ""
        return kept


_KEPT = _Kept()


@lru_cache(maxsize=4096)
def collation_key(text: str, language: str = "") -> str:
    """Return a string whose code order is the alphabetical order of the text in the language (two letters, or '')."""
    if language in ("tr", "az"):  # whose two letters i differ in their dots alone
        text = text.replace("I", "ı").replace("İ", "i")
    lowered = text.lower()
    if not lowered.isascii() or language in _TAILORED:
        table = _TAILORED.get(language, {})
        for letters, key in table.items():
            if letters in lowered:
                lowered = lowered.replace(letters, key)
        if not lowered.isascii():
            lowered = unicodedata.normalize("NFD", lowered.translate(_LETTERS))
    if not lowered.isalpha():
        lowered = _NUMBERS.sub("\x1f", lowered)  # `80-472` is two numbers
    # spaces sort before letters, so that `Dale, A` comes before `Dalebout`; those around a mark stay, and two come
    # before one: `Library & Archives` before `Library and Archives`
    kept = lowered.translate(_KEPT)
    # a space comes first where the text itself begins with it, or with a mark and a space
    kept = kept.rstrip() if " " in text[:2] else kept.strip()
    script = _NATIVE.get(language)
    if script is not None:
        kept = "".join(
            [c if c < "a" or script[0] <= c <= script[1] else chr(min(ord(c) + _BEHIND, 0x10FFFF)) for c in kept]
        )
    return _DIGITS.sub(lambda m: m[0].lstrip("0").zfill(12), kept)
