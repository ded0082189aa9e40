"""A manuscript as an editor has it open: where its keys stand, and whether one could be typed at a place.

Keys are found by the readers of `citetool.documents`, so code, comments, mail addresses and labels are left alone just
as `citetool doc` leaves them. Whether a key could stand at the cursor is asked of the same readers: one is put there,
and is a key if they find it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citetool.documents.cross_references import PREFIXES
from citetool.documents.registry import FORMATS, format_of, read_document
from citetool.documents.text import TextDocument
from citetool.problems import CitetoolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citetool.documents.model import Document, Place

LANGUAGES = {
    "markdown": "markdown", "quarto": "markdown", "rmd": "markdown", "latex": "latex", "tex": "latex",
    "typst": "typst",
}  # fmt: skip
"""The formats of documents by the names that editors have for languages."""
_PROBE = "zqcitetoolzq"
_CLOSED = {"markdown": ("", "}", "]"), "latex": ("", "}"), "typst": ("", ">)", ")")}
_BEFORE_KEY = {
    "markdown": re.compile(r"@\{?[^\s@\[\]{};,]*$"),
    "latex": re.compile(r"[{,]\s*[^\s{},\\]*$"),
    "typst": re.compile(r"[@<][\w.:-]*$"),
}
_LINES_BEFORE = 6  # a list of keys in LaTeX goes on over lines
_BEFORE_PLACE = re.compile(r"(?:,|\[)\s*[^\W\d]*$")


class Key(NamedTuple):
    """A key in the text: its own stretch, and that of its whole citation."""

    id: str
    start: int
    end: int
    place: tuple[int, int]


class Gap(NamedTuple):
    """A stretch that a completion replaces, what of it is typed, and whether a key or a locator belongs there."""

    start: int
    end: int
    typed: str
    kind: str


class Manuscript:
    """One text. It is read when something is asked of it for the first time."""

    def __init__(self, text: str, path: str, language: str) -> None:
        self.text, self.path = text, path
        self.format = LANGUAGES.get(language) or _by_suffix(path)
        self._keys: list[Key] | None = None
        self._document: Document | None = None

    @property
    def document(self) -> Document | None:
        """The document; None where it cannot be read, or is of a format that has no keys in plain text."""
        if self._document is None and self.format:
            self._document = self._read(self.text)
        return self._document

    @property
    def keys(self) -> list[Key]:
        """The keys of the text in its order, those of cross-references left out."""
        if self._keys is None:
            found = self.document.places if self.document else []
            self._keys = sorted(self._keys_of(found, self.text), key=lambda key: key.start)
        return self._keys

    def key_at(self, offset: int) -> Key | None:
        """Return the key that stands at an offset."""
        return next((key for key in self.keys if key.start <= offset <= key.end), None)

    def gap_at(self, offset: int) -> Gap | None:
        """Return what could be completed at an offset; None where neither key nor locator could stand."""
        if not self.format:
            return None
        before = self.text[:offset]
        lines = "\n".join(before.rsplit("\n", _LINES_BEFORE)[-_LINES_BEFORE:])
        if _BEFORE_KEY[self.format].search(lines):
            for closing in _CLOSED[self.format]:
                found = self._probed(before, closing, self.text[offset:])
                if found:
                    return found
        typed = _BEFORE_PLACE.search(lines)
        if typed and any(key.end < offset or self.format == "latex" for key in self._around(offset)):
            word = re.search(r"[^\W\d]*$", lines)
            start = offset - len(word[0]) if word else offset
            return Gap(start, offset, self.text[start:offset], "locator")
        return None

    def _around(self, offset: int) -> list[Key]:
        return [key for key in self.keys if key.place[0] < offset < key.place[1]]

    def _probed(self, before: str, closing: str, after: str) -> Gap | None:
        """Return the gap around a key that is put where the cursor is, if the reader finds that key."""
        text = before + _PROBE + closing + after
        document = self._read(text)
        for key in self._keys_of(document.places if document else (), text):
            left, probe, right = key.id.partition(_PROBE)
            if probe:
                start = len(before) - len(left)
                return Gap(start, len(before) + (0 if closing else len(right)), left, "key")
        return None

    def _read(self, text: str) -> Document | None:
        try:
            return read_document(self.path, self.format, text.encode("utf-8", "surrogateescape"))
        except CitetoolError:
            return None

    def _keys_of(self, places: object, text: str) -> Iterator[Key]:
        for place in places if isinstance(places, list | tuple) else ():
            span = _span(place, text)
            if span is None:
                continue
            at = span[0]
            for item in place.items:
                start = text.find(item.id, at, span[1])
                if start < 0:
                    break
                at = start + len(item.id)
                if self.format != "markdown" or not item.id.startswith(PREFIXES):
                    yield Key(item.id, start, at, span)


def _span(place: Place, text: str) -> tuple[int, int] | None:
    """Return the stretch of a citation in this text; None for one of another file, which LaTeX takes in."""
    anchor = place.anchor
    if len(anchor) == 3:
        owner, *anchor = anchor
        if not isinstance(owner, TextDocument) or owner.text != text:
            return None
    start, end = anchor
    return start, end


def _by_suffix(path: str) -> str:
    try:
        name = format_of(path)
    except CitetoolError:
        return ""
    return name if name in set(LANGUAGES.values()) and name in FORMATS else ""
