"""HTML pages as a tree: parsed without network and entities, asked by XPath, read as text.

A page from outside is never ill-formed enough to fail here; what is no HTML at all gives an empty tree. The text of a
block keeps its lines, and what is struck through stands between `~~`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree, html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    (
        *("p", "div", "li", "ul", "ol", "tr", "table", "section", "article", "blockquote", "dd", "dt", "main"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "pre", "figure", "body"),
    )
)
_STRUCK = frozenset(("s", "del", "strike"))


def parse_html(data: str | bytes) -> HtmlElement:
    """Return the root of a page, without comments; bytes are decoded as the page says, else as UTF-8."""
    encoding = None if isinstance(data, bytes) and re.search(rb"<meta[^>]+charset", data[:2048], re.I) else "utf-8"
    parser = html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    try:
        return html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, ValueError):
        return html.document_fromstring("<html><body></body></html>")


def nodes(root: HtmlElement, path: str) -> list[HtmlElement]:
    """Return the elements that an XPath finds, in the order of the page."""
    found = root.xpath(path)
    return [node for node in found if isinstance(node, html.HtmlElement)] if isinstance(found, list) else []


def values(root: HtmlElement, path: str) -> list[str]:
    """Return the attributes or texts that an XPath finds, in the order of the page, with one blank between words."""
    found = root.xpath(path)
    return [" ".join(str(value).split()) for value in found] if isinstance(found, list) else []


def has_class(name: str) -> str:
    """Return the XPath condition that an element has this class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def words_of(node: HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(node.text_content().split())


def first_words(root: HtmlElement, *paths: str) -> str:
    """Return the text of the first element that is not empty, asked path by path; empty where there is none."""
    return next((words for path in paths for node in nodes(root, path) if (words := words_of(node))), "")


def block_text(node: HtmlElement) -> str:
    """Return the text of an element, a line for each block and line break; what is struck through between `~~`."""
    pieces: list[str] = []
    _walk(node, pieces)
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _walk(element: HtmlElement, pieces: list[str]) -> None:
    block = element.tag in _BLOCKS
    struck = "~~" if element.tag in _STRUCK else ""
    pieces += ["\n" if block else struck, _spaced(element.text)]
    for child in element:
        if child.tag == "br":
            pieces.append("\n")
        elif isinstance(child.tag, str):
            _walk(child, pieces)
        pieces.append(_spaced(child.tail))
    pieces.append("\n\n" if element.tag == "p" else "\n" if block else struck)


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
