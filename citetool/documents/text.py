"""What documents of plain text share: positions in lines, edits of stretches, markup of the author kept as it is."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where

from .model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

# Private-use characters stand for markup while text goes through the processor; they leave it unchanged.
_FIRST_TOKEN = 0xF0000
_TOKEN = lazy("[\U000f0000-\U000ffffd]")


class Edit(NamedTuple):
    """New text for the stretch from `start` to `end`."""

    start: int
    end: int
    text: str


class TextDocument(Document):
    """A document of plain text in UTF-8; `text` is the whole, and anchors are `(start, end)` in it.

    Bytes that are not UTF-8 pass through unchanged, as do line ends and a byte order mark.
    """

    def __init__(self, data: bytes, source: str) -> None:
        """Decode the text. Raises InputError for UTF-16 and for files with zero bytes, which are no text."""
        super().__init__(data, source)
        if b"\x00" in data:
            hint = "save it as UTF-8"
            raise InputError(Problem("this is not a text in UTF-8: it has zero bytes", Where(source), hint))
        self.text = data.decode("utf-8", "surrogateescape")
        self._starts = [0]
        self._starts += [place + 1 for place, letter in enumerate(self.text) if letter == "\n"]
        self._kept: list[str] = []

    @property
    def newline(self) -> str:
        """Return the line end that the document uses."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def where(self, offset: int) -> Where:
        """Return the line and column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return Where(self.source, line, offset - self._starts[line - 1] + 1)

    def keep(self, markup: str) -> str:
        """Return a character that stands for the markup until `restored` puts it back."""
        self._kept.append(markup)
        return chr(_FIRST_TOKEN + len(self._kept) - 1)

    def restored(self, text: str) -> str:
        """Return the text with the author's markup back in it."""
        return _TOKEN.sub(lambda found: self._markup(found[0]), text)

    def _markup(self, token: str) -> str:
        number = ord(token) - _FIRST_TOKEN
        return self._kept[number] if number < len(self._kept) else token

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """Return the document with the edits made; the first of two that overlap wins."""
        parts: list[str] = []
        done = 0
        for start, end, text in sorted(edits):
            if start < done:
                continue
            parts += [self.text[done:start], text.replace("\n", self.newline) if "\n" in text else text]
            done = end
        parts.append(self.text[done:])
        return "".join(parts).encode("utf-8", "surrogateescape")
