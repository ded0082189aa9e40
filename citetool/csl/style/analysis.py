"""What the parts of a style look at (types, variables, positions), and whether its macros come to an end.

One walk over the style answers what must be known before anything is compiled: does it print a citation number, does
it ask for near notes? It also tells what a compiled macro depends on: items that are alike in all that it looks at
share it. Macros that reach themselves, or that call each other into an endless or bottomless text, are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.problems import Problem, Where

from .nodes import StyleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .nodes import Node, Style

MAX_EXPANSION = 300_000
# the deepest installed style has 72; each level costs some frames of Python's stack
MAX_NESTING = 150
_VARIABLES = ("variable", "is-numeric", "is-uncertain-date")
_NOTED = frozenset((*_VARIABLES, "type", "position", "disambiguate"))


class Interest:
    """What one macro, citation or bibliography looks at by itself; `macros` are those it calls."""

    __slots__ = ("conditions", "macros", "names", "positions", "types", "variables")

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.variables: set[str] = set()
        self.names: set[str] = set()  # variables that a cs:names prints
        self.positions: set[str] = set()
        self.macros: set[str] = set()
        self.conditions = False  # whether it asks if a cite is still ambiguous

    def note(self, node: Node) -> None:
        """Take in what the attributes of an element say."""
        attrs = node.attrs
        if _NOTED.isdisjoint(attrs):
            return
        for name in _VARIABLES:
            if name in attrs:
                self.variables.update(attrs[name].split())
        if node.name == "names":
            self.names.update(attrs.get("variable", "").split())
        if "type" in attrs:
            self.types.update(attrs["type"].split())
        if "position" in attrs:
            self.positions.update(attrs["position"].split())
        if "disambiguate" in attrs:
            self.conditions = True


class Survey:
    """The interests of a style: `variables`, `names`, `positions` and `conditions` in all, `interests` by macro."""

    __slots__ = ("_closed", "conditions", "interests", "names", "positions", "variables")

    def __init__(
        self,
        interests: Mapping[str, Interest],
        variables: frozenset[str],
        names: frozenset[str],
        positions: frozenset[str],
        conditions: bool,
    ) -> None:
        self.interests = interests
        self.variables = variables
        self.names = names
        self.positions = positions  # of cites alone
        self.conditions = conditions  # likewise
        self._closed: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def of_macro(self, name: str) -> tuple[frozenset[str], frozenset[str]]:
        """The types and the variables that the macro looks at, with those of the macros that it calls."""
        found = self._closed.get(name)
        if found is None:
            own = self.interests[name]
            called = [self.of_macro(macro) for macro in own.macros]
            # for the short form of a variable its `-short` one is read
            short = {f"{variable}-short" for variable in own.variables}
            variables = own.variables.union(short, *(more for _, more in called))
            found = (frozenset(own.types.union(*(more for more, _ in called))), frozenset(variables))
            self._closed[name] = found
        return found


def survey(style: Style) -> Survey:
    """What the parts of the style look at; raises `StyleError` for macros without end."""
    return _Walk(style).run()


class _Walk:
    """One run of `survey`."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._interests: dict[str, Interest] = {}
        self._sizes: dict[str, tuple[int, int]] = {}

    def run(self) -> Survey:
        style = self._style
        for name, macro in style.macros.items():
            self._measure_macro(name, macro.line, (), 0)
        citing = [*self._interests.values(), *self._layout(style.citation)]
        everything = [*citing, *self._layout(style.bibliography)]
        return Survey(
            self._interests,
            frozenset().union(*(part.variables for part in everything)),
            frozenset().union(*(part.names for part in everything)),
            frozenset().union(*(part.positions for part in citing)),
            any(part.conditions for part in citing),
        )

    def _layout(self, layout: Node | None) -> list[Interest]:
        if layout is None:
            return []
        interest = Interest()
        if self._measure(layout, interest, (), 0)[0] > MAX_EXPANSION:
            message = f"macros expand to more than {MAX_EXPANSION} elements"
            raise StyleError(Problem(message, Where(self._style.source, layout.line)))
        return [interest]

    def _measure(self, node: Node, interest: Interest, path: tuple[str, ...], depth: int) -> tuple[int, int]:
        """Elements printed for the node at most, with those of the macros it calls, and how deep they nest."""
        size, height = 1, 0
        attrs = node.attrs
        if attrs:
            interest.note(node)
            called = attrs.get("macro")
            if called is not None and called in self._style.macros:
                interest.macros.add(called)
                size, height = self._measure_macro(called, node.line, path, depth)
                size += 1
        if depth + height > MAX_NESTING:
            message = f"macros and elements nest deeper than {MAX_NESTING}"
            raise StyleError(Problem(message, Where(self._style.source, node.line)))
        branches = 0
        for kid in node.kids:
            inner, below = self._measure(kid, interest, path, depth + 1)
            height = max(height, below)
            # of a choice only one branch is printed
            branches = max(branches, inner) if node.name == "choose" else branches + inner
        return size + branches, height + 1

    def _measure_macro(self, name: str, line: int, path: tuple[str, ...], depth: int) -> tuple[int, int]:
        """The same for a macro, counted once with all it calls, so that the whole is linear."""
        if name in path:
            chain = " -> ".join((*path[path.index(name) :], name))
            raise StyleError(Problem(f"macro calls itself: {chain}", Where(self._style.source, line)))
        if name not in self._sizes:
            interest = Interest()
            self._sizes[name] = self._measure(self._style.macros[name], interest, (*path, name), depth + 1)
            self._interests[name] = interest
        return self._sizes[name]
