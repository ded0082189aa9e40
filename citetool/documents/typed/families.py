"""Family names of several words, which only short forms tell: `Couve de Murville` of `Maurice Couve de Murville`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.lazy_re import lazy
from citetool.names import Name
from citetool.struct import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.record.model import Record

    from .citation import TypedCitation


_TITLED = lazy(r"(?:Sir|Dame)\s(?:[A-ZÀ-Þ][\w.’'-]*\s){1,3}[A-ZÀ-Þ][\w’'-]+$")  # `Sir Andrew Cohen`


def take_families(citations: Iterable[TypedCitation]) -> None:
    """Let the family names of authors be those that short forms of their works call them by."""
    citations = list(citations)
    families: dict[str, Name] = {}
    for citation in citations:
        for called in _called(citation) if citation.kind == "short" else ():
            for creator in citation.record.creators:
                spoken = _spoken(creator.name)
                given = spoken.removesuffix(f" {called}")
                titled = _TITLED.match(spoken) is not None and not creator.name.family
                if given != spoken and called[:1].isupper() and (" " in called or titled):
                    families[spoken] = Name(called, given)
    for citation in citations if families else ():
        citation.record = _named(citation.record, families)


def _called(citation: TypedCitation) -> list[str]:
    """Return the people of a citation as its note names them, first its author."""
    reading = citation.reading
    return [reading.string[p.start : p.end].strip() for p in reading.parts if p.role in ("creator", "recipient")]


def _spoken(name: Name) -> str:
    if name.literal or name.suffix:
        return name.literal if _TITLED.match(name.literal) else ""
    return " ".join(filter(None, (name.given, name.dropping, name.non_dropping, name.family)))


def _named(record: Record, families: dict[str, Name]) -> Record:
    creators = tuple(replace(one, name=families.get(_spoken(one.name), one.name)) for one in record.creators)
    return record if creators == record.creators else replace(record, creators=creators)
