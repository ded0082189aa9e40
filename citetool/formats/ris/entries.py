"""Entries of tagged lines: RIS (`TY  - JOUR` ... `ER  -`), and Web of Science's form of it (`PT J` ... `ER`).

RIS in the wild: white space left out or too much, lines without a tag that go on with the value above, text between the
entries, an entry that the next one breaks off. Web of Science data (also found under `.ris`) is put into RIS tags.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from citetool.formats.shared.text_stream import text_blocks
from citetool.lazy_re import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.problems import Problem

Tags = list[tuple[str, str]]


class Entry(NamedTuple):
    """One entry: its tags and values in order, the line it begins at, its lines as they stood, whether it ended."""

    tags: Tags
    line: int
    lines: list[str]
    ended: bool

    def mentions(self, text: str) -> bool:
        """Return whether the text stands in a line of the entry."""
        return any(text in line for line in self.lines)

    @property
    def raw(self) -> str:
        """The text of the entry as it stood in the source."""
        return "\n".join(self.lines)


_LINE = lazy(r"[ \t]*([A-Z][A-Z0-9])[ \t]{0,4}-(?:[ \t](.*)|[ \t]*()|(?<=  -)(\S.*))$")
_WOS_LINE = lazy(r"([A-Z][A-Z0-9])(?: (.*))?$")
# Values that are prose, whose line ends are only those of the file.
_PROSE = frozenset({"TI", "T1", "AB", "N2", "T2", "JF", "PB", "AU", "KW", "SO", "DE", "ID"})


def read_entries(stream: BinaryIO, options: ReadOptions, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the entries of a stream, in order; what is wrong with its encoding is reported in `problems`."""
    blocks = text_blocks(stream, options, problems)
    number = 0
    for block in blocks:
        at = 0
        for line in _lines(block):
            number += 1
            match = _LINE.match(line)
            if line.startswith(("FN ", "VR ", "PT ")) and not match:
                rest = chain(_lines(block[at + len(line) + 1 :]), chain.from_iterable(map(_lines, blocks)))
                yield from _wos_entries(line, number, rest)
                return
            if match and match.group(1) == "TY":
                yield from _ris_entries(number, chain((block[at:],), blocks))
                return
            at += len(line) + 1


def _lines(block: str) -> list[str]:
    return block.removesuffix("\n").split("\n") if block else []


# An entry of lines that all have a tag, as nearly all are, with the empty lines behind it.
_PLAIN = lazy(r"TY  - .*\n(?:(?!TY|ER)[A-Z][A-Z0-9]  - .*\n)*+ER  -.*(?:\n|\Z)\n*+")


def _ris_entries(number: int, blocks: Iterator[str]) -> Iterator[Entry]:
    """Yield the entries of blocks of lines, of which the first is that of the number.

    Entries that are all in one block and of the plain form are taken out of it whole, the others line by line.
    """
    tags: Tags = []
    raw: list[str] = []
    start = number
    inside = False
    for block in blocks:
        at = 0
        while at < len(block):
            plain = None if inside else _PLAIN.match(block, at)
            if plain:
                at = plain.end()
                text = plain[0].rstrip("\n")
                lines = text.split("\n")
                yield Entry([(line[:2], line[6:].strip()) for line in lines[:-1]], number, [text], True)
                number += block.count("\n", plain.start(), at)
                continue
            end = block.find("\n", at)
            line = block[at:] if end < 0 else block[at:end]
            at += len(line) + 1
            tag, value = _tag_of(line)
            if tag == "TY":
                if inside:
                    yield Entry(tags, start, raw, False)
                tags, raw, start, inside = [("TY", value)], [line], number, True
            elif inside:
                raw.append(line)
                if tag == "ER":
                    yield Entry(tags, start, raw, True)
                    inside = False
                elif tag:
                    tags.append((tag, value))
                elif value:
                    _go_on(tags, value)
            number += 1
    if inside:
        yield Entry(tags, start, raw, False)


def _tag_of(line: str) -> tuple[str, str]:
    """Return the tag of a line, '' where it has none, and its value."""
    if line[2:6] == "  - ":
        return line[:2], line[6:].strip()
    match = _LINE.match(line)
    return (match.group(1), _value(match)) if match else ("", line.strip())


def _value(match: re.Match[str]) -> str:
    return (match.group(2) or match.group(4) or "").strip()


def _go_on(tags: Tags, value: str) -> None:
    """Add a line without a tag to the value above it."""
    tag, before = tags[-1]
    tags[-1] = (tag, f"{before}{' ' if tag in _PROSE else chr(10)}{value}" if before else value)


# Web of Science field tags and the RIS tags for the same; several values stand on several lines or between semicolons.
_WOS_TAGS = {
    "AU": "AU", "AF": "AF", "BE": "A2", "ED": "A2", "CA": "AU", "TI": "TI", "SO": "T2", "SE": "T3", "PY": "PY",
    "PD": "PD", "VL": "VL", "IS": "IS", "BP": "SP", "EP": "EP", "AR": "AR", "DI": "DO", "AB": "AB", "DE": "KW",
    "ID": "KW", "PU": "PB", "PI": "CY", "SN": "SN", "BN": "SN", "LA": "LA", "DT": "M3", "UT": "UT", "J9": "J1",
    "JI": "J2", "PG": "PG", "CT": "C3",
}  # fmt: skip
_WOS_TYPES = {"J": "JOUR", "B": "BOOK", "S": "SER", "P": "PAT"}
_WOS_LISTS = frozenset({"AU", "AF", "BE", "ED", "CA"})


def _wos_entries(first: str, number: int, lines: Iterator[str]) -> Iterator[Entry]:
    fields: list[tuple[str, list[str]]] = []
    raw: list[str] = []
    start = number
    for line in (first, *()):
        _wos_line(line, fields)
    raw.append(first)
    for line in lines:
        number += 1
        if line.startswith("PT "):
            fields, raw, start = [], [], number
        raw.append(line)
        if line.rstrip() == "ER":
            yield Entry(_wos_tags(fields), start, raw, True)
            fields, raw = [], []
        elif line.rstrip() != "EF":
            _wos_line(line, fields)
    if any(tag == "PT" for tag, _ in fields):
        yield Entry(_wos_tags(fields), start, raw, False)


def _wos_line(line: str, fields: list[tuple[str, list[str]]]) -> None:
    match = _WOS_LINE.match(line)
    if match:
        fields.append((match.group(1), [match.group(2) or ""]))
    elif fields and line.strip():
        fields[-1][1].append(line.strip())


def _wos_tags(fields: list[tuple[str, list[str]]]) -> Tags:
    kind = next((_WOS_TYPES.get(lines[0], "JOUR") for tag, lines in fields if tag == "PT"), "JOUR")
    tags: Tags = [("TY", kind)]
    full = any(tag == "AF" for tag, _ in fields)
    for tag, lines in fields:
        if tag in ("PT", "FN", "VR") or (tag == "AU" and full):
            continue
        name = _WOS_TAGS.get(tag, tag)
        if tag in _WOS_LISTS:
            tags += [("AU" if name == "AF" else name, line) for line in lines]
        elif name == "KW":
            tags += [("KW", word) for word in " ".join(lines).split("; ")]
        else:
            tags.append((name, " ".join(lines)))
    return tags
