"""Results of the analysis of a style: `Usage` of one macro or layout, `StyleAnalysis` of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Usage:
    """Types, variables and positions that one macro or layout looks at by itself; `macros` are those it calls."""

    __slots__ = ("conditions", "macros", "positions", "types", "variables")

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.variables: set[str] = set()
        self.positions: set[str] = set()
        self.macros: set[str] = set()
        self.conditions = False  # whether it asks if a cite is still ambiguous


class StyleAnalysis:
    """The usages of a style: `variables`, `positions` and `conditions` in all, `usages` by macro."""

    __slots__ = ("_closed", "conditions", "positions", "usages", "variables")

    def __init__(
        self,
        usages: Mapping[str, Usage],
        variables: frozenset[str],
        positions: frozenset[str],
        conditions: bool,
    ) -> None:
        self.usages = usages
        self.variables = variables
        self.positions = positions  # of cites alone
        self.conditions = conditions  # likewise
        self._closed: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def asks(self, macro: str) -> bool:
        """Return whether the macro, or one that it calls, asks if a cite is still ambiguous."""
        usage = self.usages[macro]
        return usage.conditions or any(map(self.asks, usage.macros))

    def of_macro(self, name: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the types and the variables that the macro looks at, with those of the macros that it calls."""
        found = self._closed.get(name)
        if found is None:
            own = self.usages[name]
            called = [self.of_macro(macro) for macro in own.macros]
            # for the short form of a variable its `-short` one is read
            short = {f"{variable}-short" for variable in own.variables}
            variables = own.variables.union(short, *(more for _, more in called))
            found = (frozenset(own.types.union(*(more for more, _ in called))), frozenset(variables))
            self._closed[name] = found
        return found
