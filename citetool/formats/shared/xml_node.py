"""An element of XML as a plain object, for readers that ask much of each element and for writers that read back.

A question put to lxml makes an object for each answer; what is read a hundred times over is copied once, by local
names, as `xmlio` has them. `element` makes what a writer writes, and what a reader would find in it, without a parser
between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citetool.xmlio import CLOSED, PARTED, XLINK_TYPE, entity, escape_marks, legal, local_name, local_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from citetool.xmlio import Element

_BLANKS = str.maketrans("\t\n", "  ")
_NONE: Mapping[str, Sequence[Node]] = {}


class Node:
    """An element: its local name, its attributes by theirs, its text up to the first child, its children in order,
    and the text behind its end.
    """

    __slots__ = ("_by_name", "attributes", "children", "name", "tail", "text")

    def __init__(self, name: str, attributes: dict[str, str], text: str, children: Sequence[Node] = ()) -> None:
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
        self.tail = ""
        self._by_name: Mapping[str, Sequence[Node]] | None = None if children else _NONE

    def get(self, name: str) -> str:
        """Return an attribute, without white space at its ends; empty where there is none."""
        value = self.attributes.get(name)
        return value.strip() if value else ""

    def named(self, name: str) -> Sequence[Node]:
        """Return the children of that name, in order."""
        found = self._by_name
        if found is None:
            found = self._by_name = _by_name(self.children)
        return found.get(name, ())

    def any_of(self, *names: str) -> Sequence[Node]:
        """Return the children that have one of these names, in order."""
        return [node for node in self.children if node.name in names]

    def first(self, *path: str) -> Node | None:
        """Return the first element at a path of names below this one, or None."""
        found: Node | None = self
        for name in path:
            if found is None:
                return None
            same = found.named(name)
            found = same[0] if same else None
        return found

    def said(self, *path: str) -> str:
        """Return the words of the first element at a path of names; empty where there is none."""
        found = self.first(*path)
        return found.words if found is not None else ""

    def at(self, outer: str, inner: str) -> Sequence[Node]:
        """Return the children of one name of all children of another, in order."""
        return [node for group in self.named(outer) for node in group.named(inner)]

    def within(self, name: str) -> Iterator[Node]:
        """Yield all elements of that name below this one, in order."""
        for node in self.children:
            if node.name == name:
                yield node
            yield from node.within(name)

    @property
    def words(self) -> str:
        """All text inside the element, white space collapsed."""
        return " ".join((self.text if not self.children else "".join(self._pieces(""))).split())

    @property
    def paragraphs(self) -> str:
        """The words of the element; where it has `p`, these and such divided by empty lines, without `head`."""
        if not any(True for _ in self.within("p")):
            return self.words
        parts = (self._paragraph(node) for node in self.children if node.name != "head")
        return "\n\n".join(part for part in parts if part)

    @staticmethod
    def _paragraph(node: Node) -> str:
        nested = node.name not in ("p", "list", "table") and any(True for _ in node.within("p"))
        return node.paragraphs if nested else " ".join("".join(node._pieces("head")).split())

    def _pieces(self, skipped: str) -> Iterator[str]:
        yield self.text
        for node in self.children:
            if node.name != skipped:
                if node.name in PARTED:
                    yield " "
                yield from node._pieces(skipped)
                if node.name in CLOSED:
                    yield " "
            yield node.tail

    def __str__(self) -> str:
        """Return the element as XML, without white space between elements; empty attributes are left out."""
        pairs = "".join([f' {name}="{escape_marks(value)}"' for name, value in self.attributes.items() if value])
        inner = escape_marks(self.text) + "".join(map(str, self.children)) if self.children else escape_marks(self.text)
        return f"<{self.name}{pairs}>{inner}</{self.name}>" if inner else f"<{self.name}{pairs}/>"


def _by_name(nodes: Sequence[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.name, []).append(node)
    return found


def element(name: str, text: str = "", *children: Node, **attributes: str) -> Node:
    """Return an element as it is written; characters that XML cannot hold become U+FFFD, line breaks in attributes
    spaces. `type_` is `type`.
    """
    given = {key.rstrip("_"): _in_line(value) for key, value in attributes.items() if value} if attributes else {}
    return Node(name, given, legal(text), children)


def _in_line(value: str) -> str:
    return value if value.isprintable() else legal(value).translate(_BLANKS)


def node_of(given: Element) -> Node:
    """Return a copy of an element that has been read, without comments; unknown entities stand as they are written."""
    text = given.text or ""
    children: list[Node] = []
    for inner in given:
        tail = inner.tail or ""
        if isinstance(inner.tag, str):
            child = node_of(inner)
            child.tail = tail
            children.append(child)
        elif children:
            children[-1].tail += entity(inner) + tail
        else:
            text += entity(inner) + tail
    return Node(local_name(given), _attributes(given.items()), text, children)


def _attributes(pairs: Iterable[tuple[str | bytes, str | bytes]]) -> dict[str, str]:
    """Return the attributes by local name, the first that is filled where several have the same one."""
    given: dict[str, str] = {}
    for name, value in pairs:
        if name != XLINK_TYPE and value.strip():
            given.setdefault(local_part(str(name)), str(value))
    return given
