"""CSL-JSON (CSL 1.0.2, csl-data.json): the one mapping between the record and the variables that styles see.

`to_item` is what every rendering goes through, so a wrong citation can be looked into by printing its item. The
archival levels become four texts: `archive_location` (all below the collection, as cited), `archive_collection`,
`archive` (division and repository) and `archive-place`. A supplied title is the `title` with `annote: supplied title`
beside it, a mark that no stock style prints. What CSL has no variable for stands in `custom.citetool`.

For Zotero (`program="zotero"`): the repository alone in `archive`, all below it, large to small, in `archive_location`,
and what its items have no field for (`zotero_fields.py`) as lines of `note`, where Zotero and citeproc take them for
variables. In every written file collection and place of the archive, which Zotero's import drops, are such lines too,
and recipients of what is no letter: Zotero would make authors of them, and no style that we have seen prints them. The
items that citetool's own styles are given have no such lines.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from citetool.formats.base import ReadOptions, Rejected, WriteOptions
from citetool.formats.shared.json_stream import read_values
from citetool.problems import InputError, Problem, Where
from citetool.record.keys import Keys, give_key

from .export import item_and_lost, to_item
from .from_csl import from_item, native_record, read_item
from .to_csl import name_item
from .variables import SUPPLIED, Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from citetool.record.model import Record

__all__ = [
    "SUPPLIED",
    "Item",
    "from_item",
    "name_item",
    "native_record",
    "read",
    "to_item",
    "write",
]


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Rejected | Problem]:
    """Yield records of a JSON array of items, of one item, of `{"items": [...]}`, or of one item a line."""
    keys = Keys()
    taken = keys.taken
    for value, line in read_values(stream, options, ("items", "references")):
        problems: list[str] = []
        try:
            record = read_item(value, problems)
        except InputError as error:
            refused = Problem(error.problems[0].message, Where(options.source, line()))
            yield Rejected(refused, json.dumps(value, ensure_ascii=False))
            continue
        for problem in problems:
            yield Problem(problem, Where(options.source, line(), None, record.id or None), severity="warning")
        if record.id and record.id not in taken:
            taken.add(record.id)
        else:
            yield from give_key(record, keys, Where(options.source, line()))
        yield record


def written_item(record: Record, options: WriteOptions) -> Item:
    """Return the item of a record as the options want it; report to `options.loss` what no variable holds."""
    if not options.loss:
        return to_item(record, options.program, carry=options.lossless)
    item, lost = item_and_lost(record, options.program, carry=options.lossless)
    options.loss.record_loss(record, lost, carried=options.lossless)
    if lost and options.lossless:
        item["custom"] = {"citetool": lost}
    return item


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)  # an item is a tree: it was just made


def _indented(item: Item) -> str:
    """Return an item, a variable a line: six times as fast as the encoder's own indentation."""
    encode = _ENCODER.encode
    return "{\n" + ",\n".join([f'  "{name}": {encode(value)}' for name, value in item.items()]) + "\n}"


def write(records: Iterable[Record], options: WriteOptions) -> Iterator[str]:
    """Yield a JSON array, one item a piece; indented with `options.pretty`."""
    separator = "[\n"
    encode = _indented if options.pretty else _ENCODER.encode
    for record in records:
        yield separator + encode(written_item(record, options))
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
