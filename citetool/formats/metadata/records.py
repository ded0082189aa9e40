"""Records of citetool itself: record files (YAML), and what `show --json`, `list --json` and `parse --json` print.

A YAML file may hold several records, one a document between `---` lines. JSON is a list of records, one after the
other, or what `parse` prints of a citation, whose record stands under `record`. A record with a fault is rejected with
all its faults, and never read in part. The order of the levels within `archive` counts.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from citetool.formats.base import Rejected
from citetool.formats.shared.json_fields import first_mark, read_items
from citetool.formats.shared.text_stream import whole_text
from citetool.lazy_re import lazy
from citetool.problems import InputError, Problem, Where
from citetool.record.keys import Keys, give_key
from citetool.record.schema import checked
from citetool.record.yamltext import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.record.model import Record


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield the records of a file in its order; one with a key that came before gets another, with a warning."""
    keys = Keys()
    for item in _read(stream, options):
        if isinstance(item, (Rejected, Problem)):
            yield item
            continue
        record, line = item
        yield from give_key(record, keys, Where(options.source, line))
        yield record


def _read(stream: BinaryIO, options: ReadOptions) -> Iterator[tuple[Record, int] | Rejected | Problem]:
    head, source = first_mark(stream)
    if head in (b"{", b"["):
        for value in read_items(source, options):
            yield value if isinstance(value, Problem) else _from_json(*value, options.source)
        return
    problems: list[Problem] = []
    text = whole_text(source, options, problems)
    yield from problems
    line = 1
    for document in _END.split(text):
        if document.strip():
            yield _from_yaml(document, line, options.source)
        line += document.count("\n") + 1


_END = lazy(r"^(?:---|\.\.\.)[ \t]*\n", re.M)  # of a document in a YAML stream


def _from_json(value: Any, line: int, source: str) -> tuple[Record, int] | Rejected:
    data = value.get("record", value) if isinstance(value, dict) else None
    try:
        if not isinstance(data, dict):
            raise InputError(Problem("this is no record", hint="citetool show KEY --json prints one"))
        return checked(data), line
    except InputError as error:
        return _rejected(error, Where(source, line), json.dumps(value, ensure_ascii=False, default=str))


def _from_yaml(text: str, line: int, source: str) -> tuple[Record, int] | Rejected:
    try:
        # behind as many empty lines as stand before it, so that faults bear the lines of the file
        return read_record("\n" * (line - 1) + text, source), line
    except InputError as error:
        return _rejected(error, Where(source, line), text)


def _rejected(error: InputError, where: Where, raw: str) -> Rejected:
    """Return an entry with the first of its faults, and the others in its words."""
    first, *others = error.problems
    place = first.where._replace(source=where.source, line=first.where.line or where.line)
    more = "".join(f"; {problem.where.field or 'also'}: {problem.message}" for problem in others)
    return Rejected(Problem(first.message + more, place, first.hint), raw)
