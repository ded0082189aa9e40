"""Text case over the output tree (CSL 1.0.2, "Text-case").

The letters of the whole value are looked at together, so that a word may run through markup; letters inside
`nocase` spans, superscripts and subscripts stay as they are. Title case is for English alone: callers ask
`citetool.csl` whether the item is English. Each letter is replaced on its own, so the tree keeps its shape.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from citetool.lazy_re import lazy

from .tree import Affix, Out, Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Change: TypeAlias = Callable[[list[str], list[bool], list[str]], None]

STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "above",
        "across",
        "afore",
        "after",
        "against",
        "al",
        "along",
        "alongside",
        "amid",
        "amidst",
        "among",
        "amongst",
        "an",
        "and",
        "anenst",
        "apropos",
        "apud",
        "around",
        "as",
        "aside",
        "astride",
        "at",
        "athwart",
        "atop",
        "barring",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "but",
        "by",
        "c",
        "c.",
        "ca",
        "ca.",
        "circa",
        "d’",
        "d'",
        "de",
        "despite",
        "down",
        "during",
        "et",
        "except",
        "for",
        "forenenst",
        "from",
        "given",
        "in",
        "inside",
        "into",
        "lest",
        "like",
        "modulo",
        "near",
        "next",
        "nor",
        "notwithstanding",
        "of",
        "off",
        "on",
        "onto",
        "or",
        "out",
        "over",
        "per",
        "plus",
        "pro",
        "qua",
        "sans",
        "since",
        "so",
        "than",
        "the",
        "through",
        "throughout",
        "thru",
        "thruout",
        "till",
        "to",
        "toward",
        "towards",
        "under",
        "underneath",
        "until",
        "unto",
        "up",
        "upon",
        "v",
        "v.",
        "van",
        "versus",
        "via",
        "vis-à-vis",
        "von",
        "vs",
        "vs.",
        "with",
        "within",
        "without",
        "yet",
    ]
)
_PHRASES = ("according to", "ahead of", "apart from", "as regards", "back to", "because of", "close to", "due to",
            "far from", "instead of", "such as")  # fmt: skip
_COMPOUND_PART = lazy(r"[^\s\-–—/,.:]+")
_COMPOUND_WORD = lazy(r"[^\s\-–—/]+")
_ELIDED_START = lazy(r"[^\W\d_]['’][A-ZÀ-Þ]")
_INNER_DOT = lazy(r"\w\.\w")
_AFTER_COMMA = lazy(r"(?<=[^\W\d_][,:])[^\W\d_](?=[^\W\d_])")
_ELIDED = lazy(r"\w{1,2}['’]\w{2}")
# words without capitals of the Latin alphabet, and what stands between words
_SMALL_WORD = lazy(r"(?<![^\s\-–—/])[^\s\-–—/A-Z]+(?![^\s\-–—/])")
# the same for texts without the dashes, which compiles in a third of the time
_SMALL_ASCII_WORD = lazy(r"(?<![^\s\-/])[^\s\-/A-Z]+(?![^\s\-/])")
# all white space of Unicode, and the dashes and slash that part words
_GAPS = (
    "-–—/ \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def apply_text_case(node: Out, case: str) -> Out:
    """Return the tree with `case` (a CSL text-case value) applied to its content; affixes stay as they are."""
    if type(node) is str:
        if case == "title":
            return _title_text(node)
        return "".join(_change(list(node), [False] * len(node), case))
    letters: list[str] = []
    protected: list[bool] = []
    _collect(node, letters, protected, hidden=False)
    return _rebuild(node, iter(_change(letters, protected, case)).__next__)


def _title_text(text: str) -> str:
    """Title case of a text without markup: the common case, done on the string itself."""
    parts: list[str] = []
    position = 0
    for i in _title_capitals(text):
        parts += (text[position:i], _upper_one(text[i]))
        position = i + 1
    parts.append(text[position:])
    return "".join(parts)


def _collect(node: Out, letters: list[str], protected: list[bool], *, hidden: bool) -> None:
    if isinstance(node, str):
        letters.extend(node)
        protected.extend([hidden] * len(node))
    elif isinstance(node, list):
        for kid in node:
            _collect(kid, letters, protected, hidden=hidden)
    elif isinstance(node, Span):
        mark = node.mark
        hide = hidden or mark.kind in ("nocase", "nodecor") or (mark.kind == "vertical-align" and mark.flip)
        hide = hide or (mark.kind == "font-variant" and mark.flip)
        if mark.kind == "quote" and mark.flip:
            # a quotation mark separates words as it will in print
            letters.append("“")
            protected.append(True)
        for kid in node.kids:
            _collect(kid, letters, protected, hidden=hide)


def _rebuild(node: Out, take: Callable[[], str]) -> Out:
    if isinstance(node, str):
        return "".join([take() for _ in node])
    if isinstance(node, list):
        return [_rebuild(kid, take) for kid in node]
    if isinstance(node, Affix):
        return node
    if node.mark.kind == "quote" and node.mark.flip:
        take()
    return Span([_rebuild(kid, take) for kid in node.kids], node.mark)


def _change(letters: list[str], protected: list[bool], case: str) -> list[str]:
    change = _CASES.get(case)
    if change is None:
        return letters
    changed = list(letters)
    change(letters, protected, changed)
    return changed


def _lowercase(letters: list[str], protected: list[bool], changed: list[str]) -> None:
    for i, letter in enumerate(letters):
        if not protected[i]:
            changed[i] = letter.lower()


def _uppercase(letters: list[str], protected: list[bool], changed: list[str]) -> None:
    for i, letter in enumerate(letters):
        if not protected[i]:
            changed[i] = letter.upper()


def _with_turkish_i(change: Change, letters: list[str], protected: list[bool], changed: list[str]) -> None:
    """Apply a change that makes capitals of letters; that of `i` keeps its dot."""
    change(letters, protected, changed)
    for i, letter in enumerate(letters):
        if letter == "i" and changed[i] == "I":
            changed[i] = "İ"


def _lowercase_turkish(letters: list[str], protected: list[bool], changed: list[str]) -> None:
    for i, letter in enumerate(letters):
        if not protected[i]:
            changed[i] = {"I": "ı", "İ": "i"}.get(letter) or letter.lower()


def _capitalize_first(letters: list[str], protected: list[bool], changed: list[str]) -> None:
    """Capitalize the first word, unless it has capitals of its own (`iPhone`)."""
    for i, letter in enumerate(letters):
        if letter == "“" and protected[i]:
            continue
        if letter.isalnum():
            end = next((j for j in range(i, len(letters)) if not letters[j].isalnum()), len(letters))
            word = "".join(letters[i:end])
            if not protected[i] and not any(map(str.isupper, word[1:])) and not _is_sign(word):
                changed[i] = _upper_one(letter)
            return


def _capitalize_all(letters: list[str], protected: list[bool], changed: list[str]) -> None:
    """Capitalize each word, and each part of a compound; a word with capitals of its own stays (`pH`, `iPhone`)."""
    for match in _COMPOUND_PART.finditer("".join(letters)):
        _capitalize_word(letters, protected, changed, match.start(), match.end())


def _sentence(letters: list[str], protected: list[bool], changed: list[str]) -> None:
    """SPEC: the first word is capitalized, other words are lowered; words with further capitals are names and stay.

    DEVIATION: as in the reference, parts of a compound are words here (`Self-help at sea`).
    """
    if _all_upper(letters, protected):
        _lowercase(letters, protected, changed)
        letters = list(changed)
    for match in _COMPOUND_WORD.finditer("".join(letters)):
        word = match.group().strip("“”‘’\"'()[]{},;:!?.")
        if word[:1].isupper() and word[1:].islower() and len(letters) > match.start():
            for i in range(match.start(), match.end()):
                if not protected[i]:
                    changed[i] = letters[i].lower()
    _capitalize_first(changed, protected, changed)


def _all_upper(letters: list[str], protected: list[bool]) -> bool:
    text = "".join(c for c, p in zip(letters, protected, strict=True) if not p)
    return text.upper() == text and text.lower() != text


def _title(letters: list[str], protected: list[bool], changed: list[str]) -> None:
    """SPEC: capitalize the first letter of lowercase words except stop words inside the title or subtitle."""
    text = "".join(c if len(c) == 1 else c[0] for c in letters)
    for i in _title_capitals(text):
        if not protected[i]:
            changed[i] = _upper_one(letters[i])


def _title_capitals(text: str) -> list[int]:
    """Return where a title takes a capital: the first letter or digit of each word that is all lower case."""
    places: list[int] = []
    phrases: set[int] | None = None
    last_end = len(text.rstrip())
    if not text[1:2].isalnum() and _ELIDED_START.match(text):
        places.append(0)
    for match in (_SMALL_ASCII_WORD if text.isascii() else _SMALL_WORD).finditer(text):
        word = match.group()
        if not word.islower():
            continue
        start, end = match.span()
        before = len(text[:start].rstrip(_GAPS))  # where the word before ends
        bare = word.strip("“”‘’\"'()[]{},;:!?")
        after_hyphen = text[start - 1 : start] == "-"
        if phrases is None:
            phrases = _phrase_words(text)
        if bare in STOP_WORDS or start in phrases:
            inner = text[end : end + 1] != "-" or after_hyphen
            if inner and end != last_end and before and not _starts_sentence(text, before, start):
                continue
        within = before and not _starts_sentence(text, before, start)
        if (within and (_ELIDED.match(bare) or _INNER_DOT.search(bare))) or _is_sign(bare):
            continue
        # DEVIATION: as in the reference, a letter that stands alone is a name or a sign, also with a full stop
        alone = len(bare.rstrip(".")) == 1 and bare[0].isalpha() and (after_hyphen or text[end : end + 1] != "-")
        if alone and (within or (before and after_hyphen)):
            continue
        if bare and not word[0].isalnum():
            start = next(i for i in range(start, end) if text[i].isalnum())
        places.append(start)
        if "," in word or ":" in word:
            places += [start + found.start() for found in _AFTER_COMMA.finditer(text[start:end])]
    return places


def _is_sign(word: str) -> bool:
    """Return whether the word is a Greek letter, which is a sign in whatever case it is printed (`β-carotene`)."""
    return len(word) == 1 and "α" <= word <= "ω"


def _starts_sentence(text: str, end: int, start: int) -> bool:
    """Return whether a sentence or subtitle begins at `start`: after a colon, dash, question or exclamation mark."""
    return text[end - 1] in ":?!…" and end < start and (text[end].isspace() or text[end] in "“‘")


def _phrase_words(text: str) -> set[int]:
    lowered = text.lower()
    if len(lowered) != len(text):
        return set()
    return {lowered.find(phrase) for phrase in _PHRASES if phrase in lowered}


def _capitalize_word(letters: list[str], protected: list[bool], changed: list[str], start: int, end: int) -> None:
    """Capitalize the first letter of a word that has no capitals of its own."""
    word = "".join(letters[start:end])
    if _is_sign(word) or any(map(str.isupper, word)):
        return
    for i in range(start, end):
        if letters[i].isalnum():
            if not protected[i]:
                changed[i] = _upper_one(letters[i])
            return


def _upper_one(letter: str) -> str:
    """Return the capital of one letter, where it is one letter."""
    upper = letter.title()
    return upper if len(upper) == len(letter) else letter


_CASES: dict[str, Change] = {
    "lowercase": _lowercase,
    "lowercase-tr": _lowercase_turkish,
    "uppercase": _uppercase,
    "uppercase-tr": partial(_with_turkish_i, _uppercase),
    "capitalize-first": _capitalize_first,
    "capitalize-first-tr": partial(_with_turkish_i, _capitalize_first),
    "capitalize-all": _capitalize_all,
    "capitalize-all-tr": partial(_with_turkish_i, _capitalize_all),
    "sentence": _sentence,
    "title": _title,
}
