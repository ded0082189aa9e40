"""What the parts of a style look at: types, variables, positions, and the macros they call.

One walk over the style answers what must be known before anything is compiled (does it print a citation number, does
it ask for near notes?) and what a compiled macro depends on: items that are alike in all that it looks at share it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citetool.csl.nodes import Node, Style

_VARIABLES = ("variable", "is-numeric", "is-uncertain-date")


class Interest:
    """What one macro, citation or bibliography looks at by itself; `macros` are those it calls."""

    __slots__ = ("conditions", "macros", "names", "positions", "types", "variables")

    def __init__(self, node: Node) -> None:
        self.types: set[str] = set()
        self.variables: set[str] = set()
        self.names: set[str] = set()  # variables that a cs:names prints
        self.positions: set[str] = set()
        self.macros: set[str] = set()
        self.conditions = False  # whether it asks if a cite is still ambiguous
        self._visit(node)

    def _visit(self, node: Node) -> None:
        attrs = node.attrs
        if attrs:
            for name in _VARIABLES:
                if name in attrs:
                    self.variables.update(attrs[name].split())
            if node.name == "names":
                self.names.update(attrs.get("variable", "").split())
            elif "macro" in attrs:
                self.macros.add(attrs["macro"])
            if "type" in attrs:
                self.types.update(attrs["type"].split())
            if "position" in attrs:
                self.positions.update(attrs["position"].split())
            if "disambiguate" in attrs:
                self.conditions = True
        for kid in node.kids:
            self._visit(kid)


class Survey:
    """The interests of a style, in all and by macro."""

    __slots__ = ("_closed", "_macros", "conditions", "names", "positions", "variables")

    def __init__(self, style: Style) -> None:
        self._macros = {name: Interest(node) for name, node in style.macros.items()}
        self._closed: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        citing = [*self._macros.values(), *([Interest(style.citation)] if style.citation is not None else ())]
        parts = [*citing, *([Interest(style.bibliography)] if style.bibliography is not None else ())]
        self.variables = frozenset().union(*(part.variables for part in parts))
        self.names = frozenset().union(*(part.names for part in parts))
        self.positions = frozenset().union(*(part.positions for part in citing))
        self.conditions = any(part.conditions for part in citing)

    def of_macro(self, name: str) -> tuple[frozenset[str], frozenset[str]]:
        """The types and the variables that the macro looks at, with those of the macros that it calls."""
        found = self._closed.get(name)
        if found is None:
            self._closed[name] = (frozenset(), frozenset())  # a macro that calls itself adds nothing
            types: set[str] = set()
            variables: set[str] = set()
            own = self._macros.get(name)
            if own is not None:
                types |= own.types
                # for the short form of a variable its `-short` one is read, and `title-short` stands for `title`
                variables.update(own.variables, (f"{variable}-short" for variable in own.variables), ("title",))
                for called in own.macros:
                    more_types, more_variables = self.of_macro(called)
                    types |= more_types
                    variables |= more_variables
            found = self._closed[name] = (frozenset(types), frozenset(variables))
        return found
