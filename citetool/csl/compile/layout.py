"""The affixes and formatting of `cs:layout`, and the fields of a bibliography entry.

Unlike those of other elements the affixes of a layout stand inside its formatting, as the reference processor prints
them: `<b>(1)</b>`.

DEVIATION, with the reference: in a bibliography the prefix belongs to the first element of the layout. Where that is
set apart (a display block, or the first field of `second-field-align`) the suffix belongs to the last element that
prints something, in place of its own, or to all that stands beside the first field. If the first element prints
nothing, the prefix is not printed either, and the suffix is not if the last element is a macro or a block without text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.output.tree import Affix, Mark, Out, Span

from .formatting import affix, format_marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from citetool.csl.style.nodes import Node

LEFT = Mark("display", "left-margin")
RIGHT = Mark("display", "right-inline")


def layout_wrap(layout: Node | None) -> Callable[[list[Out]], Out]:
    """Return the function that puts affixes and formatting around the parts of a citation."""
    attrs = layout.attrs if layout is not None else {}
    marks = format_marks(attrs)
    prefix, suffix = affix(attrs.get("prefix"), "bracket"), affix(attrs.get("suffix"), "bracket")

    def wrap(parts: list[Out]) -> Out:
        out: Out = parts
        if prefix is not None:
            out = [prefix, out]
        if suffix is not None:
            out = [out, suffix]
        for mark in marks:
            out = Span([out], mark)
        return out

    return wrap


def fields_wrap(layout: Node | None, *, align: bool) -> Callable[[list[Out]], Out]:
    """Return the function that puts affixes and formatting of the layout around the fields of an entry.

    It takes a node for each element of the layout, `[]` for those that printed nothing (`CompiledStyle.has_fields`).
    With `align` the first field is set into the margin, and all others beside it.
    """
    attrs = layout.attrs if layout is not None else {}
    marks = format_marks(attrs)
    prefix, suffix = affix(attrs.get("prefix"), "bracket"), affix(attrs.get("suffix"), "bracket")
    stays = layout is not None and any(name in layout.kids[-1].attrs for name in ("macro", "display"))

    def wrap(fields: list[Out]) -> Out:
        first, rest = _inside(fields[0], prefix, front=True), fields[1:]
        out: list[Out]
        if align:
            out = [] if first == [] else [Span([first], LEFT)]
            if any(field != [] for field in rest):
                out.append(Span(rest if suffix is None else [*rest, suffix], RIGHT))
        elif _is_display(first):
            out = [first, *rest]
            last = len(out) - 1
            if not stays:
                last = max((place for place, field in enumerate(out) if field != []), default=0)
            out[last] = _inside(_without_suffix(out[last]), suffix, front=False)
        else:
            out = [first, *rest] if suffix is None else [first, *rest, suffix]
        tree: Out = out
        for mark in marks:
            tree = Span([tree], mark)
        return tree

    return wrap


def authors_alone(tree: Out | None, names: Out) -> Out:
    """Return the names of a cite for the running text: with the affixes of elements around them, unformatted.

    DEVIATION: as the reference prints them, `Smith,` where a macro of the style puts a comma behind the author.
    """
    found = _path_to(tree, names)
    return names if found is None else found


def _path_to(tree: Out | None, names: Out) -> Out | None:
    if tree is names:
        return names
    kids = tree if isinstance(tree, list) else tree.kids if isinstance(tree, Span) else []
    for kid in kids:
        found = _path_to(kid, names)
        if found is not None:
            return [found if other is kid else other for other in kids if other is kid or _is_outer(other)]
    return None


def _is_outer(node: Out) -> bool:
    """Return whether the node is a prefix or suffix of an element, and no delimiter."""
    return isinstance(node, Affix) and bool(node.role)


def _is_display(field: Out) -> bool:
    return isinstance(field, Span) and field.mark.kind == "display"


def _inside(field: Out, extra: Out | None, *, front: bool) -> Out:
    """Return the field with the affix in it, inside of its display block; a field that printed nothing stays so."""
    if extra is None or field == []:
        return field
    if isinstance(field, Span) and field.mark.kind == "display":
        return Span([extra, *field.kids] if front else [*field.kids, extra], field.mark)
    return [extra, field] if front else [field, extra]


def _without_suffix(field: Out) -> Out:
    """Return the field without the suffix of its element, unless that is a block."""
    if not isinstance(field, list) or not field:
        return field
    *front, last = field
    return front if isinstance(last, Affix) and last.role in ("suffix", "bracket", "leaf") else field


def has_display(node: Node) -> bool:
    """Return whether an element of the layout, or of a `cs:choose` in it, makes a display block."""
    return any(
        "display" in kid.attrs or (kid.name in ("choose", "if", "else-if", "else") and has_display(kid))
        for kid in node.kids
    )
