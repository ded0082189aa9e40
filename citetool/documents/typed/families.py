"""Family names of several words, which only short forms tell: `Couve de Murville` of `Maurice Couve de Murville`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.names import Name
from citetool.struct import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Record

    from .citation import TypedCitation


def take_families(citations: Iterable[TypedCitation]) -> None:
    """Let the family names of authors be those that short forms of their works call them by."""
    citations = list(citations)
    families: dict[str, Name] = {}
    for citation in citations:
        called = _called(citation) if citation.kind == "short" else ""
        for creator in citation.record.creators if " " in called else ():
            spoken = _spoken(creator.name)
            given = spoken.removesuffix(f" {called}")
            if given != spoken and called[:1].isupper():
                families[spoken] = Name(called, given)
    for citation in citations if families else ():
        citation.record = _named(citation.record, families)


def _called(citation: TypedCitation) -> str:
    """Return the author of a citation as its note names him."""
    reading = citation.reading
    return next((reading.string[p.start : p.end].strip() for p in reading.parts if p.role == "creator"), "")


def _spoken(name: Name) -> str:
    if name.literal or name.suffix:
        return ""
    return " ".join(filter(None, (name.given, name.dropping, name.non_dropping, name.family)))


def _named(record: Record, families: dict[str, Name]) -> Record:
    creators = tuple(replace(one, name=families.get(_spoken(one.name), one.name)) for one in record.creators)
    return record if creators == record.creators else replace(record, creators=creators)
