"""A parsed style, or a locale, as plain data that can be kept (`citetool.diskcache`), and back.

A citation in a long style reaches few of its macros, so each macro is packed by itself and unpacked when it is asked
for: 4,000 nodes would take longer than all the rest of a citation.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .analysis import Interest, Survey
from .nodes import Node, Style

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
FrozenNode = tuple[str, dict[str, str], list[Any], int, str]


def freeze_style(style: Style) -> tuple[Any, ...]:
    """Plain data from which `thaw_style` makes an equal style."""
    survey = style.survey
    macros = {}
    for name, macro in style.macros.items():
        interest = survey.interests[name]
        macros[name] = marshal.dumps((freeze(macro), interest.types, interest.variables, interest.macros))
    parts = [None if part is None else freeze(part) for part in (style.citation, style.bibliography, style.info)]
    facts = (style.attrs, style.source, style.id, style.title, style.parent)
    found = (survey.variables, survey.names, survey.positions, survey.conditions)
    return facts, parts, [freeze(node) for node in style.locales], macros, found


def thaw_style(frozen: tuple[Any, ...]) -> Style:
    """The style that was frozen."""
    facts, parts, locales, macros, found = frozen
    style = Style(facts[0], _Unpacked(macros, _macro), facts[1])
    style.id, style.title, style.parent = facts[2:]
    style.citation, style.bibliography, style.info = (None if part is None else thaw(part) for part in parts)
    style.locales = [thaw(node) for node in locales]
    style.survey = Survey(_Unpacked(macros, _interest), *found)
    return style


def freeze(node: Node) -> FrozenNode:
    """A node and those below it."""
    return node.name, node.attrs, [freeze(kid) for kid in node.kids], node.line, node.text


def thaw(frozen: FrozenNode) -> Node:
    """The node that was frozen, with those below it."""
    name, attrs, kids, line, text = frozen
    return Node(name, attrs, [thaw(kid) for kid in kids] if kids else kids, line, text)


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
    return thaw(packed[0])


def _interest(packed: tuple[Any, ...]) -> Interest:
    interest = Interest()
    interest.types, interest.variables, interest.macros = packed[1:]
    return interest
