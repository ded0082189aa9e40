"""Entries of a `.bib` file: its encoding, @string, crossref and xdata resolved; comments and preambles kept out.

bibtexparser splits the text and reports what it could not; this module turns its blocks into `BibEntry`, each with its
fields in lower case and without their braces or quotes, LaTeX as it is.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from citetool.formats.base import Rejected
from citetool.formats.shared.text_stream import whole_text
from citetool.lazy_re import lazy
from citetool.problems import Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from bibtexparser.model import Block, Field

    from citetool.formats.base import ReadOptions

# Its faults are given as values; what it logs would say them again.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(slots=True)
class BibEntry:
    """One entry: type in lower case, key, fields (names in lower case), its line (from 1) and its text."""

    type: str
    key: str
    fields: dict[str, str]
    line: int
    raw: str
    problems: list[str] = field(default_factory=list)


def read_entries(stream: BinaryIO, options: ReadOptions) -> Iterator[BibEntry | Rejected | Problem]:
    """Yield the entries of a `.bib` file in order, with what they inherit; `Rejected` for what is no entry."""
    problems: list[Problem] = []
    text = whole_text(stream, options, problems)
    yield from problems
    found: list[BibEntry | Rejected] = []
    strings: dict[str, str] = {}
    failed = False
    for block, line in _split(text):
        if failed and isinstance(block, ImplicitComment) and isinstance(found[-1], Rejected):
            found[-1] = Rejected(found[-1].problem, f"{found[-1].raw} {block.comment}")  # the rest of the entry
        failed = isinstance(block, ParsingFailedBlock)
        _take(block, line, found, strings, options)
    entries = [entry for entry in found if isinstance(entry, BibEntry)]
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    for entry in entries:
        if "crossref" in entry.fields or "xdata" in entry.fields:
            _inherit(entry, by_key, ())
    yield from found


# What BibTeX or most programs let pass, and bibtexparser does not: a line break before the brace, a key left out.
_PARTED = lazy(r"^([ \t]*@\w+)([ \t]*\n\s*)([{(])", re.M)
_KEYLESS = lazy(r"^([ \t]*@(?!(?:string|comment|preamble)\b)\w+[ \t]*[{(])(\s*[A-Za-z][\w+-]*\s*=)", re.M | re.I)


def _split(text: str) -> list[tuple[Block, int]]:
    """Return the blocks of the text with their lines; it is mended, its lines kept, where something was no block."""
    blocks = _blocks(text)
    if not any(
        "@" in block.comment if isinstance(block, ImplicitComment) else isinstance(block, ParsingFailedBlock)
        for block, _ in blocks
    ):
        return blocks
    mended = _KEYLESS.sub(r"\1,\2", _PARTED.sub(r"\1\3\2", text))
    return blocks if mended == text else _blocks(mended)


def _blocks(text: str) -> list[tuple[Block, int]]:
    """Return each block with its line (from 1); bibtexparser's own count misses a break behind a backslash."""
    blocks: list[tuple[Block, int]] = []
    line, counted = 1, 0
    for block in Splitter(text).split().blocks:
        at = text.find(block.raw or "", counted)
        if at >= 0:
            line += text.count("\n", counted, at)
            counted = at
        blocks.append((block, line))
    return blocks


