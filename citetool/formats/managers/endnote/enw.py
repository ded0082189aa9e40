"""EndNote's tagged form (.enw, Refer): a sign behind `%`, one field a line, an empty line between references.

A line without a tag goes on the field before it. Tags that EndNote does not document are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import file_name
from citetool.formats.shared.text_stream import text_blocks
from citetool.problems import InputError, Problem, Where

from .fields import KINDS_OF_TYPES, Fields, record_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.record.model import Record

TAGS: dict[str, str] = {
    "A": "authors", "B": "secondary-title", "C": "pub-location", "D": "year", "E": "secondary-authors", "F": "label",
    "G": "language", "H": "translated-authors", "I": "publisher", "J": "full-title", "K": "keyword", "L": "call-num",
    "M": "accession-num", "N": "number", "P": "pages", "Q": "translated-title", "R": "electronic-resource-num",
    "S": "tertiary-title", "T": "title", "U": "url", "V": "volume", "W": "remote-database-provider", "X": "abstract",
    "Y": "tertiary-authors", "Z": "notes", "6": "num-vols", "7": "edition", "8": "date", "9": "work-type",
    "?": "subsidiary-authors", "!": "short-title", "@": "isbn", "~": "remote-database-name", "&": "section",
    "[": "access-date",
}  # fmt: skip


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each reference, then what was wrong with the text; raises InputError where there is none."""
    problems: list[Problem] = []
    lines: list[str] = []
    start = number = 0
    found = False
    for block in text_blocks(stream, options, problems):
        for line in block.removesuffix("\n").split("\n"):
            number += 1
            if lines and (not line.strip() or (line.startswith("%0 ") and not lines[-1].startswith("%0 "))):
                found = True
                yield _reference(lines, options.source, start)
                lines = []
            if line.strip():
                start = start if lines else number
                lines.append(line)
    if lines:
        found = True
        yield _reference(lines, options.source, start)
    if not found:
        raise InputError(Problem("there is no reference in it", Where(options.source)), *problems)
    yield from problems


def _reference(lines: list[str], source: str, start: int) -> Record | Rejected:
    sort = ""
    fields: Fields = {}
    last = ""
    for line in lines:
        tag, text = (
            (line[1:2], line[2:].strip()) if line.startswith("%") and line[2:3] in (" ", "") else ("", line.strip())
        )
        if tag == "0":
            sort = text
        elif tag in TAGS:
            last = TAGS[tag]
            if text:
                fields.setdefault(last, []).append(text)
        elif tag:
            last = ""
        elif last and fields.get(last):
            fields[last][-1] = f"{fields[last][-1]} {text}".strip()
        elif last:
            fields[last] = [text]
    if not sort and "title" not in fields:
        problem = Problem(
            "a reference without %0 and %T", Where(source, start), "begin it with its type: %0 Manuscript"
        )
        return Rejected(problem, "\n".join(lines))
    record = record_of(_type(sort), fields)
    record.metadata.file, record.metadata.reader = file_name(source), "enw"
    return record


def _type(name: str) -> str:
    return next((known for known in KINDS_OF_TYPES if known.casefold() == name.casefold()), name)
