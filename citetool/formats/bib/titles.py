r"""Titles of `.bib` files in sentence case, which CSL styles begin from.

BibTeX's titles stand in Title Case and its styles lower them, but for what stands in braces (btxdoc, section 3, item
`title`; biblatex manual, 4.6.4, `\MakeSentenceCase`). CSL 1.0.2 wants sentence case in its items, which styles such as
Chicago then capitalize. Records keep their titles as they are written; this is for items that are rendered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.latex import decode
from citetool.lazy_re import lazy

from .entries import closing

if TYPE_CHECKING:
    from collections.abc import Mapping

# The fields that a variable of CSL is made of, in the order of their text.
_FIELDS = {
    "title": ("title", "subtitle", "titleaddon"),
    "title-short": ("shorttitle",),
    "container-title": ("booktitle", "booksubtitle", "maintitle", "mainsubtitle"),
}
_BOOKS = frozenset({"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"})
_WORD = lazy(r"[^\W_]+(?:['’][^\W_]+)*")
_COMMAND = lazy(r"\\[A-Za-z]+\s*\Z")
# A sentence begins behind it, or a subtitle.
_OPENS = lazy(r"(?:^|[.?!:–—]\s)(?:<[^<>]*>|[\s\"'“”‘’«»„(\[¿¡])*\Z")
_COLON = lazy(r":\s[\"“‘(]*\Z")
_START, _END = "\ue000", "\ue001"  # stand for braces while a title is decoded


class Word(NamedTuple):
    """A word of a title, and whether braces keep its case."""

    text: str
    kept: bool


def lower_titles(item: dict[str, Any], fields: Mapping[str, str]) -> None:
    """Bring the title of a CSL item in English, and that of the book that it stands in, into sentence case.

    `fields` are those of its entry, as they are written.
    """
    for name in ("title", "title-short", *(["container-title"] if item.get("type") in _BOOKS else [])):
        if isinstance(item.get(name), str):
            item[name] = sentence_case(
                item[name], [word for field in _FIELDS[name] for word in _words(fields.get(field, ""))]
            )


def sentence_case(title: str, words: list[Word]) -> str:
    """Return a title whose words begin in lower case, but for those that braces keep, that open a sentence or a
    subtitle, or that have further capitals (`NATO`, `McDonald`).
    """
    parts: list[str] = []
    done = read = 0
    for found in _WORD.finditer(title):
        text = found.group()
        at = next((place for place in range(read, len(words)) if words[place].text == text), -1)
        kept = at >= 0 and words[at].kept
        read = max(read, at + 1)
        new = _kept(text) if kept else _in_sentence(title, found.start(), text)
        parts += [title[done : found.start()], new]
        done = found.end()
    return "".join([*parts, title[done:]])


def _kept(word: str) -> str:
    """Return a word in braces; one in lower case is marked, so that no style capitalizes it."""
    return f'<span class="nocase">{word}</span>' if word[0].islower() else word


def _in_sentence(title: str, start: int, word: str) -> str:
    """Return a word as it stands there in a sentence."""
    opens = _OPENS.search(title, 0, start) is not None
    if opens or word == "I" or any(letter.isupper() for letter in word[1:]):
        return word[0].upper() + word[1:] if word.islower() and _COLON.search(title, 0, start) else word
    return word[0].lower() + word[1:]


def _words(latex: str) -> list[Word]:
    """Return the words of a field; one that stands in braces in part is kept, an accent in braces keeps nothing."""
    words: list[Word] = []
    depth = 0
    for found in _PIECE.finditer(decode(_marked(latex))):
        piece = found.group()
        inside = depth > 0
        depth += piece.count(_START) - piece.count(_END)
        bare = piece.replace(_START, "").replace(_END, "")
        words += [Word(text, inside or _START in piece) for text in _WORD.findall(bare)]
    return words


_PIECE = lazy(rf"(?:[^\W_]|['’{_START}{_END}])+")


def _marked(latex: str) -> str:
    """Return the field with marks inside the braces that keep the case of what they hold."""
    parts: list[str] = []
    done = 0
    start = latex.find("{")
    while start >= 0:
        end = closing(latex, start)
        if end >= len(latex):
            break
        if latex.startswith("\\", start + 1) or _COMMAND.search(latex, 0, start):
            start = latex.find("{", start + 1)
            continue
        parts += [latex[done : start + 1], _START, latex[start + 1 : end], _END]
        done = end
        start = latex.find("{", end)
    return "".join([*parts, latex[done:]])
