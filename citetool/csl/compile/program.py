"""From a style and a locale to programs: one function of `State` for each layout and item shape.

`CompiledStyle.program` compiles the layout for the item's shape and the cite's place the first time it sees them and
remembers the function. Only what these can reach is compiled, so that a single citation in a long style costs little,
and a long bibliography of like items runs the same few functions. A compiled style holds no item data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.csl.compile.elements.choose import compile_choose
from citetool.csl.compile.elements.date import compile_date
from citetool.csl.compile.elements.group import compile_group, compile_members
from citetool.csl.compile.elements.label import compile_label
from citetool.csl.compile.elements.names import compile_names
from citetool.csl.compile.elements.number import compile_number
from citetool.csl.compile.elements.text import compile_text
from citetool.csl.items.cluster import FIRST

from .context import CompileContext, Splice, Traits, empty_group, no_value
from .layout import has_display
from .state import Place

if TYPE_CHECKING:
    from citetool.csl.compile.elements.name import NamePrinter
    from citetool.csl.items.cluster import Cite
    from citetool.csl.items.item import Item, Shape
    from citetool.csl.style.locale import Locale
    from citetool.csl.style.nodes import Node, Style
    from citetool.output.tree import Out

    from .context import CompileElement, Fn
    from .state import State

ELEMENTS: dict[str, CompileElement] = {
    "text": compile_text,
    "number": compile_number,
    "label": compile_label,
    "date": compile_date,
    "names": compile_names,
    "group": compile_group,
    "choose": compile_choose,
}
MAX_PROGRAMS = 4096
NO_PLACE = Place()  # an entry of the bibliography is no cite
_NAME_ATTRS = ("and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first",
               "et-al-use-last", "et-al-subsequent-min", "et-al-subsequent-use-first", "initialize",
               "initialize-with", "name-as-sort-order", "sort-separator", "name-form", "name-delimiter",
               "names-delimiter")  # fmt: skip


class CompiledStyle:
    """A style in one locale, ready to render items of any shape."""

    __slots__ = ("_elements", "_macros", "_printers", "_programs", "_shapes", "_traits", "analysis", "links", "locale",
                 "style")  # fmt: skip

    def __init__(self, style: Style, locale: Locale, *, links: bool = False, trace: bool = False) -> None:
        self.style = style
        self.locale = locale
        self.links = links
        self._elements = ELEMENTS
        if trace:
            from .trace import traced_elements  # noqa: PLC0415 - hardly ever wanted

            self._elements = traced_elements(style, ELEMENTS)
        self._programs: dict[tuple[str | int, Shape, Place], Fn] = {}  # by area or by the identity of a sort key
        self._printers: dict[Any, NamePrinter] = {}
        self._traits = Traits()
        self._shapes: dict[Shape, Shape] = {}
        self._macros: dict[tuple[str | int, Place], dict[Any, Fn | None]] = {}
        self.analysis = style.analysis

    def layout(self, area: str) -> Node | None:
        """Return the `cs:layout` of `citation` or `bibliography`, if the style has one."""
        part = self.style.citation if area == "citation" else self.style.bibliography
        return part.first("layout") if part is not None else None

    def area_attrs(self, area: str) -> dict[str, str]:
        """Return the attributes of `cs:citation` or `cs:bibliography`."""
        part = self.style.citation if area == "citation" else self.style.bibliography
        return part.attrs if part is not None else {}

    def shared_shape(self, shape: Shape) -> Shape:
        """Return one object for all equal shapes, so that looking up its programs costs no comparison."""
        return self._shapes.setdefault(shape, shape)

    def place(self, cite: Cite) -> Place:
        """Return the facts of the cite that the style looks at."""
        tested = self.analysis.positions
        return Place(
            cite.position if tested else FIRST,
            cite.near_note and "near-note" in tested,
            bool(cite.locator),
            cite.first_note > 0 and "first-reference-note-number" in self.analysis.variables,
        )

    def program(self, area: str, item: Item, cite: Cite) -> Fn:
        """Return the function that renders a cite of an item of this shape, without the affixes of the layout."""
        key = (area, item.shape, NO_PLACE if area == "bibliography" else self.place(cite))
        found = self._programs.get(key)
        if found is None:
            if len(self._programs) >= MAX_PROGRAMS:
                self._programs.clear()
                self._macros.clear()
                self._traits = Traits()
            layout = self.layout(area)
            kids = layout.kids if layout is not None else []
            context = self.context(area, item.shape, key[2])
            if area == "bibliography" and self.has_fields():
                found = _fields(tuple(context.children(kids)))
            else:
                found = self._compile(kids, context)
            self._programs[key] = found
        return found

    def has_fields(self) -> bool:
        """Return whether it matters which element of the bibliography's layout printed what."""
        layout = self.layout("bibliography")
        return layout is not None and (
            "second-field-align" in self.area_attrs("bibliography") or "prefix" in layout.attrs or has_display(layout)
        )

    def key_program(self, key: Node, area: str, item: Item, cite: Cite) -> Fn:
        """Return the function that renders the macro of a sort key for a cite of an item of this shape."""
        place = NO_PLACE if area == "bibliography" else self.place(cite)
        part = id(key)
        found = self._programs.get((part, item.shape, place))
        if found is None:
            macro = self.style.macros.get(key.attrs.get("macro", ""))
            context = self.context(area, item.shape, place).with_(sorting=True)
            context.name_attrs = {**context.name_attrs, **_sort_name_attrs(key)}
            context.macros = self._macros.setdefault((part, place), {})
            found = no_value
            if macro is not None:
                found = (
                    compile_members(macro, context.with_macro(macro).children(macro.kids), "", context.traits)
                    or no_value
                )
            self._programs[part, item.shape, place] = found
        return found

    def context(self, area: str, shape: Shape, place: Place) -> CompileContext:
        """Return the surroundings of a layout for cites at this place of items of this shape."""
        context = CompileContext(self.style, self.locale, area, self._elements)
        context.type, context.vars = shape
        context.place = place
        context.printers = self._printers
        context.macros = self._macros.setdefault((area, place), {})
        context.usage = self.analysis.of_macro
        context.traits = self._traits
        attrs = {k: v for k, v in self.style.attrs.items() if k in _NAME_ATTRS}
        attrs.update((k, v) for k, v in self.area_attrs(area).items() if k in _NAME_ATTRS)
        context.name_attrs = attrs
        context.links = self.links
        context.own_year_suffix = bool(self.analysis.variables & {"year-suffix", "citation-label"})
        return context

    def _compile(self, kids: list[Node], context: CompileContext) -> Fn:
        return _sequence(tuple(f for f in context.children(kids) if f is not no_value and f is not empty_group))


