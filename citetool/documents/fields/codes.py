"""Finds the program of a field's code by how it begins, and reads it."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from citetool.lazy_re import lazy

from .citavi import read_citavi
from .csl_citation import read_citation
from .endnote import read_endnote, unpacked
from .model import Code
from .word import read_word
from .zotero import own_json

if TYPE_CHECKING:
    from collections.abc import Sequence

_ZOTERO = lazy(r"(?:ADDIN\s+)?ZOTERO_ITEM\b")
_ZOTERO_LIST = lazy(r"(?:ADDIN\s+)?ZOTERO_BIBL\b")
_MENDELEY = lazy(r"(?:ADDIN\s+)?(?:CSL_CITATION|Mendeley\s+Citation)")
_MENDELEY_LIST = lazy(r"(?:ADDIN\s+)?Mendeley\s+Bibliography")
_ENDNOTE = lazy(r"ADDIN\s+EN\.CITE(?!\.DATA)\b")
_ENDNOTE_LIST = lazy(r"ADDIN\s+EN\.REFLIST")
_CITAVI_LIST = lazy(r"ADDIN\s+CITAVI[ .]BIBLIOGRAPHY", 2)
_CITAVI = lazy(r"ADDIN\s+CITAVI\.?PLACEHOLDER", 2)
_WORD = lazy(r"CITATION\s")
_WORD_LIST = lazy(r"BIBLIOGRAPHY\b")
_LISTS = ((_ZOTERO_LIST, "zotero"), (_MENDELEY_LIST, "mendeley"), (_ENDNOTE_LIST, "endnote"),
          (_CITAVI_LIST, "citavi"), (_WORD_LIST, "word"))  # fmt: skip


def read_code(text: str, packed: Sequence[str] = (), sources: dict[str, dict[str, Any]] | None = None) -> Code | None:
    """Return what the code of a field says, None where it is no citation.

    `packed` are the `w:fldData` of the field and of those inside it, `sources` those of Word itself by tag.
    """
    code = text.strip()
    for pattern, program in _LISTS:
        if pattern.match(code):
            return Code("bibliography", program, properties=own_json(code) if program == "zotero" else {})
    if _ZOTERO.match(code):
        return read_citation(code, "zotero") if "TEMP" not in code[:20] or "{" in code else None
    if _MENDELEY.match(code):
        return read_citation(code, "mendeley")
    if _ENDNOTE.match(code):
        return read_endnote(next((one for one in (code, *map(unpacked, packed)) if "<EndNote" in one), code))
    if _CITAVI.match(code):
        return read_citavi(code)
    if _WORD.match(code):
        return read_word(code, sources or {})
    return None


def read_tag(tag: str) -> Code | None:
    """Return what the tag of a content control says, None where it is no citation."""
    if tag.startswith("MENDELEY_BIBLIOGRAPHY"):
        return Code("bibliography", "mendeley-cite")
    if not tag.startswith("MENDELEY_CITATION_"):
        return None
    packed = tag.split("_", 3)[-1]
    try:
        text = base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError) as error:
        return Code("citation", "mendeley-cite", error=f"its data cannot be read: {error}")
    return read_citation(text, "mendeley-cite")
