"""The items of a document: their numbers, their order in the bibliography, and the hints that tell them apart.

Each depends on the others: numbers follow the order, hints follow the order (year suffixes), and the order follows
the hints where a style sorts by what it prints. `update` takes one turn: an order without hints, then the hints in that
order, then the order with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.compile.state import NO_HINTS, Hints, State
from citetool.csl.items.cluster import SUBSEQUENT, Cite
from citetool.output.tree import plain

from .disambiguate import Methods, Rendering, disambiguate
from .sort import Sorter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citetool.csl.compile.program import CompiledStyle
    from citetool.csl.items.cluster import Cluster
    from citetool.csl.items.item import Item


class Registry:
    """Items of a document: `entries` in the order of the bibliography, `numbers` and `hints` by id.

    `items` are all items there are, by id; the document has those that its clusters cite, and those that were set
    with `uncited`.
    """

    __slots__ = ("_bibliography_sorter", "_methods", "_numbered", "compiled", "entries", "hints", "items",
                 "numbers", "uncited")  # fmt: skip

    def __init__(self, compiled: CompiledStyle, items: Mapping[str, Item]) -> None:
        self.compiled = compiled
        self.items = items
        self.uncited: list[str] | None = None
        self.entries: list[Item] = []
        self.numbers: dict[str, int] = {}
        self.hints: dict[str, Hints] = {}
        self._bibliography_sorter = Sorter(compiled, "bibliography")
        self._numbered = "citation-number" in compiled.analysis.variables
        self._methods = Methods.of(
            compiled.area_attrs("citation"),
            condition=compiled.analysis.conditions,
            name_variables=compiled.analysis.names,
        )

    def number(self, item: Item) -> int:
        """Return the citation number of an item; 0 where the document does not have it."""
        return self.numbers.get(item.id, 0)

    def hints_of(self, item: Item) -> Hints:
        """Return what the cites of an item print so that it is told apart from others."""
        return self.hints.get(item.id, NO_HINTS)

    def printed_number(self, item_id: str) -> int | None:
        """Return the number of an item where the style prints numbers; else they may change unseen."""
        return self.numbers.get(item_id) if self._numbered else None

    def known(self, clusters: Iterable[Cluster]) -> list[Item]:
        """Return all items of the document: cited ones in order of citing, then uncited ones."""
        ids: dict[str, None] = {}
        for cluster in clusters:
            for cite in cluster.cites:
                if cite.id in self.items:
                    ids[cite.id] = None
        for item_id in self.uncited if self.uncited is not None else (() if ids else self.items):
            if item_id in self.items:
                ids[item_id] = None
        return [self.items[i] for i in ids]

    def update(self, clusters: Sequence[Cluster]) -> None:
        """Assign order, numbers and hints anew."""
        values: dict[tuple[int, str], str] = {}
        items = self.known(clusters)
        self.hints = {}
        self._order(items, values)
        self.hints = disambiguate(self.entries, self._methods, self._rendering) if self._methods else {}
        if any(self.hints.values()):
            # keys of items without hints are as before, unless they print a number, for the numbers are new
            same = (
                {}
                if self._numbered
                else {key: value for key, value in values.items() if self.hints.get(key[1], NO_HINTS) == NO_HINTS}
            )
            self._order(items, same)

    def _order(self, items: list[Item], values: dict[tuple[int, str], str]) -> None:
        """Put the items in the order of the bibliography, and number them by it; for `values` see `Sorter.sort`."""
        self.numbers = {item.id: n for n, item in enumerate(items, 1)}
        if self._bibliography_sorter:
            order = self._bibliography_sorter.sort(items, self.numbers, self.hints, known=values)
            items = [items[i] for i in order]
            self.numbers = {item.id: n for n, item in enumerate(items, 1)}
        self.entries = items

    def _rendering(self, item: Item, hints: Hints) -> Rendering:
        """Return a later cite of the item by itself, as disambiguation compares it."""
        state = State(item, Cite(item.id, position=SUBSEQUENT, near_note=True), hints, 0)
        state.comparing = True
        out = self.compiled.program("citation", item, state.cite)(state)
        return Rendering(plain(out) if out is not None else "", state.name_sets, out, state.conditions)