def _fields(functions: tuple[Fn, ...]) -> Fn:
    """Return a program that gives a list with one node for each element, `[]` for one that prints nothing."""
    prints = [None if function is no_value or function is empty_group else function for function in functions]

    def fields(s: State) -> Out | None:
        parts: list[Out] = []
        for function in prints:
            if function is None:
                parts.append([])
                continue
            out = function(s)
            if type(out) is Splice:
                parts.extend(out)
            else:
                parts.append([] if out is None else out)
        return parts

    return fields


def _sequence(functions: tuple[Fn, ...]) -> Fn:
    """Return all that the functions print, in order; a layout is no group and is never suppressed."""
    if len(functions) == 1:
        return functions[0]

    def sequence(s: State) -> Out | None:
        parts: list[Out] = []
        for function in functions:
            out = function(s)
            if type(out) is Splice:
                parts.extend(out)
            elif out is not None:
                parts.append(out)
        return parts or None

    return sequence


def _sort_name_attrs(key: Node) -> dict[str, str]:
    """SPEC ("Sorting"): names-min and the like of a sort key override et-al settings inside its macro."""
    names = {"names-min": "et-al-min", "names-use-first": "et-al-use-first", "names-use-last": "et-al-use-last"}
    return {names[k]: v for k, v in key.attrs.items() if k in names}
