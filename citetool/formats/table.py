"""The table of formats, and how one is found by name, extension or first bytes.

Listing formats and guessing one imports no format module; `reader` and `writer` import the one that is named.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from citetool.problems import InputError, NotFoundError, Problem, Where, suggest

from .base import Attachment, Format, ReadOptions, Rejected, WriteOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from citetool.record.model import Record

    Reader = Callable[[BinaryIO, ReadOptions], Iterator[Record | Rejected | Problem | Attachment]]
    Writer = Callable[[Iterable[Record], WriteOptions], Iterator[str]]

FORMATS: dict[str, Format] = {
    "csl-json": Format(
        "CSL-JSON", "csljson", True, True, (".json", ".csl.json"), (r'^\s*[\[{].*"type"\s*:',), ("zotero",)
    ),
    "bibtex": Format("BibTeX", "bibtex", True, True, (".bib", ".bibtex"), (r"(?m)^\s*@\s*\w+\s*[{(]",), ("jabref",)),
    "biblatex": Format(
        "BibLaTeX", "biblatex", True, True, (".biblatex",), (), ("zotero", "jabref"), ("chicago", "mla")
    ),
    "ris": Format("RIS", "ris", True, True, (".ris",), (r"(?m)^TY  - ",), ("zotero", "endnote", "mendeley", "jabref")),
}
SNIFF_BYTES = 4096


def find_format(name: str, *, reads: bool = False, writes: bool = False) -> Format:
    """The row of a format that can be read or written as asked; raises NotFoundError with near names."""
    row = FORMATS.get(name)
    if row and (row.reads or not reads) and (row.writes or not writes):
        return row
    fit = [n for n, f in FORMATS.items() if (f.reads or not reads) and (f.writes or not writes)]
    verb = "read" if reads else "written" if writes else "known"
    message = f"{name!r} cannot be {verb}" if row else f"there is no format {name!r}"
    raise NotFoundError(Problem(message, hint=suggest(name, fit) or f"one of: {', '.join(fit)}"))


def guess_format(path: str, head: bytes) -> str:
    """The name of the format of a file, by its first bytes, else by its extension.

    `head` is its first `SNIFF_BYTES` bytes. Raises InputError where neither tells.
    """
    text = (
        head.decode("utf-8-sig", "replace")
        if not head.startswith((b"\xff\xfe", b"\xfe\xff"))
        else head.decode("utf-16", "replace")
    )
    name = PurePath(path).name.lower()
    by_name = [n for n, row in FORMATS.items() if row.reads and name.endswith(row.extensions)]
    by_head = [n for n, row in FORMATS.items() if row.reads and any(re.search(p, text, re.S) for p in row.sniff)]
    both = [n for n in by_name if n in by_head]
    for found in (both, by_head, by_name):
        if found:
            return found[0]
    hint = f"say which with --from; one of: {', '.join(n for n, row in FORMATS.items() if row.reads)}"
    raise InputError(Problem("the format of this file is not known", Where(path), hint))


def reader(name: str) -> Reader:
    """The `read` function of a format; raises NotFoundError where there is none."""
    module = import_module(f"citetool.formats.{find_format(name, reads=True).module}")
    return module.read  # type: ignore[no-any-return]


def writer(name: str) -> Writer:
    """The `write` function of a format; raises NotFoundError where there is none."""
    module = import_module(f"citetool.formats.{find_format(name, writes=True).module}")
    return module.write  # type: ignore[no-any-return]
