"""Nodes of ODF from rendered text: spans in automatic styles, spaces, tabs and line breaks as elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from citetool.documents.docx.content import legal
from citetool.lazy_re import lazy
from citetool.output.tree import Close, Mark
from citetool.xmlio import attribute, child, children

from .edit import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citetool.output.tree import Event
    from citetool.xmlio import Element

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_PIECES = lazy(r"[\t\n]| {2,}|[^\t\n ]+(?: [^\t\n ]+)*| ")
_BREAKS = {("display", "right-inline"): "\t", ("display", "block"): "\n", ("display", "indent"): "\n"}
# A format of CSL: the letters in the name of its style, and its properties.
_FORMATS: dict[tuple[str, str], tuple[str, dict[str, str]]] = {
    ("font-style", "italic"): ("i", {f"{{{FO}}}font-style": "italic"}),
    ("font-style", "oblique"): ("i", {f"{{{FO}}}font-style": "italic"}),
    ("font-style", "normal"): ("ni", {f"{{{FO}}}font-style": "normal"}),
    ("font-weight", "bold"): ("b", {f"{{{FO}}}font-weight": "bold"}),
    ("font-weight", "normal"): ("nb", {f"{{{FO}}}font-weight": "normal"}),
    ("font-variant", "small-caps"): ("sc", {f"{{{FO}}}font-variant": "small-caps"}),
    ("font-variant", "normal"): ("nsc", {f"{{{FO}}}font-variant": "normal"}),
    ("text-decoration", "underline"): ("u", {f"{{{STYLE}}}text-underline-style": "solid"}),
    ("text-decoration", "none"): ("nu", {f"{{{STYLE}}}text-underline-style": "none"}),
    ("vertical-align", "sup"): ("sup", {f"{{{STYLE}}}text-position": "super 58%"}),
    ("vertical-align", "sub"): ("sub", {f"{{{STYLE}}}text-position": "sub 58%"}),
}


def element(local: str, /, *kids: Element, **attributes: str) -> Element:
    """Return an element of the text namespace with these attributes of the same one."""
    made = etree.Element(f"{{{TEXT}}}{local}")
    for key, value in attributes.items():
        made.set(f"{{{TEXT}}}{key.replace('_', '-')}", value)
    made.extend(kids)
    return made


class Nodes:
    """Makes nodes, and the automatic styles that they need."""

    def __init__(self, root: Element) -> None:
        """Take the root of the content."""
        found = child(root, "automatic-styles")
        if found is None:
            found = etree.Element(f"{{{OFFICE}}}automatic-styles")
            root.insert(max(0, len(root) - 1), found)
        self._styles = found
        self._names = {attribute(one, "name") for one in children(found, "style")}

    def of(self, events: Iterable[Event]) -> list[str | Element]:
        """Return rendered text as strings and spans."""
        made: list[str | Element] = []
        marks: list[tuple[str, str]] = []
        for event in events:
            if isinstance(event, Mark):
                marks.append((event.kind, event.value))
                if made and marks[-1] in _BREAKS:
                    made += plain_nodes(_BREAKS[marks[-1]])
            elif isinstance(event, Close):
                for place in range(len(marks) - 1, -1, -1):
                    if marks[place] == (event.mark.kind, event.mark.value):
                        del marks[place]
                        break
            elif isinstance(event, str) and event:
                look = self._style([mark for mark in marks if mark in _FORMATS])
                made += [span(plain_nodes(event), look)] if look else plain_nodes(event)
        return made

    def _style(self, marks: list[tuple[str, str]]) -> str:
        if not marks:
            return ""
        formats = {mark[0]: _FORMATS[mark] for mark in marks}
        name = "_".join(["CT", *(short for short, _ in formats.values())])
        if name not in self._names:
            self._names.add(name)
            made = etree.SubElement(self._styles, f"{{{STYLE}}}style")
            made.set(f"{{{STYLE}}}name", name)
            made.set(f"{{{STYLE}}}family", "text")
            properties = etree.SubElement(made, f"{{{STYLE}}}text-properties")
            for _, values in formats.values():
                for key, value in values.items():
                    properties.set(key, value)
        return name


def span(nodes: list[str | Element], style: str) -> Element:
    """Return a span in a style."""
    return filled(element("span", style_name=style), nodes)


def filled(made: Element, nodes: Iterable[str | Element]) -> Element:
    """Return the element with the nodes put into it."""
    last: Element | None = None
    for node in nodes:
        if not isinstance(node, str):
            made.append(node)
            last = node
        elif last is None:
            made.text = (made.text or "") + node
        else:
            last.tail = (last.tail or "") + node
    return made


def plain_nodes(text: str) -> list[str | Element]:
    """Return a text with elements for what ODF does not keep in text: tabs, line breaks, spaces in a row."""
    made: list[str | Element] = []
    for piece in _PIECES.findall(legal(text)):
        if piece == "\t":
            made.append(element("tab"))
        elif piece == "\n":
            made.append(element("line-break"))
        elif piece.isspace() and len(piece) > 1:
            made += [" ", element("s", c=str(len(piece) - 1))]
        else:
            made.append(piece)
    return made
