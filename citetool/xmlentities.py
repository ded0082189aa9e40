"""Entities of a document of XML in its bytes, before they are parsed: named ones become numbers.

libxml2 leaves out even `&amp;` once a document has proved ill-formed, and after the number of half a character
(`&#xD800;`) goes on with bytes that are no text. A document that declares entities of its own, or has sections of
CDATA, where `&` is no mark, keeps its names.
"""

from __future__ import annotations

from html.entities import html5
from typing import TYPE_CHECKING

from .lazy_re import lazy

if TYPE_CHECKING:
    import re

HALVES = "numbers of half characters, such as &#xD800;, were replaced by U+FFFD"
_ENTITY = lazy(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_HALF = lazy(
    rb"&#(?:[xX]0*[dD][89A-Fa-f][0-9A-Fa-f]{2}|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));"
)
_LONGEST = 33


class Entities:
    """The entities of one document, whose bytes come in pieces; `rest` is what may be half an entity at the end."""

    def __init__(self) -> None:
        self.rest = b""
        self._tail = b""
        self._numbering = True

    def numbered(self, chunk: bytes) -> tuple[bytes, int]:
        """Return the next bytes with named entities as numbers, and how many halves of characters were replaced."""
        chunk = self.rest + chunk
        self.rest = b""
        seen = self._tail + chunk
        self._tail = seen[-8:]
        if self._numbering and (b"<!ENTITY" in seen or b"<![CDATA[" in seen):
            self._numbering = False
        if b"&" not in chunk:
            return chunk, 0
        cut = chunk.rfind(b"&", max(0, len(chunk) - _LONGEST))
        if cut >= 0 and b";" not in chunk[cut:]:
            chunk, self.rest = chunk[:cut], chunk[cut:]
        whole, halves = _HALF.subn(b"&#65533;", chunk)
        return (_ENTITY.sub(_number, whole) if self._numbering else whole), halves


def _number(match: re.Match[bytes]) -> bytes:
    text = html5.get(match[1].decode() + ";")
    return "".join(f"&#{ord(c)};" for c in text).encode() if text else match[0]
