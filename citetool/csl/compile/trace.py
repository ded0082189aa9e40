"""Tracing: which element of a style, in which macro and line, printed each part of a text.

The elements that print (`cs:text` but for calls of macros, `cs:number`, `cs:label`, `cs:date`, `cs:names`) are compiled
as ever, and what they print gets a tag with their origin. Tags change no text; what stands between tagged parts comes
from affixes and delimiters of groups and layouts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.output.tree import Close, Mark, Span
from citetool.struct import NamedTuple

from .context import empty_group, no_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citetool.csl.style.nodes import Node, Style
    from citetool.output.tree import Event, Out

    from .context import CompileContext, CompileElement, Fn
    from .state import State

_TRACE = "trace"
_PRINTING = ("text", "number", "label", "date", "names")


class Origin(NamedTuple):
    """An element of a style: how it begins in the XML, the macro that it stands in ('' in a layout), and its line."""

    element: str
    macro: str
    line: int


class TracedPart(NamedTuple):
    """A part of a text, and the element that printed it; None for affixes and delimiters around elements."""

    text: str
    origin: Origin | None


def traced_elements(style: Style, elements: Mapping[str, CompileElement]) -> dict[str, CompileElement]:
    """Return the compilers of elements with those that print replaced by tracing ones."""
    macros: dict[int, str] = {}
    for name, macro in style.macros.items():
        _note_macro(macro, name, macros)
    return {name: _traced(how, macros) if name in _PRINTING else how for name, how in elements.items()}


def _note_macro(node: Node, name: str, macros: dict[int, str]) -> None:
    macros[id(node)] = name
    for kid in node.kids:
        _note_macro(kid, name, macros)


def _traced(how: CompileElement, macros: Mapping[int, str]) -> CompileElement:
    def compile_traced(node: Node, context: CompileContext) -> Fn | None:
        function = how(node, context)
        if function is None or function is no_value or function is empty_group or "macro" in node.attrs:
            return function
        mark = Mark(_TRACE, data=Origin(_begins(node), macros.get(id(node), ""), node.line))

        def traced(s: State) -> Out | None:
            out = function(s)
            return Span([out], mark) if out else out

        for facts in (context.traits.constant, context.traits.settled):
            if function in facts:
                facts.add(traced)
        return traced

    return compile_traced


def _begins(node: Node) -> str:
    """Return the element with the attribute that says what it prints: `text variable="title"`."""
    said = next((f' {name}="{node.attrs[name]}"' for name in ("variable", "term", "value") if name in node.attrs), "")
    return node.name + said


def traced_parts(events: Iterable[Event]) -> list[TracedPart]:
    """Return the parts of resolved events in order, each with the innermost element that printed it."""
    parts: list[TracedPart] = []
    open_: list[Origin | None] = [None]
    for event in events:
        if isinstance(event, str):
            if parts and parts[-1].origin is open_[-1]:
                parts[-1] = TracedPart(parts[-1].text + event, open_[-1])
            else:
                parts.append(TracedPart(event, open_[-1]))
        elif isinstance(event, Mark) and event.kind == _TRACE:
            open_.append(event.data if isinstance(event.data, Origin) else None)
        elif isinstance(event, Close) and event.mark.kind == _TRACE:
            open_.pop()
    return [part for part in parts if part.text]
