"""MARC-in-JSON: one object with `leader` and `fields`, or a list of such, or one a line.

Catalogues serve other JSON about the same records, such as the items of each library that can be lent; an object
without `fields` is set aside with that reason.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citetool.formats.base import Rejected
from citetool.formats.shared.headings import file_name
from citetool.formats.shared.json_stream import read_values
from citetool.problems import InputError, Problem, Where

from .fields import OTHER_SORTS, record_of
from .parts import Field, Marc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from citetool.formats.base import ReadOptions
    from citetool.record.model import Record


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield a record for each object that is a bibliographic MARC record; raises InputError where it is not JSON."""
    found = False
    for value, line in read_values(stream, options, ("records", "collection")):
        found = True
        where = Where(options.source, line())
        try:
            marc = marc_of(value)
        except InputError as error:
            yield Rejected(Problem(error.problems[0].message, where), json.dumps(value, ensure_ascii=False))
            continue
        if marc.sort in OTHER_SORTS:
            problem = Problem(f"{OTHER_SORTS[marc.sort]} describes no source", where)
            yield Rejected(problem, json.dumps(value, ensure_ascii=False))
            continue
        record = record_of(marc)
        record.metadata.file, record.metadata.reader = file_name(options.source), "marc-json"
        yield record
    if not found:
        raise InputError(Problem("there is no JSON object in it", Where(options.source)))


def marc_of(value: Any) -> Marc:
    """Return the leader and fields of an object; raises InputError where it has no `fields` of the right shape."""
    if not isinstance(value, dict) or not isinstance(value.get("fields"), list):
        raise InputError("an object without a list of MARC fields describes no source")
    marc = Marc(str(value.get("leader", "")))
    for item in value["fields"]:
        if not isinstance(item, dict):
            raise InputError(f"{item!r:.40} is not a MARC field")
        for tag, content in item.items():
            if isinstance(content, dict):
                marc.fields.append(_field(tag, content))
            else:
                marc.control[tag] = str(content)
    return marc


def _field(tag: str, content: dict[str, Any]) -> Field:
    subfields: list[tuple[str, str]] = []
    items = content.get("subfields") or []
    if not isinstance(items, list):
        raise InputError(f"{items!r:.40} is no list of subfields of {tag}")
    for item in items:
        if not isinstance(item, dict):
            raise InputError(f"{item!r:.40} is not a subfield of {tag}")
        subfields += [(str(code), " ".join(str(text).split())) for code, text in item.items() if text is not None]
    return Field(tag, str(content.get("ind1") or " "), str(content.get("ind2") or " "), tuple(subfields))
