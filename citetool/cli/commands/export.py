"""`citetool export`: records in a format of references."""

from __future__ import annotations

from citetool.cli.options import Input, KeysOrAll, Library, Query
from citetool.cli.workflows import convert, records
from citetool.cli.workflows.convert import Dialect, Explain, Files, For, Lossless, Strict, Target, To


def run(
    keys: KeysOrAll = None,
    query: Query = None,
    output: Target = None,
    to: To = None,
    for_: For = None,
    dialect: Dialect = None,
    lossless: Lossless = False,
    files: Files = False,
    explain: Explain = False,
    strict: Strict = False,
    input: Input = None,
    library: Library = None,
) -> None:
    """Write records in a format of references.

    A summary on stderr says what the format cannot hold.

    Example: citetool export 219945 --to ris --for zotero
    """
    from citetool.formats.convert import Transfer

    name = convert.target(to, output)
    transfer = Transfer()
    transfer.loss.explain = explain
    found = records.chosen(keys, library, input, query=query)
    options = convert.options(for_, dialect, lossless=lossless)
    if files:
        options = options._replace(files=records.folders(found, library, input))
    pieces = transfer.pieces(transfer.records(found), name, options)
    convert.put_out(pieces, output)
    convert.finish(transfer, name, None, strict=strict)
