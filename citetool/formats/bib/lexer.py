"""The blocks of a `.bib` text, as bibtexparser has them, in less time.

Nearly all entries are of a plain form: a type, a key, fields whose values are one group in braces, one text in quotes
or one word. These are taken out of the text by a pattern. What is not of that form (strings, comments, `#`, escaped
braces, a field given twice) goes to bibtexparser, up to the next line that begins a block; and if it finds a fault
there, so does all the rest of the text, because where a broken block ends is its business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bibtexparser.model import Entry, Field, ParsingFailedBlock
from bibtexparser.splitter import Splitter

from citetool.lazy_re import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibtexparser.model import Block

_OPENING = lazy(r'\s*+(@([A-Za-z]+)[ \t]*\{([^\s{}",=@\\#%()]+)\s*,)')
_GROUP = r"\{[^{}]*+\}"
for _ in range(4):  # braces in braces
    _GROUP = rf"\{{(?:[^{{}}]++|{_GROUP})*+\}}"
_FIELD = lazy(rf'\s*+([A-Za-z][^\s{{}}",=@\\#%()]*)\s*+=\s*+({_GROUP}|"[^"{{}}\\]*+"|[A-Za-z0-9]++)\s*+([,}}])')
_CLOSING = lazy(r"\s*+\}")
_LATER_BLOCK = lazy(r"^[^\S\n]*@", re.M)
_NO_ENTRIES = ("comment", "preamble", "string")  # to bibtexparser also what begins so, as `@commentary`


def split(text: str) -> Iterator[tuple[Block, int]]:
    """Each block of the text, with its line (from 1)."""
    at, line, counted, end = 0, 1, 0, 0
    while at < len(text):
        opening = _OPENING.match(text, at)
        start = opening.start(1) if opening else at
        if end <= start:  # the end of the one before: a block that has not ended there is broken
            later = _LATER_BLOCK.search(text, start + 1)
            end = later.start() if later else len(text)
        entry = _plain_entry(text, opening, end) if opening else None
        if entry is not None:
            line += text.count("\n", counted, start)
            counted = start
            yield entry, line
            at = start + len(entry.raw or "")
            continue
        line += text.count("\n", counted, at)
        counted = at
        blocks = Splitter(text[at:end]).split().blocks
        if any(isinstance(block, ParsingFailedBlock) for block in blocks):
            end = len(text)
            blocks = Splitter(text[at:]).split().blocks
        for block in blocks:
            yield block, line + (block.start_line or 0)
        at = end


def _plain_entry(text: str, opening: re.Match[str], end: int) -> Entry | None:
    """The entry that begins here, if it is of the plain form and ends before `end`."""
    if opening[2].lower().startswith(_NO_ENTRIES):
        return None
    fields: list[Field] = []
    at = opening.end()
    while match := _FIELD.match(text, at, end):
        name, value, mark = match.groups()
        fields.append(Field(name, value))
        at = match.end()
        if mark == "}":
            break
    else:
        closing = _CLOSING.match(text, at, end)
        if closing is None:
            return None
        at = closing.end()
    raw = text[opening.start(1) : at]
    if "\\{" in raw or "\\}" in raw or not fields or len({field.key for field in fields}) < len(fields):
        return None
    return Entry(opening[2].lower(), opening[3], fields, start_line=0, raw=raw)
