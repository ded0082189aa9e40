"""The bibliography: entries in order, repeated authors replaced, margins set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citetool.csl.compile.elements.names import NAMES, NamesPlan, join_all
from citetool.csl.compile.formatting import unescape
from citetool.output.tree import Mark, Out, Span, plain
from citetool.struct import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from citetool.csl.items.item import Item
    from citetool.csl.items.names import PersonName


class Parameters(Struct):
    """Parameters for the layout of the page: spacing in lines, hanging indent, alignment, width of the widest label."""

    __slots__ = ("entry_spacing", "hanging_indent", "line_spacing", "max_offset", "second_field_align")

    def __init__(
        self,
        entry_spacing: int = 1,
        line_spacing: int = 1,
        hanging_indent: bool = False,
        second_field_align: str = "",
        max_offset: int = 0,
    ) -> None:
        self.entry_spacing = entry_spacing
        self.line_spacing = line_spacing
        self.hanging_indent = hanging_indent
        self.second_field_align = second_field_align
        self.max_offset = max_offset


class Bibliography(Struct):
    """`entries` are (ids, text) in order; `empty` are the items that the style prints nothing for."""

    __slots__ = ("after", "before", "empty", "entries", "parameters")

    def __init__(self, parameters: Parameters) -> None:
        self.entries: list[tuple[list[str], str]] = []
        self.empty: list[str] = []
        self.parameters = parameters
        self.before = ""
        self.after = ""

    def text(self) -> str:
        """Return the whole bibliography as one text."""
        return self.before + "".join(text for _, text in self.entries) + self.after


def read_parameters(attrs: dict[str, str]) -> Parameters:
    """Return the parameters that `cs:bibliography` asks for."""
    return Parameters(
        _whole(attrs.get("entry-spacing"), 1),
        _whole(attrs.get("line-spacing"), 1),
        attrs.get("hanging-indent") == "true",
        attrs.get("second-field-align", ""),
    )


def _whole(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdecimal() else default


def first_names(tree: Out) -> tuple[Mark, list[PersonName], list[Out], NamesPlan] | None:
    """Return the first list of names in the tree: its mark, the names, each as printed, and how they were joined."""
    if isinstance(tree, Span):
        if tree.mark.value == NAMES and isinstance(tree.mark.data, tuple):
            names, printed, plan = tree.mark.data
            return tree.mark, names, printed, plan
        tree = tree.kids
    if isinstance(tree, list):
        for kid in tree:
            found = first_names(kid)
            if found is not None:
                return found
    return None


def _who(names: list[PersonName]) -> list[str]:
    """Return the names as texts that are the same for a body whether it is given as one text or as a family name."""
    return [" ".join(part for part in name.key if part) for name in names]


def _people(tree: Out) -> list[list[str]]:
    """Return who is named in the tree, by list of names."""
    if isinstance(tree, Span):
        if tree.mark.value == NAMES and isinstance(tree.mark.data, tuple):
            names, printed, _ = tree.mark.data
            return [_who(names[: len(printed)])]
        tree = tree.kids
    return [people for kid in tree for people in _people(kid)] if isinstance(tree, list) else []


def text_of_names(tree: Out | None) -> str:
    """Return the tree as plain text if there is a list of names in it, else an empty text."""
    return plain(tree) if tree is not None and first_names(tree) is not None else ""


class AuthorSubstitute:
    """Replaces names that repeat those of the entry before (CSL 1.0.2, "Reference Grouping")."""

    def __init__(self, attrs: dict[str, str]) -> None:
        text = attrs.get("subsequent-author-substitute")
        self.text = unescape(text) if text is not None else None
        self.rule = attrs.get("subsequent-author-substitute-rule", "complete-all")
        self._before: list[str] | None = None
        self._before_whole: object = ""

    def apply(self, tree: Out, shown: Out | None) -> Out:
        """Return the entry with its first names replaced where the rule says so."""
        if self.text is None:
            return tree
        if shown is None:
            self._before, self._before_whole = None, ""
            return tree
        found = first_names(shown)
        # DEVIATION: as in the reference, people are the same by name, however many more `et al.` stands for
        names = _who(found[1][: len(found[2])]) if found is not None else []
        whole = _people(shown) or plain(shown)
        before, before_whole = self._before, self._before_whole
        self._before, self._before_whole = names, whole
        if before is None:
            return tree
        return self._replace(tree, shown, names, before, same=whole == before_whole)

    def _replace(self, tree: Out, shown: Out, names: list[str], before: list[str], *, same: bool) -> Out:
        substitute: Out = self.text or ""
        if self.rule == "complete-all" or (same and not names):
            return _swap(tree, shown, substitute) if same else tree
        if self.rule == "complete-each":
            return self._swap_names(tree, shown, len(names)) if same else tree
        equal = 0
        while equal < min(len(names), len(before)) and names[equal] == before[equal]:
            equal += 1
        if self.rule == "partial-first":
            equal = min(equal, 1)
        return self._swap_names(tree, shown, equal) if equal else tree

    def _swap_names(self, tree: Out, shown: Out, count: int) -> Out:
        found = first_names(shown)
        if found is None:
            return _swap(tree, shown, self.text or "") if count else tree
        mark, names, printed, plan = found
        new = [self.text if i < count else p for i, p in enumerate(printed)]
        if len(printed) < len(names):
            # shortened lists keep their tail: replace the printed names one by one
            for old, replacement in zip(printed, new, strict=True):
                if replacement is not old:
                    tree = _swap(tree, old, replacement or "")
            return tree
        joined = join_all(plan.options, [x or "" for x in new], names)
        return _swap_mark(tree, mark, Span([joined], mark))


def _swap(tree: Out, old: Out, new: Out) -> Out:
    """Return the tree with one node (the same object) replaced; labels after names stay."""
    if tree is old:
        found = first_names(old)
        return new if found is None else _swap_mark(tree, found[0], new)
    return _with_kid(tree, lambda kid: _swap(kid, old, new))


def _swap_mark(tree: Out, mark: Mark, new: Out) -> Out:
    if isinstance(tree, Span) and tree.mark is mark:
        return new
    return _with_kid(tree, lambda kid: _swap_mark(kid, mark, new))


def _with_kid(tree: Out, change: Callable[[Out], Out]) -> Out:
    """Return the tree with the first kid that changes; all others are shared."""
    kids = tree.kids if isinstance(tree, Span) else tree
    if not isinstance(kids, list):
        return tree
    for place, kid in enumerate(kids):
        changed = change(kid)
        if changed is not kid:
            new = [*kids[:place], changed, *kids[place + 1 :]]
            return Span(new, tree.mark) if isinstance(tree, Span) else new
    return tree


def in_section(item: Item, section: Mapping[str, Any]) -> bool:
    """Return whether a part of a bibliography takes the item; see `Processor.bibliography`."""

    def fits(condition: Mapping[str, Any]) -> bool:
        value = item.data.get(condition.get("field", ""), "")
        wanted = condition.get("value", "")
        return wanted in value if isinstance(value, list) else value == wanted

    if "quash" in section and all(fits(c) for c in section["quash"]):
        return False
    if "include" in section:
        return any(fits(c) for c in section["include"])
    if "exclude" in section:
        return not any(fits(c) for c in section["exclude"])
    return all(fits(c) for c in section.get("select", ()))
