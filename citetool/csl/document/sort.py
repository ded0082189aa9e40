"""Sorting of bibliographies and of cites inside a citation (CSL 1.0.2, "Sorting").

Each `cs:key` gives one value an item: text as a collation key, dates and numbers as digits. SPEC: items with an empty
value for a key are placed at the end, for ascending and descending sorts alike. Ties keep the order they came in.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from citetool.csl.compile.elements.date import sortable
from citetool.csl.compile.state import NO_CITE, NO_HINTS, State
from citetool.csl.items.citation_label import citation_label
from citetool.csl.items.collate import collation_key
from citetool.csl.items.numbers import is_numeric
from citetool.csl.items.variables import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from citetool.output.markup import strip_markup
from citetool.output.tree import plain
from citetool.struct import replace

from .ambiguity import Methods

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citetool.csl.compile.program import CompiledStyle
    from citetool.csl.compile.state import Hints
    from citetool.csl.items.cluster import Cite
    from citetool.csl.items.item import Item
    from citetool.csl.items.names import PersonName
    from citetool.csl.style.nodes import Node
    from citetool.output.tree import Out

_SUFFIXED = frozenset(("year-suffix", "citation-label"))
_ALL_PARTS = {"year", "month", "day"}


class KeyValues:
    """Values of sort keys by place of the key and item, with the hints that they were worked out for."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: dict[tuple[int, str], tuple[Hints, str]] = {}

    def get(self, place: int, item_id: str, hints: Hints) -> str | None:
        """Return the value of the key at that place for an item with these hints, if it is known."""
        found = self._values.get((place, item_id))
        return found[1] if found is not None and (found[0] is hints or found[0] == hints) else None

    def put(self, place: int, item_id: str, hints: Hints, value: str) -> None:
        """Remember a value."""
        self._values[place, item_id] = (hints, value)


class Sorter:
    """The sort keys of one area of a style."""

    __slots__ = ("_by_cite", "_sees", "area", "compiled", "keys", "language")

    def __init__(self, compiled: CompiledStyle, area: str) -> None:
        self.compiled = compiled
        self.area = area
        style = compiled.style
        part = style.citation if area == "citation" else style.bibliography
        sort = part.first("sort") if part is not None else None
        self.keys: list[Node] = [k for k in sort.kids if k.name == "key"] if sort is not None else []
        # DEVIATION: as in the reference, given names that are added cite by cite do not count
        self._by_cite = Methods.of(compiled.area_attrs("citation"), condition=False).by_cite
        self._sees: tuple[bool, bool] | None = None  # whether keys look at conditions and at year suffixes
        self.language = compiled.locale.lang.split("-")[0].lower()

    def __bool__(self) -> bool:
        return bool(self.keys)

    @property
    def direction(self) -> int:
        """1 where the first key sorts upwards, -1 downwards, 0 without keys."""
        if not self.keys:
            return 0
        return -1 if self.keys[0].attrs.get("sort") == "descending" else 1

    def sees(self, hints: Hints) -> bool:
        """Return whether a key can print something else with these hints than without any."""
        if self._sees is None:
            analysis = self.compiled.analysis
            macros = [key.attrs["macro"] for key in self.keys if key.attrs.get("macro") in analysis.usages]
            suffixes = any(not _SUFFIXED.isdisjoint(analysis.of_macro(macro)[1]) for macro in macros)
            self._sees = (any(map(analysis.asks, macros)), suffixes)
        conditions, suffixes = self._sees
        return (
            (conditions and hints.condition > 0)
            or (suffixes and hints.year_suffix is not None)
            or (not self._by_cite and any(map(any, hints.givens)))
        )

    def value(self, key: Node, item: Item, number: int, hints: Hints, cite: Cite) -> str:
        """Return the value of one key for an item; '' sorts last."""
        variable = key.attrs.get("variable")
        if variable is None:
            tree = self.tree(key, item, number, hints, cite)
            return "" if tree is None else collation_key(plain(tree), self.language)
        if variable == "citation-number":
            return f"{number:09}" if number else ""
        if variable in NAME_VARIABLES:
            names = item.names.get(variable, [])
            return collation_key(" ".join(self._name(n) for n in names), self.language)
        if variable in DATE_VARIABLES:
            date = item.dates.get(variable)
            if date is None:
                return ""
            return date.literal if date.literal else sortable(date, _ALL_PARTS)
        if variable == "citation-label" and variable not in item.text:
            return collation_key(citation_label(item), self.language)
        text = item.text.get(variable, "")
        if variable in NUMBER_VARIABLES and is_numeric(text):
            return collation_key(text, "")
        return collation_key(strip_markup(text), self.language)

    def tree(self, key: Node, item: Item, number: int, hints: Hints, cite: Cite) -> Out | None:
        """Return what the macro of a key prints of an item; None without a macro."""
        if "macro" not in key.attrs:
            return None
        if self._by_cite and hints.givens:
            hints = replace(hints, givens=[])
        state = State(item, cite, hints, number)
        state.area = self.area
        state.sorting = True
        return self.compiled.key_program(key, self.area, item, cite)(state)

    def _name(self, name: PersonName) -> str:
        demote = self.compiled.style.attrs.get("demote-non-dropping-particle", "display-and-sort")
        if name.static_order:  # printed so, too
            demote = "never"
        if name.literal:
            return name.literal
        family = f"{name.non_dropping} {name.family}".lstrip() if demote == "never" else name.family
        rest = name.non_dropping if demote != "never" else ""
        return " ".join(p for p in (family, name.given, name.dropping, rest, name.suffix) if p)

    def sort(
        self,
        entries: list[Item],
        numbers: Mapping[str, int],
        hints: Mapping[str, Hints],
        cites: list[Cite] | None = None,
        known: KeyValues | None = None,
    ) -> list[int]:
        """Return the order of the entries, as a list of their indices; `numbers` and `hints` are by id of the item.

        A key is worked out only for entries that the keys before it leave equal: most are told apart by the first.
        What `known` has is taken from there, and what it lacks put into it.
        """

        def refine(indices: list[int], place: int) -> list[int]:
            if len(indices) < 2 or place == len(self.keys):
                return indices
            key = self.keys[place]
            values = {}
            for i in indices:
                item = entries[i]
                hint = hints.get(item.id, NO_HINTS)
                value = known.get(place, item.id, hint) if known is not None else None
                if value is None:
                    value = self.value(key, item, numbers.get(item.id, 0), hint, cites[i] if cites else NO_CITE)
                    if known is not None:
                        known.put(place, item.id, hint, value)
                values[i] = value
            full = sorted((i for i in indices if values[i]), key=values.__getitem__)
            runs = [list(run) for _, run in groupby(full, key=values.__getitem__)]
            if key.attrs.get("sort") == "descending":
                runs.reverse()
            runs.append([i for i in indices if not values[i]])
            return [i for run in runs for i in refine(run, place + 1)]

        return refine(list(range(len(entries))), 0)
