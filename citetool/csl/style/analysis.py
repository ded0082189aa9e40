"""The analysis of a style: which types, variables and positions its parts look at; macros without end are refused.

One walk over the style answers what must be known before anything is compiled: does it print a citation number, does
it ask for near notes? It also tells what a compiled macro depends on: items that are alike in all that it looks at
share it. Macros without end reach themselves, or call each other into a bottomless text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.problems import Problem, Where

from .nodes import StyleError
from .usage import StyleAnalysis, Usage

if TYPE_CHECKING:
    from .nodes import Node, Style

MAX_EXPANSION = 300_000
# the deepest installed style has 72; each level costs some frames of Python's stack
MAX_NESTING = 150
_VARIABLES = ("variable", "is-numeric", "is-uncertain-date")
# what disambiguation decides once entries are in order: a key of it sorts nothing, and prints nothing either
_DECIDED = frozenset(("year-suffix",))
_NOTED = frozenset((*_VARIABLES, "type", "position", "disambiguate"))


def analyse(style: Style) -> StyleAnalysis:
    """Analyse the parts of a style; raises `StyleError` for macros without end."""
    return _Walk(style).run()


class _Walk:
    """One run of `analyse`."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._usages: dict[str, Usage] = {}
        self._sizes: dict[str, tuple[int, int]] = {}

    def run(self) -> StyleAnalysis:
        style = self._style
        for name, macro in style.macros.items():
            self._measure_macro(name, macro.line, (), 0)
        citing = [*self._usages.values(), *self._layout(style.citation)]
        everything = [*citing, *self._layout(style.bibliography)]
        return StyleAnalysis(
            self._usages,
            frozenset().union(*(part.variables for part in everything)),
            frozenset().union(*(part.positions for part in citing)),
            any(part.conditions for part in citing),
        )

    def _layout(self, layout: Node | None) -> list[Usage]:
        if layout is None:
            return []
        usage = Usage()
        if self._measure(layout, usage, (), 0)[0] > MAX_EXPANSION:
            message = f"macros expand to more than {MAX_EXPANSION} elements"
            raise StyleError(Problem(message, Where(self._style.source, layout.line)))
        return [usage]

    def _measure(self, node: Node, usage: Usage, path: tuple[str, ...], depth: int) -> tuple[int, int]:
        """Return elements printed for the node at most, with those of the macros it calls, and how deep they nest."""
        size, height = 1, 0
        attrs = node.attrs
        if attrs:
            _take_in(usage, node)
            called = attrs.get("macro")
            if called is not None and called in self._style.macros:
                usage.macros.add(called)
                size, height = self._measure_macro(called, node.line, path, depth)
                size += 1
        if depth + height > MAX_NESTING:
            message = f"macros and elements nest deeper than {MAX_NESTING}"
            raise StyleError(Problem(message, Where(self._style.source, node.line)))
        branches = 0
        for kid in node.kids:
            inner, below = self._measure(kid, usage, path, depth + 1)
            height = max(height, below)
            # of a choice only one branch is printed
            branches = max(branches, inner) if node.name == "choose" else branches + inner
        return size + branches, height + 1

    def _measure_macro(self, name: str, line: int, path: tuple[str, ...], depth: int) -> tuple[int, int]:
        """Measure a macro as `_measure` does, once with all it calls, so that the whole is linear."""
        if name in path:
            chain = " -> ".join((*path[path.index(name) :], name))
            raise StyleError(Problem(f"macro calls itself: {chain}", Where(self._style.source, line)))
        if name not in self._sizes:
            usage = Usage()
            self._sizes[name] = self._measure(self._style.macros[name], usage, (*path, name), depth + 1)
            self._usages[name] = usage
        return self._sizes[name]


def _take_in(usage: Usage, node: Node) -> None:
    """Add to the usage what the attributes of an element say."""
    attrs = node.attrs
    if _NOTED.isdisjoint(attrs) or (node.name == "key" and attrs.get("variable") in _DECIDED):
        return
    for name in _VARIABLES:
        if name in attrs:
            usage.variables.update(attrs[name].split())
    if "type" in attrs:
        usage.types.update(attrs["type"].split())
    if "position" in attrs:
        usage.positions.update(attrs["position"].split())
    if "disambiguate" in attrs:
        usage.conditions = True
