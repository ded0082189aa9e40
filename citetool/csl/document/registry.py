"""The items of a document: their numbers, their order in the bibliography, and the hints that tell them apart.

Each depends on the others: numbers follow the order, hints follow the order (year suffixes), and the order follows
the hints where a style sorts by what it prints. `update` takes one turn: an order without hints, then the hints in that
order, then the order with them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from citetool.csl.compile.state import NO_CITE, NO_HINTS, Hints, State
from citetool.csl.items.cluster import SUBSEQUENT, Cite
from citetool.output.tree import plain

from .ambiguity import Memo, Methods, Rendering
from .sort import KeyValues, Sorter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from citetool.csl.compile.program import CompiledStyle
    from citetool.csl.items.cluster import Cluster
    from citetool.csl.items.item import Item
    from citetool.output.tree import Out


_LATER = Cite("", position=SUBSEQUENT, near_note=True)


class Registry:
    """Items of a document: `entries` in the order of the bibliography, `numbers` and `hints` by id.

    `items` are all items there are, by id; the document has those that its clusters cite, and those that were set
    with `uncited`.
    """

    __slots__ = ("_bibliography_sorter", "_known", "_memo", "_methods", "_names_notes", "_numbered", "_values",
                 "compiled", "entries", "hints", "items", "numbers", "uncited")  # fmt: skip

    def __init__(self, compiled: CompiledStyle, items: Mapping[str, Item]) -> None:
        self.compiled = compiled
        self.items = items
        self.uncited: list[str] | None = None
        self.entries: list[Item] = []
        self.numbers: dict[str, int] = {}
        self.hints: dict[str, Hints] = {}
        self._known: list[str] = []
        self._values = (KeyValues(), KeyValues())  # of sort keys, before hints are known and with them
        self._memo = Memo()
        self._bibliography_sorter = Sorter(compiled, "bibliography")
        self._numbered = "citation-number" in compiled.analysis.variables
        self._names_notes = compiled.style.is_note and "first-reference-note-number" in compiled.analysis.variables
        self._methods = Methods.of(
            compiled.area_attrs("citation"),
            condition=compiled.analysis.conditions,
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

    def forget(self) -> None:
        """Forget all that was worked out for the items as they were."""
        self.numbers, self._known, self._memo = {}, [], Memo()
        self._values = (KeyValues(), KeyValues())

    def known(self, clusters: Iterable[Cluster]) -> list[Item]:
        """Return all items of the document: cited ones in order of citing, then uncited ones."""
        return [self.items[i] for i in self._known_ids(clusters)]

    def _known_ids(self, clusters: Iterable[Cluster]) -> list[str]:
        items = self.items
        ids = [i for i in dict.fromkeys(chain.from_iterable(cluster.ids for cluster in clusters)) if i in items]
        if self.uncited is None:
            return ids or list(items)
        return list(dict.fromkeys([*ids, *(i for i in self.uncited if i in items)]))

    def change(self, clusters: Sequence[Cluster]) -> set[str]:
        """Bring order, numbers and hints to what the clusters are now; returns the items that print otherwise."""
        known = self._known_ids(clusters)
        if self.numbers and known == self._known and not self._names_notes:
            return set()
        hints, numbers = self.hints, self.numbers
        self.update(clusters, known)
        changed = {i for i in self.numbers if i not in numbers}
        if self._numbered:
            changed.update(i for i, number in self.numbers.items() if numbers.get(i) != number)
        for i in hints.keys() | self.hints.keys():
            before, now = hints.get(i, NO_HINTS), self.hints.get(i, NO_HINTS)
            if before is not now and before != now:
                changed.add(i)
        return changed

    def update(self, clusters: Sequence[Cluster], known: list[str] | None = None) -> None:
        """Assign order, numbers and hints anew; `known`, where given, are the ids of the document's items."""
        self._known = self._known_ids(clusters) if known is None else known
        items = [self.items[i] for i in self._known]
        self.hints = {}
        memo = self._memo if clusters else None  # without a document nothing will be asked for again
        plain, hinted = self._values if memo is not None else (KeyValues(),) * 2
        # keys that print a number change with the numbers
        self._order(items, None if self._numbered else plain, {})
        if self._methods.can_help(len(self.entries)):
            from .disambiguate import disambiguate  # noqa: PLC0415 - a citation that stands alone needs none

            notes = _first_notes(clusters) if self._names_notes else {}
            self.hints = disambiguate(self.entries, self._methods, self._rendering, self._key_trees, notes, memo)
        if any(self.hints.values()):
            seen = {i: hints for i, hints in self.hints.items() if self._bibliography_sorter.sees(hints)}
            if seen or self._numbered:
                self._order(items, None if self._numbered else hinted, seen)

    def _order(self, items: list[Item], values: KeyValues | None, hints: Mapping[str, Hints]) -> None:
        """Put the items in the order of the bibliography, and number them by it; see `Sorter.sort`."""
        self.numbers = {item.id: n for n, item in enumerate(items, 1)}
        if self._bibliography_sorter:
            order = self._bibliography_sorter.sort(items, self.numbers, hints, known=values)
            items = [items[i] for i in order]
            self.numbers = {item.id: n for n, item in enumerate(items, 1)}
        self.entries = items

    def _key_trees(self, item: Item) -> Iterator[Out]:
        """Yield what the macros of the bibliography's sort keys print of the item."""
        for key in self._bibliography_sorter.keys:
            tree = self._bibliography_sorter.tree(key, item, self.number(item), NO_HINTS, NO_CITE)
            if tree is not None:
                yield tree

    def _rendering(self, item: Item, hints: Hints) -> Rendering:
        """Return a later cite of the item by itself, as disambiguation compares it."""
        state = State(item, _LATER, hints, 0)
        state.comparing = True
        out = self.compiled.program("citation", item, state.cite)(state)
        return Rendering(plain(out) if out is not None else "", state.name_sets, out, state.conditions)


def _first_notes(clusters: Sequence[Cluster]) -> dict[str, int]:
    """Return the note in which each item is cited first."""
    notes: dict[str, int] = {}
    for cluster in clusters:
        for item_id in cluster.ids:
            notes.setdefault(item_id, cluster.note)
    return notes
