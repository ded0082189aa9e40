"""What is known while a layout is compiled, and the two small conventions of compiled functions.

A layout is compiled anew for each shape of item (type and variables present) and place of the cite, so that conditions
on these are decided once, branches not taken cost nothing, and elements without a value shrink to `missing`. A
compiled element is a function `State -> Out | None`. `missing` stands for "asked for a variable and found none": a
group counts it without calling it. `Splice` is a list that a surrounding group delimits as its own children (CSL
1.0.2, "Choose").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from .state import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from citetool.csl.compile.elements.name import NamePrinter
    from citetool.csl.style.locale import Locale
    from citetool.csl.style.nodes import Node, Style
    from citetool.output.tree import Out

    from .state import State

Fn: TypeAlias = "Callable[[State], Out | None]"
CompileElement: TypeAlias = "Callable[[Node, Scope], Fn | None]"


_UNDATED = frozenset(("text", "number", "label", "names"))


class Splice(list[Any]):
    """Children of a `choose` that count as children of the element around it."""

    __slots__ = ()


def missing(state: State) -> Out | None:
    """An element whose variable has no value."""
    state.attempt = True
    return None


def inert(function: Fn) -> Fn:
    """The function, marked as one that neither asks for a variable nor finds one: a term, a value, a label."""
    vars(function)["inert"] = True
    return function


def is_inert(function: Fn) -> bool:
    """Whether the function is marked as inert."""
    return bool(getattr(function, "inert", False))


def settled(function: Fn) -> Fn:
    """The function, marked as one that follows the rule of groups by itself.

    Where it prints, it has found a variable; where it does not, it has asked for one and all else is as before.
    """
    vars(function)["settled"] = True
    return function


def is_settled(function: Fn) -> bool:
    """Whether the function is marked as settled."""
    return bool(getattr(function, "settled", False))


def empty_group(state: State) -> Out | None:
    """A group or macro in which nothing was asked for; as in the reference it makes the group around forget."""
    state.attempt = False
    return None


class Scope:
    """The surroundings of an element; `with_` gives a changed copy."""

    __slots__ = ("area", "collapses", "dates_only", "delimiter", "displays", "elements", "followed", "in_substitute",
                 "interest", "links", "locale", "macros", "name_attrs", "own_year_suffix", "parent_names", "place",
                 "printers", "sorting", "style", "type", "vars")  # fmt: skip

    def __init__(self, style: Style, locale: Locale, area: str, elements: dict[str, CompileElement]) -> None:
        self.style = style
        self.locale = locale
        self.area = area
        self.elements = elements
        self.type = ""
        self.vars: frozenset[str] = frozenset()
        self.place = Place()
        self.name_attrs: dict[str, str] = {}
        self.macros: dict[Any, Fn | None] = {}
        # the types and variables that a macro looks at
        self.interest: Callable[[str], tuple[frozenset[str], frozenset[str]]]
        self.printers: dict[Any, NamePrinter] = {}
        self.in_substitute = False
        self.parent_names: Node | None = None
        self.sorting = False
        cites = style.citation.attrs if style.citation is not None else {}
        self.collapses = cites.get("collapse", "").startswith("year")
        self.dates_only = False  # in a sort key: nothing but dates is printed
        self.links = False
        self.delimiter = ""
        self.own_year_suffix = False
        # DEVIATION: as in the reference, only elements of the layout itself make display blocks
        self.displays = True
        self.followed = False  # whether another element follows the one that is compiled

    @property
    def nests(self) -> bool:
        """Whether brackets change inside brackets: as in the reference, in styles that cite in notes."""
        return self.style.is_note

    def with_(self, **changes: object) -> Scope:
        """A copy with some fields changed; compiled macros are shared only where the variant is the same."""
        new = Scope.__new__(Scope)
        new.style = self.style
        new.locale = self.locale
        new.area = self.area
        new.elements = self.elements
        new.followed = False
        new.type = self.type
        new.vars = self.vars
        new.place = self.place
        new.name_attrs = self.name_attrs
        new.macros = self.macros
        new.interest = self.interest
        new.printers = self.printers
        new.in_substitute = self.in_substitute
        new.parent_names = self.parent_names
        new.sorting = self.sorting
        new.dates_only = self.dates_only
        new.collapses = self.collapses
        new.links = self.links
        new.delimiter = self.delimiter
        new.own_year_suffix = self.own_year_suffix
        new.displays = self.displays
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    def compile(self, node: Node) -> Fn | None:
        """The function of one element; None if it can print nothing and asks for no variable."""
        element = self.elements.get(node.name)
        if self.dates_only and node.name in _UNDATED and "macro" not in node.attrs:
            return None
        return element(node, self) if element is not None else None

    def with_macro(self, macro: Node, **changes: object) -> Scope:
        """The surroundings of the elements of a macro.

        DEVIATION, with the reference: a macro of a sort key that has a date in it gives its dates and nothing else.
        """
        return self.with_(dates_only=self.dates_only or (self.sorting and _has_date(macro)), **changes)

    def children(self, nodes: Iterable[Node]) -> list[Fn]:
        """The functions of all elements that have one; of a decided `choose`, those of the branch taken."""
        functions: list[Fn] = []
        nodes = list(nodes)
        for place, node in enumerate(nodes, 1):
            self.followed = place < len(nodes)
            function = self.compile(node)
            if function is None:
                continue
            inner = getattr(function, "inner", None)
            if inner is not None:
                functions.extend(inner)
            else:
                functions.append(function)
        return functions


def _has_date(node: Node) -> bool:
    return any(kid.name == "date" or _has_date(kid) for kid in node.kids)
