"""From a style and a locale to programs: one function of `State` for each layout and item shape.

`CompiledStyle.program` compiles the layout for the item's shape and the cite's place the first time it sees them and
remembers the function. Only what these can reach is compiled, so that a single citation in a long style costs little,
and a long bibliography of like items runs the same few functions. A compiled style holds no item data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.csl.elements.choose import compile_choose
from citetool.csl.elements.date import compile_date
from citetool.csl.elements.group import compile_group
from citetool.csl.elements.label import compile_label
from citetool.csl.elements.names import compile_names
from citetool.csl.elements.number import compile_number
from citetool.csl.elements.text import compile_text
from citetool.csl.layout import has_display
from citetool.csl.scope import Scope, Splice, empty_group, missing
from citetool.csl.state import FIRST, Place

if TYPE_CHECKING:
    from citetool.csl.elements.name import NamePrinter
    from citetool.csl.item import Item, Shape
    from citetool.csl.locale import Locale
    from citetool.csl.nodes import Node, Style
    from citetool.csl.scope import CompileElement, Fn
    from citetool.csl.state import Cite, State
    from citetool.output.tree import Out

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

    __slots__ = ("_printers", "_programs", "_shapes", "_tests", "links", "locale", "names_printed", "style", "used")

    def __init__(self, style: Style, locale: Locale, *, links: bool = False) -> None:
        self.style = style
        self.locale = locale
        self.links = links
        self._programs: dict[tuple[str, Shape, Place], Fn] = {}
        self._printers: dict[Any, NamePrinter] = {}
        self._shapes: dict[Shape, Shape] = {}
        self.used, self.names_printed = _variables_used(style)
        self._tests = _positions_tested(style)

    def layout(self, area: str) -> Node | None:
        """The `cs:layout` of `citation` or `bibliography`, if the style has one."""
        part = self.style.citation if area == "citation" else self.style.bibliography
        return part.first("layout") if part is not None else None

    def area_attrs(self, area: str) -> dict[str, str]:
        """The attributes of `cs:citation` or `cs:bibliography`."""
        part = self.style.citation if area == "citation" else self.style.bibliography
        return part.attrs if part is not None else {}

    def shared_shape(self, shape: Shape) -> Shape:
        """An equal shape, the same object for all items that have it: looking up its programs costs no comparison."""
        return self._shapes.setdefault(shape, shape)

    def place(self, cite: Cite) -> Place:
        """What of the cite the style looks at."""
        position, near = self._tests
        return Place(
            cite.position if position else FIRST,
            near and cite.near_note,
            bool(cite.locator),
            cite.first_note > 0 and "first-reference-note-number" in self.used,
        )

    def program(self, area: str, item: Item, cite: Cite) -> Fn:
        """The function that renders a cite of an item of this shape, without the affixes of the layout."""
        key = (area, item.shape, NO_PLACE if area == "bibliography" else self.place(cite))
        found = self._programs.get(key)
        if found is None:
            if len(self._programs) >= MAX_PROGRAMS:
                self._programs.clear()
            layout = self.layout(area)
            kids = layout.kids if layout is not None else []
            scope = self.scope(area, item.shape, key[2])
            if area == "bibliography" and self.has_fields():
                found = _fields(tuple(scope.children(kids)))
            else:
                found = self._compile(kids, scope)
            self._programs[key] = found
        return found

    def has_fields(self) -> bool:
        """Whether it matters which element of the bibliography's layout printed what."""
        layout = self.layout("bibliography")
        return layout is not None and (
            "second-field-align" in self.area_attrs("bibliography") or "prefix" in layout.attrs or has_display(layout)
        )

    def key_program(self, key: Node, area: str, item: Item, cite: Cite) -> Fn:
        """The function that renders the macro of a sort key for a cite of an item of this shape."""
        place = NO_PLACE if area == "bibliography" else self.place(cite)
        name = (f"{area}/{id(key)}", item.shape, place)
        found = self._programs.get(name)
        if found is None:
            macro = self.style.macros.get(key.attrs.get("macro", ""))
            scope = self.scope(area, item.shape, place).with_(sorting=True)
            scope.name_attrs = {**scope.name_attrs, **_sort_name_attrs(key)}
            scope.macros = {}
            found = self._compile(macro.kids if macro is not None else [], scope)
            self._programs[name] = found
        return found

    def scope(self, area: str, shape: Shape, place: Place) -> Scope:
        """The surroundings of a layout for cites at this place of items of this shape."""
        scope = Scope(self.style, self.locale, area, ELEMENTS)
        scope.type, scope.vars = shape
        scope.place = place
        scope.printers = self._printers
        attrs = {k: v for k, v in self.style.attrs.items() if k in _NAME_ATTRS}
        attrs.update((k, v) for k, v in self.area_attrs(area).items() if k in _NAME_ATTRS)
        scope.name_attrs = attrs
        scope.links = self.links
        scope.own_year_suffix = "year-suffix" in self.used or "citation-label" in self.used
        return scope

    def _compile(self, kids: list[Node], scope: Scope) -> Fn:
        return _sequence(tuple(f for f in scope.children(kids) if f is not missing and f is not empty_group))


def _fields(functions: tuple[Fn, ...]) -> Fn:
    """A program that gives a list with one node for each element of a layout, `[]` for one that prints nothing."""

    def fields(s: State) -> Out | None:
        parts: list[Out] = []
        for function in functions:
            out = function(s)
            if type(out) is Splice:
                parts.extend(out)
            else:
                parts.append([] if out is None else out)
        return parts

    return fields


def _sequence(functions: tuple[Fn, ...]) -> Fn:
    """All that the functions print, in order; a layout is no group and is never suppressed."""
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


def _positions_tested(style: Style) -> tuple[bool, bool]:
    """Whether the style has a condition on the position of a cite, and whether on a near note."""

    def positions(node: Node) -> set[str]:
        found = set(node.attrs.get("position", "").split())
        return found.union(*(positions(kid) for kid in node.kids))

    parts = (*style.macros.values(), style.citation)
    tested = set().union(*(positions(node) for node in parts if node is not None))
    return bool(tested), "near-note" in tested


def _variables_used(style: Style) -> tuple[frozenset[str], frozenset[str]]:
    """All variables that the style names anywhere, and those that a `cs:names` prints."""
    found: set[str] = set()
    names: set[str] = set()

    def visit(node: Node) -> None:
        for name in ("variable", "is-numeric", "is-uncertain-date"):
            value = node.attrs.get(name)
            if value is not None:
                found.update(value.split())
                if node.name == "names":
                    names.update(value.split())
        for kid in node.kids:
            visit(kid)

    for node in (*style.macros.values(), style.citation, style.bibliography):
        if node is not None:
            visit(node)
    return frozenset(found), frozenset(names)
