"""Tell of citations that do not say where their source is kept: many styles know no archives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.cli.ui import console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Record

_MOST = 5


def tell(cited: Iterable[tuple[Record, str, str]]) -> None:
    """Note which citations, each with its record and style before it, name neither collection nor repository.

    Of a publication nobody expects it, though a library may have been kept with it.
    """
    from citetool.citation.archives import names_home
    from citetool.record.kinds import kind_of

    silent: dict[str, list[str]] = {}
    for record, style, text in cited:
        if kind_of(record.kind).archival and not names_home(record, text):
            silent.setdefault(style, []).append(record.id)
    for style, found in silent.items():
        keys = ", ".join(found[:_MOST]) + (", ..." if len(found) > _MOST else "")
        what = f"{len(found):,} sources are" if len(found) > 1 else "the source is"
        console.note(f"{style} does not say where {what} kept ({keys})", "chicago, mla, apa, turabian and mhra do")
