"""The affixes and formatting of `cs:layout`.

Unlike those of other elements the affixes of a layout stand inside its formatting, as the reference processor prints
them: `<b>(1)</b>`. Where an entry begins or ends with a display block, the affix belongs into the block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.formatting import affix, format_marks
from citetool.output.tree import Out, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.csl.nodes import Node


def layout_wrap(layout: Node | None) -> Callable[[list[Out]], Out]:
    """The function that puts affixes and formatting around the parts of a citation or entry."""
    attrs = layout.attrs if layout is not None else {}
    marks = format_marks(attrs)
    prefix, suffix = affix(attrs.get("prefix"), "bracket"), affix(attrs.get("suffix"), "bracket")

    def wrap(parts: list[Out]) -> Out:
        out: Out = parts
        if prefix is not None:
            out = _into(parts, prefix, front=True) or [prefix, out]
        if suffix is not None:
            out = (_into(out, suffix, front=False) if isinstance(out, list) else None) or [out, suffix]
        for mark in marks:
            out = Span([out], mark)
        return out

    return wrap


def _into(parts: list[Out], extra: Out, *, front: bool) -> list[Out] | None:
    """The parts with the affix inside the first or last of them, if that is a display block; else None."""
    if not parts:
        return None
    place = 0 if front else len(parts) - 1
    edge = parts[place]
    if isinstance(edge, list):
        inner = _into(edge, extra, front=front)
        if inner is None:
            return None
        new: Out = inner
    elif isinstance(edge, Span) and edge.mark.kind == "display":
        new = Span([extra, *edge.kids] if front else [*edge.kids, extra], edge.mark)
    else:
        return None
    return [*parts[:place], new, *parts[place + 1 :]]
