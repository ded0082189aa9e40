"""Read the locator out of what follows a citation key: `, pp. 33-35 and *passim*` to page, 33-35, the rest.

The labels are the locator terms of CSL 1.0.2 with their usual English abbreviations, and the terms of the document's
language. Without a label a number is a page. Braces say where a locator begins and ends: `{pp. iv, (xi)} and on`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from citetool.citation.locators import LABELS
from citetool.csl.style.locale import load_locale, resolve_tag
from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from .model import CitedItem

# A number with what clings to it (12r, S36, 3.2, 12-15, 33f.), or a roman one.
_ROMAN = r"(?:[ivxlcdm]+|[IVXLCDM]+)(?![\w])"
_NUMBER = r"(?:[\w.:/§]*\d[\w:/]*(?:\.\d[\w:/]*)*)"
_BRACKETED = r"\([^\s()]*\)|\[[^\s\[\]]*\]"
_UNIT = rf"(?:(?:{_BRACKETED}|{_NUMBER}|{_ROMAN})+)"
_DASH = r"\s?[-\u2010-\u2015]+\s?"
_RANGE = rf"{_UNIT}(?:{_DASH}{_UNIT})*(?:\s?ff?\b\.?)?"
_NUMBERS = lazy(rf"{_RANGE}(?:\s*[,;&]\s*{_RANGE})*")
_DIGITS = lazy(rf"{_NUMBER}(?:{_DASH}{_UNIT})*(?:\s?ff?\b\.?)?(?:\s*[,;&]\s*(?=\S*\d){_RANGE})*(?![\w])")
_WORD = lazy(r"[^\W\d_]+\.(?=\w*\d)|[^\W\d_][\w.]*?\.?(?=\s|\d|[({\[]|$)|[§¶]+")
# What archives and footnotes have that the locales of CSL do not.
_MORE = {
    "de": {"bl": "folio", "blatt": "folio", "fn": "note", "rn": "paragraph", "rz": "paragraph", "h": "issue"},
    "fr": {"fo": "folio", "fos": "folio", "f°": "folio", "ff°": "folio", "t": "volume"},
    "it": {"c": "folio", "cc": "folio"},
    "es": {"f": "folio", "ff": "folio"},
}
_LONGEST = 4  # words of a label, such as "s. v."


class Split(NamedTuple):
    """The parts of a suffix: label and locator are empty where there is none, and `suffix` is the whole text."""

    label: str
    locator: str
    suffix: str


@lru_cache(maxsize=64)
def labels(language: str = "") -> dict[str, str]:
    """Return the label of each word, in lower case without a stop: those of English, then those of the language."""
    words: dict[str, str] = {}
    for label, short in LABELS.items():
        for word in (label, f"{label}s", *short):
            words.setdefault(word, label)
    locale = load_locale(resolve_tag(language)) if language else None
    for label in LABELS if locale is not None else ():
        for form in ("long", "short", "symbol"):
            for plural in (False, True):
                term = locale.term(label, form, plural=plural) if locale else None
                word = " ".join(term.casefold().split()).rstrip(".") if term else ""
                if word and not (label == "issue" and words.get(word) == "number"):  # `Nr.` of a document
                    words[word] = label
    return words | _MORE.get(language.partition("-")[0].lower(), {})


def locator_text(item: CitedItem) -> str:
    """Return label and locator so that `split_locator` reads them: `p. 3`, `pp. 3-5`, `folio 3`."""
    if not item.locator:
        return ""
    several = any(mark in item.locator for mark in ",-–&")
    label = ("pp." if several else "p.") if item.label in ("", "page") else item.label
    return f"{label} {item.locator}"


def typed_marker(item: CitedItem) -> str:
    """Return `[@key, p. 3]`, which can be typed in any word processor."""
    text = locator_text(item)
    return f"[@{item.id}, {text}]" if text else f"[@{item.id}]"


def split_locator(text: str, language: str = "", *, braces: bool = True) -> Split:
    """Return label, locator and suffix of the text behind a key.

    A comma before the locator belongs to neither. Text in which no locator is found comes back as the suffix. `braces`:
    they say where a locator begins and ends, as in pandoc.
    """
    body = text.replace("\u00a0", " ").lstrip()
    if body.startswith(","):
        body = body[1:].lstrip()
    if braces and body.startswith("{"):
        return _delimited(body, text, language)
    label, rest = _label(body, language)
    pattern = _NUMBERS if label else _DIGITS
    match = pattern.match(rest)
    if match is None or not match[0]:
        return Split("", "", text)
    end = match.end()
    if match[0].endswith("f") and rest[end : end + 1] == ".":
        end += 1  # the stop of `33ff.`
    return Split(label or "page", _clean(rest[:end]), rest[end:])


def _delimited(body: str, text: str, language: str) -> Split:
    depth = 0
    for place, letter in enumerate(body):
        depth += (letter == "{") - (letter == "}")
        if not depth:
            inside = body[1:place].strip()
            if not inside:
                return Split("", "", body[place + 1 :])
            label, rest = _label(inside, language)
            return Split(label or "page", _clean(rest), body[place + 1 :])
    return Split("", "", text)


def _label(text: str, language: str) -> tuple[str, str]:
    """Return the label that the text begins with, the longest one, and the rest behind it."""
    known = labels(language)
    found = ("", text)
    end = 0
    for _ in range(_LONGEST):
        match = _WORD.match(text, end)
        if match is None:
            break
        end = match.end()
        label = known.get(" ".join(text[:end].casefold().split()).rstrip("."))
        if label:
            found = (label, text[end:].lstrip())
        while text[end : end + 1] == " ":
            end += 1
    return found


def _clean(text: str) -> str:
    return " ".join(text.replace("--", "–").split()).rstrip(",;")
