"""The surroundings of an element while a layout is compiled, and the conventions of compiled functions.

A layout is compiled anew for each shape of item (type and variables present) and place of the cite, so that conditions
on these are decided once, branches not taken cost nothing, and elements without a value shrink to `no_value`. A
compiled element is a function `State -> Out | None`. `no_value` stands for "asked for a variable and found none": a
group counts it without calling it. `Splice` is a list that a surrounding group delimits as its own children (CSL
1.0.2, "Choose").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from .state import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from citetool.csl.style.locale import Locale
    from citetool.csl.style.nodes import Node, Style
    from citetool.output.tree import Out

    from .state import State

Fn: TypeAlias = "Callable[[State], Out | None]"
CompileElement: TypeAlias = "Callable[[Node, CompileContext], Fn | None]"


_UNDATED = frozenset(("text", "number", "label", "names"))


class Splice(list[Any]):
    """Children of a `choose` that count as children of the element around it."""

    __slots__ = ()


def no_value(state: State) -> Out | None:
    """Mark that a variable was asked for and has no value."""
    state.attempt = True
    return None


def empty_group(state: State) -> Out | None:
    """Mark that nothing was asked for in a group or macro; as in the reference the group around forgets."""
    state.attempt = False
    return None


class Traits:
    """Facts that the compiler knows of the functions it has made, beside what they print.

    `constant` ones neither ask for a variable nor find one: a term, a value, a label. `settled` ones follow the rule
    of groups by themselves: where one prints, it has found a variable; where it does not, it has asked for one and all
    else is as before. `branches` are the functions of a `choose` that is decided, which stand for it in its place;
    `members` the delimiter and the functions of a group that one with the same delimiter may take in.
    """

    __slots__ = ("branches", "constant", "members", "settled")

    def __init__(self) -> None:
        self.constant: set[Fn] = set()
        self.settled: set[Fn] = set()
        self.branches: dict[Fn, tuple[Fn, ...]] = {}
        self.members: dict[Fn, tuple[str, tuple[Fn, ...]]] = {}

    def as_constant(self, function: Fn) -> Fn:
        """Return the function, known as constant from now on."""
        self.constant.add(function)
        return function

    def as_settled(self, function: Fn) -> Fn:
        """Return the function, known as settled from now on."""
        self.settled.add(function)
        return function


class CompileContext:
    """The surroundings of an element; `with_` gives a changed copy."""

    __slots__ = (
        "area",
        "behind_words",
        "collapses",
        "dates_only",
        "delimiter",
        "displays",
        "elements",
        "followed",
        "in_substitute",
        "links",
        "locale",
        "macros",
        "name_attrs",
        "name_parts",
        "own_year_suffix",
        "parent_names",
        "place",
        "preceded",
        "printers",
        "sorting",
        "strips",
        "style",
        "traits",
        "type",
        "usage",
        "vars",
    )  # fmt: skip

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
        self.usage: Callable[[str], tuple[frozenset[str], frozenset[str]]]
        self.printers: dict[Any, Any] = {}  # the name printers of the style, which `names` keeps here
        self.traits = Traits()
        self.in_substitute = False
        self.parent_names: Node | None = None
        self.name_parts: tuple[Node, ...] = ()  # in a substitute, those of the names that it stands for
        self.sorting = False
        self.strips = False  # inside of a macro that loses its full stops
        cites = style.citation.attrs if style.citation is not None else {}
        self.collapses = cites.get("collapse", "").startswith("year")
        self.dates_only = False  # in a sort key: nothing but dates is printed
        self.links = False
        self.delimiter = ""
        self.own_year_suffix = False
        # DEVIATION: as in the reference, only elements of the layout itself make display blocks
        self.displays = True
        self.followed = False  # whether another element follows the one that is compiled
        self.preceded = False  # likewise before it, in the same list
        self.behind_words = False  # whether a term, label or text of the style stands before it, in its list or around

    @property
    def nests(self) -> bool:
        """Return whether brackets change inside brackets: as in the reference, in styles that cite in notes."""
        return self.style.is_note

    def with_(self, **changes: object) -> CompileContext:
        """Return a copy with some fields changed; compiled macros are shared only where the variant is the same."""
        new = CompileContext.__new__(CompileContext)
        new.style = self.style
        new.locale = self.locale
        new.area = self.area
        new.elements = self.elements
        new.followed = new.preceded = False
        new.type = self.type
        new.vars = self.vars
        new.place = self.place
        new.name_attrs = self.name_attrs
        new.macros = self.macros
        new.usage = self.usage
        new.printers = self.printers
        new.traits = self.traits
        new.in_substitute = self.in_substitute
        new.parent_names = self.parent_names
        new.name_parts = self.name_parts
        new.sorting = self.sorting
        new.strips = self.strips
        new.dates_only = self.dates_only
        new.collapses = self.collapses
        new.links = self.links
        new.delimiter = self.delimiter
        new.own_year_suffix = self.own_year_suffix
        new.displays = self.displays
        new.behind_words = self.behind_words
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    def compile(self, node: Node) -> Fn | None:
        """Return the function of one element; None if it can print nothing and asks for no variable."""
        element = self.elements.get(node.name)
        if self.dates_only and node.name in _UNDATED and "macro" not in node.attrs:
            return None
        return element(node, self) if element is not None else None

    def with_macro(self, macro: Node, **changes: object) -> CompileContext:
        """Return the surroundings of the elements of a macro.

        DEVIATION, with the reference: a macro of a sort key that has a date in it gives its dates and nothing else.
        """
        dates_only = self.dates_only or (self.sorting and _has_date(macro))
        return self.with_(dates_only=dates_only, behind_words=False, **changes)

    def children(self, nodes: Iterable[Node]) -> list[Fn]:
        """Return the functions of all elements that have one; of a decided `choose`, those of the branch taken."""
        functions: list[Fn] = []
        nodes = list(nodes)
        behind, preceded = self.behind_words, self.preceded
        for place, node in enumerate(nodes, 1):
            self.followed, self.preceded = place < len(nodes), preceded or place > 1
            function = self.compile(node)
            self.behind_words = self.behind_words or _is_wording(node)
            if function is None:
                continue
            functions.extend(self.traits.branches.get(function, (function,)))
        self.behind_words, self.preceded = behind, preceded
        return functions


def _is_wording(node: Node) -> bool:
    """Return whether the element prints words of the style or the locale alone."""
    if node.name in ("choose", "if", "else-if", "else"):
        return bool(node.kids) and any(map(_is_wording, node.kids))
    return node.name == "label" or (node.name == "text" and ("term" in node.attrs or "value" in node.attrs))


def _has_date(node: Node) -> bool:
    return any(kid.name == "date" or _has_date(kid) for kid in node.kids)
