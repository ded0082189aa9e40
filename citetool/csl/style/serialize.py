"""A parsed style, or a locale, as plain data that can be kept (`citetool.diskcache`), and back.

A citation in a long style reaches few of its macros, so each macro is packed by itself and unpacked when it is asked
for: 4,000 nodes would take longer than all the rest of a citation.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .nodes import Node, Style
from .usage import StyleAnalysis, Usage

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
NodeData = tuple[str, dict[str, str], list[Any], int, str]


def style_to_data(style: Style) -> tuple[Any, ...]:
    """Return plain data from which `style_from_data` makes an equal style."""
    analysis = style.analysis
    macros = {}
    for name, macro in style.macros.items():
        usage = analysis.usages[name]
        macros[name] = marshal.dumps(
            (node_to_data(macro), usage.types, usage.variables, usage.macros, usage.conditions)
        )
    parts = [None if part is None else node_to_data(part) for part in (style.citation, style.bibliography, style.info)]
    facts = (style.attrs, style.source, style.id, style.title, style.parent)
    found = (analysis.variables, analysis.positions, analysis.conditions)
    return facts, parts, [node_to_data(node) for node in style.locales], macros, found


def style_from_data(data: tuple[Any, ...]) -> Style:
    """Return the style that the data says."""
    facts, parts, locales, macros, found = data
    style = Style(facts[0], _Unpacked(macros, _macro), facts[1])
    style.id, style.title, style.parent = facts[2:]
    style.citation, style.bibliography, style.info = (None if part is None else node_from_data(part) for part in parts)
    style.locales = [node_from_data(node) for node in locales]
    style.analysis = StyleAnalysis(_Unpacked(macros, _usage), *found)
    return style


def node_to_data(node: Node) -> NodeData:
    """Return a node and those below it as data."""
    return node.name, node.attrs, [node_to_data(kid) for kid in node.kids], node.line, node.text


def node_from_data(data: NodeData) -> Node:
    """Return the node that the data says, with those below it."""
    name, attrs, kids, line, text = data
    return Node(name, attrs, [node_from_data(kid) for kid in kids] if kids else kids, line, text)


class _Unpacked(Mapping[str, T]):
    """Values that are unpacked when they are asked for."""

    __slots__ = ("_make", "_packed", "_values")

    def __init__(self, packed: dict[str, bytes], make: Callable[[Any], T]) -> None:
        self._packed = packed
        self._make = make
        self._values: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = self._make(marshal.loads(self._packed[name]))
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _macro(packed: tuple[Any, ...]) -> Node:
    return node_from_data(packed[0])


def _usage(packed: tuple[Any, ...]) -> Usage:
    usage = Usage()
    usage.types, usage.variables, usage.macros, usage.conditions = packed[1:]
    return usage
