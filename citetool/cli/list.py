"""`citetool list`: the records of the library, a line each."""

from __future__ import annotations

from . import console, records
from .options import Input, Json, Library, OptionalKeys


def run(keys: OptionalKeys = None, input: Input = None, library: Library = None, json: Json = False) -> None:
    """List the records of the library: key, date, kind and title.

    Example: citetool list --json
    """
    found = records.chosen(keys, library, input)
    if json:
        from citetool.record.schema import to_plain

        console.out_json([to_plain(record) for record in found])
        return
    width = max((len(record.id) for record in found), default=0)
    for record in found:
        console.out(f"{record.id:{width}}  {record.date:10}  {record.kind}: {record.any_title}")
