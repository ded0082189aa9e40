"""A style as plain data: a tree of named nodes with their attributes and lines, and the style around it.

The names and attributes are those of the XML (CSL 1.0.2); nothing is inherited or looked up yet. `compile` reads this
tree and knows no XML, `parse` makes it and knows no rendering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .usage import StyleAnalysis


class StyleError(InputError):
    """A style or locale that cannot be used; each problem has the line."""


class Node:
    """One element: local name, attributes, child elements, own text, line in the file (from 1)."""

    __slots__ = ("attrs", "kids", "line", "name", "text")

    def __init__(self, name: str, attrs: dict[str, str], kids: list[Node], line: int, text: str = "") -> None:
        self.name = name
        self.attrs = attrs
        self.kids = kids
        self.line = line
        self.text = text

    def __repr__(self) -> str:
        return f"Node({self.name!r}, {self.attrs!r}, line={self.line})"

    def first(self, name: str) -> Node | None:
        """Return the first child element of that name, or None."""
        for kid in self.kids:
            if kid.name == name:
                return kid
        return None


class Style:
    """A parsed style. `parent` is the id of the independent style that a dependent one stands for, else ''."""

    __slots__ = ("analysis", "attrs", "bibliography", "citation", "id", "info", "locales", "macros", "parent", "source",
                 "title")  # fmt: skip

    analysis: StyleAnalysis

    def __init__(self, attrs: dict[str, str], macros: Mapping[str, Node], source: str) -> None:
        self.attrs = attrs
        self.macros = macros
        self.source = source
        self.locales: list[Node] = []
        self.citation: Node | None = None
        self.bibliography: Node | None = None
        self.info: Node | None = None
        self.id = ""
        self.title = ""
        self.parent = ""

    @property
    def default_locale(self) -> str:
        """Return the locale that the style asks for, or ''."""
        return self.attrs.get("default-locale", "")

    @property
    def is_note(self) -> bool:
        """Return whether citations of this style stand in notes."""
        return self.attrs.get("class") == "note"
