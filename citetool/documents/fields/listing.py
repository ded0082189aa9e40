"""A bibliography in Zotero as its author wants it: sources left out, listed though not cited, or in own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(slots=True)
class Listing:
    """The wishes of an author: addresses of sources that the bibliography leaves out.

    `uncited` and `custom` count sources that it lists though nothing cites them, and entries in words of the author's.
    """

    omitted: set[str] = field(default_factory=set)
    uncited: int = 0
    custom: int = 0

    def read(self, code: Mapping[str, Any]) -> None:
        """Add what the code of a bibliography says, with lists of addresses under `uncited`, `omitted` and `custom`."""
        self.omitted.update(uri for one in _entries(code, "omitted") for uri in _addresses(one))
        self.uncited += sum(1 for _ in _entries(code, "uncited"))
        self.custom += sum(1 for _ in _entries(code, "custom"))


def _entries(code: Mapping[str, Any], name: str) -> Iterator[Any]:
    found = code.get(name)
    yield from found if isinstance(found, list) else ()


def _addresses(entry: Any) -> Iterator[str]:
    """Yield the addresses of one source, which may be several or one."""
    yield from (one for one in (entry if isinstance(entry, list) else [entry]) if isinstance(one, str))
