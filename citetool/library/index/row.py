"""A record file as the index holds it: what lists show, what queries ask, what sorting compares.

A file that cannot be read is an entry too, with its problems: it is found by its key, and counted.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from citetool.library import files
from citetool.problems import CitetoolError
from citetool.record.levels import in_group
from citetool.record.roles import csl_variable
from citetool.record.schema import to_plain
from citetool.record.yamltext import read_record

from .extract import Span, facts, span_of, spans
from .fields import EVENT, checksum
from .normalize import natural, spaced
from .tokens import MARK, value_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from citetool.record.model import Record

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TEXT_SUFFIXES = (".txt", ".md", ".text")
_MAX_TEXT = 4 * 1024 * 1024
_LARGE = 1024 * 1024  # bytes of a record that is listed before its words are taken apart: that takes seconds


class Entry(NamedTuple):
    """One row of the table `record` (in the order of `index.COLUMNS`) and what stands beside it."""

    row: tuple[Any, ...]
    aliases: tuple[str, ...]
    spans: list[Span]
    text: str
    facts: str
    fields: set[str]
    attached: Sequence[tuple[str, str]]
    later: bool = False  # whether text, facts and fields are left out for now


def read_entry(root: Path, found: files.Found, *, whole: bool = False) -> Entry:
    """Return the entry of a record file, of a large one without its words unless the `whole` is wanted.

    Raises FileNotFoundError where the file is gone.
    """
    try:
        record = read_record(files.read_text(root, found.path), f"{root}/{found.path}")
    except CitetoolError as error:
        return _faulty(found, error)
    attached, texts = _attached(root, found.path, record)
    if found.size > _LARGE and not whole:
        return _brief(record, found, attached)
    return entry_of(record, found, attached, texts)


def entry_of(
    record: Record, found: files.Found, attached: Sequence[tuple[str, str]] = (), texts: Iterable[str] = ()
) -> Entry:
    """Return the entry of a record in that file, with the texts beside it."""
    brief = _brief(record, found, attached)
    pairs = list(facts(record))
    split = {value: spaced(value) for _, value in pairs}
    # a word that no text has keeps a phrase from running over the end of one text into the next
    between = f" {MARK} "
    return brief._replace(
        text=between.join((*split.values(), *map(spaced, texts))),
        facts=" ".join(value_tokens(name, split[value]) for name, value in pairs),
        fields={name for name, _ in pairs} | {EVENT + span.event for span in brief.spans},
        later=False,
    )


def _brief(record: Record, found: files.Found, attached: Sequence[tuple[str, str]]) -> Entry:
    """Return the entry with all but its words."""
    plain = _encode(to_plain(record))
    columns = _columns(record, found)
    key, path, _, _, kind, title, author, date, _, _, repository, collection = columns[:12]
    shown = (key, path, date, kind, title, author, repository or "", collection or "", plain)
    row = (*columns, plain, checksum(shown), None)
    return Entry(row, record.aliases, spans(record), "", "", set(), attached, later=True)


def _columns(record: Record, found: files.Found) -> tuple[Any, ...]:
    title, author = record.any_title, _author(record)
    span = span_of(record.date) if record.date else None
    levels = {group: in_group(record.archive, group) for group in ("repository", "collection")}
    return (
        record.id,
        found.path,
        _folder(found.path),
        found.stamp,
        record.kind,
        title,
        author,
        record.date,
        span and span.earliest,
        span and span.latest,
        *(held[0].value if held else None for held in levels.values()),
        natural(title),
        natural(author),
        found.mtime // 10**9,
    )


def _author(record: Record) -> str:
    makers = [creator.name for creator in record.creators if csl_variable(creator.role) == "author"]
    return str(makers[0]) if makers else ""


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _faulty(found: files.Found, error: CitetoolError) -> Entry:
    key = files.key_of(found.path)
    problems = json.dumps([problem.as_dict() for problem in error.problems], ensure_ascii=False)
    nothing = (None,) * 6
    row = (key, found.path, _folder(found.path), found.stamp, *nothing, None, None, "", "", found.mtime // 10**9)
    return Entry((*row, None, None, problems), (), [], "", "", set(), [])


def _attached(root: Path, path: str, record: Record) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the text files beside the record with their stamps (empty for a missing file), and their texts."""
    stamps: list[tuple[str, str]] = []
    texts: list[str] = []
    for file in record.files:
        place = str(PurePosixPath(path).parent / file.path)
        if not place.endswith(_TEXT_SUFFIXES):
            continue
        found = files.look(root, place)
        stamps.append((place, found.stamp if found else ""))
        if found and found.size <= _MAX_TEXT:
            try:
                texts.append(files.read_bytes(root, place).decode("utf-8", "replace"))
            except (CitetoolError, FileNotFoundError):
                continue
    return stamps, texts
