"""Parts of `citetool doc extract`: the sources of a document as a list, a file, or records of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.cli.ui import console
from citetool.cli.workflows import add, convert, doc, parse
from citetool.formats.convert import Transfer
from citetool.library.library import open_library
from citetool.record.schema import to_plain
from citetool.struct import replace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citetool.documents.extract import Extracted
    from citetool.documents.model import Document


def extracted(
    document: Document, inputs: list[str] | None, library: Path | None, output: Path | None = None
) -> Extracted:
    """Return the sources of the document, looked up in the files and the library; `output` is to be written."""
    from citetool.documents.extract import extract

    sources = doc.sources_of(document, inputs, library, output)
    found = extract(document, sources, parse.context_of(library))
    found.problems[:0] = sources.problems
    return found


def put(found: Extracted, library: Path | None) -> None:
    """Put the records into the library, and say what became of them."""
    home = open_library(library)
    own = [home.get(record.id) or record for record in found.records]  # cited by an earlier key, it is there already
    read = add.Read([replace(record, id=there.id) for record, there in zip(found.records, own, strict=True)])
    console.err("\n".join(add.report(read, add.put(home, read, "merge"), home.root)))


def put_out(
    found: Extracted, document: Document, output: Path | None, to: str | None, program: str | None, *, lossless: bool
) -> None:
    """Write the records in a format, by default that which the document's program reads; say what it cannot hold."""
    own = document.source_formats.get(output.suffix.lower()) if output is not None else None
    name = convert.target(to or own, output)
    transfer = Transfer()
    pieces = transfer.pieces(transfer.records(found.records), name, convert.options(program, None, lossless=lossless))
    convert.put_out(pieces, output)
    convert.finish(transfer, name, None, strict=False)


def listed(found: Extracted) -> Iterator[str]:
    """Yield a line for each source: its key, its title, and the notes or lines that cite it."""
    for record in found.records:
        places = ", ".join(_place(place) for place in found.cited.get(record.id, ()))
        yield f"{record.id}  {record.any_title or record.citation}" + (f"  [{places}]\n" if places else "\n")


def as_dict(found: Extracted) -> list[dict[str, Any]]:
    """Return the records as plain data, each with the places that cite it."""
    return [
        {"id": record.id, "cited": found.cited.get(record.id, []), "record": to_plain(record)}
        for record in found.records
    ]


def _place(place: dict[str, Any]) -> str:
    if "note" in place:
        return f"{'endnote' if place['where'] == 'endnote' else 'note'} {place['note']}"
    return f"line {place['line']}" if "line" in place else f"place {place['n']}"
