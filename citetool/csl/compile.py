"""From a style and a locale to programs: one function of `State` for each layout and item shape.

`CompiledStyle.program(area, item)` compiles the layout for the item's shape the first time it sees it and remembers
the function. Only what the shape can reach is compiled, so that a single citation in a long style costs little, and a
long bibliography of like items runs the same few functions. A compiled style holds no item data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.csl.elements.choose import compile_choose
from citetool.csl.elements.date import compile_date
from citetool.csl.elements.group import compile_group, compile_members
from citetool.csl.elements.label import compile_label
from citetool.csl.elements.names import compile_names
from citetool.csl.elements.number import compile_number
from citetool.csl.elements.text import compile_text
from citetool.csl.layout import has_display
from citetool.csl.scope import Scope, Splice, empty_group, missing

if TYPE_CHECKING:
    from citetool.csl.item import Item
    from citetool.csl.locale import Locale
    from citetool.csl.nodes import Node, Style
    from citetool.csl.scope import CompileElement, Fn
    from citetool.csl.state import State
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
_NAME_ATTRS = ("and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first",
               "et-al-use-last", "et-al-subsequent-min", "et-al-subsequent-use-first", "initialize",
               "initialize-with", "name-as-sort-order", "sort-separator", "name-form", "name-delimiter",
               "names-delimiter")  # fmt: skip


class CompiledStyle:
    """A style in one locale, ready to render items of any shape."""

    __slots__ = ("_programs", "links", "locale", "names_printed", "style", "used")

    def __init__(self, style: Style, locale: Locale, *, links: bool = False) -> None:
        self.style = style
        self.locale = locale
        self.links = links
        self._programs: dict[tuple[str, str, frozenset[str]], Fn] = {}
        self.used, self.names_printed = _variables_used(style)

    def layout(self, area: str) -> Node | None:
        """The `cs:layout` of `citation` or `bibliography`, if the style has one."""
        part = self.style.citation if area == "citation" else self.style.bibliography
        return part.first("layout") if part is not None else None

    def area_attrs(self, area: str) -> dict[str, str]:
        """The attributes of `cs:citation` or `cs:bibliography`."""
        part = self.style.citation if area == "citation" else self.style.bibliography
        return part.attrs if part is not None else {}

    def program(self, area: str, item: Item) -> Fn:
        """The function that renders an item of this shape, without the affixes of the layout."""
        key = (area, item.shape[0], item.shape[1])
        found = self._programs.get(key)
        if found is None:
            if len(self._programs) >= MAX_PROGRAMS:
                self._programs.clear()
            layout = self.layout(area)
            kids = layout.kids if layout is not None else []
            scope = self.scope(area, item)
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

    def key_program(self, key: Node, area: str, item: Item) -> Fn:
        """The function that renders the macro of a sort key for an item of this shape."""
        name = f"{area}/{id(key)}"
        found = self._programs.get((name, item.shape[0], item.shape[1]))
        if found is None:
            macro = self.style.macros.get(key.attrs.get("macro", ""))
            scope = self.scope(area, item).with_(sorting=True)
            scope.name_attrs = {**scope.name_attrs, **_sort_name_attrs(key)}
            scope.macros = {}
            found = missing
            if macro is not None:
                found = compile_members(macro, scope.with_macro(macro).children(macro.kids), "") or missing
            self._programs[name, item.shape[0], item.shape[1]] = found
        return found

    def scope(self, area: str, item: Item) -> Scope:
        """The surroundings of a layout for items of this shape."""
        scope = Scope(self.style, self.locale, area, ELEMENTS)
        scope.type, scope.vars = item.shape
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