def _take(
    block: Block, line: int, found: list[BibEntry | Rejected], strings: dict[str, str], options: ReadOptions
) -> None:
    """Add the entry or fault of a block to what was found, or its text to the strings."""
    notes: list[str] = []
    if isinstance(block, DuplicateBlockKeyBlock):
        block = block.ignore_error_block or block
    if isinstance(block, DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        names = ", ".join(sorted(block.duplicate_keys))
        notes.append(f"duplicate field {names}; the first one counts")
        block = inner or block
    if isinstance(block, Entry):
        entry = BibEntry(block.entry_type.lower(), block.key.strip(), {}, line, block.raw or "", notes)
        _fill(entry, block.fields, strings)
        found.append(entry)
    elif isinstance(block, String):
        strings[block.key.strip().lower()] = _value(block.value, strings, notes)
    elif isinstance(block, ParsingFailedBlock):
        reason = str(getattr(block.error, "abort_reason", block.error) or "not an entry").strip().rstrip(".")
        problem = Problem(reason[:1].lower() + reason[1:], Where(options.source, line), "check its braces and commas")
        found.append(Rejected(problem, block.raw or "", cut="end of file" in reason))


def _fill(entry: BibEntry, fields: Sequence[Field], strings: dict[str, str]) -> None:
    for item in fields:
        for key, raw in _parted(item.key, item.value.strip(), entry.problems):
            name = key.strip().lower()
            value = _value(raw, strings, entry.problems).strip()
            if name not in entry.fields:
                if value:
                    entry.fields[name] = value
            elif value and value != entry.fields[name]:
                entry.fields.setdefault(f"{name}-2", value)


_ENDED = lazy(r'"(?:[^"{}\\]|\\.|\{(?:[^{}]|\{[^{}]*\})*\})*"|[^\s#"{}]+', re.S)
_JOINED = lazy(r"\s*#\s*")
_NEXT_FIELD = lazy(r"\s+([A-Za-z][\w+-]*)\s*=\s*(?=\S)")


def _parted(name: str, raw: str, problems: list[str]) -> Iterator[tuple[str, str]]:
    """Yield a field and those behind it that no comma parts from it: `title = {A} year = 1950`."""
    while "=" in raw:
        end, follows = 0, None
        while end < len(raw):
            ended = _ENDED.match(raw, end)
            end = closing(raw, end) + 1 if raw[end] == "{" else ended.end() if ended else len(raw)
            joined = _JOINED.match(raw, end)
            if joined is None:
                follows = _NEXT_FIELD.match(raw, end)
                break
            end = joined.end()
        if follows is None:
            break
        problems.append(f"a comma is missing before {follows[1]!r}")
        yield name, raw[:end]
        name, raw = follows[1], raw[follows.end() :]
    yield name, raw


_PART = lazy(r'\s*(?:(\{)|"((?:[^"{}\\]|\\.|\{(?:[^{}]|\{[^{}]*\})*\})*)"|([^\s#"{}]+))\s*(#|$)?', re.S)


_LONGEST = 1_000_000  # characters; strings made of strings can grow without end


def _value(raw: str, strings: dict[str, str], problems: list[str]) -> str:
    """Return the text of a value: without braces or quotes, strings put in, parts joined at `#`.

    Blanks at the edges stay: `" and "` is a string between two names.
    """
    raw = raw.strip()
    if raw.startswith("{") and raw.endswith("}") and ("#" not in raw or closing(raw) == len(raw) - 1):
        return raw[1:-1]
    if raw.startswith('"') and raw.endswith('"') and raw.count('"') == 2:
        return raw[1:-1]
    if raw.isdigit():
        return raw
    parts: list[str] = []
    at = 0
    while at < len(raw):
        match = _PART.match(raw, at)
        if not match:
            problems.append(f"this is no value: {raw[at : at + 30]!r}")
            parts.append(raw[at:].strip('"{} '))
            break
        if match.group(1):
            end = closing(raw, match.start(1))
            parts.append(raw[match.start(1) + 1 : end])
            rest = re.compile(r"\s*#?").match(raw, end + 1)
            at = rest.end() if rest else end + 1
            continue
        quoted, word = match.group(2), match.group(3)
        parts.append(quoted if quoted is not None else _string(word, strings, problems))
        at = match.end()
        if sum(map(len, parts)) > _LONGEST:
            problems.append("the parts of the value make a text that is too long; it is cut off")
            break
    return "".join(parts)[:_LONGEST]


def _string(word: str, strings: dict[str, str], problems: list[str]) -> str:
    known = strings.get(word.lower())
    if known is not None:
        return known
    if word.isdigit() or word.lower() in MONTHS:
        return word
    problems.append(f"there is no @string {word!r}")
    return word


def closing(text: str, start: int = 0) -> int:
    """Return the place of the brace that closes the one at `start`; the end of the text where none does."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, start):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.start()
    return len(text)


# Where the title of a parent goes in its child (biblatex manual, appendix B), and what is not handed down.
_PARTS = frozenset({"inbook", "incollection", "inproceedings", "conference", "suppbook", "suppcollection",
                    "bookinbook", "inreference"})  # fmt: skip
_TITLES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_OWN = frozenset({"crossref", "xref", "xdata", "ids", "label", "options", "presort", "sortkey", "related", "file",
                  "shorttitle", "shorthand", "entrysubtype", "execute", "keywords", "abstract", "annote",
                  "annotation", "timestamp", "owner", "groups", "pages", "note"})  # fmt: skip


def _inherit(entry: BibEntry, by_key: dict[str, BibEntry], children: tuple[str, ...]) -> None:
    """Fill in what the entry has from its xdata and its parent; a circle ends where it closes."""
    for key in entry.fields.get("xdata", "").split(","):
        source = by_key.get(key.strip().lower())
        if source and source.key not in children and source is not entry:
            _inherit(source, by_key, (*children, entry.key))
            for name, value in source.fields.items():
                entry.fields.setdefault(name, value)
    crossref = entry.fields.get("crossref", "").strip().lower()
    if not crossref:
        return
    parent = by_key.get(crossref)
    if parent is None:
        entry.problems.append(f"there is no entry {crossref!r} to inherit from")
    elif parent is not entry and parent.key not in children:
        _inherit(parent, by_key, (*children, entry.key))
        for name, value in parent.fields.items():
            if name in _OWN:
                continue
            if name in _TITLES and entry.type in _PARTS:
                entry.fields.setdefault(_TITLES[name], value)
            elif name in _TITLES and entry.type == "article":
                entry.fields.setdefault(name.replace("title", "journaltitle"), value)
            elif name == "author" and entry.type in _PARTS:
                entry.fields.setdefault("bookauthor", value)
            elif name != "title" or entry.type not in _PARTS:
                entry.fields.setdefault(name, value)
