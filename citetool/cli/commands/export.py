"""`citetool export`: records of the library in a format of references."""

from __future__ import annotations

from citetool.cli.options import Library, OptionalKeys, Query
from citetool.cli.workflows import convert, records
from citetool.cli.workflows.convert import Carry, Dialect, Explain, For, Output, Strict, To


def run(
    keys: OptionalKeys = None,
    query: Query = None,
    output: Output = None,
    to: To = None,
    for_: For = None,
    dialect: Dialect = None,
    carry: Carry = True,
    explain: Explain = False,
    strict: Strict = False,
    library: Library = None,
) -> None:
    """Write records in a format of references.

    All records are written where no key is given. What the format does not hold is said on stderr.

    Example: citetool export 219945 --to ris --for zotero
    """
    from citetool.formats.convert import Transfer

    name = convert.target(to, output)
    transfer = Transfer()
    transfer.loss.explain = explain
    found = records.chosen(keys, library, None, query=query)
    pieces = transfer.pieces(transfer.records(found), name, convert.options(for_, dialect, carry=carry))
    convert.put_out(pieces, output)
    convert.finish(transfer, name, None, strict=strict)
